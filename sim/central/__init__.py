"""The centre's money for projects: budget investment that is won, national projects and their match."""

from sim.central.begin import begin, forget
from sim.central.identities import check
from sim.central.series import SERIES, series_of
from sim.part import Part

CENTRAL = Part("central", begin, forget=forget, check=check, series=SERIES, series_of=series_of)
