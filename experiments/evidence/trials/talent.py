"""People: what a top-up of newcomers' pay does to how many come."""

from __future__ import annotations

from agents.people.talent_market import TalentParameters
from experiments.evidence.trials.replication import Changes, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial

TOP_UP = 0.10  # of net pay
NONE: Changes = {("talent_introduction", "award"): 0.0, ("talent_introduction", "budget"): 0.0}


def talent(one: Replication) -> dict[str, float]:
    """Elasticity of inflow and stock to net pay; newcomers and value added per award."""
    paid = {("talent_introduction", "award"): award(one), ("talent_introduction", "budget"): 1e10}
    base, more = one.course(NONE), one.course(paid)
    came = log_percent(more.total("talent_arrived"), base.total("talent_arrived"))
    dearer = log_percent(1.0 + TOP_UP, 1.0)
    return {
        "inflow": ratio(came, dearer),
        "stock": ratio(log_percent(more.last("talent"), base.last("talent")), dearer),
        "additional": ratio(
            more.total("talent_arrived") - base.total("talent_arrived"), more.total("talent_granted")
        ),
        "value_per_yuan": ratio(
            more.total("technology_value_added") - base.total("technology_value_added"),
            more.total("programme_talent_introduction"),
        ),
    }


def award(one: Replication) -> float:
    """The award [yuan] that is worth the top-up of a newcomer's net pay in 2021 at the country's pay."""
    p = TalentParameters(**one.spec.parameters["talent"])
    wage = one.past.setting.circumstances(one.past.economy.quarter, active=True).wage
    return TOP_UP * p.award_years * 4.0 * wage * p.researcher_pay * (1.0 - p.pay_wedge)


TRIAL = Trial(
    "talent",
    "From 2021 on every newcomer gets an award worth a tenth of net pay, against no award at all, to 2025.",
    talent,
    {
        "inflow": "%/%",
        "stock": "%/%",
        "additional": "share",
        "value_per_yuan": "yuan/yuan",
    },
)
