"""Which sets of parameters a hindcast runs, and to which year they know what was published.

sets = chosen_sets("hunan", train_to=2018, asked=None, count=None, usual=40)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from experiments.plan.drawn_sets import whole_posterior
from scenarios.drawn import FILE as PRIOR_FILE
from scenarios.drawn import Drawn, changed, drawn_values, load_drawn, with_distribution
from scenarios.load import central_values, load_parameters
from scenarios.posterior import posterior_path
from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, Parameters
from scenarios.values.errors import InputError

Kind = Literal["fitted", "prior", "unselected", "central"]
KINDS: tuple[Kind, ...] = ("fitted", "prior", "unselected", "central")
LAST_KNOWN = POLICY_YEAR - 1
"""The last year whose figures chose the kept sets of prior.yaml and solved the central constants."""


@dataclass(frozen=True)
class Sets:
    """Sets of parameters. knows_to: the last year whose figures chose them, as far as anybody can tell."""

    kind: Kind
    parameters: tuple[Parameters, ...]
    described: str
    knows_to: int


def sets_for(region: str, train_to: int) -> Drawn | None:
    """The fitted sets of a region that know nothing after a year; None where there are none.

    Those of a posterior that was learnt from figures to that year, or else those of prior.yaml, which were
    kept for figures to 2020 and know too much of any year before.

    Raises:
        InputError: the region's file was drawn from other priors. CorruptData: it is damaged.
    """
    if posterior_path(region, trained_to=train_to).is_file():
        return whole_posterior(region, trained_to=train_to).drawn
    if train_to < LAST_KNOWN or not (Path(load_region(region).folder) / PRIOR_FILE).is_file():
        return None
    return load_drawn(region)


def chosen_sets(region: str, train_to: int, asked: Kind | None, count: int | None, usual: int) -> Sets:
    """The sets that were asked for; where none were, the fitted ones that know nothing after a year.

    Where no such sets are known, they are drawn without selection, and where the region's level constants
    have no priors, the central set stands alone.

    count: how many sets; where none is given the usual number, or as many as there are.

    Raises:
        InputError: what was asked for is not there, or fewer sets than that.
    """
    fitted = sets_for(region, train_to) if asked in (None, "fitted") else None
    if fitted is not None:
        return kept_sets(region, fitted, count or min(usual, fitted.kept), "fitted", train_to)
    if asked == "fitted":
        raise InputError(f"--parameters fitted: no sets of region {region} know nothing after {train_to}")
    if asked == "prior":
        prior = load_drawn(region)
        return kept_sets(region, prior, count or min(usual, prior.kept), "prior", LAST_KNOWN)
    numbers = load_parameters(region=region)
    levels = level_constants(region)
    if asked == "central" or (asked is None and not levels):
        central = central_values(numbers)
        return Sets("central", (central,), "parameters: the central set", LAST_KNOWN)
    if not levels:
        raise InputError(f"--parameters unselected: region {region} has no priors of its level constants")
    return unselected_sets(region, count or usual)


def kept_sets(region: str, drawn: Drawn, count: int, kind: Kind, knows_to: int) -> Sets:
    """The first of the sets that were kept.

    Raises:
        InputError: there are fewer.
    """
    if count > drawn.kept:
        raise InputError(f"--draws {count}: {drawn.kept} sets of parameters were kept")
    central = central_values(load_parameters(region=region))
    described = Drawn(drawn.tried, drawn.kept, drawn.sets[:count]).described
    return Sets(kind, tuple(changed(central, one) for one in drawn.sets[:count]), described, knows_to)


def level_constants(region: str) -> list[str]:
    """The parameters that figures of 2016-20 usually solve, and that have a prior of their own."""
    numbers = load_parameters(region=region)
    usual = {(group, name) for group, name, _ in with_distribution(numbers)}
    every = with_distribution(numbers, solved=True)
    return [f"{group}.{name}" for group, name, _ in every if (group, name) not in usual]


def unselected_sets(region: str, count: int) -> Sets:
    """The first candidates of the priors, whatever they make of 2016-20; level constants drawn as well."""
    numbers = load_parameters(region=region)
    central = central_values(numbers)
    return Sets(
        "unselected",
        tuple(changed(central, drawn_values(numbers, n, solved=True)) for n in range(count)),
        f"parameters: {count} sets drawn from their priors and not selected; of the constants that 2016-20 "
        f"solved, drawn as wide as they were known before: {', '.join(level_constants(region))}",
        FIRST_YEAR - 1,
    )
