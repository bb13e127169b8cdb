"""Supply links: what firms of the province buy of each other, and whom the large ones buy of by name."""

from sim.part import Part
from sim.supply.begin import begin
from sim.supply.identities import check
from sim.supply.series import CELLS, SERIES

SUPPLY = Part("supply", begin, check=check, series=SERIES, cells=CELLS)
