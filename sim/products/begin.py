"""National markets at the end of 2015."""

from typing import Any

from agents.products.markets import ProductMarkets
from sim.part import Start


def begin(start: Start) -> dict[str, Any]:
    """Markets of which the firms hold their share of the start."""
    return {"markets": ProductMarkets.at_start(start.firms, start.setting.parameters.home_share)}
