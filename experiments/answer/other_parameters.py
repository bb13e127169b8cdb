"""Each probability with parameter uncertainty beside the one without, where a folder holds both.

Both are sweeps of one folder that differ in where their parameters come from and share scenarios, world, seed
and size. Where there is no such other, the command that makes it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.answer.cases import cases
from experiments.answer.probability import Probability
from experiments.answer.table import chance
from experiments.answer.target_words import name_alone
from experiments.language.words import word
from experiments.plan.drawn_sets import CENTRAL, POSTERIOR
from experiments.plan.words import rebuild_command, with_parameters
from experiments.read.reading import load_sweeps
from experiments.read.runs_region import targets_of
from experiments.store.sweeps import ALL, recorded, region_of_sweep
from scenarios.posterior import posterior_path
from scenarios.region.folder import refuse_no_region
from scenarios.values.errors import InputError, one_line

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.targets import Target

SAME = ("world", "scale", "seed", "last_year")
HEADS = ("asked_short", "with_parameters", "without")


class Pair(NamedTuple):
    """The probability of a target in a case with parameter uncertainty, and without."""

    case: str
    target: str
    drawn: Probability
    central: Probability


class Beside(NamedTuple):
    """Pairs of probabilities; where there is no other sweep to take them from, the command that makes it."""

    pairs: tuple[Pair, ...] = ()
    command: str = ""

    @property
    def remark(self) -> str:
        """How to get the other probability, in a line; empty where it is there or none can be made."""
        return self.command and word("table.side_by_side", command=self.command)


def beside(folder: Path | str, found: Mapping[str, pd.DataFrame], which: str | None = None) -> Beside:
    """The pairs of a sweep; found: {case: its rows of load_runs}, which: the sweep that they are of.

    Of all sweeps (ALL) those of the last one.

    Raises: as load_sweeps.
    """
    if which == ALL:
        which, found = None, cases(folder, None)
    (this,) = load_sweeps(folder, which)
    central = str(this.get("parameters") or CENTRAL) == CENTRAL
    for other in load_sweeps(folder):
        if (str(other.get("parameters") or CENTRAL) == CENTRAL) == central:
            continue
        rows = cases(folder, other["id"])
        pairs = [
            pair
            for case in found
            if case in rows and _same_setting(found[case], rows[case])
            for pair in _pairs(case, *((rows[case], found[case]) if central else (found[case], rows[case])))
        ]
        if pairs:
            return Beside(tuple(pairs))
    return Beside(command=_command(this, folder, POSTERIOR if central else CENTRAL))


def _same_setting(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether two cases differ in parameters alone, and both have runs that ended."""
    if not len(recorded(one)) or not len(recorded(other)):
        return False
    return all(set(one[name]) == set(other[name]) for name in SAME if name in one and name in other)


def _pairs(case: str, drawn: pd.DataFrame, central: pd.DataFrame) -> list[Pair]:
    names = [*targets_of(drawn), "all"]
    return [Pair(case, name, chance(drawn, name), chance(central, name)) for name in names]


def _command(sweep: Mapping[str, Any], folder: Path | str, source: str) -> str:
    """The command that makes the other sweep; empty where the region has no posterior to draw from."""
    if source == POSTERIOR and not _has_posterior(region_of_sweep(sweep)):
        return ""
    return one_line(rebuild_command(with_parameters(sweep, source), folder))


def _has_posterior(region: str) -> bool:
    try:
        refuse_no_region(region)
        return posterior_path(region).is_file()
    except InputError:
        return False


def cases_of(pairs: tuple[Pair, ...]) -> list[str]:
    """The cases that pairs are of, in their order."""
    return list(dict.fromkeys(pair.case for pair in pairs))


def block(pairs: tuple[Pair, ...], case: str, targets: Mapping[str, Target]) -> list[list[str]]:
    """The rows of a case in print."""
    rows = [
        [
            word("table.together") if pair.target == "all" else name_alone(targets[pair.target]),
            str(pair.drawn),
            str(pair.central),
        ]
        for pair in pairs
        if pair.case == case
    ]
    return [[word(f"table.{name}") for name in HEADS], *rows] if rows else []
