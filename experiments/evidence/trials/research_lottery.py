"""More research by lottery: what becomes of the firms that do it, and of those that do not."""

from __future__ import annotations

from math import log

import numpy as np

from agents.economy import Economy
from experiments.evidence.trials.replication import (
    Cohort,
    Replication,
    followed,
    random_part,
    ratio,
    those_with_research,
)
from experiments.evidence.trials.trial import Trial

MORE = 1.10  # wanted research of the drawn firms over what it was
SHARE = 0.2  # of the firms that do research
YEARS = 5


def research_lottery(one: Replication) -> dict[str, float]:
    """Elasticities of the drawn firms, each beside itself; productivity of the others; output per yuan."""
    able = those_with_research(one.past.economy)
    drawn = random_part(able, SHARE, one.number)
    others = np.setdiff1d(able, drawn)
    arms = [years_of(one, drawn, others, treated) for treated in (False, True)]
    (base, same), (more, around) = arms
    both = base[-1].alive & more[-1].alive
    gained = {name: gap(base[-1], more[-1], both, name) for name in ("log_productivity", "log_knowledge")}
    research = log_change(base[-1], more[-1], both, "research")
    before_last = flow(more[-2], "research") - flow(base[-2], "research")
    last = flow(more[-1], "sales") - flow(base[-1], "sales")
    untreated = same.alive & around.alive
    return {
        "sales_to_knowledge": ratio(log_change(base[-1], more[-1], both, "sales"), gained["log_knowledge"]),
        "productivity_to_research": ratio(gained["log_productivity"], research),
        "output_per_yuan": ratio(last, before_last),
        "applications_to_research": ratio(applied(more[-1], both) - applied(base[-1], both), research),
        "others": 100.0 * gap(same, around, untreated, "log_productivity"),
    }


def years_of(
    one: Replication, drawn: np.ndarray, others: np.ndarray, treated: bool
) -> tuple[list[Cohort], Cohort]:
    """The drawn firms year by year, with more research or without; the others at the end."""

    def shock(economy: Economy) -> None:
        if treated:
            economy.firms.log_research_propensity[economy.firms.rows_of(drawn)] += log(MORE)

    model = one.branch({}, [shock])
    everybody, held = np.concatenate([drawn, others]), ("log_productivity", "log_knowledge")
    years = [followed(model, everybody, 4, ("research", "sales"), held) for _ in range(YEARS)]
    filed, ours = pending(model.economy, everybody), slice(0, len(drawn))
    return [part_of(year, ours, filed) for year in years], part_of(years[-1], slice(len(drawn), None), filed)


def pending(economy: Economy, ids: np.ndarray) -> np.ndarray:
    """Applications of the last two years that each firm has filed; 0 where it is gone."""
    filed = np.zeros(len(ids))
    for place, member in enumerate(ids.tolist()):
        row = economy.firms.row_or_none(member)
        if row is not None:
            filed[place] = economy.firms.pending_patents[:, row].sum()
    return filed


def part_of(cohort: Cohort, part: slice, filed: np.ndarray) -> Cohort:
    """Some firms of a cohort, with what they have filed in the end among what they hold."""
    flows = {name: values[part] for name, values in cohort.flows.items()}
    held = {name: values[part] for name, values in cohort.held.items()}
    return Cohort(flows, held | {"applications": filed[part]}, cohort.alive[part])


def gap(base: Cohort, more: Cohort, both: np.ndarray, name: str) -> float:
    """Mean difference of what firms in both arms hold."""
    return float((more.held[name] - base.held[name])[both].mean())


def log_change(base: Cohort, more: Cohort, both: np.ndarray, name: str) -> float:
    """Mean log change of a flow over the firms that have it in both arms."""
    before, after = base.flows[name][both], more.flows[name][both]
    positive = (before > 0.0) & (after > 0.0)
    return float(np.log(after[positive] / before[positive]).mean())


def applied(cohort: Cohort, both: np.ndarray) -> float:
    """Log of the applications that the firms have filed together; nan where there is none."""
    filed = float(cohort.held["applications"][both].sum())
    return log(filed) if filed > 0.0 else float("nan")


def flow(cohort: Cohort, name: str) -> float:
    """The sum of a flow over all its firms [yuan]."""
    return float(cohort.flows[name].sum())


TRIAL = Trial(
    "research_lottery",
    "A fifth of the firms that do research, drawn at random, want a tenth more of it from 2021 on; each is "
    "compared with itself without it, in the fifth year (output per yuan: research of the fourth, sales of "
    "the fifth). The others show what spills over.",
    research_lottery,
    {
        "sales_to_knowledge": "%/%", "productivity_to_research": "%/%", "output_per_yuan": "yuan/yuan",
        "applications_to_research": "%/%", "others": "%",
    },
)  # fmt: skip
