"""What supply links show: trade between firms of the province, the lists of large firms, their suppliers."""

from agents.economy import Economy
from agents.firms import totals as column
from agents.numbers.sums import sum_in_order
from agents.supply.anchors import Anchors
from agents.supply.links import SupplyLinks
from sim.indicator import CellIndicator, F, Group, Indicator, R, S
from sim.setting import Setting

TRADE = {
    "supplies": Indicator(
        "yuan",
        F,
        "sold by firms to each other",
        "省内企业间供货",
    ),
    "purchases": Indicator("yuan", F, "purchases of firms", "企业中间投入采购"),
    "purchases_turned": Indicator(
        "yuan/year",
        S,
        "purchases that programmes turned to suppliers at home",
        "政策引导的本地采购",
    ),
}

LISTS = {
    "anchors": Indicator("firms", S, "large firms that buy by name", "链主企业"),
    "supplier_links": Indicator("links", S, "suppliers on their lists", "链主配套关系"),
    "supplier_links_supported": Indicator(
        "links",
        S,
        "links of the year that programmes paid for",
        "政策支持的配套关系",
    ),
}

SHARES = {
    "local_sourcing": Indicator("share", R, "purchases of firms from firms of the province", "本地配套率"),
    "completeness": Indicator("share", R, "completeness of supply within reach", "产业链完整度"),
}


def trade(economy: Economy, setting: Setting) -> list[float]:
    """The values of TRADE."""
    links = economy.of(SupplyLinks)
    return [int(links.bought.sum()), economy.province[column.BOUGHT], sum_in_order(links.support)]


def lists(economy: Economy, setting: Setting) -> list[float]:
    """The values of LISTS."""
    anchors = economy.of(Anchors)
    return [len(anchors.ids), anchors.links, anchors.supported]


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
    "supply": Group(TRADE, trade),
    "supplier lists": Group(LISTS, lists),
    "supply shares": Group(SHARES, shares),
}
