"""Pilot lines, testing and validation platforms."""

from sim.part import Part
from sim.pilots.begin import begin, forget
from sim.pilots.identities import check
from sim.pilots.series import SERIES

PILOTS = Part("pilots", begin, forget=forget, check=check, series=SERIES)
