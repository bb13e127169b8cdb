"""The model as Mesa sees it: `IndustrialPolicyModel(spec)`, one step a quarter.

model = IndustrialPolicyModel(choose(scenario="plan", replication=3))
model.run_for(40)
model.agents_by_type[Firm].agg("sales", sum)
"""

from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any, Self

import numpy as np
from mesa import DataCollector

from agents.economy import INDUSTRIES, Economy
from agents.institutions import (
    BankingSector,
    Guarantor,
    centre_agents,
    fund_agents,
    government_agents,
    institution_agents,
)
from agents.state.government import Closure
from scenarios.lever import Lever, levers_in
from scenarios.load import central_values, load_parameters, load_scenarios
from scenarios.region.region import load_region
from scenarios.spec import RunSpec
from scenarios.values.errors import InputError, unknown
from sim.firms.steps import Scratch
from sim.indicators import CELL_INDICATORS, INDICATORS, Kind, read_cells, read_series
from sim.luck.draws import Draws
from sim.luck.of_firms import FirmLuck
from sim.mesa.layer import PopulationModel
from sim.quarter import quarter
from sim.setting import Setting, setting_of
from sim.start.opening import begin

REGION = "hunan"
PLACES = {name: place for place, name in enumerate(INDICATORS)}


def _latest(model: "IndustrialPolicyModel", indicator: str) -> float:
    """The reporter of one indicator; a function with a name, so that a model can be pickled."""
    return model.latest(indicator)


REPORTERS = {name: partial(_latest, indicator=name) for name in INDICATORS}


class Recorder(DataCollector):
    """Mesa's collector, which keeps the recorded rows and divides them among the indicators when asked."""

    def __init__(self) -> None:
        self._rows: list[np.ndarray] = []  # of steps that are not yet in `_columns`
        super().__init__(model_reporters=dict(REPORTERS))

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
        if self.model_reporters != REPORTERS or self.agent_reporters or self.agenttype_reporters:
            super().collect(model)
            return
        self._collection_steps.append(model.time)
        self._rows.append(model.latest_row())


def choose(
    scenario: str = "as_in_2020",
    world: str = "as_expected_in_2020",
    reform: str | Path | None = None,
    **rest: Any,
) -> RunSpec:
    """The description of one run by names, with central parameters.

    Args: scenario, world: shipped names. reform: a scenario file, whose scenario is then chosen by its name.
        rest: scale, replication, draw and seed, as fields of RunSpec.

    Raises:
        InputError: unknown name, or a mistake in the file.
    """
    scenarios = load_scenarios([reform] if reform else [])
    if scenario not in scenarios:
        raise InputError(unknown("scenario", scenario, scenarios))
    return RunSpec(scenarios[scenario], world, central_values(load_parameters()), **rest)


class IndustrialPolicyModel(PopulationModel):
    """One run: the economy of a province from the first quarter of 2016 on.

    spec: what is run. economy: everything that exists. setting: the world and the law around it.
    series, cells: what was recorded so far, shapes (quarters, indicators) and
    (years, prefectures, industries, cell indicators).
    """

    def __init__(self, spec: RunSpec | None = None, rng: int | None = None, **choices: Any) -> None:
        super().__init__(rng=0 if rng is None else rng)
        self.spec = spec or choose(**choices)
        region = load_region(REGION)
        self.draws = Draws(luck_seed(self.spec))
        self.setting: Setting = setting_of(self.spec, region, self.draws)
        self._take(begin(self.spec, region, self.setting, self.draws))
        self._series: list[np.ndarray] = []
        self._cells: list[np.ndarray] = []

    def _take(self, economy: Economy) -> None:
        """Makes an economy this model's own, and its members known to Mesa."""
        self.economy = economy
        self.luck, self.scratch = FirmLuck(self.draws), Scratch()
        self._levers: list[Lever] | None = None  # of the year, made when they are first needed
        self.datacollector = Recorder()
        self.add_population(economy.firms)
        places = load_region(REGION).prefectures
        government_agents(self, economy.governments, economy.ledger, places.names)
        institution_agents(self, economy.universities, economy.inventions, economy.technology)
        centre_agents(self, economy.technology, places.groups)
        BankingSector(self, economy.ledger)
        Guarantor(self, economy.guarantee, economy.ledger)
        fund_agents(self, economy.funds, economy.ledger)

    def step(self) -> None:
        """One quarter."""
        economy = self.economy
        if self._levers is None or economy.quarter % 4 == 0:
            self._levers = levers_in(self.spec.scenario, economy.year)
        quarter(economy, self._levers, self.setting, self.draws, self.luck, self.scratch)
        self._series.append(read_series(economy, self.setting))
        self._cells.append(read_cells(economy))
        self.datacollector.collect(self)
        economy.quarter += 1
        self.running = economy.quarter < self.quarters

    def latest(self, indicator: str) -> float:
        """The last recorded value of an indicator. Raises: KeyError, IndexError before the first quarter."""
        return float(self._series[-1][PLACES[indicator]])

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
        other.draws, other.setting = self.draws, self.setting
        other._take(deepcopy(self.economy))
        other._series, other._cells = list(self._series), list(self._cells)
        other.datacollector.model_vars = {k: list(v) for k, v in self.datacollector.model_vars.items()}
        return other.under(spec)

    @property
    def quarters(self) -> int:
        """Quarters in the run that `spec` describes."""
        return 4 * (self.spec.last_year - self.spec.first_year + 1)

    @property
    def series(self) -> np.ndarray:
        """One row a quarter, one column per indicator [float64]."""
        return np.array(self._series).reshape(-1, len(INDICATORS))

    @property
    def cells(self) -> np.ndarray:
        """Yearly cells of the years that are complete: flows added up, stocks of the last quarter."""
        quarters = np.array(self._cells)
        years = len(quarters) // 4
        by_year = quarters[: 4 * years].reshape(years, 4, -1, INDUSTRIES, len(CELL_INDICATORS))
        flows = np.array([indicator.kind is Kind.FLOW for indicator in CELL_INDICATORS.values()])
        return np.where(flows, by_year.sum(axis=1), by_year[:, -1])


def luck_seed(spec: RunSpec) -> int:
    """The key of all draws: the same for every scenario of one seed and replication."""
    return (spec.seed << 32) | spec.replication
