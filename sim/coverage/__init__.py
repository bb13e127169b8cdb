"""Statistical coverage: what is published of what firms do."""

from sim.coverage.begin import begin
from sim.coverage.series import SERIES
from sim.part import Part

COVERAGE = Part("coverage", begin, series=SERIES)
