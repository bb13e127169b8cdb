"""The market for data: its platform is paid for each quarter, in January firms learn to use what is there.

It is paid for after production, so that no money of the programme moves value added in its quarter.
"""

import numpy as np

from agents.data_market.data_market import DataMarket
from agents.economy import Economy
from agents.money.families import DATA_PLATFORM
from sim.data_market.luck import DataPurpose
from sim.moment import Moment
from sim.science.transfer import pay_for_platform


def open_data(economy: Economy, now: Moment) -> None:
    """The province pays for the platform, which works as far as it is paid for."""
    market, wanted = economy.of(DataMarket), min(economy.offers.of(DATA_PLATFORM).platform, 1.0)
    if wanted <= 0.0 and market.on_offer <= 0.0:
        return
    cost = round(market.parameters.platform_cost * wanted * economy.scale)
    needed, paid = pay_for_platform(economy, DATA_PLATFORM, cost, now.of_year)
    market.collect(wanted * (paid / needed) if needed > 0 else 0.0)


def use_data(economy: Economy, now: Moment) -> None:
    """January: firms learn to use the data on offer, as far as they have digitalised."""
    market, firms = economy.of(DataMarket), economy.firms
    if market.idle:
        return
    luck, rows = np.zeros(firms.capacity), firms.rows()
    luck[rows] = now.draws.uniforms(DataPurpose.USE, firms.id[rows], now.quarter)
    market.be_used(firms.arrays(), luck, firms.start, firms.stop)
