"""Who pays for programmes and who receives; prefecture by prefecture; firms that move in; missions."""

from collections.abc import Mapping, Sequence
from operator import add, itemgetter

import numpy as np

from agents.economy import Economy
from agents.firms import totals as column
from agents.money.flows import Flow, Sector
from agents.money.programme import Programme
from agents.state.evaluation import Evaluation
from scenarios.load import load_levers
from scenarios.own.own_lever import OwnLever
from scenarios.region.region import Prefectures, Region
from scenarios.values.record import Label
from sim.indicator import F, Group, Indicator, R, S, Single, counted, one_by_one
from sim.setting import Setting

RECIPIENTS = {
    "firms": (Sector.FIRMS, "firms", "企业"),
    "universities": (Sector.UNIVERSITIES, "universities and institutes", "高校院所"),
    "households": (Sector.HOUSEHOLDS, "households", "居民"),
    "rest": (Sector.REST, "the rest of the province", "省内其他部门"),
    "outside": (Sector.OUTSIDE, "outside", "省外"),
    "funds": (Sector.FUNDS, "funds", "基金"),
    "guarantee": (Sector.GUARANTEE, "the guarantee corporation", "担保公司"),
}


def by_tier(economy: Economy, setting: Setting) -> list[float]:
    """What the province paid of programmes, what prefectures paid, and what the province put in their place.

    The part of the province includes what it put in the place of prefectures that could not pay.
    """
    paying = [one for one in economy.governments.programmes.values() if one.disbursed_now]
    if not paying:
        return [0, 0, 0]
    matched = int(np.concatenate([one.matched_now for one in paying]).sum())
    covered = int(np.concatenate([one.covered_now for one in paying]).sum())
    return [sum([one.disbursed_now for one in paying]) - matched, matched, covered]


def incentives(economy: Economy, setting: Setting) -> float:
    """What prefectures paid to firms that moved in."""
    return float(economy.ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT))


def paying_of_levers(economy: Economy) -> dict[str, list[Programme]]:
    """Of the programme of each lever and the accounts of its blocks those that paid in the quarter."""
    found: dict[str, list[Programme]] = {}
    for name, one in economy.governments.programmes.items():
        if one.disbursed_now:
            found.setdefault(one.beside or name, []).append(one)
    return found


def shipped() -> dict[str, Label]:
    """What the programmes of the levers that ship are called, by name."""
    return {n: one.about.label for n, one in load_levers().items() if one.about.programme is not None}


def of_own(own: Sequence[OwnLever]) -> dict[str, Group]:
    """The series of the programmes of levers from outside: those that the programme of any lever has."""
    labels = {one.name: Label(en=one.en, zh=one.zh) for one in own if one.account is not None}
    if not labels:
        return {}
    return {"own programmes": of_programmes(labels), "money by own programme": money_by_programme(labels)}


def of_programmes(labels: Mapping[str, Label]) -> Group:
    """What was spent under each lever that has a programme, in its blocks too, named after it."""

    def read(economy: Economy, setting: Setting) -> list[float]:
        paying = paying_of_levers(economy)
        return [sum([one.disbursed_now for one in paying.get(name, ())]) for name in labels]

    return Group(
        {
            f"programme_{name}": Indicator("yuan", F, f"spent on {label.en}", f"{label.zh}支出")
            for name, label in labels.items()
        },
        read,
    )


def digitalised(economy: Economy, setting: Setting) -> float:
    """Share of processes that firms have digitalised, mean over firms as of January."""
    firms = economy.geography.by_industry(economy.totals.cells[:, column.FIRMS]).sum(axis=1)
    return sum((economy.markets.digital * firms).tolist()) / max(float(firms.sum()), 1.0)


def money_by_programme(labels: Mapping[str, Label]) -> Group:
    """flow_PROGRAMME_RECIPIENT and matched_PROGRAMME: where the money went, and who put in how much."""
    to_recipients = itemgetter(*(int(sector) for sector, _, _ in RECIPIENTS.values()))
    nothing = [0.0] * (len(RECIPIENTS) + 1)  # of a programme that has paid nobody
    found = {}
    for name, label in labels.items():
        for key, (_, to_en, to_zh) in RECIPIENTS.items():
            found[f"flow_{name}_{key}"] = Indicator(
                "yuan", F, f"{label.en}: paid to {to_en}", f"{label.zh}：支付给{to_zh}"
            )
        found[f"matched_{name}"] = Indicator(
            "yuan", F, f"{label.en}: paid by prefectures", f"{label.zh}：市州配套"
        )

    def read(economy: Economy, setting: Setting) -> list[float]:
        paid, paying = economy.ledger.paid_under(), paying_of_levers(economy)
        values: list[float] = []
        for name in labels:
            own = paying.get(name)
            if own is None:
                values += nothing
                continue
            by_sector = paid[own[0].name]
            for one in own[1:]:
                by_sector = list(map(add, by_sector, paid[one.name]))
            values += to_recipients(by_sector)
            values.append(sum([sum(one.matched_now.tolist()) for one in own]))
        return values

    return Group(found, read)


