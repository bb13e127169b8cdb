"""Research consortia of firms and universities."""

from sim.consortia.begin import begin, forget
from sim.consortia.identities import check
from sim.consortia.series import SERIES
from sim.part import Part

CONSORTIA = Part("consortia", begin, forget=forget, check=check, series=SERIES)
