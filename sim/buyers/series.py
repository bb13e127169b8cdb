"""What buyers show: references and first sets, and what households bought with a subsidy, of whom."""

from agents.buyers.households import Households
from agents.buyers.novelty import Novelty
from agents.economy import Economy
from sim.indicator import F, Group, Indicator, R, Single, one_by_one
from sim.setting import Setting

NOVEL = {
    "first_sets": Single(
        "sets", F, "first sets sold with support", "获支持首台套", lambda e, s: e.of(Novelty).first_sets
    ),
    "first_set_sales": Single(
        "yuan", F, "sales of supported first sets", "获支持首台套销售额", lambda e, s: e.of(Novelty).set_sales
    ),
    "first_set_price_support": Single(
        "yuan",
        F,
        "part of the price of first sets that the state paid",
        "首台套价格补偿",
        lambda e, s: float(e.of(Novelty).price_support),
    ),
    "demonstrations": Single(
        "sites", F, "demonstration sites", "应用示范项目", lambda e, s: e.of(Novelty).demonstrations
    ),
    "references_by_orders": Single(
        "references",
        F,
        "references through public orders beyond those of 2020",
        "政府采购新增应用业绩",
        lambda e, s: e.of(Novelty).by_orders,
    ),
    "novel_demand": Single(
        "ratio",
        R,
        "demand with references and support beyond the usual",
        "示范与首台套带来的需求之比",
        lambda e, s: e.of(Novelty).lift,
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


SERIES = {"novel products": one_by_one(NOVEL), "subsidised purchases": Group(SUBSIDISED, subsidised)}