def of_prefectures(about: Prefectures) -> Group:
    """revenue_, spending_, incentive_ and matching_PREFECTURE."""
    found = {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"revenue_{name}"] = Indicator("yuan", F, f"own taxes, {en}", f"{zh}自有税收")
        found[f"spending_{name}"] = Indicator("yuan", F, f"spending, {en}", f"{zh}财政支出")
        found[f"incentive_{name}"] = Indicator(
            "yuan per yuan of investment", R, f"incentive for firms that move to {en}", f"{zh}招商优惠力度"
        )
        found[f"matching_{name}"] = Indicator(
            "share of programmes", R, f"share of programmes paid by {en}", f"{zh}配套比例"
        )
    return Group(found, tiers)


def tiers(economy: Economy, setting: Setting) -> list[float]:
    """Own taxes, spending, incentive and share of programmes of each prefecture."""
    books, block, prefectures = economy.ledger.books, economy.ledger.accounts.prefectures, economy.prefectures
    columns = (books.revenue[block], books.spending[block], prefectures.incentive, prefectures.matching_share)
    return np.concatenate(columns).reshape(len(columns), -1).T.ravel().tolist()


CARRIERS = {
    "carriers_listed": Single(
        "carriers",
        S,
        "national carriers, listed families",
        "国家级创新载体（规划所列四类）",
        lambda e, s: float(e.carriers.count(listed_only=True)),
    ),
    "carriers_wide": Single(
        "carriers",
        S,
        "national carriers, wide definition",
        "国家级创新载体（宽口径）",
        lambda e, s: float(e.carriers.count()),
    ),
}

BUDGETS = {
    "grants_misused": Single(
        "yuan", F, "grant money misused", "被挪用的补助", lambda e, s: float(e.counts.misused)
    ),
    "budget_revenue": Single(
        "yuan", F, "local tax revenue", "地方税收收入", lambda e, s: float(e.governments.collected(e.ledger))
    ),
    "budget_spending": Single(
        "yuan",
        F,
        "spending of local governments",
        "地方财政支出",
        lambda e, s: float(e.governments.spent(e.ledger)),
    ),
}

BY_TIER = {
    "programmes_by_province": Indicator("yuan", F, "programmes, paid by the province", "省级专项支出"),
    "programmes_by_prefectures": Indicator("yuan", F, "programmes, paid by prefectures", "市州配套支出"),
    "programmes_covered": Indicator("yuan", F, "prefectures' shares paid by the province", "省级代市州支付"),
}

MOVERS_AND_MISSIONS = {
    "relocations": Single("firms", F, "firms that moved in", "转移落户企业", counted("relocated")),
    "relocation_incentives": Single(
        "yuan", F, "incentives for firms that moved in", "招商优惠支出", incentives
    ),
    "mission_awards": Single(
        "awards", F, "mission projects awarded", "揭榜立项数", counted("mission_awards")
    ),
    "missions_running": Single(
        "missions", S, "mission projects running", "在研揭榜项目", lambda e, s: float(len(e.missions))
    ),
    "missions_held_back": Single(
        "yuan", S, "mission money held back", "揭榜项目待拨资金", lambda e, s: float(e.missions.promised)
    ),
    "milestones_reached": Single(
        "milestones", F, "milestones reached", "通过中期评估数", counted("milestones")
    ),
    "mission_money_misused": Single(
        "yuan", F, "mission money misused", "被挪用的揭榜资金", counted("mission_misused")
    ),
    "misuse_found": Single("yuan", F, "misuse found by audits", "审计发现的挪用", counted("misuse_found")),
    "clawed_back": Single("yuan", F, "money clawed back", "追回资金", counted("clawed_back")),
}  # fmt: skip

EVALUATIONS = {
    "audits": Single(
        "audits",
        F,
        "audits of grants and missions",
        "资金审计次数",
        lambda e, s: float(e.of(Evaluation).audits),
    ),
    "programmes_judged": Single(
        "programmes", F, "programmes judged", "绩效评价专项数", lambda e, s: float(e.of(Evaluation).judged)
    ),
    "budgets_moved": Single(
        "yuan",
        F,
        "money moved between budgets of the year",
        "按绩效调整的预算",
        lambda e, s: float(e.of(Evaluation).moved_now),
    ),
    "share_of_budgets_moved": Single(
        "share",
        R,
        "share of judged budgets that stands elsewhere than levers ask for",
        "预算调整占比",
        lambda e, s: e.of(Evaluation).share_moved,
    ),
}

NETWORKS_AND_TAXES = {
    "digitalised": Single("share", R, "processes digitalised", "企业数字化水平", digitalised),
    "network_works": Single(
        "yuan at 2016Q1 prices",
        S,
        "public works of digital networks",
        "数字基础设施公共投资存量",
        lambda e, s: float(sum(e.network.works.tolist())),
    ),
    "tax_expenditure": Single(
        "yuan",
        F,
        "income tax forgone for research and certificates",
        "研发与高企所得税优惠",
        lambda e, s: float(e.totals.forgone[0]),
    ),
}

SERIES = {
    "carriers": one_by_one(CARRIERS),
    "budgets": one_by_one(BUDGETS),
    "tiers": Group(BY_TIER, by_tier),
    "movers and missions": one_by_one(MOVERS_AND_MISSIONS),
    "evaluation": one_by_one(EVALUATIONS),
    "networks and taxes": one_by_one(NETWORKS_AND_TAXES),
}


def series_of(region: Region) -> dict[str, Group]:
    """What is told by programme of the levers, and by prefecture of the region."""
    return {
        "programmes": of_programmes(shipped()),
        "money by programme": money_by_programme(shipped()),
        "prefectures": of_prefectures(region.prefectures),
    }
