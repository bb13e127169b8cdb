"""A past plan as text and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from experiments.answer.text_table import fitted, terminal_width
from experiments.hindcast.forecast import Setting
from experiments.hindcast.past_plan import CLIMATOLOGY, Judged, JudgedGoal
from experiments.hindcast.table import ends, number, skill_words
from scenarios.spec import FIRST_YEAR

HEAD = ["goal", "start", "goal of", "median", "90 %", "hits/N", "P (95 % interval)", "came", "", "Brier"]


def cells(one: JudgedGoal, due: int) -> list[str]:
    """A goal as words, in the order of the columns."""
    goal = one.goal
    return [
        f"{goal.about.label} [{goal.about.unit}]",
        f"{number(goal.value(goal.start))} ({goal.about.from_year})",
        f"{goal.about.comparison} {number(goal.value(goal.goal))} ({due})",
        number(one.spread.median),
        ends(one.spread.p05, one.spread.p95),
        f"{one.probability.hits}/{one.probability.runs}",
        str(one.probability),
        number(goal.value(goal.outcome)),
        "met" if goal.was_met else "missed",
        f"{one.brier:.3f}",
    ]


def about(judged: Judged, setting: Setting) -> list[str]:
    """What was run, in words."""
    each = f"{len(setting.sets.parameters)} sets of parameters x {setting.replications}"
    label, first = judged.plan.about.label.en, FIRST_YEAR
    where = f"in {setting.world}, scale {setting.scale:g}, region {setting.region}"
    asked = f"{label}: P of its goals for {judged.plan.due} from {first} on"
    return [
        f"{asked}, {setting.runs} runs ({each}) of {setting.scenario} {where}",
        f"paths run through what was published of {first - 1}, those of R&D of {first}, a run's first year",
    ]


def score_rows(judged: Judged) -> list[list[str]]:
    """The mean score beside those of constant probabilities."""
    rate = judged.base_rate
    return [
        ["the model", f"{judged.brier:.3f}", ""],
        [
            f"always {CLIMATOLOGY:.0%}",
            f"{judged.constant(CLIMATOLOGY):.3f}",
            skill_words(judged.skill(CLIMATOLOGY)),
        ],
        [
            f"always {rate:.0%}, the base rate, known only afterwards",
            f"{judged.constant(rate):.3f}",
            skill_words(judged.skill(rate)),
        ],
    ]


SCORE_HEAD = ["mean Brier score of all goals (0 is best)", "score", "skill over it"]


def reasons(judged: Judged) -> list[str]:
    """Why each goal was met or missed, as far as the region's file says."""
    return [
        f"{one.goal.about.label}, {'met' if one.goal.was_met else 'missed'}: {one.goal.about.why}"
        for one in judged.goals
    ]


def lines(judged: Judged, setting: Setting, knows: Sequence[str]) -> str:
    """The past plan as text."""
    limit = terminal_width()
    rows = [cells(one, judged.plan.due) for one in judged.goals]
    return "\n".join(
        [
            *about(judged, setting),
            *(f"knows  {line}" for line in knows),
            "",
            *fitted([HEAD, *rows], left=(0,), limit=limit),
            "",
            *fitted([SCORE_HEAD, *score_rows(judged)], left=(0,), limit=limit),
            "",
            *reasons(judged),
        ]
    )


def in_json(judged: Judged, setting: Setting, knows: Sequence[str]) -> dict[str, Any]:
    """The same as plain values."""
    rate = judged.base_rate
    return {
        "conditions": setting.conditions | {"knows": list(knows)},
        "goals": [goal_in_json(one, judged.plan.due) for one in judged.goals],
        "brier": judged.brier,
        "climatology": {"probability": CLIMATOLOGY, "brier": judged.constant(CLIMATOLOGY)},
        "base_rate": {"probability": rate, "brier": judged.constant(rate)},
    }


def goal_in_json(one: JudgedGoal, due: int) -> dict[str, Any]:
    """One goal with its numbers, their sources, and its score."""
    goal, found = one.goal, one.probability
    told = {
        name: {
            "value": goal.value(number),
            "unit": number.unit,
            "status": number.status,
            "source": number.source,
        }
        for name, number in (("start", goal.start), ("goal", goal.goal), ("outcome", goal.outcome))
    }
    return {
        "goal": goal.name,
        "label": goal.about.label,
        "from_year": goal.about.from_year,
        "due": due,
        "numbers": told,
        **one.spread._asdict(),
        "hits": found.hits,
        "runs": found.runs,
        "failed": found.failed,
        "probability": found.value,
        "low": found.low,
        "high": found.high,
        "met": goal.was_met,
        "brier": one.brier,
        "why": goal.about.why,
    }
