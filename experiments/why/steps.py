"""The steps on the ways of an effect through the model: what is read at each, branch by branch.

All steps of a run are read at the same moments as its targets: flows over 2021-25, stocks and value added of
2025. A step is a measured difference between two runs of equal luck; that one step brings about the next is
what the model's rules say and no measurement.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from experiments.change.cost import programmes
from experiments.change.named import Named
from experiments.compute.run_values import public_cost
from experiments.why.finished import Finished
from scenarios.values.tables import YI

YUAN = Named("亿元", "亿元")
PEOPLE = Named("persons", "人")
PER_CENT = Named("%", "%")
FIRMS = Named("firms", "家")
INVENTIONS = Named("inventions", "件")


class Step(NamedTuple):
    """What is measured at a place of the way.

    unit: "%" means a change in percent of the level itself, which is then a logarithm times 100.
    """

    name: str
    label: Named
    unit: Named
    read: Callable[[Finished], float]


class Branch(NamedTuple):
    """One way from money to value added."""

    name: str
    label: Named
    steps: tuple[Step, ...]


def spent(run: Finished) -> float:
    """Public cost of 2021-25 [亿]."""
    return public_cost(run.yearly) / (YI * run.scale)


def paid_to(*recipients: str) -> Callable[[Finished], float]:
    """What programmes paid to some recipients in 2021-25 [亿]."""
    return lambda run: run.over_the_plan(
        *(f"flow_{one}_{to}" for one in programmes(run.yearly) for to in recipients)
    )


def total(*names: str) -> Callable[[Finished], float]:
    """Flows of 2021-25 [亿]."""
    return lambda run: run.over_the_plan(*names)


def end(*names: str, per: float = 1.0) -> Callable[[Finished], float]:
    """Series of 2025."""
    return lambda run: run.at_the_end(*names) / per


def of_firms(trait: str, per: float) -> Callable[[Finished], float]:
    """The sum of a trait over the firms of the end of 2025."""
    return lambda run: float(run.firms[trait].sum()) / (per * run.scale)


def level_of(trait: str) -> Callable[[Finished], float]:
    """A trait in logarithms of the firms of 2020 that are still there [log points times 100]."""
    return lambda run: 100.0 * run.average_of_2020(trait)


def index_of(name: str) -> Callable[[Finished], float]:
    """A rate of 2025, as a logarithm times 100."""
    return lambda run: 100.0 * math.log(run.at_the_end(name) * run.scale)


PAID = Step("way_spent", Named("money paid out", "财政资金支出"), YUAN, spent)
VALUE_ADDED = Step(
    "way_value_added",
    Named("emerging value added", "战略性新兴产业增加值"),
    YUAN,
    end("sei_value_added", per=YI),
)
SALES = Step("way_sales", Named("orders and sales", "订单与销售"), YUAN, end("sales", per=YI))

BRANCHES = (
    Branch(
        "research",
        Named("through research", "研发渠道"),
        (
            PAID,
            Step(
                "way_paid_to_science",
                Named("of it to firms, universities and institutes", "支付给企业与高校院所"),
                YUAN,
                paid_to("firms", "universities"),
            ),
            Step(
                "way_research",
                Named("research done", "研发投入"),
                YUAN,
                total("rd_firms_real", "rd_universities", "rd_institutes"),
            ),
            Step(
                "way_knowledge", Named("knowledge of firms", "企业知识存量"), YUAN, of_firms("knowledge", YI)
            ),
            Step("way_quality", Named("quality of products", "产品质量"), PER_CENT, level_of("log_quality")),
            SALES,
            VALUE_ADDED,
        ),
    ),
    Branch(
        "capacity",
        Named("through capacity", "产能渠道"),
        (
            PAID,
            Step(
                "way_loans", Named("new loans to firms", "企业新增贷款"), YUAN, total("loans_new")
            ),
            Step("way_capital", Named("capital of firms", "企业资本存量"), YUAN, of_firms("capital", YI)),
            Step("way_jobs", Named("jobs", "从业人员"), PEOPLE, end("employment")),
            Step(
                "way_productivity", Named("productivity", "生产率"), PER_CENT, level_of("log_productivity")
            ),
            SALES,
            VALUE_ADDED,
        ),
    ),
    Branch(
        "firms",
        Named("through firms that come", "新增企业渠道"),
        (
            PAID,
            Step(
                "way_entrants", Named("firms founded", "新设企业"), FIRMS,
                lambda run: counted(run, "entrants"),
            ),
            Step(
                "way_arrivals", Named("firms from outside", "省外迁入企业"), FIRMS,
                lambda run: counted(run, "relocations"),
            ),
            Step("way_firms", Named("firms there", "企业数"), FIRMS, end("firms")),
            Step(
                "way_by_newcomers",
                Named("value added of newcomers", "新增企业增加值"),
                YUAN,
                total("change_by_founded_lately", "change_by_spin_off_lately", "change_by_arrived_lately"),
            ),
            VALUE_ADDED,
        ),
    ),
    Branch(
        "people",
        Named("through people", "人才渠道"),
        (
            PAID,
            Step("way_talent", Named("high-end talent", "高端人才"), PEOPLE, end("talent")),
            Step(
                "way_skilled", Named("skilled workers", "技能人才"), PEOPLE,
                end("skilled_workers"),
            ),
            Step("way_staff", Named("research staff", "研发人员"), PEOPLE, end("research_staff")),
            Step(
                "way_patents", Named("high-value inventions", "高价值发明专利"), INVENTIONS,
                end("high_value_patents"),
            ),
            SALES,
            VALUE_ADDED,
        ),
    ),
)  # fmt: skip


def counted(run: Finished, name: str) -> float:
    """Firms of 2021-25 that a flow counts."""
    return run.over_the_plan(name) * YI


def steps() -> dict[str, Step]:
    """Every step once, by name."""
    return {step.name: step for branch in BRANCHES for step in branch.steps}
