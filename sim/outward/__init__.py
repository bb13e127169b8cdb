"""Support for firms that enter markets outside the country."""

from agents.economy import Economy
from agents.outward.outward import Outward
from sim.outward.begin import begin
from sim.outward.identities import check
from sim.outward.series import SERIES
from sim.part import Part


def forget(economy: Economy) -> None:
    """Counts of the quarter begin anew."""
    economy.of(Outward).open_quarter()


OUTWARD = Part("outward", begin, forget=forget, check=check, series=SERIES)
