"""The market for data: what is on offer, and what it gives firms."""

from agents.data_market.data_market import DataMarket
from sim.indicator import R, Single, one_by_one

DATA = {
    "data_on_offer": Single(
        "index, 0 to 1", R, "data on offer beyond those of 2020", "数据开放与流通指数",
        lambda e, s: e.of(DataMarket).on_offer,
    ),
    "data_gain": Single(
        "log points of productivity", R, "mean gain of firms from data of others",
        "数据要素带来的平均生产率增益",
        lambda e, s: e.of(DataMarket).mean_gain,
    ),
}  # fmt: skip

SERIES = {"data market": one_by_one(DATA)}
