"""What is asked: scenarios, parameters and the sizes of screening and sample, in the words of a command.

Words are those of a sweep, so far as they say what a run is, and a few of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from experiments.change.named import Named
from experiments.drawn.things import Things, things_of
from experiments.plan.chosen_region import chosen_region
from experiments.plan.drawn_sets import CENTRAL, POSTERIOR, PRIOR, SOURCES, ParameterSets
from experiments.plan.overrides import APPROXIMATE
from experiments.plan.points import SweepPlan
from experiments.plan.size import CONFIRMED
from experiments.plan.sweep_plan import SCALES, plan_sweep
from experiments.read.parameters_used import mark
from experiments.sensitivity.words_taken import OWN, TAKEN, VALUES
from experiments.store import sealed
from scenarios.drawn import drawn_values, priors_digest
from scenarios.load import load_parameters
from scenarios.spec import BASELINE
from scenarios.targets import load_targets
from scenarios.values.errors import InputError, Mistakes, quoted, unknown

RUNS, FEWEST_RUNS, MOST_RUNS = 300, 60, 20_000
TRAJECTORIES, FEWEST_TRAJECTORIES, MOST_TRAJECTORIES = 4, 2, 200
TWINS = 40
"""Runs of the sample that are run again with other luck alone."""
MEMBERS = 200
"""Parameters that the second step of the screening takes one by one, at most."""
SHORTER = 2
"""The second step of the screening has as many trajectories as the first, divided by this."""
SCALE, MOST_SCALE = 0.1, 1.0
RESULTS = "results/sensitivity"
FALLS_BACK = "parameters: each drawn from its prior by itself, since {}"
FROM_PRIORS = (
    "parameters: each drawn from its prior by itself, level constants too, so that shares add up; unlike "
    "sets of a sweep these need not meet 2016-20"
)


@dataclass(frozen=True)
class Question:
    """What is run.

    runs: of the sample. trajectories: of the first step of the screening. told: targets that are printed.
    described: of the parameters, in words.
    """

    plan: SweepPlan
    runs: int
    trajectories: int
    told: tuple[str, ...]

    @property
    def scale(self) -> float:
        """Size of the province."""
        return self.plan.points[0].scale

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the scenarios; effects are told of all but the first, against it."""
        return tuple(one.name for one in self.plan.scenarios)

    @property
    def described(self) -> str:
        """Where parameters come from, in words."""
        return self.plan.sets.told

    @property
    def marked(self) -> str:
        """What marks every output where the posterior is of another model; empty for any other."""
        return mark({"approximate": self.plan.sets.approximate})

    @property
    def later_trajectories(self) -> int:
        """Trajectories of the second step of the screening."""
        return max(FEWEST_TRAJECTORIES, self.trajectories // SHORTER)

    def things(self) -> Things:
        """All that the runs draw, and the runs that are needed."""
        pairs = 2 * (self.trajectories + self.later_trajectories)
        return things_of(self.plan, max(self.runs, pairs))

    @property
    def key(self) -> str:
        """What tells this question from others, whatever its sizes [64 hexadecimal digits]."""
        first, point = next(iter(self.plan.units())), self.plan.points[0]
        content = {
            "scenarios": list(self.scenarios),
            "runs": [replace(one, parameters={}, draw=0).canonical() for one in first],
            "given": {".".join(key): value for key, value in point.own_parameters.items()},
            "parameters": [self.plan.sets.source, described(self.plan)],
        }
        return sealed.checksum(sealed.canonical(content).encode())


def described(plan: SweepPlan) -> str:
    """A checksum of where sets of parameters come from, however many of them are used."""
    if plan.sets.source == PRIOR:
        return priors_digest(load_parameters(region=plan.region))
    first = {".".join(key): value for one in plan.sets.values[:1] for key, value in one.items()}
    return sealed.checksum(sealed.canonical(first).encode())


def question_of(words: Sequence[str]) -> Question:
    """What the words ask for, checked before any run.

    Raises:
        InputError: one line a mistake. ModelDiffers: a posterior of another model.
        CorruptData: a damaged one.
    """
    own, rest = taken(words)
    mistakes = Mistakes()
    runs = mistakes.attempt(whole, own, "runs", RUNS, (FEWEST_RUNS, MOST_RUNS))
    trajectories = mistakes.attempt(
        whole, own, "trajectories", TRAJECTORIES, (FEWEST_TRAJECTORIES, MOST_TRAJECTORIES)
    )
    scale = mistakes.attempt(scale_of, own)
    told = mistakes.attempt(targets_of, own, chosen_region(rest))
    mistakes.stop_if_any()
    assert runs is not None and trajectories is not None and told is not None
    later = max(FEWEST_TRAJECTORIES, trajectories // SHORTER)
    needed = max(runs, 2 * (trajectories + later))
    plan = planned([*rest, f"population.scale={scale}", f"replications={needed}", CONFIRMED], needed)
    if len(plan.points) != 1:
        raise InputError(f"{len(plan.points)} points: give every key one value; only scenario takes several")
    return Question(plan, runs, trajectories, told)


def taken(words: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """The words of its own by key, and those of a sweep.

    Raises:
        InputError: one that neither knows, or that says how many runs a sweep has.
    """
    own: dict[str, str] = {}
    rest, mistakes = [], Mistakes()
    for word in words:
        key, has_value, text = word.partition("=")
        key = "scale" if key == "population.scale" else key
        if key in OWN and has_value:
            if key in own:
                mistakes.note(f"{key} stands twice")
            own[key] = text
        elif word == APPROXIMATE or key in TAKEN or key.startswith(VALUES):
            rest.append(word)
        elif not has_value:
            mistakes.note(f"{quoted(word)} is no word of sensitivity; expected KEY=VALUE")
        else:
            mistakes.note(f"{unknown('key', key, (*OWN, *TAKEN))}")
    mistakes.stop_if_any()
    if not any(word.startswith("results=") for word in rest):
        rest.append(f"results={RESULTS}")
    if not any(word.partition("=")[0] in ("scenario", "reform") for word in rest):
        rest.append(f"scenario={BASELINE}")
    return own, rest


def whole(own: Mapping[str, str], key: str, usual: int, ends: tuple[int, int]) -> int:
    """A whole number between two ends."""
    text = own.get(key, str(usual))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and ends[0] <= int(text) <= ends[1]):
        raise InputError(f"{key}={text} is not a whole number from {ends[0]} to {ends[1]:,}")
    return int(text)


def scale_of(own: Mapping[str, str]) -> float:
    """The size of the province."""
    text = own.get("scale", str(SCALE))
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not SCALES[0] <= found <= MOST_SCALE:
        raise InputError(f"scale={text} is not a number from {SCALES[0]:g} to {MOST_SCALE:g}")
    return found


def targets_of(own: Mapping[str, str], region: str) -> tuple[str, ...]:
    """The targets that are told of; all of them unless some are named."""
    known = tuple(load_targets(region=region))
    if "targets" not in own:
        return known
    named = tuple(dict.fromkeys(name.strip() for name in own["targets"].split(",")))
    mistakes = Mistakes()
    for name in named:
        if name not in known:
            mistakes.note(unknown("target", name, known))
    mistakes.stop_if_any()
    return named


def planned(words: list[str], needed: int) -> SweepPlan:
    """The plan of the runs; parameters are the posterior's where it fits, else drawn from their priors.

    Raises: as question_of.
    """
    source = next((word.partition("=")[2] for word in words if word.startswith("parameters=")), None)
    if source not in (None, *SOURCES):
        raise InputError(unknown("parameters", str(source), SOURCES))
    if source != PRIOR:
        plan = plan_sweep(words)
        if source is not None or plan.sets.source == POSTERIOR:
            return plan
        told = plan.sets.told
        why = told.partition(", since ")[2] or f"region {plan.region} has no posterior"
        return with_priors(plan, needed, FALLS_BACK.format(why))
    rest = [word for word in words if not word.startswith("parameters=")]
    return with_priors(plan_sweep([*rest, f"parameters={CENTRAL}"]), needed, FROM_PRIORS)


def with_priors(plan: SweepPlan, runs: int, told: str) -> SweepPlan:
    """The plan with parameters drawn from their priors, a set for each run.

    Raises:
        InputError: no parameter has a distribution as its prior.
    """
    numbers = load_parameters(region=plan.region)
    values = tuple(drawn_values(numbers, n, solved=True) for n in range(runs))
    if not values[0]:
        raise InputError(f"region {plan.region}: no parameter has a distribution as its prior")
    return replace(plan, sets=ParameterSets(PRIOR, told, values))


@dataclass(frozen=True)
class Measure:
    """Something whose shares are told: a target's value in a scenario, or what a scenario adds to it.

    scenario: its place. effect: whether it is the difference to the first scenario.
    """

    target: str
    scenario: int
    effect: bool
    label: Named


def measures_of(scenarios: Sequence[str], region: str) -> list[Measure]:
    """The value of every target in each scenario, then what each further scenario adds to it."""
    targets, found = load_targets(region=region), []
    for effect in (False, True):
        for place, scenario in enumerate(scenarios):
            if effect and place == 0:
                continue
            for name, target in targets.items():
                label = target.about.label
                said = Named(label.en, label.zh)
                if effect:
                    said = Named(f"what {scenario} adds to it: {label.en}", f"{scenario} 的影响：{label.zh}")
                found.append(Measure(name, place, effect, said))
    return found
