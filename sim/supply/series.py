"""What supply links show: trade between firms of the province, the lists of large firms, their suppliers."""

from agents.economy import Economy
from agents.firms import totals as column
from agents.numbers.sums import sum_in_order
from agents.supply.anchors import Anchors
from agents.supply.links import SupplyLinks
from sim.indicator import CellIndicator, F, Group, Indicator, R, S, Single, one_by_one
from sim.setting import Setting

TRADE = {
    "supplies": Single(
        "yuan",
        F,
        "sold by firms to each other",
        "省内企业间供货",
        lambda e, s: float(e.of(SupplyLinks).bought.sum()),
    ),
    "purchases": Single(
        "yuan", F, "purchases of firms", "企业中间投入采购", lambda e, s: float(e.province[column.BOUGHT])
    ),
    "purchases_turned": Single(
        "yuan/year",
        S,
        "purchases that programmes turned to suppliers at home",
        "政策引导的本地采购",
        lambda e, s: sum_in_order(e.of(SupplyLinks).support),
    ),
}

LISTS = {
    "anchors": Single(
        "firms", S, "large firms that buy by name", "链主企业", lambda e, s: float(len(e.of(Anchors).ids))
    ),
    "supplier_links": Single(
        "links", S, "suppliers on their lists", "链主配套关系", lambda e, s: float(e.of(Anchors).links)
    ),
    "supplier_links_supported": Single(
        "links",
        S,
        "links of the year that programmes paid for",
        "政策支持的配套关系",
        lambda e, s: float(e.of(Anchors).supported),
    ),
}

SHARES = {
    "local_sourcing": Indicator("share", R, "purchases of firms from firms of the province", "本地配套率"),
    "completeness": Indicator("share", R, "completeness of supply within reach", "产业链完整度"),
}


def shares(economy: Economy, setting: Setting) -> list[float]:
    """Share of purchases bought of firms at home; mean completeness, by what is bought where."""
    links = economy.of(SupplyLinks)
    places = economy.geography.places
    need = links.inputs.T @ links.purchases.reshape(-1, places)
    total = sum(map(sum, need.tolist()))
    mean = sum(map(sum, (need * links.completeness).tolist()))
    bought = float(links.bought.sum()) / max(economy.province[column.BOUGHT], 1)
    return [bought, mean / total if total > 0.0 else 0.0]


CELLS = {
    "supplied": CellIndicator("yuan", F, "supplied to firms at home", "对省内企业供货", column.SUPPLIED),
    "purchases": CellIndicator("yuan", F, "purchases", "中间投入采购", column.BOUGHT),
}

SERIES = {
    "supply": one_by_one(TRADE),
    "supplier lists": one_by_one(LISTS),
    "supply shares": Group(SHARES, shares),
}
