"""Records of explanations without a model: whoever takes part adds what is known, with a little luck."""

import numpy as np

from experiments.store.outcome_columns import COVERAGE, OutcomeColumns
from experiments.store.store import claimed
from experiments.why.measured import COST, JOBS, measures
from experiments.why.members import SECTORS, Member
from experiments.why.steps import steps
from scenarios.region.region import load_region
from scenarios.targets import load_targets

REGION = load_region("hunan")
PLAYERS = ("industry", "technology", "talent")
ADDS = {"industry": 30.0, "technology": 10.0, "talent": 0.0}
TOGETHER = 6.0  # industry and technology, beyond what each adds
COSTS = {"industry": 100.0, "technology": 50.0, "talent": 0.0}


def names_of_measures():
    hits = [OutcomeColumns.of(name) for name in (*load_targets(), "all")]
    counted = [name for one in hits for name in (one.hit, one.activity_hit)]
    return list(dict.fromkeys([*measures(), *counted, COVERAGE, *steps()]))


def members():
    marginals = REGION.marginals
    found = [
        Member(group, name, measure)
        for measure in ("value_added", "jobs")
        for group, names in (
            ("industry", REGION.industries.names),
            ("prefecture", REGION.prefectures.names),
            ("size", (*marginals.size_classes, "newcomers")),
            ("owner", ("private", "state", "foreign")),
        )
        for name in names
    ]
    found += [Member("sector", name, "money") for name in SECTORS]
    return [*found, *(Member("programme", name, "money") for name in ("rd_subsidy", "guidance_funds"))]


def added(mask, luck):
    """What a coalition adds to value added."""
    taking = {name for place, name in enumerate(PLAYERS) if mask >> place & 1}
    both = TOGETHER if {"industry", "technology"} <= taking else 0.0
    return (sum(ADDS[name] for name in taking) + both) * luck


def values_of(mask, luck, coverage):
    """Every measure of a coalition."""
    found = []
    for name in names_of_measures():
        if name == COVERAGE:
            found.append(3.0 + coverage * (mask != 0))
        elif name == COST:
            cost = sum(COSTS[one] for place, one in enumerate(PLAYERS) if mask >> place & 1)
            found.append(200.0 + cost)
        elif name.endswith("hit"):
            found.append(100.0 * (name.startswith("hnte") and mask & 1))
        elif name == JOBS or name == "way_quality":
            found.append(500.0 + 1e-3 * luck * (mask != 0) * (-1) ** round(luck * 1e6))
        else:
            found.append(1_000.0 + added(mask, luck))
    return found


def record(pairs=12, draws=1, coverage=0.0, scenario="plan", key="a" * 64, spread=0.0):
    """The record of an explanation as it is kept. spread: of what sets of parameters make of each effect."""
    lucks = 1.0 + 0.05 * np.random.default_rng(2).normal(size=pairs)
    lucks *= 1.0 + spread * (np.arange(pairs) % draws - (draws - 1) / 2.0)
    every, here = list(range(1 << len(PLAYERS))), members()
    ends = [[50.0 + place for place in range(len(here))], [51.0 + place for place in range(len(here))]]
    ends[1][1], ends[1][-1] = ends[0][1] - 2.0, ends[0][-1]
    return {
        "form": 1, "key": key, "scenario": scenario, "base": "as_in_2020", "by": "thrust", "region": "hunan",
        "world": "as_expected_in_2020", "described": "central parameters", "scale": 0.1, "seed": 0,
        "notes": [],
        "budgets": {"rd_subsidy": [80.0, 40.0], "guidance_funds": [90.0, 30.0]},
        "players": [{"name": name, "levers": ["rd_subsidy"]} for name in PLAYERS],
        "measures": names_of_measures(), "members": [one.key for one in here],
        "units": [
            {
                "replication": n, "draw": n % draws, "masks": every, "orders": [],
                "values": [values_of(mask, luck, coverage) for mask in every], "ends": ends,
            }
            for n, luck in enumerate(lucks.tolist())
        ],
    }  # fmt: skip


def keeping(folder, today, *records):
    """The folder, with these records kept in it."""
    with claimed(folder, today) as store:
        for one in records or (record(),):
            store.kept["explanation"].keep(one)
    return folder
