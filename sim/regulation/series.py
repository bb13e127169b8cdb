"""What regulation shows: days of approval by prefecture, capital that waits, cost of compliance."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import COMPLIANCE_COST, PENDING_CAPITAL, SALES
from agents.numbers.sums import sum_in_order
from agents.regulation.regulation import WORKING_DAYS, Regulation
from scenarios.region.region import Prefectures, Region
from sim.indicator import Group, Indicator, R, S
from sim.setting import Setting

KINDS = {
    "capital_pending": Indicator(
        "yuan at 2015Q4 prices", S, "capital ordered that is not at work yet", "在建未投产资本"
    ),
    "capital_waiting": Indicator(
        "yuan at 2015Q4 prices", S, "the part of it that waits for approval", "其中待审批资本"
    ),
    "compliance_cost": Indicator(
        "share of sales", R, "firms' own cost of complying with rules", "企业合规成本占营业收入比重"
    ),
}


def read(economy: Economy, setting: Setting) -> list[float]:
    """Capital pending and waiting at the end of the quarter; cost of compliance over sales.

    What waits is the part of the time from order to use that approval takes, place by place.
    """
    regulation = economy.of(Regulation)
    pending = float(economy.province[PENDING_CAPITAL])
    lag = float(int(economy.behaviour.production.investment_lag))
    usual = regulation.parameters.approval_days / WORKING_DAYS
    waiting = pending * min(1.0, usual / lag)
    if regulation.cut.any():
        part = (usual - regulation.saved) / (lag - regulation.saved)
        part = np.minimum(np.maximum(part, 0.0), 1.0)
        waiting = sum_in_order(economy.totals.cells[:, PENDING_CAPITAL] * part)
    cost = float(economy.province[COMPLIANCE_COST])
    return [pending, waiting, cost / max(float(economy.province[SALES]), 1.0)]


def of_prefectures(about: Prefectures) -> Group:
    """approval_days_PREFECTURE: mean over the industries."""
    found = {
        f"approval_days_{name}": Indicator(
            "working days", R, f"approval of an investment in {en}", f"{zh}投资项目审批时间"
        )
        for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True)
    }
    return Group(found, lambda e, s: e.of(Regulation).mean_days(e.geography.places))


SERIES = {"regulation": Group(KINDS, read)}


def series_of(region: Region) -> dict[str, Group]:
    """What is told by prefecture of the region."""
    return {"approval by prefecture": of_prefectures(region.prefectures)}
