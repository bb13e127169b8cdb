"""Pilot lines: what they can take, who waits and books, and what becomes products."""

import numpy as np

from agents.economy import Economy
from agents.numbers.sums import sum_in_order
from agents.pilots.pilot_lines import PilotLines
from sim.indicator import F, Group, Indicator, R, S
from sim.setting import Setting

LINES = {
    "pilot_capacity": Indicator("bookings a year", S, "capacity of pilot lines", "中试验证平台年服务能力"),
    "pilot_applications": Indicator("inventions", F, "applications for a pilot line", "中试申请数"),
    "pilot_queue": Indicator("inventions", S, "inventions that wait for a pilot line", "中试排队数"),
    "pilot_bookings": Indicator("inventions", F, "bookings of pilot lines", "中试服务数"),
    "pilot_products": Indicator("products", F, "products that come from pilot lines", "中试后投产的产品"),
    "pilot_access": Indicator("index", R, "access of those who book a pilot line", "中试平台可及性"),
}


def lines(economy: Economy, setting: Setting) -> list[float]:
    """Capacity, applications, queue, bookings, products; mean access of the quarter's bookings."""
    own = economy.of(PilotLines)
    return [
        sum_in_order(own.capacity.ravel()),
        float(own.applied),
        float(np.count_nonzero(own.pilots.waits)),
        float(own.booked),
        float(own.products),
        own.access_sum / own.booked if own.booked else 0.0,
    ]


SERIES = {"pilots": Group(LINES, lines)}
