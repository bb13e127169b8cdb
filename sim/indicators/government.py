"""Who pays for programmes and who receives; prefecture by prefecture; firms that move in; missions."""

from collections.abc import Callable

from agents.economy import Economy
from agents.flows import Flow, Sector
from scenarios.load import load_levers
from scenarios.region import load_region
from sim.circumstances import Setting
from sim.indicators.indicator import F, Indicator, R, S

Read = Callable[[Economy, Setting], float]
REGION = "hunan"
RECIPIENTS = {
    "firms": (Sector.FIRMS, "firms", "企业"),
    "universities": (Sector.UNIVERSITIES, "universities and institutes", "高校院所"),
    "households": (Sector.HOUSEHOLDS, "households", "居民"),
    "rest": (Sector.REST, "the rest of the province", "省内其他部门"),
    "outside": (Sector.OUTSIDE, "outside", "省外"),
    "funds": (Sector.FUNDS, "funds", "基金"),
    "guarantee": (Sector.GUARANTEE, "the guarantee corporation", "担保公司"),
}


def flow_to(programme: str, recipient: Sector) -> Read:
    """What a sector received under a programme."""
    return lambda economy, setting: float(economy.ledger.paid_under(programme, recipient))


def matched(programme: str) -> Read:
    """The prefectures' part of what a programme disbursed."""
    return lambda economy, setting: float(sum(economy.governments.programmes[programme].matched_now.tolist()))


def counted(name: str) -> Read:
    """One count of the quarter."""
    return lambda economy, setting: float(getattr(economy.counts, name))


def by_prefectures(economy: Economy, setting: Setting) -> float:
    """What prefectures paid of programmes out of their own treasuries."""
    return float(sum(sum(one.matched_now.tolist()) for one in economy.governments.programmes.values()))


def by_province(economy: Economy, setting: Setting) -> float:
    """What the province paid of programmes, its help to prefectures that could not pay included."""
    total = sum(one.disbursed_now for one in economy.governments.programmes.values())
    return float(total) - by_prefectures(economy, setting)


def stepped_in(economy: Economy, setting: Setting) -> float:
    """What the province put in the place of prefectures that could not pay their share."""
    return float(sum(sum(one.covered_now.tolist()) for one in economy.governments.programmes.values()))


def incentives(economy: Economy, setting: Setting) -> float:
    """What prefectures paid to firms that moved in."""
    return float(economy.ledger.paid(Sector.PREFECTURES, Sector.FIRMS, Flow.GRANT_INVESTMENT))


def of_account(sums: str, place: int) -> Read:
    """Own taxes (`revenue`) or spending (`spending`) of one prefecture."""

    def read(economy: Economy, setting: Setting) -> float:
        ledger = economy.ledger
        return float(getattr(ledger.books, sums)[ledger.accounts.prefectures.start + place])

    return read


def incentive(place: int) -> Read:
    """The incentive of one prefecture."""
    return lambda economy, setting: float(economy.prefectures.incentive[place])


def matching(place: int) -> Read:
    """The share of programmes that one prefecture pays."""
    return lambda economy, setting: float(economy.prefectures.matching_share[place])


def money_by_programme() -> dict[str, Indicator]:
    """flow_PROGRAMME_RECIPIENT and matched_PROGRAMME: where the money went, and who put in how much."""
    found = {}
    for name, lever in load_levers().items():
        if lever.about.programme is None:
            continue
        en, zh = lever.about.label.en, lever.about.label.zh
        for key, (sector, to_en, to_zh) in RECIPIENTS.items():
            found[f"flow_{name}_{key}"] = Indicator(
                "yuan", F, f"{en}: paid to {to_en}", f"{zh}：支付给{to_zh}", flow_to(name, sector)
            )
        found[f"matched_{name}"] = Indicator(
            "yuan", F, f"{en}: paid by prefectures", f"{zh}：市州配套", matched(name)
        )
    return found


def of_prefectures() -> dict[str, Indicator]:
    """revenue_, spending_, incentive_ and matching_PREFECTURE."""
    about, found = load_region(REGION).prefectures, {}
    for place, name in enumerate(about.names):
        en, zh = about.label_en[place], about.label_zh[place]
        for sums, what_en, what_zh in (
            ("revenue", "own taxes", "自有税收"),
            ("spending", "spending", "财政支出"),
        ):
            read = of_account(sums, place)
            found[f"{sums}_{name}"] = Indicator("yuan", F, f"{what_en}, {en}", f"{zh}{what_zh}", read)
        found[f"incentive_{name}"] = Indicator(
            "yuan per yuan of investment", R, f"incentive for firms that move to {en}",
            f"{zh}招商优惠力度", incentive(place),
        )  # fmt: skip
        found[f"matching_{name}"] = Indicator(
            "share of programmes", R, f"share of programmes paid by {en}", f"{zh}配套比例", matching(place)
        )
    return found


INDICATORS = {
    "programmes_by_province": Indicator(
        "yuan", F, "programmes, paid by the province", "省级专项支出", by_province
    ),
    "programmes_by_prefectures": Indicator(
        "yuan", F, "programmes, paid by prefectures", "市州配套支出", by_prefectures
    ),
    "programmes_covered": Indicator(
        "yuan", F, "prefectures' shares paid by the province", "省级代市州支付", stepped_in
    ),
    "relocations": Indicator("firms", F, "firms that moved in", "转移落户企业", counted("relocated")),
    "relocation_incentives": Indicator(
        "yuan", F, "incentives for firms that moved in", "招商优惠支出", incentives
    ),
    "mission_awards": Indicator(
        "awards", F, "mission projects awarded", "揭榜立项数", counted("mission_awards")
    ),
    "missions_running": Indicator(
        "missions", S, "mission projects running", "在研揭榜项目", lambda e, s: float(len(e.missions))
    ),
    "missions_held_back": Indicator(
        "yuan", S, "mission money held back", "揭榜项目待拨资金", lambda e, s: float(e.missions.promised)
    ),
    "milestones_reached": Indicator(
        "milestones", F, "milestones reached", "通过中期评估数", counted("milestones")
    ),
    "mission_money_misused": Indicator(
        "yuan", F, "mission money misused", "被挪用的揭榜资金", counted("mission_misused")
    ),
    "misuse_found": Indicator("yuan", F, "misuse found by audits", "审计发现的挪用", counted("misuse_found")),
    "clawed_back": Indicator("yuan", F, "money clawed back", "追回资金", counted("clawed_back")),
    **money_by_programme(),
    **of_prefectures(),
}  # fmt: skip
