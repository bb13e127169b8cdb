"""`sanxiang in-silico`: experiments inside the model beside what studies found, each a hit or a miss.

    from experiments.evidence.in_silico import comparisons
    rows = comparisons(replications=10, scale=0.2)

What an experiment gives comes out of the mechanism; a miss is printed, not tuned away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from experiments.answer.text_table import aligned
from experiments.evidence.in_silico_finance import fund_effect_by_share, guarantee_effect
from experiments.evidence.in_silico_government import grant_additionality
from experiments.evidence.in_silico_talent import (
    elasticity_to_user_cost,
    newcomers_by_top_up,
    research_by_deduction,
)
from experiments.evidence.in_silico_transfer import licence_income_by_share
from experiments.evidence.in_silico_value import value_effects
from experiments.plan.sweep_plan import SCALES
from scenarios.values.errors import InputError, unknown

ADDITION = 0.25  # of research, deducted on top
SHARES = (0.1, 0.3, 0.9)  # of the state in a fund
ANY = float("inf")
MOST_SCALE = 10.0


@dataclass(frozen=True)
class Found:
    """An effect [in `unit`] with its 95 % interval, and the published range that accepts it."""

    experiment: str
    what: str
    unit: str
    effect: float
    low: float
    high: float
    accepted: tuple[float, float]
    source: str

    @property
    def hit(self) -> bool:
        """Whether the effect lies in the range."""
        return self.accepted[0] <= self.effect <= self.accepted[1]


def grants(replications: int, scale: float) -> list[Found]:
    """A random cohort of firms gets a grant: research per yuan, and for firms short of cash."""
    table = grant_additionality(replications=replications, scale=scale)
    source = "Boeing (2016), Research Policy 45; Dimos and Pugh (2016), Research Policy 45"
    more = "Howell (2017), AER 107: larger effects on constrained firms"
    asked = [
        ("all", "research in all per yuan granted", (0.5, 1.3), source),
        ("difference", "the same, more for firms short of cash", (0.0, ANY), more),
    ]
    return [
        _found("grants", what, "yuan", table.loc[row], "effect", accepted, cite)
        for row, what, accepted, cite in asked
    ]


def value(replications: int, scale: float) -> list[Found]:
    """A gain in productivity, and a tenth more research for five years: what becomes of it in value added."""
    table = value_effects(replications, scale)
    returns = (
        "Hall, Mairesse and Mohnen (2010), Handbook of the Economics of Innovation: 10 to 35 % a year, own"
    )
    social = "Bloom, Schankerman and Van Reenen (2013), Econometrica 81: social two to three times private"
    output = "Goh, Li and Xu (2016), Frontiers of Economics in China 11: 0.4"
    form = "arithmetic: a price cut raises nominal value added only where 0.26 x the elasticity exceeds one"
    asked: list[tuple[str, str, tuple[float, float], str]] = [
        ("value added to productivity", "%/%", (0.2, 1.0), form),
        ("value added to innovation", "%/%", (0.5, 1.0), "Hall, Mairesse and Mohnen (2010): revenue terms"),
        ("employment to productivity", "%/%", (-ANY, ANY), "no study of the province"),
        ("employment to innovation", "%/%", (-ANY, ANY), "no study of the province"),
        ("own return", "%/year", (10.0, 35.0), returns),
        ("return with spillovers", "%/year", (10.0, 100.0), social),
        ("research", "亿", (0.0, ANY), "a tenth more"),
        ("value added, expensed", "亿", (0.0, ANY), output),
        ("value added, capitalised", "亿", (0.0, ANY), "the research itself is output"),
        ("output per yuan of research", "yuan", (0.0, ANY), output),
    ]
    return [
        _found("value", what, unit, table.loc[what], "effect", accepted, source)
        for what, unit, accepted, source in asked
    ]


def deduction(replications: int, scale: float) -> list[Found]:
    """A higher super-deduction: elasticity of research to its user cost, from the research of 2025."""
    table = research_by_deduction(ADDITION, replications, scale)
    values = {
        name: elasticity_to_user_cost(table.assign(effect_percent=table[name]), ADDITION)
        for name in ("effect_percent", "low", "high")
    }
    source = "Chen et al. (2021), AER 111(7); Hall and Van Reenen (2000)"
    what = "elasticity of real research to its user cost"
    return [_found("deduction", what, "%/%", values, "effect_percent", (0.5, 2.0), source)]


def licences(replications: int, scale: float) -> list[Found]:
    """Ten points more for inventors: licence income, through quality and not through number."""
    table = licence_income_by_share(replications=replications, scale=scale)
    source = "Lach and Schankerman (2008), RAND Journal of Economics 39: elasticity 0.1 to 0.6"
    through = "the same: quality, not quantity"
    names = {"licence_income": ((1.4, 8.6), source), "invention_quality": ((0, ANY), through),
             "disclosures": ((-1.0, 1.0), through)}  # fmt: skip
    return [
        _found("licences", name, "%", table.loc[name], "effect_percent", *known)
        for name, known in names.items()
    ]


def talent(replications: int, scale: float) -> list[Found]:
    """A top-up of a tenth of net pay for newcomers."""
    table = newcomers_by_top_up(0.10, replications, scale)
    source = "Moretti and Wilson (2017), AER 107; Akcigit, Baslandze and Stantcheva (2016), AER 106"
    row = table.loc["talent_arrived"]
    return [_found("talent", "talent_arrived", "%", row, "effect_percent", (8.0, 19.0), source)]


def funds(replications: int, scale: float) -> list[Found]:
    """The same money with a rising share of the state: value added rises, then falls."""
    table = fund_effect_by_share(SHARES, replications=replications, scale=scale)
    rows = table[table.measure == "value added, 亿"].set_index("scenario")
    found: list[Any] = [rows.loc[f"state share {share:g}"] for share in SHARES]
    low, middle, high = (float(row["difference"]) for row in found)
    accepted = [(-ANY, middle), (max(low, high), ANY), (-ANY, middle)]
    source = "Brander, Du and Hellmann (2015), Review of Finance 19: the highest of the three at 0.3"
    return [
        _found("funds", f"value added at a state share of {share:g}", "亿", row, "difference", known, source)
        for share, row, known in zip(SHARES, found, accepted, strict=True)
    ]


def guarantees(replications: int, scale: float) -> list[Found]:
    """Guarantees against none: credit, defaults, productivity."""
    table = guarantee_effect((0.8,), replications=replications, scale=scale)
    rows = table[table.scenario == "share 0.8"].set_index("measure")
    source = "OECD (2017); JRC106903"
    known = {"new loans, 亿": ("亿", (0.0, ANY)), "firms that default, % a year": ("points", (0.0, 2.0)),
             "value added per worker, %": ("%", (-0.5, 0.5))}  # fmt: skip
    return [
        _found("guarantees", what, unit, rows.loc[what], "difference", accepted, source)
        for what, (unit, accepted) in known.items()
    ]


EXPERIMENTS: dict[str, Callable[[int, float], list[Found]]] = {
    "value": value,
    "grants": grants,
    "deduction": deduction,
    "licences": licences,
    "talent": talent,
    "funds": funds,
    "guarantees": guarantees,
}


def comparisons(names: Sequence[str] = (), replications: int = 10, scale: float = 0.2) -> list[Found]:
    """The experiments named, or all, in pairs of runs of equal luck.

    Raises: InputError for an unknown experiment, for less than two pairs, which have no interval, and for
    a scale at which runs fail.
    """
    mistakes = [unknown("experiment", name, EXPERIMENTS) for name in names if name not in EXPERIMENTS]
    if replications < 2 or not SCALES[0] <= scale <= MOST_SCALE:
        mistakes.append(
            f"in-silico needs --replications of at least 2 and --scale from {SCALES[0]:g} to {MOST_SCALE:g}"
        )
    if mistakes:
        raise InputError(*mistakes)
    return [row for name in names or EXPERIMENTS for row in EXPERIMENTS[name](replications, scale)]


def _found(
    experiment: str, what: str, unit: str, row: Any, mean: str, accepted: tuple[float, float], source: str
) -> Found:
    """A row of an experiment's table whose mean stands in the column `mean`."""
    effect, low, high = (float(row[name]) for name in (mean, "low", "high"))
    return Found(experiment, what, unit, effect, low, high, accepted, source)


def _between(low: float, high: float) -> str:
    return f"at least {low:.3g}" if high == ANY else f"{low:.3g} to {high:.3g}"


def lines(rows: Sequence[Found]) -> str:
    """The comparisons as a table of text."""
    heads = ["experiment", "effect on", "mean", "95 % interval", "accepted", "", "source"]
    cells = [
        [
            row.experiment,
            f"{row.what} [{row.unit}]",
            f"{row.effect:.3g}",
            _between(row.low, row.high),
            _between(*row.accepted),
            "hit" if row.hit else "MISS",
            row.source,
        ]
        for row in rows
    ]
    return "\n".join(aligned([heads, *cells], left=(0, 1, 6)))
