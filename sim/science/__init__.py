"""How research is done, and technology disclosed, traded and registered."""

from sim.part import Part
from sim.science.begin import begin, forget
from sim.science.faces import faces, newcomers
from sim.science.identities import check
from sim.science.series import SERIES, series_of

SCIENCE = Part(
    "science",
    begin,
    forget=forget,
    check=check,
    series=SERIES,
    series_of=series_of,
    faces=faces,
    newcomers=newcomers,
)
