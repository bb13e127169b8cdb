"""Inventions, licences and firms founded on inventions; registered contracts apart from what was traded."""

from collections.abc import Callable

from scenarios.region.region import load_region
from sim.indicators.indicator import F, R, Read, S, Single, one_by_one

PREFECTURES = load_region("hunan").prefectures


def registered_in(group: int) -> Read:
    """Registered technology contracts in a region group."""
    return lambda economy, setting: float(economy.technology.registered[group])


def licences_in(group: int) -> Read:
    """Licences to firms of a region group."""
    return lambda economy, setting: float(economy.technology.deals[group])


def all_of(name: str) -> Read:
    """The sum of an array of the technology market."""
    return lambda economy, setting: float(sum(getattr(economy.technology, name).tolist()))


def by_group(name: str, unit: str, en: str, zh: str, read: Callable[[int], Read]) -> dict[str, Single]:
    """One series per region group, named after it."""
    return {
        f"{name}_{group}": Single(
            unit, F, f"{en}, {PREFECTURES.group_en[k]}", f"{zh}（{PREFECTURES.group_zh[k]}）", read(k)
        )
        for k, group in enumerate(PREFECTURES.groups)
    }


INDICATORS = {
    "disclosures": Single(
        "inventions", F, "inventions disclosed", "披露的科技成果",
        lambda e, s: float(e.inventions.moved["disclosed"]),
    ),
    "inventions_on_offer": Single(
        "inventions", S, "inventions on offer", "待转化科技成果", lambda e, s: float(len(e.inventions))
    ),
    "invention_quality": Single(
        "1 = mean at the reference share", R, "quality of the inventions disclosed", "披露成果的平均质量",
        lambda e, s: e.inventions.new_quality,
    ),
    "licences": Single(
        "licences", F, "licences to firms of the province", "省内技术许可",
        all_of("deals"),
    ),
    "licences_outside": Single(
        "licences", F, "licences to buyers outside", "省外技术许可",
        lambda e, s: float(e.technology.deals_outside),
    ),
    "licence_income": Single(
        "yuan", F, "licence income of universities and institutes", "高校院所成果转化收入",
        all_of("licence_income"),
    ),
    "licence_income_in_province": Single(
        "yuan", F, "licence income from firms of the province", "来自省内企业的成果转化收入",
        all_of("income"),
    ),
    "inventor_income": Single(
        "yuan", F, "licence income of inventors", "科研人员成果转化收益",
        all_of("of_inventors"),
    ),
    "spin_offs": Single(
        "firms", F, "firms founded on inventions", "成果转化创办企业", lambda e, s: float(e.counts.spin_offs)
    ),
    "contracts_registered": Single(
        "yuan", F, "registered technology contracts", "技术合同成交额", all_of("registered")
    ),
    "contracts_registered_universities": Single(
        "yuan", F, "registered technology contracts of universities", "高校技术合同成交额",
        all_of("registered_universities"),
    ),
    **by_group("licences", "licences", "licences to firms", "省内技术许可", licences_in),
    **by_group(
        "contracts_registered", "yuan", "registered technology contracts", "技术合同成交额", registered_in
    ),
}  # fmt: skip

PARTS = (one_by_one(INDICATORS),)
