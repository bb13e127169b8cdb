"""What the words of a command ask for, checked before the first run: `reach` and `search` take the same keys.

    sanxiang reach hnte_count probability=.95 'cost<=50' levers=startup_loans,approval_reform
    sanxiang search value_added cost cap=100 thrust=industry world=as_expected_in_2020

World, parameters, region, seed and the like are those of a sweep, and are read by its own planner.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from experiments.packages.dials import Dials, dials_of, levers_named
from experiments.packages.tries import LUCK
from experiments.plan.chosen_region import chosen_region
from experiments.plan.overrides import APPROXIMATE, check_key
from experiments.plan.points import SweepPlan
from experiments.plan.size import CONFIRMED
from experiments.plan.sweep_plan import SCALES, plan_sweep
from experiments.plan.words import path_word
from scenarios.region.fiscal_cap import load_fiscal_cap
from scenarios.spec import BASELINE, LAST_YEAR, POLICY_YEAR, Scenario
from scenarios.values.errors import InputError, Mistakes, quoted, unknown
from scenarios.values.file_names import at_home
from scenarios.values.tables import YI

OWN = {
    "probability": "with which the target is to be reached",
    "cap": "public cost beyond the base, 2021-25 [100 m yuan]",
    "levers": "levers that may be set",
    "thrust": "thrusts whose levers may be set",
    "evaluations": "packages that are tried",
    "pairs": "of equal luck in which each is tried",
    "scale": "size of the province in which they are tried",
    "begins": "the year from which a package holds",
}
JUDGED_AT = "population.scale"
OF_SWEEPS = (
    *("scenario", "world", "parameters", "draws", "region", "seed", "replications", "results", JUDGED_AT),
)
COST = re.compile(r"cost\s*<=\s*(?P<amount>.*)")
YUAN = "亿"
MOST_SCALE, AFTER = 1.0, 1.0 - 1e-9
ENDS = {
    "evaluations": (1, 5_000),
    "pairs": (3, 1_000),  # an error is read off them
    "begins": (POLICY_YEAR, LAST_YEAR),
    "replications": (2, 10_000),
}
USUAL = {"pairs": 8, "begins": 2022, "replications": 100}


@dataclass(frozen=True)
class Asked:
    """What a search is to do. "At full size" is what that sweep says which judges packages.

    words: of a sweep, without scenario, replications and folder. cap: most public cost beyond the base, None:
    what the fiscal cap leaves [100 m yuan]. scale: of the province in the pairs. replications: at full size.
    names: of levers; thrusts: of levers' homes. given: keys of the command.
    """

    words: tuple[str, ...]
    base: str
    region: str
    probability: float
    cap: float | None
    names: tuple[str, ...] | None
    thrusts: tuple[str, ...] | None
    evaluations: int
    pairs: int
    scale: float
    begins: int
    replications: int
    results: Path
    given: tuple[str, ...] = ()

    @cached_property
    def plan(self) -> SweepPlan:
        """The plan that pairs are taken from: the base at the scale of the pairs.

        Raises:
            InputError, ModelDiffers, CorruptData: as plan_sweep.
        """
        words = [word for word in self.words if not word.startswith(f"{JUDGED_AT}=")]
        many = f"replications={LUCK + 10 * ENDS['pairs'][1]}"
        return plan_sweep([*words, f"scenario={self.base}", f"{JUDGED_AT}={self.scale}", many, CONFIRMED])

    @cached_property
    def judging(self) -> SweepPlan:
        """The plan of the sweep that judges the base; at the full size of the province, unless the words say
        another.

        Raises:
            as plan.
        """
        return plan_sweep([*self.sweep_words([]), CONFIRMED])

    @property
    def judged_at(self) -> float:
        """The size of the province in that sweep."""
        return float(self.judging.points[0].scale)

    @property
    def scenario(self) -> Scenario:
        """What packages build on."""
        (found,) = self.plan.scenarios
        return found

    @property
    def room_a_year(self) -> float:
        """What a package may cost a year beyond the base: all of the cap in one of its years, and no more
        than the fiscal cap leaves [yuan]."""
        years = LAST_YEAR - self.begins + 1
        own = float("inf") if self.cap is None else self.cap * YI / years
        cap = load_fiscal_cap(self.region)
        if cap is None:
            return own
        usual = max(self.scenario.public_cost(year, year) for year in range(self.begins, LAST_YEAR + 1))
        return min(own, max(cap.yuan - usual, 0.0))

    @cached_property
    def dials(self) -> Dials:
        """What may be set.

        Raises:
            InputError: unknown levers or thrusts, or nothing is left.
        """
        names = levers_named(self.names, self.thrusts, self.region)
        return dials_of(names, self.scenario, self.region, self.room_a_year, self.begins)

    def in_world(self, world: str) -> Asked:
        """The same in one of its worlds."""
        words = [word for word in self.words if not word.startswith("world=")]
        return replace(self, words=(*words, path_word("world", [world])))

    def sweep_words(self, reforms: Sequence[Path | str], workers: int | None = None) -> list[str]:
        """The words of the sweep that judges packages at full size beside their base."""
        words = [*self.words, f"scenario={self.base}", f"replications={self.replications}"]
        words += [path_word("reform", map(str, reforms))] if reforms else []
        words += [f"executor.workers={workers}"] if workers is not None else []
        return [*words, path_word("results", [str(self.results)])]


def asked_of(words: Sequence[str], evaluations: int, results: str, several_worlds: bool = False) -> Asked:
    """What the words ask for; evaluations, results: unless they say so.

    Raises:
        InputError: one line a mistake. ModelDiffers, CorruptData: the posterior.
    """
    mistakes = Mistakes()
    given: dict[str, str] = {}
    passed: list[str] = []
    for word in words:
        mistakes.attempt(_sort, word, given, passed)
    mistakes.stop_if_any()
    region = chosen_region(passed)
    probability = mistakes.attempt(_share, given.get("probability", "0.5"))
    cap = mistakes.attempt(_money, given["cap"]) if "cap" in given else None
    scale = mistakes.attempt(_scale, given.get("scale", "0.1"))
    usual = {"evaluations": evaluations} | USUAL
    numbers = {name: mistakes.attempt(_whole, name, given, usual[name]) for name in ENDS}
    if "levers" in given and "thrust" in given:
        mistakes.note("levers and thrust say the same thing: give one of them")
    if not several_worlds and any(word.startswith("world=") and "," in word for word in passed):
        mistakes.note("world takes one value here; `sanxiang search` looks at several")
    mistakes.stop_if_any()
    assert probability is not None and scale is not None
    found = Asked(
        words=tuple(passed),
        base=given.get("scenario", BASELINE),
        region=region,
        probability=probability,
        cap=cap,
        names=_listed(given, "levers"),
        thrusts=_listed(given, "thrust"),
        scale=scale,
        results=at_home(given.get("results", results)),
        given=tuple(given),
        **{name: value for name, value in numbers.items() if value is not None},
    )
    _refuse_too_rare(found)
    found.plan, found.judging, found.dials  # noqa: B018  every word is checked here
    return found


def _refuse_too_rare(found: Asked) -> None:
    rarest = min(found.probability, 1.0 - found.probability)
    if found.replications * rarest < AFTER:
        raise InputError(
            f"replications={found.replications} cannot tell a probability of {found.probability:g} from "
            f"{round(found.probability)}: at least {-(-1 // rarest):.0f}"
        )


def _sort(word: str, given: dict[str, str], passed: list[str]) -> None:
    """A word as one of the search's own, or one of a sweep's. Raises: InputError."""
    cost = COST.fullmatch(word)
    if cost is not None:
        word = f"cap={cost['amount']}"
    key, equals, value = word.partition("=")
    if word == APPROXIMATE:
        passed.append(word)
        return
    if key.startswith("lever."):
        raise InputError(
            f"{quoted(word)}: levers=A,B says which levers may be set, scenario=NAME on what a package builds"
        )
    if not equals:
        raise InputError(f"{quoted(word)} is no KEY=VALUE; a cap on cost is 'cost<=50', in quotes, or cap=50")
    if key.startswith("parameters."):
        check_key(key)
    elif key not in (*OWN, *OF_SWEEPS):
        raise InputError(unknown("key", key, [*OWN, *OF_SWEEPS]))
    if key not in (*OWN, "scenario", "replications", "results"):
        passed.append(word)
    elif key in given:
        raise InputError(f"{key} stands twice")
    else:
        given[key] = value


def _share(text: str) -> float:
    value = _number("probability", text)
    if not 0.0 < value < 1.0:
        raise InputError(f"probability={text} is not between 0 and 1, which nothing reaches")
    return value


def _money(text: str) -> float:
    value = _number("cost<", text.strip().removesuffix("元").removesuffix(YUAN))
    if not 0.0 <= value < float("inf"):
        raise InputError(f"cost<={text}: public cost is no less than 0 [亿 of 2021-25, beyond the base]")
    return value


def _scale(text: str) -> float:
    value = _number("scale", text)
    if not SCALES[0] <= value <= MOST_SCALE:
        raise InputError(f"scale={text} is outside {SCALES[0]:g} to {MOST_SCALE:g}")
    return value


def _number(key: str, text: str) -> float:
    try:
        value = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        value = float("nan")
    if value != value:
        raise InputError(f"{key}={text} is no number")
    return value


def _whole(key: str, given: Mapping[str, str], usual: int) -> int:
    text = given.get(key, str(usual))
    low, high = ENDS[key]
    if not (text.isascii() and text.isdecimal() and low <= int(text) <= high):
        kind = "year" if key == "begins" else "whole number"
        raise InputError(f"{key}={text} is not a {kind} from {low} to {high}")
    return int(text)


def _listed(given: Mapping[str, str], key: str) -> tuple[str, ...] | None:
    """Names in a comma list, each once. Raises: InputError where none is named."""
    if key not in given:
        return None
    names = tuple(dict.fromkeys(name.strip() for name in given[key].split(",") if name.strip()))
    if not names:
        raise InputError(f"{key} names none")
    return names
