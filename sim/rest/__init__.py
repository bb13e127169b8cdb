"""The rest of the province and its households."""

from sim.part import Part
from sim.rest.begin import balances, begin
from sim.rest.series import SERIES

REST = Part("rest", begin, balances, series=SERIES)
