"""The model as Mesa sees it: `IndustrialPolicyModel(spec)`, one step a quarter.

model = IndustrialPolicyModel(choose(scenario="plan", replication=3))
model.run_for(40)
model.agents_by_type[Firm].agg("sales", sum)
"""

from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np
from mesa import DataCollector

from agents.economy import Economy
from agents.state.government import Closure
from scenarios.free_money import refuse_free_money
from scenarios.lever import levers_in
from scenarios.lever_here import Acting
from scenarios.load import load_own_levers, load_parameters, load_scenarios
from scenarios.parameters_given import Given, parameters_given
from scenarios.region.folder import DEFAULT_REGION, lasting_region
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from scenarios.take_up import refuse_low_ceiling
from scenarios.values.errors import InputError, unknown
from scenarios.worlds.given import DEFAULT_WORLD, lasting_world
from sim.firms.scratch import Scratch
from sim.indicators import CELL_INDICATORS, Kind, Recorded, read_cells, series_of
from sim.luck.draws import Draws
from sim.luck.of_firms import FirmLuck
from sim.mesa.layer import PopulationModel
from sim.moment import Moment, moment_of
from sim.quarter import PARTS, quarter
from sim.setting import Setting, luck_seed, setting_of
from sim.start.opening import begin


def _latest(model: "IndustrialPolicyModel", indicator: str) -> float:
    """The reporter of one indicator; a function with a name, so that a model can be pickled."""
    return model.latest(indicator)


class Recorder(DataCollector):
    """Mesa's collector, which keeps the recorded rows and divides them among the indicators when asked."""

    def __init__(self, recorded: Recorded) -> None:
        self._rows: list[np.ndarray] = []  # of steps that are not yet in `_columns`
        self._usual = {name: partial(_latest, indicator=name) for name in recorded.indicators}
        super().__init__(model_reporters=dict(self._usual))

    @property
    def model_vars(self) -> dict[str, list]:
        """The values of every indicator, one a step."""
        if self._rows:
            for values, new in zip(self._columns.values(), np.array(self._rows).T.tolist(), strict=True):
                values.extend(new)
            self._rows.clear()
        return self._columns

    @model_vars.setter
    def model_vars(self, columns: dict[str, list]) -> None:
        self._columns = columns

    def collect(self, model: "IndustrialPolicyModel") -> None:
        """Appends what every reporter says; Mesa asks one by one where a user changed the reporters."""
        if self.model_reporters != self._usual or self.agent_reporters or self.agenttype_reporters:
            super().collect(model)
            return
        self._collection_steps.append(model.time)
        self._rows.append(model.latest_row())


def choose(
    scenario: str = "as_in_2020",
    world: str = DEFAULT_WORLD,
    reform: str | Path | None = None,
    region: str = DEFAULT_REGION,
    levers: str | Path | None = None,
    parameters: Given = None,
    **rest: Any,
) -> RunSpec:
    """The description of one run by names, with central parameters unless others are given.

    Args: scenario, world: names in the region's folder; a world may be the path of a file. reform: a scenario
        file, whose scenario is then chosen by its name. region: the name of one that ships, or the path of a
        folder. levers: a folder of levers from outside (scenarios/own/folder.py), whose code is run.
        parameters: values by name, or a file of them (scenarios/parameters_given.py); experiments.choose
        takes a set of the posterior too.
        rest: scale, replication, draw and seed, as fields of RunSpec.

    Raises:
        InputError: unknown name, a mistake in a file, money that costs nothing while a multiplier acts, or
            more firms certified in 2015 than ever seek to be.
    """
    own = load_own_levers(levers, region=region)
    scenarios = load_scenarios([reform] if reform else [], region=region, own=own)
    if scenario not in scenarios:
        raise InputError(unknown("scenario", scenario, scenarios))
    values = parameters_given(parameters, load_parameters(region=region))
    refuse_free_money(scenarios[scenario], values)
    refuse_low_ceiling(load_region(region), values)
    return RunSpec(scenarios[scenario], lasting_world(world), values, region=lasting_region(region), **rest)


def unchanging(economy: Economy) -> dict[int, Any]:
    """What an economy and its copies have in common, as `deepcopy` is told: all parameters, by identity."""
    those = [economy.geography, economy.behaviour, economy.parameters, economy.relocation, economy.credit]
    members = (*vars(economy).values(), *economy.others.values())
    return {id(one): one for one in (*those, *(m.parameters for m in members if hasattr(m, "parameters")))}


