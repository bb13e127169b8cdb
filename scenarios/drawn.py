"""Sets of parameters drawn from their priors: how to draw one, and those of a region that were kept.

A candidate is a whole number; it decides the value of every parameter that has a distribution as its prior.
`sanxiang prior --write` solves the level constants for each candidate, keeps those that meet 2016-20, and
writes their numbers with the solved constants to prior.yaml in the region's folder:

    priors: 3f0c...             # checksum of the priors they were drawn from
    tried: 240                  # candidates, of which the kept ones follow
    solved: [economy.outside_growth, firms.research_scale]
    kept:
    - [0, 0.0124, 0.0261]       # a candidate, and its solved constants
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from scenarios.load import load_parameters
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.spec import Parameters
from scenarios.values.errors import InputError, Mistakes
from scenarios.values.number import Number
from scenarios.values.prior import even_share
from scenarios.values.record import Record, Words, read_record
from scenarios.values.yaml_reader import read_yaml

FILE = "prior.yaml"
AGAIN = "`sanxiang prior --write DIR` draws them"
Numbers = Mapping[str, Mapping[str, Number]]
Values = dict[tuple[str, str], float]
"""Parameters by group and name."""


class PriorFile(Record):
    """prior.yaml as it must look."""

    priors: Words
    tried: Annotated[int, Field(ge=1)]
    solved: list[Words]
    kept: list[list[float]] = Field(strict=False)


@dataclass(frozen=True)
class Drawn:
    """The kept sets of parameters of a region, each with the values that differ from the central ones.

    tried: how many candidates there were, of which `kept` met 2016-20; `sets` may be the first of them. told:
    what a reader has to know of sets that were not kept out of candidates.
    """

    tried: int
    kept: int
    sets: tuple[Values, ...]
    told: str = ""

    @property
    def share_kept(self) -> float:
        """Share of the candidates that met 2016-20."""
        return self.kept / self.tried

    @property
    def described(self) -> str:
        """What a reader has to know of the sets."""
        return self.told or (
            f"parameters: {len(self.sets)} sets drawn from their priors; {self.kept} of {self.tried} tried "
            f"({self.share_kept:.0%}) met 2016-20 and were kept"
        )


def drawn_values(numbers: Numbers, candidate: int, solved: bool = False) -> Values:
    """The values that a candidate gives to all parameters with a distribution, to six digits [own units].

    solved: those that are usually solved from 2016-20 are drawn as well.
    """
    return values_of(with_distribution(numbers, solved), candidate)


def values_of(drawn: Sequence[tuple[str, str, Number]], candidate: int) -> Values:
    """The values that a candidate gives to parameters, to six digits [own units]."""
    return {
        (group, name): float(
            f"{number.prior.quantile(even_share(candidate, f'{group}.{name}'), number.range):.6g}"
        )
        for group, name, number in drawn
        if number.prior is not None
    }


def changed(parameters: Parameters, values: Values) -> dict[str, dict[str, float]]:
    """A whole set of parameters with some other values."""
    found = {group: dict(own) for group, own in parameters.items()}
    for (group, name), value in values.items():
        found[group][name] = value
    return found


def with_distribution(numbers: Numbers, solved: bool = False) -> list[tuple[str, str, Number]]:
    """Group, name and number of the parameters that are drawn.

    solved: also the level constants, which `fit-base` and `prior` solve from 2016-20.
    """
    return [
        (group, name, number)
        for group, own in numbers.items()
        for name, number in own.items()
        if number.prior is not None and number.prior.distribution and (solved or not number.prior.solved)
    ]


def priors_digest(numbers: Numbers) -> str:
    """A checksum [16 hexadecimal digits] of all that the draws follow from: distributions, ranges, values."""
    return digest_of({name: [one.dated[0][1], *of_prior(one)] for name, one in named(numbers)})


def beliefs_digest(numbers: Numbers, learnt: Collection[str]) -> str:
    """The same where level constants are drawn as well and `learnt` parameters get values of their own.

    The central value of what is drawn or learnt does not matter, so that it can follow from the posterior.
    """
    drawn = {f"{group}.{name}" for group, name, _ in with_distribution(numbers, solved=True)}
    return digest_of(
        {
            name: [*of_prior(one, solved=True)] if name in drawn else one.dated[0][1]
            for name, one in named(numbers)
            if name in drawn or name not in learnt
        }
    )


def named(numbers: Numbers) -> Iterator[tuple[str, Number]]:
    """All parameters by group.name."""
    for group, own in numbers.items():
        for name, number in own.items():
            yield f"{group}.{name}", number


def of_prior(number: Number, solved: bool = False) -> list[Any]:
    """Range and distribution of a parameter that is drawn; nothing of any other."""
    prior = number.prior
    if prior is None or not prior.distribution or (prior.solved and not solved):
        return []
    return [number.range, prior.distribution]


def digest_of(content: Mapping[str, Any]) -> str:
    """A checksum of a table [16 hexadecimal digits]."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


