"""The market for data at the end of 2015: no platform beyond what firms have anyway."""

from typing import Any

from agents.data_market.data_market import DataMarket, DataMarketParameters
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Nothing on offer yet."""
    return {DataMarket: DataMarket(DataMarketParameters(**start.spec.parameters["data_market"]))}