class IndustrialPolicyModel(PopulationModel):
    """One run: the economy of a province from the first quarter of 2016 on.

    spec: what is run. economy: everything that exists. setting: the world and the law around it.
    series, cells: what was recorded so far, shapes (quarters, indicators) and
    (years, prefectures, industries, cell indicators).
    """

    def __init__(self, spec: RunSpec | None = None, rng: int | None = None, **choices: Any) -> None:
        super().__init__(rng=0 if rng is None else rng)
        self.spec = spec or choose(**choices)
        region = load_region(self.spec.region)
        self.draws = Draws(luck_seed(self.spec))
        self.setting: Setting = setting_of(self.spec, region, self.draws)
        self._take(begin(self.spec, region, self.setting, self.draws))
        self._series: list[np.ndarray] = []
        self._cells: list[np.ndarray] = []

    def _take(self, economy: Economy) -> None:
        """Makes an economy this model's own, and its members known to Mesa."""
        self.economy = economy
        self.luck, self.scratch = FirmLuck(self.draws), Scratch()
        self._levers: tuple[int, list[Acting]] | None = None  # with their year, when they are first needed
        self.datacollector = Recorder(self.recorded)
        self.add_population(economy.firms)
        PARTS.show(self, economy, load_region(self.spec.region))

    def step(self) -> None:
        """One quarter."""
        economy = self.economy
        if self._levers is None or self._levers[0] != economy.year:
            self._levers = economy.year, levers_in(self.spec.scenario, economy.year)
        quarter(economy, self.moment(self._levers[1]))
        PARTS.show_newcomers(self, economy)
        self._series.append(self.recorded.read(economy, self.setting))
        self._cells.append(read_cells(economy))
        self.datacollector.collect(self)
        economy.quarter += 1
        self.running = economy.quarter < self.quarters

    def moment(self, levers: Sequence[Acting]) -> Moment:
        """What the steps of the next quarter need besides the economy, under some levers."""
        return moment_of(self.economy, self.setting, self.draws, self.luck, self.scratch, levers)

    def latest(self, indicator: str) -> float:
        """The last recorded value of an indicator. Raises: KeyError, IndexError before the first quarter."""
        return float(self._series[-1][self.recorded.column[indicator]])

    def latest_row(self) -> np.ndarray:
        """The last recorded values of all indicators, in their order."""
        return self._series[-1]

    def under(self, spec: RunSpec) -> Self:
        """This model, from here on under another scenario."""
        self.spec, self._levers = spec, None
        self.economy.governments.closure = Closure(spec.scenario.closure.value)
        return self

    def branch(self, spec: RunSpec) -> Self:
        """A copy of this model at this moment that goes on under another scenario; the past is shared."""
        other = object.__new__(type(self))
        PopulationModel.__init__(other, rng=0)
        other.spec, other.draws, other.setting = spec, self.draws, self.setting
        other._take(deepcopy(self.economy, unchanging(self.economy)))
        other._series, other._cells = list(self._series), list(self._cells)
        other.datacollector.model_vars = {k: list(v) for k, v in self.datacollector.model_vars.items()}
        return other.under(spec)

    @property
    def recorded(self) -> Recorded:
        """What is recorded in this run's region."""
        return series_of(self.spec.region, self.spec.scenario.own)

    @property
    def quarters(self) -> int:
        """Quarters in the run that `spec` describes."""
        return 4 * (self.spec.last_year - self.spec.first_year + 1)

    @property
    def series(self) -> np.ndarray:
        """One row a quarter, one column per indicator [float64]."""
        return np.array(self._series).reshape(-1, len(self.recorded.indicators))

    @property
    def cells(self) -> np.ndarray:
        """Yearly cells of the years that are complete: flows added up, stocks of the last quarter."""
        quarters = np.array(self._cells)
        years = len(quarters) // 4
        by_year = quarters[: 4 * years].reshape(years, 4, *quarters.shape[1:])
        flows = np.array([indicator.kind is Kind.FLOW for indicator in CELL_INDICATORS.values()])
        return np.where(flows, by_year.sum(axis=1), by_year[:, -1])
