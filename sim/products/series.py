"""What the national markets of emerging industries show: their prices."""

from sim.indicator import R, Single, one_by_one

PRICES = {
    "price_index": Single(
        "2020 = 1",
        R,
        "price index of emerging industries",
        "新兴产业价格指数",
        lambda e, s: s.price_relative_to_2020(e.quarter),
    ),
}

SERIES = {"prices": one_by_one(PRICES)}
