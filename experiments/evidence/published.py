"""Published effects, and what they can be held against: configs/evidence.yaml, checked on loading.

T-rd_return-1:
  mechanism: research              # or lever: rd_subsidy; or waits: freer registration of firms
  gate: range                      # or sign: direction alone; report: shown; input: a coefficient
  what: gross own return to research
  unit: "% a year"                 # that of the measurement
  point: 25
  low: 10
  high: 35
  kind: studies                    # of the range: ci95, authors, studies, bound, assumed
  horizon: 5 years
  setting: firms of the OECD
  citation: Hall, Mairesse and Mohnen (2010), Handbook of the Economics of Innovation
  recalled: true                   # the number was not read again in the source; false unless given
  contested: false                 # studies disagree, or the design is weak; false unless given
  caveat: why the province may differ
  trial: returns.own_return        # the measurement of ours; none where none can be taken
  why: printed where the effect misses, or where nothing measures it
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from experiments.evidence.trials import TRIALS
from scenarios.load import load_levers
from scenarios.region.folder import CONFIGS
from scenarios.values.errors import InputError, Mistakes, unknown
from scenarios.values.record import Line, Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

FILE = CONFIGS / "evidence.yaml"
Gate = Literal["range", "sign", "report", "input"]
Sign = Literal["up", "down", "not up", "not down", "none"]


class Published(Record):
    """One published effect. A lone point is a range without width."""

    lever: Words | None = None
    mechanism: Words | None = None
    waits: Words | None = None
    gate: Gate
    what: Line
    unit: Words
    point: float | None = None
    low: float | None = None
    high: float | None = None
    sign: Sign | None = None
    kind: Literal["ci95", "authors", "studies", "bound", "assumed"] | None = None
    horizon: Words | None = None
    setting: Words | None = None
    citation: Words
    recalled: bool = False
    contested: bool = False
    caveat: Words | None = None
    trial: Words | None = None
    why: Words | None = None

    @property
    def subject(self) -> str:
        """The lever or mechanism that it is about, or what it waits for."""
        return self.lever or self.mechanism or self.waits or ""

    @property
    def ends(self) -> tuple[float, float] | None:
        """Its range, of no width where only a point is known; None where only a direction is."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        return None if self.point is None else (self.point, self.point)

    @model_validator(mode="after")
    def is_complete(self) -> Self:
        """One subject; numbers in order; what its gate needs; a reason where nothing measures it."""
        if sum(each is not None for each in (self.lever, self.mechanism, self.waits)) != 1:
            raise ValueError("needs one of 'lever', 'mechanism' and 'waits'")
        if (self.low is None) != (self.high is None):
            raise ValueError("needs both of 'low' and 'high', or neither")
        if self.low is not None and self.high is not None:
            if not self.low <= (self.low if self.point is None else self.point) <= self.high:
                raise ValueError(
                    f"{self.low:g}, {self.point}, {self.high:g} are not low, point, high in order"
                )
            if self.kind is None:
                raise ValueError("has a range and no 'kind'")
        if self.gate == "range" and self.ends is None:
            raise ValueError("has gate 'range' and no number")
        if self.gate == "sign" and self.sign is None:
            raise ValueError("has gate 'sign' and no 'sign'")
        if self.waits is not None and self.trial is not None:
            raise ValueError("waits for a lever and has a trial")
        if self.waits is None and self.trial is None and self.why is None:
            raise ValueError("has neither 'trial' nor 'why', the reason for none")
        return self


@cache
def load_published(path: Path = FILE) -> dict[str, Published]:
    """Every published effect by id, in the order of the file.

    Raises:
        InputError: one line per mistake: a key, a lever or a measurement that does not exist, a unit that
            is not the measurement's, a range upside down, a row that nothing measures without a reason.
    """
    mistakes = Mistakes()
    found: dict[str, Published] = {}
    for name, table in read_yaml(path).items():
        row = mistakes.attempt(read_record, Published, table, f"{path}: {name}")
        if row is not None:
            mistakes.attempt(check_names, row, f"{path}: {name}")
            found[name] = row
    mistakes.stop_if_any()
    return found


def check_names(row: Published, where: str) -> None:
    """Refuses a lever or measurement that does not exist, and a unit that is not the measurement's."""
    levers, measures = load_levers(), measurements()
    if row.lever is not None and row.lever not in levers:
        raise InputError(f"{where}: {unknown('lever', row.lever, levers)}")
    if row.trial is None:
        return
    if row.trial not in measures:
        raise InputError(f"{where}: {unknown('measurement', row.trial, measures)}")
    if row.unit != measures[row.trial]:
        raise InputError(f"{where}: unit is {row.unit!r}, that of {row.trial} {measures[row.trial]!r}")


def measurements() -> dict[str, str]:
    """Every measurement of every trial, TRIAL.MEASURE, with its unit."""
    return {
        f"{trial.name}.{name}": unit for trial in TRIALS.values() for name, unit in trial.measures.items()
    }


def chosen(names: Iterable[str], rows: Mapping[str, Published]) -> dict[str, Published]:
    """The rows that names of rows, trials, levers or mechanisms stand for; all where none is named.

    Raises:
        InputError: a line per unknown name, with the nearest.
    """
    wanted = list(names)
    by_name: dict[str, set[str]] = {name: {name} for name in rows}
    for name, row in rows.items():
        trial = (row.trial or "").partition(".")[0]
        for group in {row.subject, trial} - {""}:
            by_name.setdefault(group, set()).add(name)
    strangers = [unknown("row or experiment", name, by_name) for name in wanted if name not in by_name]
    if strangers:
        raise InputError(*dict.fromkeys(strangers))
    kept = set().union(*(by_name[name] for name in wanted)) if wanted else set(rows)
    return {name: row for name, row in rows.items() if name in kept}
