"""Parks: land that is serviced and filled, dense and organised clusters, and what prefectures imitate."""

from sim.parks.begin import begin, forget
from sim.parks.faces import faces
from sim.parks.identities import check
from sim.parks.series import SERIES, series_of
from sim.part import Part

PARKS = Part("parks", begin, forget=forget, check=check, series=SERIES, series_of=series_of, faces=faces)
