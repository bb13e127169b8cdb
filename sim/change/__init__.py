"""The change of emerging value added from year to year, by what brought it about."""

from sim.change.begin import begin, forget
from sim.change.identities import check
from sim.change.series import series_of
from sim.part import Part

CHANGE = Part("change", begin, forget=forget, check=check, series_of=series_of)
