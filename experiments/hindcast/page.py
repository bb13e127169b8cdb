"""The page docs/VALIDATION.md: a section for each hindcast, written by the command that made it.

How sections share a page: experiments/evidence/page_sections.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from experiments.evidence.markdown import markdown
from experiments.evidence.page_sections import listed, made_by
from experiments.hindcast import past_plan_table, table
from experiments.hindcast.forecast import Setting
from experiments.hindcast.naive import NAMES
from experiments.hindcast.past_plan import Judged
from experiments.hindcast.scored import Result

HEAD = """# How good were its forecasts?

Every section was written by the command that it names: figures that no run had seen, beside what the model
and five naive forecasts say of them. Naive forecasts learn from nothing but what the region had published by
the year of training (`series.yaml`) and have distributions of their own. A bad score stays here.

Figures that the region itself published later are a file that `sanxiang hindcast published --train-to 2018 >
published.csv` writes; anybody else's figures have the same form.
"""


def hindcast_section(result: Result, command: str) -> str:
    """A hindcast as a section."""
    points = [table.point_cells(point) for point in result.others]
    rivals = [table.rival_cells(point) for point in result.judged]
    pooled = [table.pooled_cells(name, one) for name, one in result.pooled.items()]
    first, *rest = table.about(result)
    series = table.series_rows(result)
    return "\n\n".join(
        [
            f"## Trained to {result.setting.train_to} ({result.setting.sets.kind} sets): {years(result)}",
            f"{made_by(command)} {first[0].upper()}{first[1:]}.",
            "What the forecast knows:",
            listed(result.knows),
            f"{rest[0][0].upper()}{rest[0][1:]}.",
            "\n".join(markdown(table.point_head(), points)),
            "Medians of naive forecasts (their CRPS); a star where the model's 90 % interval lacks one:",
            "\n".join(markdown(table.rival_head(), rivals)),
            "### Pooled",
            "\n".join(markdown(table.pooled_head(), pooled)) if pooled else "Nothing can be pooled.",
            f"{table.SCALING}.",
            "### By series",
            "\n".join(markdown(["indicator", *NAMES.values()], series)) if series else "None.",
            "### Coverage",
            f"{table.coverage_words(result)}. The probability integral transform, in equal parts:",
            "\n".join(["```", *table.bars(result.histogram), "```"]),
            "### Where the model's 90 % interval excludes a naive median",
            listed(table.exclusions(result)) or "Nowhere.",
            *_gdp(result),
        ]
    )


def _gdp(result: Result) -> list[str]:
    """GDP by itself, where it is given."""
    points = result.of_gdp
    if not points:
        return []
    rivals = [table.rival_cells(point) for point in points if point.is_scored]
    told = "\n".join(markdown(table.point_head(), [table.point_cells(point) for point in points]))
    return ["### GDP, apart", told, *(["\n".join(markdown(table.rival_head(), rivals))] if rivals else [])]


def years(result: Result) -> str:
    """The years of the outcomes."""
    *others, last = (str(year) for year in sorted({point.year for point in result.points}))
    return f"{', '.join(others)} and {last}" if others else last


def past_plan_section(judged: Judged, setting: Setting, knows: Sequence[str], command: str) -> str:
    """A past plan as a section."""
    first, second = past_plan_table.about(judged, setting)
    rows = [past_plan_table.cells(one, judged.plan.due) for one in judged.goals]
    return "\n\n".join(
        [
            f"## The past plan, due in {judged.plan.due}",
            f"{made_by(command)} {first}; {second}.",
            "What the forecast knows:",
            listed(knows),
            "\n".join(markdown(past_plan_table.HEAD, rows)),
            "\n".join(markdown(past_plan_table.SCORE_HEAD, past_plan_table.score_rows(judged))),
            "### Which were missed or beaten, and why",
            listed(past_plan_table.reasons(judged)),
        ]
    )
