"""The posterior of a region: sets of parameters learnt from 2016-20, as its posterior.json holds them.

`sanxiang calibrate --write DIR` makes the file. A set is a candidate of the priors, whose values the
parameters keep about which nothing could be learnt, with the learnt values in place of its own. No run
reads the file: the values of a set stand in the description of each run.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from scenarios.drawn import Drawn, beliefs_digest, read_sets
from scenarios.load import load_parameters
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.values.errors import InputError
from scenarios.values.record import Record, Words, read_record

FILE = "posterior.json"
AGAIN = "`sanxiang calibrate --write DIR` makes it"
LAST_DATA = 2020


class DamagedPosterior(Exception):
    """The file is no posterior: cut short, or not what `calibrate` writes."""


class PosteriorFile(Record):
    """posterior.json as it must look.

    priors: checksum of the priors. model, inputs: fingerprint of the model's behaviour, checksum of sources
    and data. trained_to: last year of the figures. rows, scale: of the table of simulations. effective: least
    effective sample size. discrepancy: median by series [log points].
    """

    priors: Words
    model: Words
    inputs: Words
    trained_to: Annotated[int, Field(ge=2016, le=LAST_DATA)]
    command: Words
    made: Words
    seconds: Annotated[float, Field(ge=0)] = Field(strict=False)
    rows: Annotated[int, Field(ge=1)]
    scale: Annotated[float, Field(gt=0)] = Field(strict=False)
    effective: Annotated[float, Field(ge=0)] = Field(strict=False)
    discrepancy: dict[str, float] = Field(strict=False)
    learned: list[Words]
    draws: list[list[float]] = Field(strict=False)


@dataclass(frozen=True)
class Posterior:
    """A posterior as it was read; `drawn` holds its sets."""

    about: PosteriorFile
    drawn: Drawn


def file_name(trained_to: int = LAST_DATA) -> str:
    """The file of the posterior that knows figures up to a year."""
    return FILE if trained_to == LAST_DATA else f"posterior_to_{trained_to}.json"


def posterior_path(region: str = DEFAULT_REGION, folder: Path = CONFIGS, trained_to: int = LAST_DATA) -> Path:
    """Where the posterior of a region stands, whether or not it is there."""
    return region_folder(region, folder) / file_name(trained_to)


@cache
def load_posterior(
    region: str = DEFAULT_REGION, folder: Path = CONFIGS, trained_to: int = LAST_DATA
) -> Posterior:
    """The posterior of a region.

    Raises:
        InputError: there is none, it was made from other priors than the parameters have now, or a set holds
            a value out of range.
        DamagedPosterior: the file is not what `calibrate` writes.
    """
    path = posterior_path(region, folder, trained_to)
    if not path.is_file():
        raise InputError(f"region {region} has no {path.name}; {AGAIN}")
    try:
        about = read_record(PosteriorFile, _content(path), str(path))
    except (InputError, ValueError) as error:
        raise DamagedPosterior(f"{path} is damaged: {str(error).splitlines()[0]}; {AGAIN}") from error
    numbers = load_parameters(folder, region)
    if about.priors != beliefs_digest(numbers, about.learned):
        raise InputError(f"{path} was made from other priors or values than the parameters have now; {AGAIN}")
    sets = read_sets(about.learned, about.draws, numbers, str(path), solved=True)
    told = (
        f"parameters: {len(sets)} sets of the posterior, learnt from figures to {about.trained_to} "
        f"({len(about.learned)} parameters learnt about, the others as their priors)"
    )
    return Posterior(about, Drawn(len(sets), len(sets), sets, told))


def _content(path: Path) -> dict[str, Any]:
    content = json.loads(path.read_text("utf-8"))
    if not isinstance(content, dict):
        raise ValueError("no table of values")
    return content
