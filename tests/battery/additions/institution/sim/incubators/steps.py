"""Incubators in January: guests leave, entrants of the last quarter take their rooms."""

from agents.economy import Economy
from agents.incubators.incubators import Incubators
from sim.incubators.luck import IncubationPurpose
from sim.moment import Moment


def let_rooms(economy: Economy, now: Moment) -> None:
    """Guests of the year."""
    luck = now.draws.uniform(IncubationPurpose.STAYING, 0, now.quarter)
    economy.of(Incubators).change_guests(economy.counts.entrants, luck)
