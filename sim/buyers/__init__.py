"""Buyers: references and support for novel products, and subsidies that households are paid."""

from sim.buyers.begin import begin, forget
from sim.buyers.identities import check
from sim.buyers.series import SERIES
from sim.part import Part

BUYERS = Part("buyers", begin, forget=forget, check=check, series=SERIES)
