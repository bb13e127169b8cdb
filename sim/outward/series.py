"""Support for markets abroad: who asks and is served, what is won and lost, what is sold there."""

from agents.economy import Economy
from agents.outward.outward import Outward
from sim.indicator import F, Group, Indicator, S
from sim.setting import Setting

OUTWARD = {
    "export_applicants": Indicator(
        "firms", F, "firms that asked for support to enter a market abroad", "申请开拓国际市场支持企业",
    ),
    "export_supported": Indicator(
        "firms", F, "firms supported to enter a market abroad", "获开拓国际市场支持企业",
    ),
    "export_additional": Indicator(
        "firms", F, "firms that enter a market abroad because of it", "因支持新增出口市场企业",
    ),
    "markets_won": Indicator(
        "markets", F, "markets abroad won with support", "新增境外市场",
    ),
    "markets_lost": Indicator(
        "markets", F, "of these, markets abroad lost", "流失境外市场",
    ),
    "promoted_exporters": Indicator(
        "firms", S, "firms that sell or try to sell abroad with support", "受支持出口企业",
    ),
    "promoted_sales": Indicator(
        "yuan", S, "yearly sales in markets abroad won with support", "受支持开拓市场年销售额",
    ),
}  # fmt: skip


def read(economy: Economy, setting: Setting) -> list[float]:
    """The values of OUTWARD."""
    own = economy.of(Outward)
    return [own.applied, own.served, own.additional, own.won, own.lost, own.firms, own.sales]


SERIES = {"outward": Group(OUTWARD, read)}
