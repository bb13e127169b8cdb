"""Which sets of parameters the runs of a sweep share out among them, and whether they are of this model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from experiments.exits import CorruptData, ModelDiffers
from experiments.plan.settings import Settings
from scenarios.drawn import Values, load_drawn
from scenarios.own.folder import OwnFiles, in_force_before_2021
from scenarios.posterior import LAST_DATA, DamagedPosterior, Posterior, load_posterior, posterior_path
from scenarios.region.folder import CONFIGS
from scenarios.values.errors import InputError

CENTRAL, PRIOR, POSTERIOR = "central", "prior", "posterior"
SOURCES = (CENTRAL, PRIOR, POSTERIOR)
LEFT_OUT = "parameters: one central set for all runs; parameter uncertainty is left out"


@dataclass(frozen=True)
class ParameterSets:
    """What `parameters=` came to: where the values come from, and the values of each draw.

    values: of each draw, those that differ from the central ones; none where all runs share the central ones.
    learnt: names of the parameters that figures taught about. told: what a reader has to know of them.
    approximate: how the model that the posterior was made with differs from this one; empty if it does not.
    """

    source: str
    told: str
    values: tuple[Values, ...] = ()
    learnt: tuple[str, ...] = ()
    approximate: str = ""

    @property
    def composed(self) -> dict[str, object]:
        """What the composed configuration says of them."""
        return {"parameters_from": self.source, "draws": len(self.values) or None}


ALL_CENTRAL = ParameterSets(CENTRAL, LEFT_OUT)


def drawn_sets(
    settings: Settings,
    asked: str | None,
    region: str,
    folder: Path,
    approximate: bool = False,
    own: OwnFiles | None = None,
) -> ParameterSets:
    """The sets that `parameters=asked` means; None: those of the posterior where one fits, else central ones.

    approximate: take the posterior of another model, too, and say so. own: levers from outside.

    Raises:
        InputError: more sets are asked for than there are, or sets of the central parameters, or there is no
            posterior or it was made from other priors.
        ModelDiffers: the posterior that is asked for was made with another model.
        CorruptData: the posterior is damaged.
    """
    found = (
        usual(region, folder, approximate, own)
        if asked is None
        else sets_of(asked, region, folder, approximate, own)
    )
    count = settings.draws
    if not found.values and count is not None:
        raise InputError(f"draws={count} needs parameters=posterior or prior; central is one set")
    if count is not None and count > len(found.values):
        raise InputError(f"draws={count}: {there_are(found)}")
    return limited(found, min(count or settings.most, settings.most))


def limited(found: ParameterSets, most: int) -> ParameterSets:
    """The first of the sets, and what is told of them."""
    if not found.values or most >= len(found.values):
        return found
    return replace(found, values=found.values[:most], told=f"{found.told}; the first {most} of them are used")


def there_are(found: ParameterSets) -> str:
    """How many sets there are of a kind, in words."""
    kept = "were kept" if found.source == PRIOR else "are in the posterior"
    return f"{len(found.values)} sets of parameters {kept}"


def usual(region: str, folder: Path, approximate: bool = False, own: OwnFiles | None = None) -> ParameterSets:
    """The sets that a sweep takes unless it says which: the posterior's where it is of this model.

    Raises: as drawn_sets.
    """
    if not posterior_path(region, folder).is_file():
        return ALL_CENTRAL
    try:
        return sets_of(POSTERIOR, region, folder, approximate, own)
    except (InputError, ModelDiffers) as error:
        return ParameterSets(CENTRAL, f"{LEFT_OUT}, since {str(error).splitlines()[0]}")


def sets_of(
    source: str, region: str, folder: Path, approximate: bool = False, own: OwnFiles | None = None
) -> ParameterSets:
    """All sets that there are of a kind.

    Raises: as drawn_sets.
    """
    if source == CENTRAL:
        return ALL_CENTRAL
    if source == PRIOR:
        drawn = load_drawn(region, folder)
        return ParameterSets(PRIOR, drawn.described, drawn.sets)
    return of_posterior(region, folder, approximate, own)


def first_sets(count: int, region: str, own: OwnFiles | None = None) -> ParameterSets:
    """The first sets of the posterior, or where the region has none of those drawn from priors.

    Raises:
        InputError: there are not so many. ModelDiffers, CorruptData: as drawn_sets.
    """
    if count < 1:
        raise InputError(f"--draws {count} is not a whole number from 1 on")
    found = sets_of(POSTERIOR if posterior_path(region).is_file() else PRIOR, region, CONFIGS, own=own)
    if count > len(found.values):
        raise InputError(f"--draws {count}: {there_are(found)}")
    return limited(found, count)


def of_posterior(
    region: str,
    folder: Path = CONFIGS,
    approximate: bool = False,
    own: OwnFiles | None = None,
    trained_to: int = LAST_DATA,
    without: str = f"parameters={CENTRAL}",
) -> ParameterSets:
    """The sets of the posterior that knows figures up to a year; without: the word that does without it.

    Raises: as drawn_sets.
    """
    found = whole_posterior(region, folder, trained_to)
    differs = difference(found, region, folder, own or {})
    if differs and not approximate:
        raise ModelDiffers(
            f"the posterior of region {region} is of another model ({differs}); `sanxiang calibrate` makes "
            f"one of this model, --approximate takes it all the same, {without} does without"
        )
    drawn = found.drawn
    return ParameterSets(POSTERIOR, drawn.described, drawn.sets, tuple(found.about.learned), differs)


def whole_posterior(region: str, folder: Path = CONFIGS, trained_to: int = LAST_DATA) -> Posterior:
    """The posterior of a region that knows figures up to a year.

    Raises:
        InputError: there is none, or it was made from other priors.
        CorruptData: it is damaged.
    """
    try:
        return load_posterior(region, folder, trained_to)
    except DamagedPosterior as error:
        raise CorruptData(str(error)) from error


def difference(found: Posterior, region: str, folder: Path, own: OwnFiles) -> str:
    """In what the model of a posterior differs from this one, in words; empty where it is the same.

    Equal sources and data are an equal model; only where they differ is the model run to see what it does.
    So it is with levers from outside that were in force before 2021: those that were not changed nothing.
    """
    from experiments.model_version import WITH, inputs, version, version_with

    about, acting = found.about, in_force_before_2021(own)
    if not acting and about.inputs == inputs(region, folder):
        return ""
    now = version_with(own, region) if acting else version(region)
    if about.model == now.partition(WITH)[0]:
        return ""
    return (
        f"model {about.model} made it on {about.made}, this one is {now}: names of parameters, or what runs "
        "of the baseline come to, have changed"
    )


def said_of(found: ParameterSets, given: Iterable[str]) -> list[str]:
    """What is said of the sets before the first run; nothing of the central one that was meant.

    given: the keys of the command's values, which stand in place of what was learnt about them.
    """
    if found == ALL_CENTRAL:
        return []
    learnt = {f"parameters.{name}" for name in found.learnt} if found.values else set()
    replaced = [
        f"{key} is as the command says in every set, in place of what was learnt about it"
        for key in dict.fromkeys(given)
        if key in learnt
    ]
    differs = [f"--approximate: {found.approximate}"] if found.approximate else []
    return [*replaced, *differs, found.told]
