"""A model of one line: what runs come to is a known function of what they draw, in place of an economy."""

from dataclasses import replace

import numpy as np
from scipy.special import ndtri

from experiments.plan.drawn_sets import ParameterSets
from experiments.plan.sweep_plan import plan_sweep
from experiments.sensitivity.question import Question
from scenarios.targets import load_targets
from sim.setting import drawn_places

TARGETS = load_targets()
GOAL = TARGETS["sei_va"].threshold
KEYS = [("firms", name) for name in (
    "user_cost_elasticity", "markup_response", "price_weight", "quality_weight", "research_start_hazard",
)]  # fmt: skip
STRONG, WEAK = KEYS[0], KEYS[1]
LUCK = 0.3  # standard deviation, where value added hangs on more than that
FAILS = {"every": 0}


def sets(count=400, seed=3, tied=0.0):
    """Sets of five parameters of Normal values; the first two are tied by a correlation."""
    scores = np.random.default_rng(seed).normal(size=(count, len(KEYS)))
    scores[:, 1] = tied * scores[:, 0] + np.sqrt(1.0 - tied**2) * scores[:, 1]
    return tuple(dict(zip(KEYS, row, strict=True)) for row in (1.0 + 0.1 * scores).tolist())


def question(folder, runs=120, trajectories=3, scenarios="as_in_2020", tied=0.0, learnt=(), told=("sei_va",)):
    """What `sensitivity` would be asked, with sets of five parameters."""
    needed = max(runs, 2 * (trajectories + max(2, trajectories // 2)))
    plan = plan_sweep([f"scenario={scenarios}", "parameters=central", f"replications={needed}",
                       "population.scale=.01", f"results={folder}"])  # fmt: skip
    names = tuple(".".join(key) for key in learnt)
    plan = replace(plan, sets=ParameterSets("posterior", "five parameters", sets(tied=tied), names))
    return Question(plan, runs, trajectories, told)


def scores_of(spec):
    """The first two parameters and the lasting growth of markets, each as a Normal score."""
    strong, weak = ((spec.parameters[group][name] - 1.0) / 0.1 for group, name in (STRONG, WEAK))
    return strong, weak, float(ndtri(drawn_places(spec)["market_common"]))


def value_added(spec):
    """Twice the first parameter, the growth of markets, a little luck; `plan` adds what the second says."""
    strong, weak, markets = scores_of(spec)
    luck = np.random.default_rng([spec.seed, spec.replication]).normal()
    plan = 0.5 * (weak > -0.5) - 0.25 if spec.scenario.name == "plan" else 0.0
    return GOAL * (1.0 + 0.1 * (2.0 * strong + markets + LUCK * luck + plan))


def row_of(region, specs):
    """A row as runs.row_of gives it; certified enterprises do not vary, all else is luck."""
    first = specs[0]
    if FAILS["every"] and first.replication % FAILS["every"] == 0:
        return [[None] * len(TARGETS) for _ in specs]
    luck = np.random.default_rng([first.seed, first.replication, 1]).normal(size=len(TARGETS)).tolist()
    found = []
    for spec in specs:
        row = [one.threshold * (1.0 + 0.1 * noise) for one, noise in zip(TARGETS.values(), luck, strict=True)]
        row[list(TARGETS).index("sei_va")] = value_added(spec)
        row[list(TARGETS).index("hnte_count")] = 15_000.0
        found.append(row)
    return found
