"""What figures and the report are drawn from: tidy tables of one results folder, read from the store only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from shlex import quote
from typing import Any

import numpy as np
import pandas as pd

from experiments.change.effect import Effect
from experiments.change.named import Named
from experiments.figures.drawing.style import COLOURS, MARKERS
from experiments.figures.labels import ALL, Label
from experiments.language.chosen import current
from experiments.store.sweeps import ALL as ALL_SWEEPS
from experiments.store.sweeps import Counts
from scenarios.region.region import Region
from scenarios.values.errors import InputError, unknown

CHECKED = ["what", "unit", "year", "published", "status", "low", "median", "high"]
NUMBERS = (
    "N = {runs} runs per scenario · {failed} failed · {method}",
    "每个方案 N = {runs} 次模拟 · 失败 {failed} 次 · {method}",
)
OF_RUNS = (
    "{sweep}: {asked} runs asked, {done} done, {failed} failed, {left} left",
    "{sweep}：应有模拟 {asked} 次，完成 {done} 次，失败 {failed} 次，未完成 {left} 次",
)
NONE = Counts(0, 0, 0, 0)
KEPT = ("Cells of the first {} runs of each scenario", "每个方案前 {} 次模拟的分地区分行业数据")
MOST_PANELS = 400
MOST_SCENARIOS = 8  # more are not told apart by colour, nor told of in sentences


@dataclass(frozen=True)
class Goal:
    """A target as tables and figures show it: what it is judged by, and the level that its path must reach.

    The two differ for a target of growth, whose path is the level that grows.
    """

    label: Label
    threshold: float
    path: Label
    level: float


class NothingToDraw(InputError):
    """No run has a result yet, or none ever will."""


@dataclass(frozen=True)
class HeldSweep:
    """A sweep that the folder holds: its id as printed, how it was begun, what it asked for, how far it is.

    page: the report of this sweep alone, beside the folder's; empty while none is written.
    """

    id: str
    command: str
    started: str
    cases: tuple[str, ...]
    counts: Counts
    page: str


@dataclass(frozen=True)
class Evidence:
    """One sweep, read.

    A *case* is a scenario, or a scenario at one point of a swept value; the first case is the baseline.

    probabilities: rows of `sanxiang targets`, their column `scenario` holding the case.
    paths: {case, run_id, target, year, value}, in yuan, shares or counts, scaled to the 2020 base.
    differences: rows of `experiments.answer.compare.differences`, each case minus its baseline in 2025.
    published: {target, year, value, status}, in the units of paths. cells: {case, run_id, year, prefecture,
    industry, indicators...}. swept: {case, key, value} as text, for the scenario and every value that a point
    of the sweep sets.
    values: {case, key, value, unit} as text, for all that differs between cases. assumed: {what, how} for
    each unpublished base. checks: {what, unit, year, published, status, low, median, high} of 2016 to 2020.
    annual: {case, run_id, year, indicators...}, unscaled; series: how each indicator is called and drawn.
    costs: {case, appropriated, spent} in yuan; budgets: {case, programme, appropriated}, 2021-25 [yuan].
    also: {case, target, said} where a target has a second definition. reliability: behavioural
    parameters by status. vintage, notes: in English and Chinese. scales: of each case, the multiple of
    the economy that its runs simulate. counts: of all runs asked for; sweep: the sweep's id as printed,
    or `all`; sweeps: all that the folder holds; remarks: what must be said beside. effects: what each case
    changes against its baseline, taken apart, where that is recorded; cap: public cost a year against the
    region's fiscal cap (change.words.against_cap), None where it has none. names: of cases, as people say
    them. luck: of each run, equal in runs that make a pair.
    """

    cases: tuple[str, ...]
    probabilities: pd.DataFrame
    paths: pd.DataFrame
    differences: pd.DataFrame
    published: pd.DataFrame
    goals: dict[str, Goal]
    cells: pd.DataFrame
    swept: pd.DataFrame
    folder: str
    runs: int
    failed: int
    interval: str
    vintage: tuple[str, str]
    version: str
    region: Region
    notes: tuple[tuple[str, str], ...] = ()
    values: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["case", "key", "value", "unit"])
    )
    assumed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["what", "how"]))
    checks: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=CHECKED))
    also: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["case", "target", "said"]))
    reliability: dict[str, int] = field(default_factory=dict)
    costs: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["case", "appropriated", "spent"])
    )
    budgets: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["case", "programme", "appropriated"])
    )
    provenance: dict[str, str] = field(default_factory=dict)
    annual: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["case", "run_id", "year"]))
    series: dict[str, Label] = field(default_factory=dict)
    scales: Mapping[str, float] = field(default_factory=dict)
    counts: Counts = NONE
    sweep: str = ALL_SWEEPS
    sweeps: tuple[HeldSweep, ...] = ()
    remarks: tuple[str, ...] = ()
    effects: dict[str, Effect] = field(default_factory=dict)
    cap: dict[str, Any] | None = None
    fewest: int | None = None
    names: dict[str, Named] = field(default_factory=dict)
    luck: dict[str, str] = field(default_factory=dict)

    @property
    def baseline(self) -> str:
        """The case the others are compared with."""
        return self.cases[0]

    @property
    def scale(self) -> float:
        """The multiple of the province's economy that the baseline simulates."""
        return self.scales[self.baseline]

    def scales_of(self, cases: pd.Index | pd.Series) -> np.ndarray:
        """The scale of each of some cases, for rows that are as simulated and no two alike in size."""
        return np.array([self.scales[case] for case in cases], dtype=float)

    @property
    def targets(self) -> list[str]:
        """The targets in the plan's order, `all` together last."""
        return [*self.goals, "all"]

    def label(self, target: str) -> Label:
        """How a target, or `all` of them, is called."""
        return self.goals[target].label if target in self.goals else ALL

    def called(self, case: str) -> str:
        """The case as people say it in the language spoken; its code name where two are called alike."""
        return self._called_in(current()).get(self._called(case), case)

    def _called_in(self, language: str) -> dict[str, str]:
        found = {case: self.names[case].name(language) for case in self.cases if case in self.names}
        told = list(found.values())
        return {case: name for case, name in found.items() if told.count(name) == 1}

    def short_names(self) -> dict[str, str]:
        """Cases as panels name them: swept values by the end of their key, the scenario where it differs."""
        language = current()
        if language not in self._short:  # every panel asks
            self._short[language] = self._shortened()
        return self._short[language]

    @cached_property
    def _short(self) -> dict[str, dict[str, str]]:
        return {}

    def _shortened(self) -> dict[str, str]:
        scenarios = self.swept[self.swept.key == "scenario"].set_index("case").value.to_dict()
        several = len(set(scenarios.values())) > 1
        held = self.swept.groupby("key").value.agg(["nunique", "size"])
        alike = set(held.index[(held["nunique"] == 1) & (held["size"] == len(self.cases))])
        names = {}
        for case in self.cases:
            own = self.swept[(self.swept.case == case) & ~self.swept.key.isin({"scenario", *alike})]
            values = ", ".join(f"{row.key.rpartition('.')[2]}={row.value}" for row in records(own))
            scenario = scenarios.get(case, case) if several or not values else ""
            names[case] = f"{scenario} {values}".strip() if values else self.called(case)
        return names if len(set(names.values())) == len(self.cases) else {case: case for case in self.cases}

    def short_name(self, case: str) -> str:
        """The case as panels and keys name it."""
        return self.short_names().get(case, case)

    @property
    def numbers(self) -> str:
        """Runs of each scenario that have ended, in words: `100`, or `39–40` where they are not as many."""
        return f"{self.fewest}–{self.runs}" if self.fewest not in (None, self.runs) else str(self.runs)

    @property
    def is_whole_folder(self) -> bool:
        """Whether it is of every sweep that the folder holds."""
        return self.sweep == ALL_SWEEPS or len(self.sweeps) < 2

    @property
    def which(self) -> str:
        """The words of a command that mean this sweep."""
        return "--all" if self.sweep == ALL_SWEEPS else f"--sweep {self.sweep}"

    def colour(self, case: str) -> str:
        """The colour of a case, the same in every figure."""
        return COLOURS[self.cases.index(case) % len(COLOURS)]

    def marker(self, case: str) -> str:
        """The marker of a case: tells cases apart without colour."""
        return MARKERS[self.cases.index(case) % len(MARKERS)]

    def chosen_cases(self, asked: str | list[str] | None) -> list[str]:
        """The cases to draw: those asked for, or all.

        Raises: InputError for a case that the folder does not hold.
        """
        return self.asked_cases(asked)

    def cases_in_panels(self, asked: str | list[str] | None, each: int = 1) -> list[str]:
        """The cases of a figure that has so many panels for each.

        Raises: InputError when that is more than a page can hold; as chosen_cases.
        """
        found = self.chosen_cases(asked)
        if len(found) * each > max(MOST_PANELS, each):
            raise InputError(
                f"{len(found)} cases make {len(found) * each:,} panels, at most {MOST_PANELS}; name some "
                "with scenario=A,B, or draw figure probability, which lists all of them"
            )
        return found

    def asked_cases(self, asked: str | list[str] | None) -> list[str]:
        """The cases asked for, by their names or as the only one of a scenario, or all, however many.

        Raises: InputError for a case that the folder does not hold.
        """
        names = self._listed(asked) if isinstance(asked, str) else asked
        return _chosen("scenario", None if names is None else list(map(self._called, names)), self.cases)

    def _listed(self, asked: str) -> list[str]:
        """One case, whose name may hold commas, or scenarios with commas between them."""
        return [asked] if asked in self.cases or "=" in asked else asked.split(",")

    def _called(self, name: str) -> str:
        """The only case of a scenario, where no case has that name itself."""
        of_it = self.swept.case[(self.swept.key == "scenario") & (self.swept.value == name)].tolist()
        return of_it[0] if name not in self.cases and len(of_it) == 1 else name

    def holds(self, scenario: str | list[str] | None) -> bool:
        """Whether all cases asked for are among these."""
        try:
            return bool(self.asked_cases(scenario))
        except InputError:
            return False

    def chosen_targets(self, asked: str | list[str] | None) -> list[str]:
        """The targets to draw, in the plan's order.

        Raises: InputError for an unknown target.
        """
        return _chosen("target", asked, tuple(self.goals))

    def footnotes(
        self,
        figure: str,
        language: str,
        method: str,
        left_out: Sequence[str] = (),
        options: str = "",
        by_cell: bool = False,
    ) -> list[str]:
        """Runs, failures, vintage, version and the command that draws the figure again.

        method, left_out: the figure's own interval and bands, and what it does not draw; see methods.py.
        """
        chinese = language == "zh"
        counted = NUMBERS[chinese].format(runs=self.numbers, failed=self.failed, method=method)
        kept = [KEPT[chinese].format(self.runs_with_cells)] if by_cell else []
        command = f"sanxiang figure {figure} {quote(self.folder)}{options} {self.which} --out {figure}.svg"
        said = [note[chinese] for note in self.notes]
        named = ("all sweeps", "全部批次") if self.sweep == ALL_SWEEPS else (f"sweep {self.sweep}",) * 2
        of_runs = OF_RUNS[chinese].format(sweep=named[chinese], **self.counts._asdict())
        return [
            counted,
            *left_out,
            of_runs,
            *kept,
            *said,
            f"{self.vintage[chinese]} · sanxiang {self.version} · {command}",
        ]

    @property
    def runs_with_cells(self) -> int:
        """How many runs of each scenario keep their cells."""
        return int(self.cells.groupby("case", observed=True).run_id.nunique().max())


def records(rows: pd.DataFrame) -> Iterator[Any]:
    """The rows, their columns as attributes."""
    return iter(rows.itertuples(index=False))


def _chosen(kind: str, asked: str | list[str] | None, known: tuple[str, ...]) -> list[str]:
    names = list(known) if asked is None else [asked] if isinstance(asked, str) else list(asked)
    mistakes = [unknown(kind, name, known) for name in names if name not in known]
    if mistakes:
        raise InputError(*mistakes)
    return names
