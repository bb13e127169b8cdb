"""Skilled people: who comes, learns, changes the cell and leaves."""

from sim.part import Part
from sim.people.begin import begin
from sim.people.identities import check
from sim.people.series import CELLS, SERIES

PEOPLE = Part("people", begin, check=check, series=SERIES, cells=CELLS)
