"""Regulation: approval time by prefecture, and what it costs firms to comply."""

from sim.part import Part
from sim.regulation.begin import begin
from sim.regulation.series import SERIES, series_of

REGULATION = Part("regulation", begin, series=SERIES, series_of=series_of)
