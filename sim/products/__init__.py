"""National markets, and the yearly census of firms in them."""

from sim.part import Part
from sim.products.begin import begin
from sim.products.series import SERIES

PRODUCTS = Part("products", begin, series=SERIES)
