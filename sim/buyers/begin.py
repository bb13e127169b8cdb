"""Buyers at the end of 2015: no reference beyond the usual, and nobody was paid to buy."""

from typing import Any

from agents.buyers.households import HouseholdParameters, Households
from agents.buyers.novelty import Novelty, NoveltyParameters
from agents.economy import Economy
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """What was usual to 2020 is in what firms sell."""
    values, region = start.spec.parameters, start.region
    spending = region.industries.household_spending
    return {
        Novelty: Novelty(NoveltyParameters(**values["novelty"])),
        Households: Households(HouseholdParameters(**values["consumers"]), spending, region.geography.cells),
    }


def forget(economy: Economy) -> None:
    """What was paid and bought in the quarter begins anew."""
    economy.of(Novelty).open_quarter()
    economy.of(Households).open_quarter()
