"""The market for data: its platform, and the firms that use it."""

from sim.data_market.begin import begin
from sim.data_market.series import SERIES
from sim.part import Part

DATA_MARKET = Part("data_market", begin, series=SERIES)
