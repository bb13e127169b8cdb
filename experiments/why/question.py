"""What is asked: a scenario of a results folder against another, by levers or thrusts, with how much luck."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from experiments.answer.compare import folder_and_scenario, runs_of
from experiments.plan.drawn_sets import POSTERIOR, first_sets
from experiments.plan.sweep_plan import SCALES
from experiments.read.recorded_run import RecordedRun, recorded
from experiments.store import header, sealed, sweeps
from experiments.store.forms import MOST_PLAYERS
from experiments.store.own_levers import refuse_without
from experiments.store.store import Store
from experiments.why.players import CLOSURE, THRUST, players_of
from experiments.why.runs import Game, Unit
from scenarios.drawn import changed
from scenarios.load import central_values, load_own_levers, load_parameters, load_scenarios
from scenarios.own.folder import OwnFiles, own_runs
from scenarios.region.folder import region_digest
from scenarios.spec import BASELINE, LAST_YEAR, Closure, Parameters, RunSpec, Scenario
from scenarios.values.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

EXACT = 8
"""Players of whom every coalition is run; of more, some orders."""

ORDERS = 2
MOST_ORDERS, MOST_REPLICATIONS, MOST_SCALE = 200, 10_000, 1.0
FEWEST = 2
SCALED = re.compile(r",? population\.scale=[^, ]+$|(?<= )population\.scale=[^, ]+, ")
"""The size of the province in a case's name, with the comma that parts it from other values."""


@dataclass(frozen=True)
class Wanted:
    """What the words of a command ask for. a, b: DIR:SCENARIO; b: as_in_2020 unless given.

    draws: sets of the posterior, or of the priors where there is none; those of the folder's own runs unless
    given. levers: the folder of levers from outside, where the runs have some.
    """

    a: str
    b: str | None = None
    by: str | None = None
    replications: int = 20
    scale: float = 0.1
    draws: int | None = None
    orders: int | None = None
    levers: Path | str | None = None

    def refuse_wrong(self) -> None:
        """Refuses numbers that nothing can be made of.

        Raises:
            InputError: one line a mistake.
        """
        lines = []
        if not FEWEST <= self.replications <= MOST_REPLICATIONS:
            told = f"--replications {self.replications} is outside {FEWEST} to {MOST_REPLICATIONS:,}"
            lines.append(f"{told}: an interval is read off them")
        if not SCALES[0] <= self.scale <= MOST_SCALE:
            lines.append(f"--scale {self.scale:g} is outside {SCALES[0]:g} to {MOST_SCALE:g}")
        if self.draws is not None and self.draws < 1:
            lines.append(f"--draws {self.draws} is not a whole number from 1 on")
        if self.orders is not None and (self.orders % 2 or not 2 <= self.orders <= MOST_ORDERS):
            lines.append(f"--orders {self.orders} is no even number from 2 to {MOST_ORDERS}")
        if lines:
            raise InputError(*lines)


@dataclass(frozen=True)
class Question:
    """What is run. scenario, base: as the folder calls them. described: of the parameters, in words.

    sets: the digest of those that were asked for, whose words may stay as others are learnt.
    """

    folder: Path
    scenario: str
    base: str
    by: str
    game: Game
    units: tuple[Unit, ...]
    described: str
    sets: str = ""

    @property
    def key(self) -> str:
        """What tells this question from others, whatever the replications [64 hexadecimal digits]."""
        game, spec = self.game, self.game.spec
        content = {
            "scenarios": [self.scenario, self.base],
            "levers": [plain(one) for one in (game.scenario, game.base)],
            "players": [list(one.levers) for one in game.players],
            "by": self.by,
            "orders": game.orders,
            "scale": spec.scale,
            "world": spec.world,
            "seed": spec.seed,
            "region": region_digest(spec.region),
            "parameters": self.described,
        }
        if self.sets:
            content["sets"] = self.sets
        if game.base.own:
            content["own"] = {one.name: one.digest for one in game.base.own}
        return sealed.checksum(sealed.canonical(content).encode())

    @property
    def notes(self) -> list[str]:
        """What a reader must be told of how the two differ."""
        closures, said = (self.game.scenario.closure, self.game.base.closure), []
        if any(one.name == CLOSURE for one in self.game.players):
            named = [one.value for one in closures]
            said.append(
                "the budget closes in another way too ({} in place of {}): a part of its own, and what the "
                "levers do without it is what they do under the other one".format(*named)
            )
        if Closure.HIGHER_TAXES in closures:
            said.append("local taxes contain what is raised to pay for programmes, which is no gain")
        return said


