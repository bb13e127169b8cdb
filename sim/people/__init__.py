"""Skilled people: who comes, learns, changes the cell and leaves."""

from sim.part import Part
from sim.people.begin import begin, forget
from sim.people.identities import check
from sim.people.series import CELLS, SERIES, series_of

PEOPLE = Part("people", begin, forget=forget, check=check, series=SERIES, series_of=series_of, cells=CELLS)
