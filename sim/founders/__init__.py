"""Founders: who would found, start-up loans, and seats in incubators."""

from sim.founders.begin import begin, forget
from sim.founders.faces import faces
from sim.founders.identities import check
from sim.founders.series import SERIES
from sim.part import Part

FOUNDERS = Part("founders", begin, forget=forget, check=check, series=SERIES, faces=faces)
