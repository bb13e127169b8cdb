"""Credit, guarantees and funds: rates, defaults, money raised and invested, by group of funds."""

import numpy as np

from agents.economy import Economy
from agents.finance.funds import MARKET, MASTER, SECTOR
from agents.finance.information import Information
from agents.finance.listing import COUNSELLED, Listing
from agents.finance.pledges import Pledges
from agents.money.flows import Flow
from sim.indicator import F, Group, Indicator, R, S
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


def mean_loan_rate(economy: Economy) -> float:
    """Interest of the quarter as a yearly share of what firms owed when it began."""
    owed = int(economy.ledger.opening_loans[economy.ledger.accounts.firms])
    return 4.0 * float(economy.firm_flows[Flow.INTEREST]) / max(owed, 1)


def default_rate(economy: Economy) -> float:
    """Firms wound up unable to pay, as a yearly share of all firms at the quarter's beginning."""
    counts = economy.counts
    firms = economy.firms.count + counts.exits - counts.entrants
    return 4.0 * counts.insolvent / max(firms, 1)


def lending(economy: Economy, setting: Setting) -> list[float]:
    """The values of INDICATORS; the spread is over what a firm without risk paid before the platform."""
    information, guarantee, flows = economy.of(Information), economy.guarantee, economy.firm_flows
    usual, rate = information.usual or economy.credit, mean_loan_rate(economy)
    done, deals = guarantee.count, economy.funds.count
    return [
        information.level, information.noise, rate - usual.base_rate, flows[Flow.LOAN_NEW], rate,
        default_rate(economy), guarantee.outstanding, done.lent, done.asked, done.paid, done.compensated,
        guarantee.pool, guarantee.own_funds(economy.ledger),
        deals.private, deals.deals, deals.refusals, deals.exits, deals.failures,
    ]  # fmt: skip


def pledged(economy: Economy, setting: Setting) -> list[float]:
    """The values of PLEDGES."""
    own = economy.of(Pledges)
    return [own.firms, own.inventions, own.lent, own.swapped, own.counted]


def listed(economy: Economy, setting: Setting) -> list[float]:
    """The values of LISTINGS; counselled are firms of the usual reserve and beyond it."""
    own, counselled = economy.of(Listing), int(np.count_nonzero(economy.firms.listing == COUNSELLED))
    return [own.listed, counselled, own.new, own.proceeds, own.counselled_now]


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
    "credit_information": Indicator(
        "index",
        R,
        "credit-information platform at work",
        "信用信息平台运行指数",
    ),
    "rating_noise": Indicator(
        "ratio",
        R,
        "error of the bank about firms over the spread of their risks",
        "银行评级误差",
    ),
    "loan_spread": Indicator("share", R, "mean loan rate over the rate without risk", "贷款利差"),
    "loans_new": Indicator("yuan", F, "new loans to firms", "企业新增贷款"),
    "loan_rate": Indicator("share/year", R, "mean interest on loans of firms", "企业贷款平均利率"),
    "default_rate": Indicator("share/year", R, "firms wound up unable to pay", "企业违约清算率"),
    "loans_guaranteed": Indicator("yuan", S, "guarantees in force", "在保余额"),
    "guaranteed_lending": Indicator("yuan", F, "new guaranteed loans", "新增担保贷款"),
    "guarantee_requests": Indicator("yuan", F, "loans for which a guarantee was sought", "担保贷款申请额"),
    "guarantee_payments": Indicator(
        "yuan", F, "paid by the guarantee corporation for failed loans", "担保代偿"
    ),
    "risk_compensation": Indicator("yuan", F, "paid by the risk-compensation pool", "风险补偿支出"),
    "compensation_pool": Indicator("yuan", S, "risk-compensation pool", "风险补偿资金池余额"),
    "guarantee_own_funds": Indicator(
        "yuan",
        S,
        "own funds of the guarantee corporation",
        "担保机构净资产",
    ),
    "private_capital": Indicator("yuan", F, "private money called by funds", "社会资本实缴"),
    "fund_deals": Indicator("deals", F, "firms that took money from a fund", "获投企业数"),
    "fund_refusals": Indicator("offers", F, "offers of funds refused", "被拒投资要约"),
    "fund_exits": Indicator("stakes", F, "stakes sold", "退出项目数"),
    "fund_failures": Indicator("stakes", F, "stakes written off", "核销项目数"),
}

PLEDGES = {
    "pledging_firms": Indicator("firms", F, "firms that pledge inventions", "专利质押企业"),
    "pledged_inventions": Indicator(
        "inventions", F, "inventions pledged beyond the practice of 2020", "新增质押专利",
    ),
    "pledge_loans": Indicator(
        "yuan", F, "new loans on pledged inventions", "专利质押新增贷款"
    ),
    "pledge_loans_swapped": Indicator(
        "yuan", F, "old loans that pledged inventions now back", "以专利质押置换的存量贷款",
    ),
    "high_value_by_pledge": Indicator(
        "inventions", F, "inventions counted as of high value because they were pledged",
        "因质押计入的高价值专利",
    ),
}  # fmt: skip

LISTINGS = {
    "listed_firms": Indicator("firms", S, "listed technology firms", "上市科技企业数"),
    "counselled_firms": Indicator("firms", S, "firms counselled for listing", "上市后备企业数"),
    "listings": Indicator("firms", F, "firms listed", "新增上市企业"),
    "listing_proceeds": Indicator(
        "yuan",
        F,
        "raised by firms that were listed",
        "首发募集资金",
    ),
    "counselled_by_programmes": Indicator(
        "firms",
        F,
        "firms that programmes began to counsel",
        "政策新增上市辅导企业",
    ),
}

SERIES = {
    "finance": Group(INDICATORS, lending),
    "listings": Group(LISTINGS, listed),
    "pledges": Group(PLEDGES, pledged),
    "portfolios": of_portfolios(),
}
