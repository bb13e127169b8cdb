"""Which sets of parameters a hindcast runs, and to which year they know what was published.

sets = chosen_sets("hunan", train_to=2018, asked=None, count=None, usual=40)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from experiments.exits import ModelDiffers
from experiments.plan.drawn_sets import PRIOR, ParameterSets, limited, of_posterior, sets_of
from scenarios.drawn import FILE as PRIOR_FILE
from scenarios.drawn import changed, drawn_values, with_distribution
from scenarios.load import central_values, load_parameters
from scenarios.posterior import posterior_path
from scenarios.region.folder import CONFIGS
from scenarios.region.region import load_region
from scenarios.spec import FIRST_YEAR, POLICY_YEAR, Parameters
from scenarios.values.errors import InputError

Kind = Literal["fitted", "prior", "unselected", "central"]
KINDS: tuple[Kind, ...] = ("fitted", "prior", "unselected", "central")
LAST_KNOWN = POLICY_YEAR - 1
"""The last year whose figures chose the kept sets of prior.yaml and solved the central constants."""


@dataclass(frozen=True)
class Sets:
    """Sets of parameters.

    knows_to: the last year whose figures chose them, as far as anybody can tell. approximate: how the model
    that they were learnt with differs from this one; empty if it does not.
    """

    kind: Kind
    parameters: tuple[Parameters, ...]
    described: str
    knows_to: int
    approximate: str = ""


def sets_for(region: str, train_to: int, approximate: bool = False) -> ParameterSets | None:
    """The fitted sets of a region that know nothing after a year; None where there are none.

    Those of a posterior that was learnt from figures to that year, or else those of prior.yaml, which were
    kept for figures to 2020 and know too much of any year before.

    approximate: take the posterior of another model, too.

    Raises:
        InputError: the region's file was drawn from other priors. ModelDiffers: with another model.
        CorruptData: it is damaged.
    """
    if posterior_path(region, trained_to=train_to).is_file():
        without = "--parameters unselected"
        return of_posterior(region, CONFIGS, approximate, trained_to=train_to, without=without)
    if train_to < LAST_KNOWN or not (Path(load_region(region).folder) / PRIOR_FILE).is_file():
        return None
    return sets_of(PRIOR, region, CONFIGS)


def fitted_sets(
    region: str, train_to: int, asked: Kind | None, approximate: bool
) -> tuple[ParameterSets | None, str]:
    """The same, or nothing and why: where nobody asked for them, those that are not of this model are left.

    Raises: as chosen_sets.
    """
    if asked not in (None, "fitted"):
        return None, ""
    try:
        found = sets_for(region, train_to, approximate)
    except (InputError, ModelDiffers) as error:
        if asked == "fitted":
            raise
        return None, f", since {str(error).splitlines()[0]}"
    if found is None and asked == "fitted":
        raise InputError(f"--parameters fitted: no sets of region {region} know nothing after {train_to}")
    return found, ""


def chosen_sets(
    region: str,
    train_to: int,
    asked: Kind | None,
    count: int | None,
    usual: int,
    approximate: bool = False,
) -> Sets:
    """The sets that were asked for; where none were, the fitted ones that know nothing after a year.

    Where no such sets are known, they are drawn without selection, and where the region's level constants
    have no priors, the central set stands alone.

    count: how many sets; where none is given the usual number, or as many as there are. approximate: take
    the posterior of another model, too, and say so.

    Raises:
        InputError: what was asked for is not there, or fewer sets than that. ModelDiffers: fitted sets were
            asked for and are of another model. CorruptData: their file is damaged.
    """
    fitted, lacking = fitted_sets(region, train_to, asked, approximate)
    if fitted is not None:
        return kept_sets(region, fitted, count, usual, "fitted", train_to)
    if asked == "prior":
        return kept_sets(region, sets_of(PRIOR, region, CONFIGS), count, usual, "prior", LAST_KNOWN)
    levels = level_constants(region)
    if asked == "central" or (asked is None and not levels):
        central = central_values(load_parameters(region=region))
        return Sets("central", (central,), f"parameters: the central set{lacking}", LAST_KNOWN)
    if not levels:
        raise InputError(f"--parameters unselected: region {region} has no priors of its level constants")
    return unselected_sets(region, count or usual, lacking)


def kept_sets(
    region: str, found: ParameterSets, count: int | None, usual: int, kind: Kind, knows_to: int
) -> Sets:
    """The first of the sets that were kept, as many as are asked for.

    Raises:
        InputError: there are fewer.
    """
    kept = len(found.values)
    if count is not None and count > kept:
        raise InputError(f"--draws {count}: {kept} sets of parameters were kept")
    used = limited(found, min(count or usual, kept))
    central = central_values(load_parameters(region=region))
    parameters = tuple(changed(central, one) for one in used.values)
    return Sets(kind, parameters, used.told, knows_to, used.approximate)


def level_constants(region: str) -> list[str]:
    """The parameters that figures of 2016-20 usually solve, and that have a prior of their own."""
    numbers = load_parameters(region=region)
    usual = {(group, name) for group, name, _ in with_distribution(numbers)}
    every = with_distribution(numbers, solved=True)
    return [f"{group}.{name}" for group, name, _ in every if (group, name) not in usual]


def unselected_sets(region: str, count: int, why: str = "") -> Sets:
    """The first candidates of the priors, whatever they make of 2016-20; level constants drawn as well."""
    numbers = load_parameters(region=region)
    central = central_values(numbers)
    return Sets(
        "unselected",
        tuple(changed(central, drawn_values(numbers, n, solved=True)) for n in range(count)),
        f"parameters: {count} sets drawn from their priors and not selected{why}; of the constants that "
        f"2016-20 solved, drawn as wide as they were known before: {', '.join(level_constants(region))}",
        FIRST_YEAR - 1,
    )
