"""Accelerators in January: guests leave, entrants of the last quarter take their rooms."""

from agents.accelerators.accelerators import Accelerators
from agents.economy import Economy
from sim.accelerators.luck import AccelerationPurpose
from sim.moment import Moment


def let_rooms(economy: Economy, now: Moment) -> None:
    """Guests of the year."""
    luck = now.draws.uniform(AccelerationPurpose.STAYING, 0, now.quarter)
    economy.of(Accelerators).change_guests(economy.counts.entrants, luck)
