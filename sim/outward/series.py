"""Support for markets abroad: who asks and is served, what is won and lost, what is sold there."""

from agents.outward.outward import Outward
from sim.indicator import F, S, Single, one_by_one

OUTWARD = {
    "export_applicants": Single(
        "firms", F, "firms that asked for support to enter a market abroad", "申请开拓国际市场支持企业",
        lambda e, s: float(e.of(Outward).applied),
    ),
    "export_supported": Single(
        "firms", F, "firms supported to enter a market abroad", "获开拓国际市场支持企业",
        lambda e, s: float(e.of(Outward).served),
    ),
    "export_additional": Single(
        "firms", F, "firms that enter a market abroad because of it", "因支持新增出口市场企业",
        lambda e, s: float(e.of(Outward).additional),
    ),
    "markets_won": Single(
        "markets", F, "markets abroad won with support", "新增境外市场",
        lambda e, s: float(e.of(Outward).won),
    ),
    "markets_lost": Single(
        "markets", F, "of these, markets abroad lost", "流失境外市场",
        lambda e, s: float(e.of(Outward).lost),
    ),
    "promoted_exporters": Single(
        "firms", S, "firms that sell or try to sell abroad with support", "受支持出口企业",
        lambda e, s: float(e.of(Outward).firms),
    ),
    "promoted_sales": Single(
        "yuan", S, "yearly sales in markets abroad won with support", "受支持开拓市场年销售额",
        lambda e, s: e.of(Outward).sales,
    ),
}  # fmt: skip

SERIES = {"outward": one_by_one(OUTWARD)}
