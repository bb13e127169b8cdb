"""Who pays for programmes and who receives; prefecture by prefecture; firms that move in; missions."""

import numpy as np

from agents.economy import Economy
from agents.money.flows import N_SECTORS, Flow, Sector
from scenarios.load import load_levers
from scenarios.region.region import load_region
from sim.indicators.indicator import F, Indicator, Part, R, Read, S, Single, one_by_one
from sim.setting import Setting

REGION = "hunan"
NOTHING = [0] * N_SECTORS  # of a programme that has paid nobody yet
RECIPIENTS = {
    "firms": (Sector.FIRMS, "firms", "企业"),
    "universities": (Sector.UNIVERSITIES, "universities and institutes", "高校院所"),
    "households": (Sector.HOUSEHOLDS, "households", "居民"),
    "rest": (Sector.REST, "the rest of the province", "省内其他部门"),
    "outside": (Sector.OUTSIDE, "outside", "省外"),
    "funds": (Sector.FUNDS, "funds", "基金"),
    "guarantee": (Sector.GUARANTEE, "the guarantee corporation", "担保公司"),
}


def counted(name: str) -> Read:
    """One count of the quarter."""
    return lambda economy, setting: float(getattr(economy.counts, name))


def by_tier(economy: Economy, setting: Setting) -> list[float]:
    """What the province paid of programmes, what prefectures paid, and what the province put in their place.

    The part of the province includes what it put in the place of prefectures that could not pay.
    """
    programmes = economy.governments.programmes.values()
    local = np.array([(one.matched_now, one.covered_now) for one in programmes])
    matched, covered = local.sum(axis=(0, 2)).tolist()
    return [sum(one.disbursed_now for one in programmes) - matched, matched, covered]


def incentives(economy: Economy, setting: Setting) -> float:
    """What prefectures paid to firms that moved in."""
    return float(economy.ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT))


def money_by_programme() -> Part:
    """flow_PROGRAMME_RECIPIENT and matched_PROGRAMME: where the money went, and who put in how much."""
    labels = {n: one.about.label for n, one in load_levers().items() if one.about.programme is not None}
    sectors = [int(sector) for sector, _, _ in RECIPIENTS.values()]
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
        paid, programmes = economy.ledger.paid_under(), economy.governments.programmes
        values: list[float] = []
        for name in labels:
            by_sector = paid.get(name, NOTHING)
            values += [by_sector[sector] for sector in sectors]
            values.append(sum(programmes[name].matched_now.tolist()) if programmes[name].disbursed_now else 0)
        return values

    return Part(found, read)


def of_prefectures() -> Part:
    """revenue_, spending_, incentive_ and matching_PREFECTURE."""
    about, found = load_region(REGION).prefectures, {}
    for name, en, zh in zip(about.names, about.label_en, about.label_zh, strict=True):
        found[f"revenue_{name}"] = Indicator("yuan", F, f"own taxes, {en}", f"{zh}自有税收")
        found[f"spending_{name}"] = Indicator("yuan", F, f"spending, {en}", f"{zh}财政支出")
        found[f"incentive_{name}"] = Indicator(
            "yuan per yuan of investment", R, f"incentive for firms that move to {en}", f"{zh}招商优惠力度"
        )
        found[f"matching_{name}"] = Indicator(
            "share of programmes", R, f"share of programmes paid by {en}", f"{zh}配套比例"
        )
    return Part(found, tiers)


def tiers(economy: Economy, setting: Setting) -> list[float]:
    """Own taxes, spending, incentive and share of programmes of each prefecture."""
    books, block, prefectures = economy.ledger.books, economy.ledger.accounts.prefectures, economy.prefectures
    money = (books.revenue[block], books.spending[block])
    return np.stack((*money, prefectures.incentive, prefectures.matching_share), axis=1).ravel().tolist()


BY_TIER = {
    "programmes_by_province": Indicator("yuan", F, "programmes, paid by the province", "省级专项支出"),
    "programmes_by_prefectures": Indicator("yuan", F, "programmes, paid by prefectures", "市州配套支出"),
    "programmes_covered": Indicator("yuan", F, "prefectures' shares paid by the province", "省级代市州支付"),
}

INDICATORS = {
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

PARTS = (Part(BY_TIER, by_tier), one_by_one(INDICATORS), money_by_programme(), of_prefectures())
