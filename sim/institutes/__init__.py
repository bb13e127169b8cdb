"""New-type research institutes: who founds them, what they are paid, whose research they do."""

from sim.institutes.begin import begin, forget
from sim.institutes.identities import check
from sim.institutes.series import SERIES
from sim.part import Part

INSTITUTES = Part("institutes", begin, forget=forget, check=check, series=SERIES)
