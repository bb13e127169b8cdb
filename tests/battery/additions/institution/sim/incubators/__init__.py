"""Incubators: places for firms in their first years."""

from sim.incubators.begin import begin, forget
from sim.incubators.faces import faces
from sim.incubators.identities import check
from sim.incubators.series import SERIES
from sim.part import Part

INCUBATORS = Part("incubators", begin, forget=forget, check=check, series=SERIES, faces=faces)
