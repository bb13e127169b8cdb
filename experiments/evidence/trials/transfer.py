"""Transfer of technology: inventors' share of licence income, transfer centres, and a subsidy on licences."""

from __future__ import annotations

from experiments.evidence.trials.replication import Course, Replication, log_percent, ratio
from experiments.evidence.trials.trial import Trial

MORE = 0.10  # of licence income for inventors
SUBSIDY = 0.2  # of a licence's price
ENOUGH = 5e8  # yuan a year


def inventors(one: Replication) -> dict[str, float]:
    """Licence income, quality and number of inventions, firms founded on them, when inventors get more."""
    usual = one.in_force("inventor_share")["share"]
    base, more = one.usual, one.course({("inventor_share", "share"): usual + MORE})
    names = ("licence_income", "disclosures", "spin_offs")
    found = {name: log_percent(more.total(name), base.total(name)) for name in names}
    share = log_percent(usual + MORE, usual)
    better = log_percent(more.mean("invention_quality"), base.mean("invention_quality"))
    return {
        "income": found["licence_income"],
        "income_elasticity": ratio(found["licence_income"], share),
        "quality": better,
        "number": found["disclosures"],
        "spin_offs": found["spin_offs"],
    }


def market(one: Replication) -> dict[str, float]:
    """Licences by transfer centres; subsidised licences that would not have been signed; what they change."""
    base = one.usual
    money = {("technology_market", "budget"): ENOUGH}
    centres = one.course({("technology_market", "centres"): 4.0})
    subsidised = one.course({**money, ("technology_market", "deal_subsidy"): SUBSIDY})
    unpaid = one.course({**money, ("technology_market", "deal_subsidy"): 0.0})
    signed, anyway = subsidised.total("licences"), unpaid.total("licences")
    return {
        "by_centres": log_percent(centres.total("licences"), base.total("licences")),
        "additional": ratio(signed - anyway, signed),
        "output_per_worker": log_percent(*(per_worker(arm) for arm in (subsidised, unpaid))),
    }


def per_worker(course: Course) -> float:
    """Value added per worker over the years [yuan]."""
    return course.total("technology_value_added") / course.mean("employment")


INVENTORS = Trial(
    "inventors",
    "From 2021 on inventors get ten points more of licence income, against the baseline, to 2025.",
    inventors,
    {"income": "%", "income_elasticity": "%/%", "quality": "%", "number": "%", "spin_offs": "%"},
)
MARKET = Trial(
    "market",
    "From 2021 on four regional transfer centres, against none; or a fifth of each licence's price paid "
    "back, against the same market without that; to 2025.",
    market,
    {"by_centres": "%", "additional": "share", "output_per_worker": "%"},
)
