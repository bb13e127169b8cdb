"""Inventions, licences and firms founded on inventions; registered contracts apart from what was traded."""

from collections.abc import Callable

import numpy as np

from agents.economy import Economy
from agents.flows import Flow, Sector
from agents.markets.registration import sums_of_groups
from agents.universities import KINDS
from scenarios.region import load_region
from sim.circumstances import Setting
from sim.indicators.indicator import F, Indicator, R, S

PREFECTURES = load_region("hunan").prefectures
UNIVERSITY = KINDS.index("university")


def licence_income(economy: Economy) -> np.ndarray:
    """Licence income of each institution in the quarter, from the province and from outside [yuan]."""
    return economy.technology.income + economy.technology.income_outside


def registered(economy: Economy) -> np.ndarray:
    """Registered contracts by region group of the seller [yuan]: of firms, and of universities."""
    market, year = economy.technology, economy.year
    groups, group_of_institution = len(market.deals), market.group[economy.universities.prefecture]
    contracts, of_universities = sold_by_universities(economy)
    services = economy.totals.flows[Flow.RESEARCH_CONTRACTS].astype(np.float64)
    elsewhere = services * (1.0 - contracts / max(float(services.sum()), 1.0))
    by_group = np.array([sum(elsewhere[market.group == g].tolist()) for g in range(groups)])
    of_firms = economy.registration.of_firms(by_group, year)
    sold = sums_of_groups(of_universities, group_of_institution, groups)
    return of_firms + economy.registration.of_universities(sold, year)


def sold_by_universities(economy: Economy) -> tuple[float, np.ndarray]:
    """Contract research of all universities, and what each sold with its licences [yuan]."""
    ledger, universities = economy.ledger, economy.universities
    contracts = ledger.paid(Sector.FIRMS, Sector.UNIVERSITIES, Flow.RESEARCH_CONTRACTS)
    shares = ledger.sharing.contract_shares
    divided = shares.split(contracts) if shares else np.zeros(len(universities), dtype=np.int64)
    licensed = np.where(universities.kind == UNIVERSITY, licence_income(economy), 0)
    return float(contracts), divided + licensed


def registered_in_all(economy: Economy, setting: Setting) -> float:
    """Registered technology contracts of the province."""
    return float(sum(registered(economy).tolist()))


def registered_of_universities(economy: Economy, setting: Setting) -> float:
    """Registered technology contracts of universities."""
    _, sold = sold_by_universities(economy)
    total = np.array([float(sold.sum())])
    return float(economy.registration.of_universities(total, economy.year)[0])


def registered_in(group: int) -> Callable[[Economy, Setting], float]:
    """Registered technology contracts in a region group."""
    return lambda economy, setting: float(registered(economy)[group])


def licences_in(group: int) -> Callable[[Economy, Setting], float]:
    """Licences to firms of a region group."""
    return lambda economy, setting: float(economy.technology.deals[group])


def by_group(
    name: str, unit: str, en: str, zh: str, read: Callable[[int], Callable[[Economy, Setting], float]]
) -> dict[str, Indicator]:
    """One series per region group, named after it."""
    return {
        f"{name}_{group}": Indicator(unit, F, f"{en}, {group}", f"{zh}（{group}）", read(number))
        for number, group in enumerate(PREFECTURES.groups)
    }


INDICATORS = {
    "disclosures": Indicator(
        "inventions", F, "inventions disclosed", "披露的科技成果",
        lambda e, s: float(e.inventions.moved["disclosed"]),
    ),
    "inventions_on_offer": Indicator(
        "inventions", S, "inventions on offer", "待转化科技成果", lambda e, s: float(len(e.inventions))
    ),
    "invention_quality": Indicator(
        "1 = mean at the reference share", R, "quality of the inventions disclosed", "披露成果的平均质量",
        lambda e, s: e.inventions.new_quality,
    ),
    "licences": Indicator(
        "licences", F, "licences to firms of the province", "省内技术许可",
        lambda e, s: float(e.technology.deals.sum()),
    ),
    "licences_outside": Indicator(
        "licences", F, "licences to buyers outside", "省外技术许可",
        lambda e, s: float(e.technology.deals_outside),
    ),
    "licence_income": Indicator(
        "yuan", F, "licence income of universities and institutes", "高校院所成果转化收入",
        lambda e, s: float(licence_income(e).sum()),
    ),
    "licence_income_in_province": Indicator(
        "yuan", F, "licence income from firms of the province", "来自省内企业的成果转化收入",
        lambda e, s: float(e.technology.income.sum()),
    ),
    "inventor_income": Indicator(
        "yuan", F, "licence income of inventors", "科研人员成果转化收益",
        lambda e, s: float(e.technology.of_inventors.sum()),
    ),
    "spin_offs": Indicator(
        "firms", F, "firms founded on inventions", "成果转化创办企业", lambda e, s: float(e.counts.spin_offs)
    ),
    "contracts_registered": Indicator(
        "yuan", F, "registered technology contracts", "技术合同成交额", registered_in_all
    ),
    "contracts_registered_universities": Indicator(
        "yuan", F, "registered technology contracts of universities", "高校技术合同成交额",
        registered_of_universities,
    ),
    **by_group("licences", "licences", "licences to firms", "省内技术许可", licences_in),
    **by_group(
        "contracts_registered", "yuan", "registered technology contracts", "技术合同成交额", registered_in
    ),
}  # fmt: skip