@cache
def load_drawn(region: str = DEFAULT_REGION, folder: Path = CONFIGS) -> Drawn:
    """The kept sets of a region's prior.yaml.

    Raises:
        InputError: there is no such file, it was drawn from other priors than the parameters have now, or a
            row names no candidate or a value out of range.
    """
    path = region_folder(region, folder) / FILE
    if not path.is_file():
        raise InputError(
            f"region {region} has no {FILE}, sets of parameters drawn from their priors; {AGAIN}"
        )
    numbers = load_parameters(folder, region)
    file = read_record(PriorFile, read_yaml(path), str(path))
    if file.priors != priors_digest(numbers):
        raise InputError(
            f"{path} was drawn from other priors or values than the parameters have now; {AGAIN}"
        )
    if not 0 < len(file.kept) <= file.tried:
        raise InputError(f"{path}: {len(file.kept)} sets kept of {file.tried} tried")
    return Drawn(file.tried, len(file.kept), read_sets(file.solved, file.kept, numbers, str(path)))


def read_sets(
    names: Sequence[str],
    rows: Sequence[Sequence[float]],
    numbers: Numbers,
    where: str,
    solved: bool = False,
) -> tuple[Values, ...]:
    """Sets of parameters from rows of a file: a candidate, and the values of `names` in place of its own.

    solved: the candidate draws level constants, too.

    Raises:
        InputError: a name is no parameter, or a row names no candidate or a value out of range.
    """
    keys, mistakes = [_key(name, numbers, where) for name in names], Mistakes()
    drawn = [one for one in with_distribution(numbers, solved) if one[:2] not in set(keys)]
    found = [mistakes.attempt(_row, row, keys, numbers, f"{where}: row {n}") for n, row in enumerate(rows, 1)]
    mistakes.stop_if_any()
    return tuple(values_of(drawn, row[0]) | row[1] for row in found if row is not None)


def key_of(name: str) -> tuple[str, str]:
    """Group and name of a parameter that is written group.name."""
    group, _, own = name.partition(".")
    return group, own


def _key(name: str, numbers: Numbers, where: str) -> tuple[str, str]:
    group, own = key_of(name)
    if own not in numbers.get(group, {}):
        raise InputError(f"{where}: {name!r} is no parameter")
    return group, own


def _row(
    row: Sequence[float], keys: Sequence[tuple[str, str]], numbers: Numbers, where: str
) -> tuple[int, Values]:
    candidate, *solved = row or [-1.0]
    if candidate < 0 or candidate != int(candidate) or len(solved) != len(keys):
        raise InputError(f"{where}: expected a candidate and {len(keys)} solved values")
    checked = {
        (group, name): numbers[group][name].checked(value, f"{where}: {group}.{name}")
        for (group, name), value in zip(keys, solved, strict=True)
    }
    return int(candidate), checked
