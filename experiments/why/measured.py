"""What is measured in every coalition: cost, targets, chances, value added, jobs, taxes, steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from experiments.change.named import Named
from experiments.compute.run_values import end_coverage, end_values, public_cost
from experiments.store.forms import MONEY_SPENT
from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from experiments.why.finished import Finished, years_of_the_plan
from experiments.why.steps import steps
from scenarios.region.folder import DEFAULT_REGION
from scenarios.targets import ALL, load_targets
from scenarios.values.tables import WAN, YI

COST, VALUE_ADDED, GDP, JOBS, TAXES = MONEY_SPENT, "value_added", "gdp", "jobs", "taxes"
PER_CENT_OF_RUNS = 100.0


class Measure(NamedTuple):
    """Something that an effect is told of. chance: whether it is a share of runs [percentage points]."""

    name: str
    label: Named
    unit: Named
    chance: bool = False


OTHERS = (
    Measure(COST, Named("Public cost", "公共支出成本"), Named("亿元", "亿元")),
    Measure(
        VALUE_ADDED,
        Named("Emerging value added, unscaled", "战略性新兴产业增加值（模拟原值）"),
        Named("亿元", "亿元"),
    ),
    Measure(GDP, Named("GDP", "地区生产总值"), Named("亿元", "亿元")),
    Measure(JOBS, Named("Jobs in technology firms", "科技企业从业人员"), Named("10,000 persons", "万人")),
    Measure(TAXES, Named("Local taxes", "地方税收"), Named("亿元", "亿元")),
)  # fmt: skip


def hit_of(target: str) -> str:
    """The measure that says whether a target is met."""
    return OutcomeColumns.of(target).hit


def measures(region: str = DEFAULT_REGION) -> dict[str, Measure]:
    """What an effect is told of, in order: cost, each target's value, each one's chance, and the rest."""
    targets = load_targets(region=region)
    values = [
        Measure(
            name,
            Named(one.about.label.en, one.about.label.zh),
            Named(
                one.about.shown.unit_en.replace("%", "pp", 1),
                one.about.shown.unit_zh.replace("%", "百分点", 1),
            ),
        )
        for name, one in targets.items()
    ]
    points = Named("pp", "百分点")
    chances = [
        Measure(hit_of(name), Named(f"P({one.about.label.en})", f"P（{one.about.label.zh}）"), points, True)
        for name, one in targets.items()
    ]
    every = Measure(hit_of(ALL), Named("P(all together)", "P（全部同时实现）"), points, True)
    cost, *rest = OTHERS
    return {one.name: one for one in (cost, *values, *chances, every, *rest)}


def lead(region: str = DEFAULT_REGION) -> str:
    """The measure of emerging value added: the target that is about it, or else value added itself."""
    for name, target in load_targets(region=region).items():
        about = target.about
        if "sei_value_added" in (about.indicator, about.activity) and about.over is None:
            return name
    return VALUE_ADDED


def read_measures(run: Finished, region: str = DEFAULT_REGION) -> dict[str, float]:
    """Every measure of a run, at the size of the province, and its steps.

    Targets without statistical coverage, which is no activity. A chance is 100 where the run meets the target
    as published; under activity_hit by what it is without coverage.
    """
    ends = end_values(run.yearly, run.outcome.bases, region)
    found = {
        COST: public_cost(run.yearly) / (YI * run.scale),
        VALUE_ADDED: run.at_the_end("sei_value_added") / YI,
        GDP: run.at_the_end("gdp") / YI,
        JOBS: run.at_the_end("employment") / WAN,
        TAXES: run.over_the_plan("budget_revenue"),
        COVERAGE: 100.0 * ((end_coverage(run.yearly) or 1.0) - 1.0),
    }
    return found | of_targets(ends, region) | {name: step.read(run) for name, step in steps().items()}


def of_targets(ends: Mapping[str, object], region: str) -> dict[str, float]:
    """Values of the targets as tables show them, and whether they are met, by either count."""
    targets = load_targets(region=region)
    found: dict[str, float] = {}
    both: dict[str, list[bool]] = {"published": [], "activity": []}
    for name, target in targets.items():
        columns = OutcomeColumns.of(name)
        published = bool(ends[columns.hit])
        actual = bool(ends.get(columns.activity_hit, published))
        value: object = ends.get(columns.activity, ends[columns.value])
        found[name] = float(value) * target.about.shown.factor  # type: ignore[arg-type]
        found[columns.hit], found[columns.activity_hit] = (
            PER_CENT_OF_RUNS * met for met in (published, actual)
        )
        both["published"].append(published)
        both["activity"].append(actual)
    columns = OutcomeColumns.of(ALL)
    found[columns.hit] = PER_CENT_OF_RUNS * all(both["published"])
    found[columns.activity_hit] = PER_CENT_OF_RUNS * all(both["activity"])
    return found


def told_when(name: str) -> str:
    """The years that a measure is of."""
    return years_of_the_plan() if name in (COST, TAXES) else "2025"
