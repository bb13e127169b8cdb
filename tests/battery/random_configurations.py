"""Valid configurations drawn at random: every parameter and lever of the catalogue, within its range."""

import random
from dataclasses import replace

import numpy as np

from scenarios.files.changes import lever_change
from scenarios.load import central_values, load_levers, load_parameters
from scenarios.region.folder import choice_names
from scenarios.region.region import load_region
from scenarios.spec import LAST_YEAR, POLICY_YEAR, Closure, RunSpec
from sim.model import IndustrialPolicyModel, choose
from sim.people.steps import TooFewPeople

SCALE = 0.004
AT_AN_END = 0.1  # chance of either end of a range, where trouble begins
DATED = 0.3  # chance that a lever changes once more after 2021
BLOCKED = 0.3  # chance that a lever has blocks, where it can


def within(number, luck: random.Random, whole: bool = False) -> float:
    """A value in a number's range, often at one of its ends."""
    low, high = number.range
    place = luck.random()
    if place < 2 * AT_AN_END:
        return low if place < AT_AN_END else high
    value = low + luck.random() * (high - low)
    return float(min(max(round(value), np.ceil(low)), np.floor(high))) if whole else value


def parameters(luck: random.Random) -> dict[str, dict[str, float]]:
    """Every parameter within its range."""
    numbers = load_parameters()
    values = central_values(numbers)
    for group, names in numbers.items():
        for name, number in names.items():
            values[group][name] = within(number, luck)
    return values


def lever_changes(luck: random.Random, first: int):
    """Every field of every lever from year `first` on, some of them changing once more."""
    changes = {}
    for name, lever in load_levers().items():
        for field, number in lever.fields.items():
            dated = [(first, within(number, luck, field in lever.whole))]
            if luck.random() < DATED:
                later = luck.randint(POLICY_YEAR + 1, LAST_YEAR)
                dated.append((later, within(number, luck, field in lever.whole)))
            changes[name, field] = tuple(dated)
    return changes


def blocks(luck: random.Random):
    """Blocks of some levers for a place or an industry, every field within its range."""
    region, changes = load_region("hunan"), {}
    for name, lever in load_levers().items():
        if not lever.about.local or luck.random() > BLOCKED:
            continue
        where, industries = luck.choice(region.prefectures.names), luck.choice(region.industries.names)
        given = {key: within(number, luck, key in lever.whole) for key, number in lever.fields.items()}
        changes[name, "blocks"] = lever_change(
            name,
            "blocks",
            [
                {"where": [where], **given},
                {
                    "industries": [industries],
                    "where": [place for place in region.prefectures.names if place != where],
                }
                | given,
            ],
            load_levers(),
        )
    return changes


def drawn_spec(configuration: int, scale: float = SCALE) -> RunSpec:
    """The run of that number: parameters, levers from 2016 or from 2021 on, closure and world drawn."""
    luck = random.Random(20_210_819 + configuration)
    spec = choose("plan", luck.choice(choice_names("world")), replication=configuration, scale=scale)
    scenario = spec.scenario.changed(lever_changes(luck, luck.choice([spec.first_year, POLICY_YEAR])))
    scenario = scenario.changed(blocks(random.Random(configuration)))
    scenario = replace(scenario, closure=luck.choice(list(Closure)))
    return replace(spec, scenario=scenario, parameters=parameters(luck), seed=luck.randrange(2**32))


def not_finite(model: IndustrialPolicyModel) -> list[str]:
    """What is not a finite number: series, cells, and columns of living firms."""
    from sim.indicators import series_of

    found = [
        name
        for name, of in zip(series_of().indicators, model.series.T, strict=True)
        if not np.isfinite(of).all()
    ]
    found += [] if np.isfinite(model.cells).all() else ["cells"]
    firms = model.economy.firms
    return found + [
        name for name, column in firms.columns.items() if not np.isfinite(column[..., firms.rows()]).all()
    ]


def trouble(spec: RunSpec) -> str:
    """What goes wrong in a run; nothing when it ends, its identities hold and everything is finite.

    The model itself checks every identity in every quarter, to the yuan, and raises where one fails.
    """
    try:
        model = IndustrialPolicyModel(spec)
        model.run_for(model.quarters)
    except TooFewPeople:
        return ""  # said in one line, with its books in order until then
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    firms = model.economy.firms
    found = [f"{name} is not finite" for name in not_finite(model)]
    found += ["negative deposits"] if firms.deposits.min() < 0 else []
    found += ["negative loans"] if firms.loans.min() < 0 else []
    found += ["more good patents than patents"] if (firms.patents < firms.high_value_patents).any() else []
    return "; ".join(found)