def plain(scenario: Scenario) -> dict[str, object]:
    """Values of levers and the closure, in one form."""
    levers = {
        name: {key: [[year, float(value)] for year, value in dated] for key, dated in fields.items()}
        for name, fields in scenario.levers.items()
    }
    return {"levers": levers, "closure": scenario.closure.value}


def question_of(wanted: Wanted) -> Question:
    """What the words ask for, checked before any run.

    Raises:
        InputError: no such folder or scenario, two that cannot be compared, or numbers that make no sense.
        FolderDiffers: other sources or data computed the folder. CorruptData.
    """
    wanted.refuse_wrong()
    folder, name = folder_and_scenario(wanted.a)
    own = own_of(folder, wanted)
    rows = rows_of(folder, name, own)
    one = a_run(folder, rows, own)
    base_called, base = base_of(wanted, folder, one, own)
    called = named(str(rows.point.iloc[0])), base_called
    if wanted.draws is None:
        return asked_of(wanted, called, one.spec, base, units_of(wanted, sets_of(rows), one.spec))
    return asked_of(wanted, called, one.spec, base, units_with(wanted, wanted.draws, one.spec, own))


def asked_of(
    wanted: Wanted,
    called: tuple[str, str],
    spec: RunSpec,
    base: Scenario,
    units: tuple[tuple[Unit, ...], str] | tuple[tuple[Unit, ...], str, str],
) -> Question:
    """The question of a run's scenario against another; called: the names of both; units: as units_of.

    Raises:
        InputError: nothing differs, or too much.
    """
    folder, _ = folder_and_scenario(wanted.a)
    scenario, base_called = called
    by, players = players_of(
        replace(spec.scenario, name=scenario), replace(base, name=base_called), wanted.by, spec.region
    )
    if len(players) > MOST_PLAYERS:
        raise InputError(f"{len(players)} levers differ, at most {MOST_PLAYERS}; take --by {THRUST}")
    orders = 0 if len(players) <= EXACT and wanted.orders is None else wanted.orders or ORDERS
    surroundings = replace(spec, scale=wanted.scale, last_year=LAST_YEAR, scenario=base)
    game = Game(spec.scenario, base, players, surroundings, orders)
    return Question(Path(folder), scenario, base_called, by, game, *units)


def own_of(folder: str, wanted: Wanted) -> OwnFiles:
    """The levers from outside that the words name.

    Raises:
        InputError: the folder's runs have some, and none are named.
    """
    store = Store(folder)
    found = load_own_levers(wanted.levers, region=sweeps.region_of_sweep(store.last_sweep()))
    refuse_without(store.path, store.header(), own_runs(found))
    return found


def rows_of(folder: str, name: str | None, own: OwnFiles) -> pd.DataFrame:
    """The runs of a scenario, of a folder that today's sources computed.

    Raises:
        InputError, FolderDiffers, CorruptData.
    """
    store = Store(folder)
    region = sweeps.region_of_sweep(store.last_sweep())
    header.refuse_difference(
        store.path, store.header(), header.with_own(header.header(region), own_runs(own))
    )
    return runs_of(folder, name)


def a_run(folder: str, rows: pd.DataFrame, own: OwnFiles) -> RecordedRun:
    """A finished run of a scenario, which has what all of them have.

    Raises:
        InputError: none is finished yet.
    """
    done = rows[rows.status == "ok"]
    if done.empty:
        raise InputError(f"{folder}:{rows.point.iloc[0]} has no finished run of the {len(rows)} asked for")
    return recorded(Store(folder), str(done.run_id.iloc[0]), own_runs(own))


