"""A case: a scenario at one combination of swept values, and what tells it from others of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


class Case(NamedTuple):
    """What some runs of a folder were asked for under.

    given: the swept values, as on the command line; mark: of its content, where its name stands for several;
    sweep: that of an older sweep, where a newer one has the name for other runs.
    """

    scenario: str
    given: str = ""
    mark: str = ""
    sweep: str = ""

    @classmethod
    def recorded(cls, scenario: str, point: str) -> Case:
        """The case of a recorded run, whose point is the name of its scenario with the values behind it."""
        return cls(scenario, point.removeprefix(scenario).strip())

    @property
    def plain(self) -> str:
        """As its own sweep calls it."""
        return f"{self.scenario} {self.given}".rstrip()

    @property
    def name(self) -> str:
        """As it is called among all cases of a folder; no name of a scenario holds a #."""
        scenario = f"{self.scenario}#{self.mark}" if self.mark else self.scenario
        told = f" (sweep {self.sweep})" if self.sweep else ""
        return f"{scenario} {self.given}".rstrip() + told


def case_of(runs: pd.DataFrame) -> Case:
    """The case of some rows of load_runs, which are of one."""
    return Case(*(str(runs[name].iloc[0]) for name in Case._fields))
