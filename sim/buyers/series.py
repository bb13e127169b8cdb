"""What buyers show: references and first sets, and what households bought with a subsidy, of whom."""

from agents.buyers.households import Households
from agents.buyers.novelty import Novelty
from agents.economy import Economy
from sim.indicator import F, Group, Indicator, R
from sim.setting import Setting

NOVEL = {
    "first_sets": Indicator("sets", F, "first sets sold with support", "获支持首台套"),
    "first_set_sales": Indicator("yuan", F, "sales of supported first sets", "获支持首台套销售额"),
    "first_set_price_support": Indicator(
        "yuan",
        F,
        "part of the price of first sets that the state paid",
        "首台套价格补偿",
    ),
    "demonstrations": Indicator("sites", F, "demonstration sites", "应用示范项目"),
    "references_by_orders": Indicator(
        "references",
        F,
        "references through public orders beyond those of 2020",
        "政府采购新增应用业绩",
    ),
    "novel_demand": Indicator(
        "ratio",
        R,
        "demand with references and support beyond the usual",
        "示范与首台套带来的需求之比",
    ),
}

SUBSIDISED = {
    "subsidised_purchases": Indicator("yuan", F, "purchases with a subsidy", "获补贴消费额"),
    "purchases_beyond": Indicator("yuan", F, "purchases beyond those without a subsidy", "补贴带动的净消费"),
    "purchases_at_home": Indicator("yuan", F, "of these, made in the province", "其中省内产品"),
    "purchases_leaked": Indicator("yuan", F, "of these, made elsewhere", "其中省外产品"),
}


def subsidised(economy: Economy, setting: Setting) -> list[float]:
    """Purchases of households, with subsidy and in addition, at home and elsewhere."""
    households = economy.of(Households)
    net, at_home = int(households.net.sum()), int(households.at_home.sum())
    return [float(households.bought.sum()), float(net), float(at_home), float(net - at_home)]


def novel(economy: Economy, setting: Setting) -> list[float]:
    """The values of NOVEL."""
    own = economy.of(Novelty)
    return [
        own.first_sets, own.set_sales, own.price_support, own.demonstrations, own.by_orders, own.lift
    ]  # fmt: skip


SERIES = {"novel products": Group(NOVEL, novel), "subsidised purchases": Group(SUBSIDISED, subsidised)}
