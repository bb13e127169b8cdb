"""A hindcast as text and as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite
from typing import Any

from experiments.answer.text_table import fitted, terminal_width
from experiments.hindcast.naive import NAMES
from experiments.hindcast.scored import Point, Pooled, Result, Rival
from experiments.hindcast.scores import Skill
from scenarios.spec import POLICY_YEAR

BAR = 40  # places of the longest bar of the histogram

Rows = list[list[str]]

SCALING = (
    "CRPS in the series' own unit; pooled over series after division by the mean absolute yearly change that "
    "was published to the year of training; skill: one less ours over theirs, its interval resamples series "
    "and says little where there are two or three"
)
AFTER_JUMP_OFF = (
    "levels run through the published figure of the jump-off year (in 2020 the base of the plan's targets, "
    "drawn where nobody knows it)"
)


def number(value: float) -> str:
    """A number with as many digits as say something; nothing where there is none."""
    if not isfinite(value):
        return ""
    size = abs(value)
    return f"{value:z,.{0 if size >= 1000 else 1 if size >= 100 else 2}f}"


def ends(low: float, high: float) -> str:
    """An interval."""
    return f"[{number(low)} – {number(high)}]" if isfinite(low) and isfinite(high) else ""


def yes(inside: bool) -> str:
    """Whether an interval holds the outcome, so that a miss is seen."""
    return "in" if inside else "OUT"


def point_head() -> list[str]:
    """The columns of points."""
    return [
        "indicator",
        "year",
        "outcome",
        "median",
        "50 %",
        "",
        "90 %",
        "",
        "PIT",
        "CRPS",
        "unscaled",
        "note",
    ]


def point_cells(point: Point) -> list[str]:
    """One point as words, in the order of the columns."""
    one, note = point.spread, point.apart or point.alone
    scored = point.is_scored
    return [
        f"{point.indicator} [{point.quantity.unit}]",
        str(point.year),
        number(point.outcome),
        number(one.median),
        ends(one.p25, one.p75),
        yes(one.covers(point.outcome, 50)) if scored else "",
        ends(one.p05, one.p95),
        yes(one.covers(point.outcome, 90)) if scored else "",
        f"{point.pit:.2f}" if scored else "",
        number(point.crps),
        number(point.unscaled) if point.scaled else "as run",
        f"{'not scored' if point.apart else 'not pooled'}: {note}" if note else "",
    ]


def rival_head() -> list[str]:
    """The columns of naive forecasts: median and score of each."""
    return ["indicator", "year", "outcome", "model", *NAMES.values()]


def rival_cells(point: Point) -> list[str]:
    """The medians and scores of the naive forecasts of one point."""
    ours = f"{number(point.spread.median)} ({number(point.crps)})"
    return [
        point.indicator,
        str(point.year),
        number(point.outcome),
        ours,
        *(rival_cell(point.rivals.get(name)) for name in NAMES),
    ]


def rival_cell(rival: Rival | None) -> str:
    """Median and score of a naive forecast; a star where our 90 % interval lacks its median."""
    if rival is None:
        return "–"
    return f"{number(rival.median)} ({number(rival.crps)}){' *' if rival.excluded else ''}"


def pooled_head() -> list[str]:
    """The columns of what points come to."""
    return ["against", "points", "series", "ours", "theirs", "skill", "95 %", "theirs in 90 %"]


def pooled_cells(name: str, one: Pooled) -> list[str]:
    """One naive forecast over all points that can be compared."""
    return [
        NAMES[name], str(one.points), str(one.series), f"{one.ours:.2f}", f"{one.theirs:.2f}",
        skill_words(one.skill.value), interval_words(one.skill), f"{one.coverage:.0%}",
    ]  # fmt: skip


def skill_words(value: float) -> str:
    """A skill with its sign."""
    return f"{value:+z.2f}" if isfinite(value) else ""


def interval_words(skill: Skill) -> str:
    """The interval of a skill; why there is none where one series is all."""
    return f"{skill.low:+z.2f} to {skill.high:+z.2f}" if isfinite(skill.low) else "one series"


def series_rows(result: Result) -> Rows:
    """Skill of each series against each naive forecast."""
    return [
        [indicator, *(skill_words(skills.get(name, float("nan"))) or "–" for name in NAMES)]
        for indicator, skills in result.skills.items()
    ]


def about(result: Result) -> list[str]:
    """What was run, in words."""
    setting = result.setting
    each = f"{len(setting.sets.parameters)} sets of parameters x {setting.replications}"
    where = f"in {setting.world}, scale {setting.scale:g}, region {setting.region}"
    return [
        f"trained to {setting.train_to}: {setting.runs} runs ({each}) of {setting.scenario} {where}",
        AFTER_JUMP_OFF,
    ]


def coverage_words(result: Result) -> str:
    """How many outcomes lie in the intervals."""
    count = len(result.judged)
    inside, within = result.covered(50), result.covered(90)
    return f"in the 50 % interval {inside} of {count}, in the 90 % interval {within} of {count}"


def bars(counts: Sequence[int]) -> list[str]:
    """A histogram as text, one bar a line."""
    most, width = max([*counts, 1]), 1.0 / len(counts)
    return [
        f"{n * width:.1f}–{(n + 1) * width:.1f}  {'█' * round(BAR * count / most):<{BAR}} {count}".rstrip()
        for n, count in enumerate(counts)
    ]


def exclusions(result: Result) -> list[str]:
    """The points whose 90 % interval lacks a naive median, and what is behind each series."""
    lines = []
    for point, name in result.excluded:
        rival = point.rivals[name]
        assert rival is not None
        lines.append(
            f"{point.indicator} {point.year}: {ends(point.spread.p05, point.spread.p95)} lacks "
            f"{number(rival.median)}, the median of: {NAMES[name]}"
        )
    named = dict.fromkeys(point.indicator for point, _ in result.excluded)
    unnamed = "no mechanism is named: a source of uncertainty may be missing"
    return lines + [f"why, {indicator}: {result.why.get(indicator, unnamed)}" for indicator in named]


def lines(result: Result) -> str:
    """The whole hindcast as text."""
    limit = terminal_width()

    def laid(head: list[str], rows: Rows, left: tuple[int, ...] = (0,)) -> list[str]:
        return fitted([head, *rows], left=left, limit=limit) if rows else ["none"]

    pooled = [pooled_cells(name, one) for name, one in result.pooled.items()]
    return "\n".join(
        [
            *about(result),
            *(f"knows  {line}" for line in result.knows),
            "",
            *laid(point_head(), [point_cells(point) for point in result.others], (0, 11)),
            "",
            "medians of naive forecasts (their CRPS); *: outside the model's 90 % interval",
            *laid(rival_head(), [rival_cells(point) for point in result.judged]),
            "",
            "pooled",
            *laid(pooled_head(), pooled),
            "",
            "skill of each series",
            *laid(["indicator", *NAMES.values()], series_rows(result)),
            SCALING,
            "",
            coverage_words(result),
            "probability integral transform",
            *bars(result.histogram),
            "",
            "where the model's 90 % interval excludes the median of a naive forecast",
            *(exclusions(result) or ["nowhere"]),
            *gdp_lines(result, laid),
        ]
    )


def gdp_lines(result: Result, laid: Callable[..., list[str]]) -> list[str]:
    """GDP by itself: its points, and naive forecasts of those that are scored; nothing without any."""
    points = result.of_gdp
    if not points:
        return []
    told = laid(point_head(), [point_cells(point) for point in points], (0, 11))
    rivals = [rival_cells(point) for point in points if point.is_scored]
    return ["", "GDP, apart", *told, *(["", *laid(rival_head(), rivals)] if rivals else [])]


def in_json(result: Result) -> dict[str, Any]:
    """The same as plain values; what is no number is null."""
    setting = result.setting
    return {
        "conditions": setting.conditions
        | {
            "train_to": setting.train_to,
            "jump_off": min(setting.train_to, POLICY_YEAR - 1),
            "knows": list(result.knows),
        },
        "points": [point_in_json(point) for point in result.points],
        "coverage": {
            "points": len(result.judged), "in_50": result.covered(50), "in_90": result.covered(90),
            "pit_histogram": result.histogram,
        },
        "pooled": {name: pooled_in_json(one) for name, one in result.pooled.items()},
        "skill_by_series": {name: dict(skills) for name, skills in result.skills.items()},
        "excluded": [
            {
                "indicator": point.indicator, "year": point.year, "naive": name,
                "why": result.why.get(point.indicator),
            }
            for point, name in result.excluded
        ],
    }  # fmt: skip


def point_in_json(point: Point) -> dict[str, Any]:
    """One point with its scores and those of naive forecasts."""
    one, scored = point.spread, point.is_scored
    return {
        "indicator": point.indicator,
        "unit": point.quantity.unit,
        "year": point.year,
        "outcome": point.outcome,
        **one._asdict(),
        "unscaled_median": point.unscaled,
        "scaled": point.scaled,
        "covered_50": one.covers(point.outcome, 50) if scored else None,
        "covered_90": one.covers(point.outcome, 90) if scored else None,
        "pit": point.pit,
        "crps": point.crps,
        "usual_change": point.usual,
        "not_scored": point.apart or None,
        "not_pooled": point.alone or None,
        "naive": {
            name: None
            if rival is None
            else {
                "median": rival.median, "p05": rival.low, "p95": rival.high, "crps": rival.crps,
                "excluded": rival.excluded,
            }
            for name, rival in point.rivals.items()
        },
    }  # fmt: skip


def pooled_in_json(one: Pooled) -> dict[str, Any]:
    """One naive forecast over all points that can be compared."""
    return {
        "points": one.points, "series": one.series, "ours": one.ours, "theirs": one.theirs,
        "skill": one.skill.value, "low": one.skill.low, "high": one.skill.high,
        "their_coverage_90": one.coverage,
    }  # fmt: skip
