"""Credit, guarantees and funds: rates, defaults, money raised and invested, by group of funds."""

import numpy as np

from agents.economy import Economy
from agents.finance.funds import MARKET, MASTER, SECTOR
from agents.finance.information import Information
from agents.finance.listing import COUNSELLED, Listing
from agents.finance.pledges import Pledges
from agents.money.flows import Flow
from sim.indicator import F, Group, Indicator, R, Read, S, Single, firm_flow, one_by_one
from sim.setting import Setting

GROUPS = {
    MASTER: ("master", "provincial master fund", "省级母基金"),
    SECTOR: ("sector", "sub-funds for an industry", "行业子基金"),
    MARKET: ("market", "market venture funds", "市场化创投基金"),
}
FLOWS = {
    "called": ("money called by the", "实缴资本"),
    "invested": ("invested by the", "投资额"),
    "proceeds": ("proceeds of exits of the", "退出收入"),
    "distributed": ("paid out to holders by the", "分配额"),
}


def mean_loan_rate(economy: Economy, setting: Setting) -> float:
    """Interest of the quarter as a yearly share of what firms owed when it began."""
    owed = int(economy.ledger.opening_loans[economy.ledger.accounts.firms])
    return 4.0 * float(economy.firm_flows[Flow.INTEREST]) / max(owed, 1)


def loan_spread(economy: Economy, setting: Setting) -> float:
    """Mean loan rate less what a firm without risk paid before there was a platform [share/year]."""
    usual = economy.of(Information).usual or economy.credit
    return mean_loan_rate(economy, setting) - usual.base_rate


def default_rate(economy: Economy, setting: Setting) -> float:
    """Firms wound up unable to pay, as a yearly share of all firms at the quarter's beginning."""
    counts = economy.counts
    firms = economy.firms.count + counts.exits - counts.entrants
    return 4.0 * counts.insolvent / max(firms, 1)


def counselled(economy: Economy, setting: Setting) -> float:
    """Firms that are counselled, of the usual reserve and beyond it."""
    return float(np.count_nonzero(economy.firms.listing == COUNSELLED))


def of_guarantee(name: str) -> Read:
    """One count of the guarantee corporation's quarter."""
    return lambda economy, setting: float(getattr(economy.guarantee.count, name))


def of_funds(name: str) -> Read:
    """One count of the quarter of all funds."""
    return lambda economy, setting: float(getattr(economy.funds.count, name))


def of_pledges(name: str) -> Read:
    """One number of the year's round of pledges."""
    return lambda economy, setting: float(getattr(economy.of(Pledges), name))


def of_portfolios() -> Group:
    """Calls, investments, exits, distributions, book value and firms of each group of funds."""
    found = {}
    for group, en, zh in GROUPS.values():
        for flow, (what, what_zh) in FLOWS.items():
            found[f"funds_{group}_{flow}"] = Indicator("yuan", F, f"{what} {en}", f"{zh}{what_zh}")
        found[f"funds_{group}_net_assets"] = Indicator("yuan", S, f"book value of the {en}", f"{zh}净资产")
        found[f"funds_{group}_firms"] = Indicator("firms", S, f"firms held by the {en}", f"{zh}在投企业")
    return Group(found, portfolios)


def portfolios(economy: Economy, setting: Setting) -> list[float]:
    """The flows of FLOWS, book value and firms held, added up over the funds of each group."""
    funds, kinds = economy.funds, np.array(list(GROUPS))
    flows = [getattr(funds.count, name) for name in FLOWS]
    net_assets = funds.net_assets(funds.cash(economy.ledger))
    firms = np.bincount(funds.stakes.fund, minlength=len(funds))
    belongs = (kinds[:, None] == funds.data.kind).astype(np.int64)
    return (belongs @ np.array([*flows, net_assets, firms]).T).ravel().tolist()


