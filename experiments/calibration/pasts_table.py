"""One table of simulations that inference, ranks and surrogate share: parameters drawn, 2016-20 simulated.

Row n holds the measures of the baseline to the end of 2020 under candidate n of the priors and the luck of
replication n. A table grows: what a folder lacks is added, and a row is the same whoever makes it.

    table = filled(folder, rows=20_000, scale=0.1)
    table.values                 # [row, column] as in table.columns, such as "certified@2020"
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from io import BytesIO
from itertools import count

import numpy as np

from experiments.compute.crew import Crew
from experiments.compute.parallel import in_parallel
from experiments.evidence.facts.fact import load_facts
from experiments.evidence.facts.lived import Lived
from experiments.evidence.facts.measures import MEASURES, Measure
from experiments.evidence.firm_panel import FirmYears
from experiments.evidence.past import YEARS, lived_to_2020, past_of
from experiments.model_version import version
from experiments.store.own_files import OwnPath
from scenarios.drawn import beliefs_digest, changed, drawn_values
from scenarios.load import load_parameters
from scenarios.region.folder import DEFAULT_REGION
from scenarios.spec import RunSpec
from scenarios.values.errors import InputError
from sim.model import IndustrialPolicyModel, choose

CHUNK = 100  # rows of one file
ABOUT = "about.json"
MISSIONS = ("mission_persistence", "mission_and_productivity")
"""Measures of years after 2020, which no row holds."""


@dataclass(frozen=True)
class PastsTable:
    """Rows of a table, in order of their candidates.

    values: [row, column]. columns: MEASURE@YEAR, or MEASURE for one of the whole period. failed: rows of
    which a run broke off; all their values are nan. model: fingerprints of the model and its priors.
    """

    region: str
    scale: float
    columns: tuple[str, ...]
    values: np.ndarray
    model: tuple[str, ...] = ()

    @property
    def failed(self) -> np.ndarray:
        """The rows whose run broke off."""
        return np.flatnonzero(np.isnan(self.values).all(axis=1))

    def digest(self, row: int) -> str:
        """A checksum of a row's bits [16 hexadecimal digits]."""
        return digest_of(self.values[row])


def digest_of(values: np.ndarray) -> str:
    """A checksum of the bits of one row [16 hexadecimal digits]."""
    return hashlib.sha256(np.ascontiguousarray(values, np.float64).tobytes()).hexdigest()[:16]


def measured() -> dict[str, Measure]:
    """The measures that a row holds: one a year or one for the period, all to 2020."""
    return {name: one for name, one in MEASURES.items() if one.gives != "places" and name not in MISSIONS}


def columns() -> tuple[str, ...]:
    """The columns of a row, in order."""
    return tuple(
        column
        for name, one in measured().items()
        for column in ([name] if one.gives == "period" else [f"{name}@{year}" for year in YEARS])
    )


def filled(
    folder: OwnPath,
    rows: int,
    scale: float,
    region: str = DEFAULT_REGION,
    crew: Crew | None = None,
    say: Callable[[str], None] = print,
) -> PastsTable:
    """The first `rows` rows of the table in a folder; what it lacks is simulated and kept there.

    crew: who computes; all processors of this machine unless given.

    Raises:
        InputError: the folder holds a table of another region, size, set of priors or model.
    """
    about = described(region, scale)
    refuse_another(folder, about)
    for first in range(0, rows, CHUNK):
        if not (folder / name_of(first)).exists():
            work, asked = partial(row_of, region, scale), range(first, first + CHUNK)
            found = np.stack(crew.in_order(work, asked) if crew else in_parallel(work, asked))
            (folder / name_of(first)).write(bytes_of(found))
            say(f"{first + CHUNK:,} of {rows:,} simulated")
    return table_in(folder, rows)


def has_table(folder: OwnPath) -> bool:
    """Whether a folder holds a table."""
    return (folder / ABOUT).exists()


def refuse_other_region(folder: OwnPath, region: str) -> None:
    """Refuses a table of another region.

    Raises:
        InputError: it is one, or there is none.
    """
    known = table_in(folder, 0).region
    if known != region:
        raise InputError(f"{folder} holds a table of region {known}, not {region}")


