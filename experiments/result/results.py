"""What a sweep came to, in one object: tables, answers, figures, and how to ask for more.

import experiments as sanxiang

found = sanxiang.sweep("scenario=as_in_2020,plan", "replications=20")
found = sanxiang.results("results/shipped")      # of a folder that is there: nothing is run
found                            # a notebook shows the table of targets
found.runs                       # pandas: one row per run, a column for each swept key in its own type
found.series, found.cells        # one row per run and quarter; per run, year, prefecture and industry
found.codebook                   # unit, meaning, and scaled or unscaled, of every column of every table
found.targets()                  # how likely each target is, in every case
found.compare("as_in_2020")      # paired differences of every case to one
found.explain("plan").table()    # Shapley parts of an effect; runs what the folder lacks
found.figure("fan", target="sei_va", ax=axes)    # any figure, in the place of some axes
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from experiments.answer import table, tidy_tables
from experiments.answer.codebook import Known, codebook
from experiments.answer.money_columns import unit_of
from experiments.answer.swept_columns import beside, given_by_case, keys_of, with_swept
from experiments.read import reading
from experiments.read.series_names import series_held
from experiments.result import compared, shown
from experiments.result.own_outcomes import (
    OwnIndicator,
    checked_indicator,
    outcomes,
    own_target,
    refuse_unknown,
)
from experiments.store.outcome_columns import OutcomeColumns, bases_stored
from experiments.store.store import Store
from experiments.store.sweeps import ALL, Counts, counts
from scenarios.targets import Target, load_targets, targets_in
from scenarios.values.file_names import at_home

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from experiments.why.explanation import Explanation


@dataclass(frozen=True)
class Results:
    """A sweep of a results folder. It reads the folder when a table is first asked for, and runs nothing.

    folder: of the results. id: of the sweep, or "all". own_indicators, own_targets: of a user's own, which
    with_indicator and with_target add.
    """

    folder: Path
    id: str
    own_indicators: tuple[OwnIndicator, ...] = ()
    own_targets: Mapping[str, Target] = field(default_factory=dict)

    # --- tables ------------------------------------------------------------------------------------------

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row per run and case: who it is, how it ended, its bases, targets and hits [plain units].

        A column for each swept key: numbers as numbers, anything else as text. Hits are true, false or
        missing. Amounts and counts as simulated are those of an economy of the run's `scale`.

        Raises: CorruptData when a file is damaged.
        """
        rows = self._runs
        hits = [str(name) for name in rows if str(name).endswith(OutcomeColumns.of("").hit)]
        return rows.astype(dict.fromkeys(hits, "boolean"))

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row per run and quarter: flows per quarter, stocks at its end, money in yuan, unscaled."""
        rows = self._with_n(reading.load_series(self.folder, sweep=self.id))
        own = {one.name: one.values(rows) for one in self.own_indicators}
        return pd.concat([rows, pd.DataFrame(own, index=rows.index)], axis=1)

    @cached_property
    def annual(self) -> pd.DataFrame:
        """One row per run and year: flows summed, stocks at the year's end, rates averaged."""
        return reading.by_year(self.series, self.indicators)

    @cached_property
    def cells(self) -> pd.DataFrame:
        """One row per run, year, prefecture and industry, of the first replications of each case."""
        return self._with_n(reading.load_cells(self.folder, sweep=self.id))

    @cached_property
    def codebook(self) -> pd.DataFrame:
        """One row per table and column: {table, column, type, unit, kind, scaled, meaning, meaning_zh}.

        kind: how a series becomes yearly. scaled: scaled to the base of 2020, or unscaled; else empty.
        """
        tables = {"runs": self.runs, "series": self.series, "cells": self.cells}
        tables |= {"targets": self.targets(), "differences": self.compare()}
        known = Known.of(Store(self.folder))
        everything = {**known.targets, **self.own_targets}
        return codebook(tables, replace(known, series=self.indicators, targets=everything))

    # --- answers -----------------------------------------------------------------------------------------

    def targets(self) -> pd.DataFrame:
        """How likely each target is: a row per case and target, with the unit of its values.

        Columns as experiments.targets; swept keys follow. Targets of one's own come behind those of the plan;
        `all` is about these alone.
        """
        rows = pd.DataFrame(table.targets(self.folder, sweep=self.id))
        rows = tidy_tables.with_units(rows, self.region, False)
        own = compared.of_targets(self._runs, self.own_targets)
        rows = pd.concat([rows, own], ignore_index=True) if len(own) else rows
        return beside(rows, self._runs, self._keys, "scenario")

    def compare(self, base: str | Results | None = None) -> pd.DataFrame:
        """What every case changes, in pairs of equal luck: a row per case and target.

        base: a case of this sweep, `DIR:SCENARIO`, or the results of one case; unless given, each is held
        against as_in_2020 at the same swept values, as the printed table does.

        {scenario, baseline, target, pairs, mean, low, high, greater, gained, lost, reclassified..., unit}:
        low and high are the 95 % interval of the mean difference, greater the share of pairs in which the
        case is higher.

        Raises: InputError for an unknown case, or one of other luck; FolderDiffers where other sources
        computed the base.
        """
        other = base if base is None or isinstance(base, str) else compared.only_case(base.cases, base.folder)
        found = compared.differences_of(self._runs, self.folder, other, self.own_targets)
        rows = tidy_tables.with_units(found, self.region, False)
        own = {name: unit_of(one) for name, one in self.own_targets.items()}
        rows = rows.assign(unit=rows.unit.where(~rows.target.isin(own), rows.target.map(own)))
        return beside(rows, self._runs, self._keys, "scenario")

    def explain(self, scenario: str, base: str | None = None, **wanted: Any) -> Explanation:
        """Why a case differs from another of this folder: Shapley parts by lever or thrust, with cost.

        wanted: by, replications, scale, draws, orders, levers, workers, as experiments.explain. It runs what
        the folder lacks, and keeps it there.

        Raises: as experiments.explain.
        """
        from experiments.why.answer import explain

        against = None if base is None else f"{self.folder}:{base}"
        return explain(f"{self.folder}:{scenario}", against, **wanted)

    # --- figures and files -------------------------------------------------------------------------------

    def figure(self, name: str, ax: Axes | None = None, **options: Any) -> tuple[Any, Any, pd.DataFrame]:
        """One figure: (figure, axes, rows drawn), as `sanxiang figure NAME` draws it.

        ax: axes in whose place and size it is drawn, as a part of their figure; a figure of its own unless
        given. options: of the figure, and width, height and style.

        Raises: InputError for an unknown figure or option, or axes in which it finds no room.
        """
        from experiments.result.drawing import drawn

        return drawn(self.folder, self.id, name, ax, options)

    def export(self, to: Path | str | None = None, *, bom: bool = True, yi: bool = False) -> list[Path]:
        """Write the tables and the codebook as CSV; see experiments.export."""
        return tidy_tables.export(self.folder, to, sweep=self.id, bom=bom, yi=yi)

    # --- indicators and targets of one's own -------------------------------------------------------------

    def with_indicator(
        self,
        name: str,
        read: Callable[[pd.DataFrame], Any],
        *,
        unit: str = "",
        kind: str = "flow",
        meaning: str = "",
    ) -> Results:
        """These results with a series of one's own, made from those that are stored.

        read: takes the table of series and gives a value for each row. kind: flow, stock or rate.

        Raises: InputError for a name that is taken, or an unknown kind.
        """
        one = OwnIndicator(name, read, unit, kind, meaning or name)
        checked = checked_indicator(one, self.indicators)
        return replace(self, own_indicators=(*self.own_indicators, checked))

    def with_target(
        self,
        name: str,
        indicator: str,
        *,
        at_least: float | None = None,
        above: float | None = None,
        over: str | None = None,
        statistic: str = "level",
        year: int = 2025,
        label: str = "",
        unit: str = "",
    ) -> Results:
        """These results with a target of one's own on a series, in plain units and unscaled.

        at_least, above: the threshold. over: a series that it is divided by. statistic: level of the year, or
        mean_growth since 2020. In a file, for with_targets, one may be scaled to the base of 2020.

        Raises: InputError for an unknown series, a name that is taken, or no threshold.
        """
        unit = unit or ("" if over else str(getattr(self.indicators.get(indicator), "unit", "")))
        made = own_target(
            name, indicator, at_least=at_least, above=above, over=over, statistic=statistic, year=year,
            label=label or name, unit=unit,
        )  # fmt: skip
        return self._with([made])

    def with_targets(self, file: Path | str) -> Results:
        """These results with the targets of a file in the form of a region's targets.yaml.

        Raises: InputError: one line per mistake, unknown series or base.
        """
        return self._with(list(targets_in(at_home(file)).values()))

    def _with(self, targets: list[Target]) -> Results:
        known = {**load_targets(region=self.region), **self.own_targets}
        bases = bases_stored(map(str, reading.load_runs(self.folder, sweep=self.id)))
        new = {one.name: refuse_unknown(one, self.indicators, bases, known) for one in targets}
        return replace(self, own_targets={**self.own_targets, **new})

    # --- what it is --------------------------------------------------------------------------------------

    @cached_property
    def cases(self) -> list[str]:
        """The cases of the sweep: scenarios, each with its swept values."""
        return list(dict.fromkeys(reading.load_runs(self.folder, sweep=self.id, columns=["status"]).point))

    @cached_property
    def counts(self) -> Counts:
        """Runs that were asked for, are done, failed and are left."""
        return counts(
            reading.load_runs(self.folder, sweep=self.id, columns=["status"]).drop_duplicates("run_id")
        )

    @property
    def failed(self) -> int:
        """Runs without a result."""
        return self.counts.failed

    @property
    def left(self) -> int:
        """Runs that are not begun."""
        return self.counts.left

    @cached_property
    def about(self) -> dict[str, Any]:
        """The record of the sweep as experiments.load_sweep has it; of the last one where all are meant."""
        return reading.load_sweep(self.folder, None if self.id == ALL else self.id)

    @cached_property
    def region(self) -> str:
        """The region that was simulated."""
        return str(self.about.get("region", "hunan"))

    @cached_property
    def indicators(self) -> dict[str, Any]:
        """The recorded series by name, with unit and kind, and those of one's own."""
        return {**series_held(Store(self.folder)), **{one.name: one for one in self.own_indicators}}

    def __repr__(self) -> str:
        """What it is, in one line."""
        return f"<Results of {self.folder}: {shown.told(self)}>"

    def _repr_html_(self) -> str:
        """The table of targets, for a notebook."""
        return f"<p>{escape(repr(self))}</p>{shown.as_html(self.targets(), self.region, self.own_targets)}"

    @cached_property
    def _runs(self) -> pd.DataFrame:
        """The runs as they are stored, with swept keys and targets of one's own."""
        rows = with_swept(reading.load_runs(self.folder, sweep=self.id), self._given)
        if not self.own_targets:
            return rows
        return rows.join(outcomes(self.own_targets, self.series, rows, self.indicators), on="run_id")

    @cached_property
    def _given(self) -> dict[str, dict[str, Any]]:
        return given_by_case(self.folder, self.id)

    @cached_property
    def _keys(self) -> list[str]:
        return keys_of(self._given)

    def _with_n(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of series or cells with replication and swept keys behind the case."""
        runs = with_swept(reading.load_runs(self.folder, sweep=self.id, columns=["status"]), self._given)
        return beside(tidy_tables.numbered(rows, runs), runs, self._keys, at=3)


def results(folder: Path | str, sweep: str | None = None) -> Results:
    """The results of a folder: of its last sweep, the one whose id begins so, or of all ("all").

    No code that lies in the folder is run.

    Raises: InputError when the folder holds no results or no such sweep, CorruptData when a file is damaged.
    """
    which = ALL if sweep == ALL else reading.load_sweep(folder, sweep)["id"]
    return Results(Path(folder), which)