def base_of(wanted: Wanted, folder: str, one: RecordedRun, own: OwnFiles) -> tuple[str, Scenario]:
    """What the scenario is held against, and how it is called.

    Raises:
        InputError: no such scenario, or one of another world, region or seed, or with other parameters.
    """
    if wanted.b is None:
        try:
            rows = rows_of(folder, BASELINE, own)
        except InputError:
            return BASELINE, load_scenarios(region=one.spec.region, own=own)[BASELINE]
        if (rows.status == "ok").sum() == 0:
            return BASELINE, load_scenarios(region=one.spec.region, own=own)[BASELINE]
        return BASELINE, a_run(folder, rows, own).spec.scenario
    other, name = folder_and_scenario(wanted.b)
    rows = rows_of(other, name, own)
    found = a_run(other, rows, own)
    refuse_other_surroundings((wanted.a, one.spec), (wanted.b, found.spec))
    return named(str(rows.point.iloc[0])), found.spec.scenario


def named(point: str) -> str:
    """A case as it is called here, where runs have a scale of their own."""
    return SCALED.sub("", point)


def refuse_other_surroundings(one: tuple[str, RunSpec], other: tuple[str, RunSpec]) -> None:
    """Refuses two scenarios that differ in more than levers and the closure.

    Raises:
        InputError: naming what differs.
    """
    differ = [
        name
        for name in ("region", "world", "seed", "parameters")
        if getattr(one[1], name) != getattr(other[1], name)
        and not (name == "parameters" and drawn(one[1], other[1]))
    ]
    if differ:
        raise InputError(
            f"{one[0]} and {other[0]} differ in {', '.join(differ)} too, which no lever brings about: "
            "name two scenarios of one sweep"
        )


def drawn(*specs: RunSpec) -> bool:
    """Whether two runs are of several sets of parameters, shared out by number."""
    return len({(spec.draw, spec.replication) for spec in specs}) > 1


def units_of(wanted: Wanted, own: Mapping[int, Parameters], spec: RunSpec) -> tuple[tuple[Unit, ...], str]:
    """The replications, each with parameters of the folder: run n has set n modulo their number, as in
    sweeps. own: the sets that its runs have, by their numbers."""
    numbers = range(wanted.replications)
    if len(own) == 1:
        return tuple(
            Unit(n, spec.draw, spec.parameters) for n in numbers
        ), "the parameters of the folder's runs"
    units = tuple(Unit(n, draw := sorted(own)[n % len(own)], own[draw]) for n in numbers)
    return units, f"the folder's {len(own)} sets of parameters"


def units_with(wanted: Wanted, draws: int, spec: RunSpec, own: OwnFiles) -> tuple[tuple[Unit, ...], str, str]:
    """The same with sets of the posterior, or of the priors where there is none; and the digest of the sets.

    Raises:
        InputError: there are fewer. ModelDiffers, CorruptData: the posterior.
    """
    found = first_sets(draws, spec.region, own)
    sets = [changed(central_of(spec), one) for one in found.values]
    units = tuple(Unit(n, n % len(sets), sets[n % len(sets)]) for n in range(wanted.replications))
    of = "of the posterior" if found.source == POSTERIOR else "drawn from their priors"
    plain_sets = [{".".join(key): float(value) for key, value in one.items()} for one in found.values]
    digest = sealed.checksum(sealed.canonical(plain_sets).encode())
    return units, f"{len(sets)} sets of parameters {of}", digest


def sets_of(rows: pd.DataFrame) -> Mapping[int, Parameters]:
    """The sets of parameters that finished runs have, by their numbers."""
    done = rows[rows.status == "ok"].drop_duplicates("draw")
    texts: Sequence[tuple[int, str]] = list(zip(done.draw.tolist(), done.parameters.tolist(), strict=True))
    return {int(draw): json.loads(text) for draw, text in texts}


def central_of(spec: RunSpec) -> Mapping[str, Mapping[str, float]]:
    """The central values, which sets that are drawn change."""
    return central_values(load_parameters(region=spec.region))
