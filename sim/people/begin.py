"""Skilled people at the end of 2015."""

from typing import Any

from agents.economy import Economy
from agents.people.amenities import Amenities, AmenityParameters
from agents.people.education import Education, EducationParameters
from agents.people.talent_market import Surroundings, TalentMarket, TalentParameters
from scenarios.region.region import Region
from scenarios.spec import RunSpec
from sim.part import Start


def begin(start: Start) -> dict[Any, Any]:
    """Their market, whose stocks are set when the first quarter shows whom firms want; nothing of levers."""
    values, places = start.spec.parameters, start.region.geography.places
    return {
        "talent": begin_talent(start.spec, start.region),
        Education: Education(EducationParameters(**values["education"]), start.spec.scale),
        Amenities: Amenities(AmenityParameters(**values["amenities"]), places),
    }


def forget(economy: Economy) -> None:
    """Who began and left, and what was built, is counted anew."""
    economy.of(Education).open_quarter()
    economy.of(Amenities).open_quarter()


def begin_talent(spec: RunSpec, region: Region) -> TalentMarket:
    """The market for skilled people before the firms are known: scarce nowhere."""
    known = region.talent
    surroundings = Surroundings(
        amenity=known.amenity.copy(),
        living_cost=known.living_cost.copy(),
        graduates=known.graduates_share.copy(),
        postgraduates=known.postgraduates_share.copy(),
        graduates_of=dict(known.graduates),
        postgraduates_of=dict(known.postgraduates),
    )
    parameters = TalentParameters(**spec.parameters["talent"])
    return TalentMarket(parameters, surroundings, region.geography.industries, spec.scale)