INDICATORS = {
    "credit_information": Single(
        "index",
        R,
        "credit-information platform at work",
        "信用信息平台运行指数",
        lambda e, s: e.of(Information).level,
    ),
    "rating_noise": Single(
        "ratio",
        R,
        "error of the bank about firms over the spread of their risks",
        "银行评级误差",
        lambda e, s: e.of(Information).noise,
    ),
    "loan_spread": Single("share", R, "mean loan rate over the rate without risk", "贷款利差", loan_spread),
    "loans_new": Single("yuan", F, "new loans to firms", "企业新增贷款", firm_flow(Flow.LOAN_NEW)),
    "loan_rate": Single(
        "share/year", R, "mean interest on loans of firms", "企业贷款平均利率", mean_loan_rate
    ),
    "default_rate": Single("share/year", R, "firms wound up unable to pay", "企业违约清算率", default_rate),
    "loans_guaranteed": Single(
        "yuan", S, "guarantees in force", "在保余额", lambda e, s: float(e.guarantee.outstanding)
    ),
    "guaranteed_lending": Single("yuan", F, "new guaranteed loans", "新增担保贷款", of_guarantee("lent")),
    "guarantee_requests": Single(
        "yuan", F, "loans for which a guarantee was sought", "担保贷款申请额", of_guarantee("asked")
    ),
    "guarantee_payments": Single(
        "yuan", F, "paid by the guarantee corporation for failed loans", "担保代偿", of_guarantee("paid")
    ),
    "risk_compensation": Single(
        "yuan", F, "paid by the risk-compensation pool", "风险补偿支出", of_guarantee("compensated")
    ),
    "compensation_pool": Single(
        "yuan", S, "risk-compensation pool", "风险补偿资金池余额", lambda e, s: float(e.guarantee.pool)
    ),
    "guarantee_own_funds": Single(
        "yuan",
        S,
        "own funds of the guarantee corporation",
        "担保机构净资产",
        lambda e, s: float(e.guarantee.own_funds(e.ledger)),
    ),
    "private_capital": Single(
        "yuan", F, "private money called by funds", "社会资本实缴", of_funds("private")
    ),
    "fund_deals": Single("deals", F, "firms that took money from a fund", "获投企业数", of_funds("deals")),
    "fund_refusals": Single("offers", F, "offers of funds refused", "被拒投资要约", of_funds("refusals")),
    "fund_exits": Single("stakes", F, "stakes sold", "退出项目数", of_funds("exits")),
    "fund_failures": Single("stakes", F, "stakes written off", "核销项目数", of_funds("failures")),
}

PLEDGES = {
    "pledging_firms": Single("firms", F, "firms that pledge inventions", "专利质押企业", of_pledges("firms")),
    "pledged_inventions": Single(
        "inventions", F, "inventions pledged beyond the practice of 2020", "新增质押专利",
        of_pledges("inventions"),
    ),
    "pledge_loans": Single(
        "yuan", F, "new loans on pledged inventions", "专利质押新增贷款", of_pledges("lent")
    ),
    "pledge_loans_swapped": Single(
        "yuan", F, "old loans that pledged inventions now back", "以专利质押置换的存量贷款",
        of_pledges("swapped"),
    ),
    "high_value_by_pledge": Single(
        "inventions", F, "inventions counted as of high value because they were pledged",
        "因质押计入的高价值专利",
        of_pledges("counted"),
    ),
}  # fmt: skip

LISTINGS = {
    "listed_firms": Single(
        "firms", S, "listed technology firms", "上市科技企业数", lambda e, s: float(e.of(Listing).listed)
    ),
    "counselled_firms": Single("firms", S, "firms counselled for listing", "上市后备企业数", counselled),
    "listings": Single("firms", F, "firms listed", "新增上市企业", lambda e, s: float(e.of(Listing).new)),
    "listing_proceeds": Single(
        "yuan",
        F,
        "raised by firms that were listed",
        "首发募集资金",
        lambda e, s: float(e.of(Listing).proceeds),
    ),
    "counselled_by_programmes": Single(
        "firms",
        F,
        "firms that programmes began to counsel",
        "政策新增上市辅导企业",
        lambda e, s: float(e.of(Listing).counselled_now),
    ),
}

SERIES = {
    "finance": one_by_one(INDICATORS),
    "listings": one_by_one(LISTINGS),
    "pledges": one_by_one(PLEDGES),
    "portfolios": of_portfolios(),
}
