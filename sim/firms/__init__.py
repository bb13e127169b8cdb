"""What firms do in a quarter, and who enters."""

from sim.firms.begin import begin, forget, withdraw
from sim.firms.identities import check
from sim.firms.series import CELLS, SERIES
from sim.part import Part

FIRMS = Part("firms", begin, forget=forget, withdraw=withdraw, check=check, series=SERIES, cells=CELLS)
