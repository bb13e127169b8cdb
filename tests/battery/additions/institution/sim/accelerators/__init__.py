"""Accelerators: places for firms in their first years."""

from sim.accelerators.begin import begin, forget
from sim.accelerators.faces import faces
from sim.accelerators.identities import check
from sim.accelerators.series import SERIES
from sim.part import Part

ACCELERATORS = Part("accelerators", begin, forget=forget, check=check, series=SERIES, faces=faces)
