"""What a forecast knows beyond the year that it is trained to: said with every result."""

from __future__ import annotations

import re
from collections.abc import Mapping

from experiments.hindcast.sets import LAST_KNOWN, Sets
from scenarios.drawn import with_distribution
from scenarios.load import load_parameters
from scenarios.values.number import Status
from scenarios.worlds.calendar import year_of
from scenarios.worlds.world import PATHS, World, load_world

GDP_PATHS = ("gdp", "gdp_real_growth", "gdp_deflator_growth")
NAMES = {
    "gdp": "GDP",
    "gdp_real_growth": "its growth",
    "gdp_deflator_growth": "its prices",
    "population": "population",
    "wage_growth": "wages",
    "material_price_growth": "prices of materials",
    "output_price_growth": "prices of products",
    "central_transfers": "the centre's transfers",
    "carrier_rounds": "rounds for carriers",
}


def stated(world: World) -> dict[str, int]:
    """The last year that a world states, by path; national markets among them."""
    found = {"national markets": max(world.market_growth)}
    return found | {NAMES[name]: max(world.paths[name]) for name in PATHS if world.paths[name]}


def gdp_known(world: World, year: int) -> bool:
    """Whether a world states GDP, or what it follows from, in a year."""
    level, *growth = (world.paths[name] for name in GDP_PATHS)
    return year in level or all(year in path for path in growth)


def known(region: str, world: str, sets: Sets, train_to: int) -> list[str]:
    """One line for each thing that a forecast knows of years after the one it is trained to, or is told."""
    about = load_world(world, region)
    foreign = [f"--approximate: {sets.approximate}"] if sets.approximate else []
    lines = [*foreign, sets.described, _of_sets(sets, train_to)]
    lines += _of_world(about, world, train_to)
    return lines if train_to >= LAST_KNOWN else lines + _of_the_program(region, sets, train_to)


def _of_the_program(region: str, sets: Sets, train_to: int) -> list[str]:
    """What stands in its files of the years between training and the last that any figure is known of."""
    named, every = late_priors(region, train_to), with_distribution(load_parameters(region=region))
    given = (
        "public revenue and spending, inventions of other owners, what of contracts is registered and what "
        "firms leave of GDP to the rest"
    )
    years = f"{train_to + 1} to {LAST_KNOWN}"
    constants = ", ".join(calibrated(region, sets))
    return [
        f"policy: the levers in force to {LAST_KNOWN}, as they were",
        f"region: {given} are taken as given to {LAST_KNOWN}",
        f"constants set from figures to {LAST_KNOWN}, the same in all sets: {constants}",
        f"priors: the reasons of {len(named)} of {len(every)} name a year from {years}, a study's among them",
    ]


def late_priors(region: str, train_to: int) -> list[str]:
    """The parameters whose prior's reason names a year after training that the program knows figures of."""
    years = "|".join(map(str, range(train_to + 1, LAST_KNOWN + 1)))
    drawn = with_distribution(load_parameters(region=region))
    return [
        f"{group}.{name}"
        for group, name, number in drawn
        if number.prior is not None and re.search(rf"\b({years})\b", number.prior.reason)
    ]


def _of_sets(sets: Sets, train_to: int) -> str:
    if sets.knows_to <= train_to:
        return f"sets: chosen by no figure after {sets.knows_to}; whoever wrote their priors knew later ones"
    return f"sets: chosen by figures to {sets.knows_to}, {sets.knows_to - train_to} years too many"


def _of_world(about: World, world: str, train_to: int) -> list[str]:
    by_year: dict[int, list[str]] = {}
    for name, last in stated(about).items():
        by_year.setdefault(last, []).append(name)
    later: Mapping[int, list[str]] = {year: names for year, names in by_year.items() if year > train_to}
    lines = [f"world {world}: states to {year} {', '.join(names)}" for year, names in sorted(later.items())]
    rules = sorted({year_of(at) for rule in about.rules.values() for at in rule if year_of(at) > train_to})
    if rules:
        lines.append(f"world {world}: tax rules that changed in {', '.join(map(str, rules))}")
    return lines or [f"world {world}: states nothing after {train_to}"]


def calibrated(region: str, sets: Sets) -> list[str]:
    """The parameters that figures to 2020 solved and that are the same in all sets."""
    first = sets.parameters[0]
    return [
        f"{group}.{name}"
        for group, numbers in load_parameters(region=region).items()
        for name, number in numbers.items()
        if number.status is Status.CALIBRATED
        and all(one[group][name] == first[group][name] for one in sets.parameters)
    ]
