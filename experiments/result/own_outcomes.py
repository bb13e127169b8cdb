"""Indicators and targets of a user's own, made from the series that runs have stored: no model runs again.

found = results.with_indicator("va_per_firm", lambda s: s.sei_value_added / s.firms, unit="yuan", kind="flow")
found = found.with_target("rich_firms", "va_per_firm", at_least=2e7)
found.targets()
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from experiments.compute.run_values import annual
from experiments.store.outcome_columns import OutcomeColumns, bases_stored
from scenarios.spec import LATEST_YEAR, POLICY_YEAR
from scenarios.targets import About, Outcome, Shown, Target, evaluate, names_in
from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.file_names import FORM_OF_NAME, NAME
from scenarios.values.number import Number, Status
from scenarios.values.record import Label

KINDS = ("flow", "stock", "rate")
STATISTICS = ("level", "mean_growth")
QUARTERS = ["run_id", "year", "quarter"]


@dataclass(frozen=True)
class OwnIndicator:
    """A series of one's own. read: of the table of series, a value for each of its rows."""

    name: str
    read: Callable[[pd.DataFrame], Any]
    unit: str
    kind: str
    label_en: str

    @property
    def label_zh(self) -> str:
        """As it was named."""
        return self.label_en

    def values(self, series: pd.DataFrame) -> np.ndarray:
        """A number for each row of the table of series.

        Raises: InputError where the function gives something else.
        """
        try:
            found = np.asarray(self.read(series), float)
        except InputError:
            raise
        except Exception as error:
            raise InputError(
                f"indicator {self.name} cannot be computed: {type(error).__name__}: {error}"
            ) from error
        if found.shape != (len(series),):
            raise InputError(f"indicator {self.name} has shape {found.shape}; expected one value a row")
        return found


def checked_indicator(one: OwnIndicator, known: Mapping[str, Any]) -> OwnIndicator:
    """The indicator, when its name is free and its kind is one. known: what is recorded already.

    Raises: InputError.
    """
    if not NAME.fullmatch(one.name):
        raise InputError(f"indicator {quoted(one.name)}: expected {FORM_OF_NAME}")
    if one.name in known:
        raise InputError(f"indicator {quoted(one.name)} is recorded already; give yours another name")
    if one.kind not in KINDS:
        raise InputError(unknown("kind of an indicator", one.kind, KINDS))
    return one


def own_target(
    name: str,
    indicator: str,
    *,
    at_least: float | None,
    above: float | None,
    over: str | None,
    statistic: str,
    year: int,
    label: str,
    unit: str,
) -> Target:
    """A target on a recorded series or one of one's own: at_least or above a threshold in a year.

    Raises: InputError for a threshold, year or statistic that is none.
    """
    if not NAME.fullmatch(name):
        raise InputError(f"target {quoted(name)}: expected {FORM_OF_NAME}")
    given = [one for one in (at_least, above) if one is not None]
    if len(given) != 1 or not np.isfinite(given[0]):
        raise InputError(f"target {name} needs one threshold, at_least=NUMBER or above=NUMBER")
    if statistic not in STATISTICS:
        raise InputError(unknown("statistic", statistic, STATISTICS))
    if isinstance(year, bool) or not isinstance(year, int) or not POLICY_YEAR <= year <= LATEST_YEAR:
        raise InputError(f"target {name}: year {quoted(year)} is none from {POLICY_YEAR} to {LATEST_YEAR}")
    about = About(
        label=Label(en=label, zh=label),
        indicator=indicator,
        over=over,
        statistic=statistic,  # type: ignore[arg-type]
        year=year,
        comparison=">" if above is not None else ">=",
        definition="of a user's own",
        quote="of a user's own",
        shown=Shown(unit_en=unit or "1", unit_zh=unit or "1", factor=1.0, digits=2),
    )
    size = float(given[0])
    number = Number(
        unit=unit or "1",
        range=(min(size, 0.0), max(size, 0.0)),
        value=size,
        source="a user's own",
        status=Status.ASSUMPTION,
    )
    return Target(name, about, number)


def refuse_unknown(
    target: Target, indicators: Mapping[str, Any], bases: Collection[str], taken: Collection[str]
) -> Target:
    """The target, when its series and base are recorded and its name is free.

    Raises: InputError.
    """
    if target.name in taken:
        raise InputError(f"target {quoted(target.name)} is there already; give yours another name")
    known: dict[str, Collection[str]] = {"indicator": indicators, "base": bases}
    for kind, name in names_in(target.about):
        if name not in known[kind]:
            raise InputError(f"target {target.name}: {unknown(kind, name, known[kind])}")
    return target


def outcomes(
    targets: Mapping[str, Target], series: pd.DataFrame, runs: pd.DataFrame, indicators: Mapping[str, Any]
) -> pd.DataFrame:
    """What every run says about some targets: its value and whether it meets them, indexed by run_id.

    series, runs: of load_series and load_runs; the runs hold the bases of 2020. Not a number, and neither hit
    nor miss, for a run that ends before the target's year.
    """
    names = list(dict.fromkeys(name for one in targets.values() for name in series_named(one)))
    kinds, bases = {name: indicators[name] for name in names}, _bases(runs)
    once = series.drop_duplicates(QUARTERS).sort_values(QUARTERS)
    found = {
        str(run): _of_run(targets, rows[names].to_numpy(float), kinds, bases[str(run)])
        for run, rows in once.groupby("run_id", sort=False, observed=True)
    }
    return pd.DataFrame.from_dict(found, orient="index")


def series_named(target: Target) -> list[str]:
    """The series that a target is read from."""
    return [name for kind, name in names_in(target.about) if kind == "indicator"]


def _bases(runs: pd.DataFrame) -> dict[str, dict[str, float]]:
    """The bases of 2020 of each run."""
    columns = bases_stored(map(str, runs))
    rows = runs.drop_duplicates("run_id").set_index("run_id")[list(columns.values())]
    held = rows.set_axis(list(columns), axis=1).to_dict("index")
    return {str(run): {str(base): float(value) for base, value in of.items()} for run, of in held.items()}


def _of_run(
    targets: Mapping[str, Target],
    values: np.ndarray,
    kinds: Mapping[str, Any],
    bases: Mapping[str, float],
) -> dict[str, float | bool | None]:
    yearly, cells = annual(values, kinds), dict[str, float | bool | None]()
    for name, target in targets.items():
        columns = OutcomeColumns.of(name)
        try:
            outcome = evaluate(target, yearly, bases)
        except IndexError:  # a target of 2030 and a run to 2025
            outcome = Outcome(float("nan"), float("nan"), False)
        cells |= columns.cells(outcome)
        if not np.isfinite(outcome.value):
            cells[columns.hit] = None
    return cells
