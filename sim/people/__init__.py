"""Skilled people: who comes, learns, changes the cell and leaves."""

from sim.part import Part
from sim.people.begin import begin, withdraw
from sim.people.identities import check
from sim.people.series import CELLS, SERIES

PEOPLE = Part("people", begin, withdraw=withdraw, check=check, series=SERIES, cells=CELLS)