def table_in(folder: OwnPath, rows: int | None = None) -> PastsTable:
    """The table that a folder holds, or its first rows.

    Raises:
        InputError: the folder holds no table.
    """
    if not has_table(folder):
        raise InputError(f"{folder} holds no table of simulations; `sanxiang calibrate` makes one")
    about = json.loads((folder / ABOUT).read())
    parts = [np.empty((0, len(about["columns"])))]
    for first in count(0, CHUNK):
        if (rows is not None and first >= rows) or not (folder / name_of(first)).exists():
            break
        parts.append(np.load(BytesIO((folder / name_of(first)).read()), allow_pickle=False))
    values = np.concatenate(parts)[:rows]
    made_with = (about["model"], about["priors"])
    return PastsTable(about["region"], about["scale"], tuple(about["columns"]), values, made_with)


def described(region: str, scale: float) -> dict[str, object]:
    """What all rows of a table have in common."""
    return {
        "region": region,
        "scale": scale,
        "model": version(region),
        "priors": beliefs_digest(load_parameters(region=region), ()),
        "columns": list(columns()),
    }


def refuse_another(folder: OwnPath, about: dict[str, object]) -> None:
    """Notes in a new folder what its table is of; refuses one that is of something else."""
    if not has_table(folder):
        folder.make()
        (folder / ABOUT).write(json.dumps(about, indent=1).encode())
        return
    known = json.loads((folder / ABOUT).read())
    differing = [name for name in about if known.get(name) != about[name]]
    if differing:
        raise InputError(f"{folder} holds a table of other {', '.join(differing)}; choose another folder")


def name_of(first: int) -> str:
    """The file that holds the rows from `first` on."""
    return f"rows-{first:06}.npy"


def bytes_of(values: np.ndarray) -> bytes:
    """An array as the bytes of a file."""
    held = BytesIO()
    np.save(held, values, allow_pickle=False)
    return held.getvalue()


@cache
def usual(region: str, scale: float) -> RunSpec:
    """The baseline of a region at a scale, with the central parameters."""
    return choose(scale=scale, region=region)


def spec_of(region: str, scale: float, candidate: int) -> RunSpec:
    """The run of one candidate: its parameters and the luck of its number."""
    drawn = drawn_values(load_parameters(region=region), candidate, solved=True)
    base = usual(region, scale)
    return replace(base, replication=candidate, parameters=changed(base.parameters, drawn))


def row_of(region: str, scale: float, candidate: int) -> np.ndarray:
    """The measures of one candidate's run to 2020 [column]; nan where the run breaks off."""
    run = unless_it_breaks_off(spec_of(region, scale, candidate))
    return np.full(len(columns()), np.nan) if run is None else measures_of(run)


def unless_it_breaks_off(spec: RunSpec) -> Lived | None:
    """A run to 2020, or nothing: a draw that no economy lives with is a finding, whatever breaks first."""
    try:
        return lived_past(spec)
    except Exception:
        return None


def measures_of(run: Lived) -> np.ndarray:
    """All measures of a run to 2020, in the order of `columns` [own units, at the size of the run]."""
    errors = survey_errors(run.past.region)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate(
            [np.atleast_1d(one.read(run, errors.get(name))) for name, one in measured().items()]
        )


@cache
def survey_errors(region: str) -> dict[str, float]:
    """By how much the answers to a survey err, for the measures that are of one."""
    facts = load_facts(region).values()
    return {
        one.measure: one.reporting_error for one in facts if one.measure and one.reporting_error is not None
    }


def lived_past(spec: RunSpec) -> Lived:
    """A baseline run to the end of 2020 with the panel of its firms."""
    model, firms = IndustrialPolicyModel(spec), FirmYears(spec)
    found = past_of(model, lived_to_2020(model, firms.look))
    model.__dict__.clear()  # it refers to itself: its memory is free now, not at some later collection
    return Lived(found, firms.panel())
