"""The settings of a sweep and of an experiment's file, as they must look once composed."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from scenarios.spec import LAST_YEAR, LATEST_YEAR
from scenarios.values.errors import InputError, quoted
from scenarios.values.file_names import at_home
from scenarios.values.record import Printable, Record


def whole(low: int, high: int, what: str = "whole number") -> BeforeValidator:
    """Takes a whole number from low to high and nothing else; what: it is called."""

    def checked(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            ends = (f"{end}" if what == "year" else f"{end:,}" for end in (low, high))
            raise ValueError(f"{quoted(value)} is not a {what} from {' to '.join(ends)}")
        return value

    return BeforeValidator(checked)


def literal(pattern: str, form: str) -> AfterValidator:
    """Takes text of this pattern alone: it is handed to a scheduler, which may read more into it."""

    def checked(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(f"{quoted(text)} is not {form}")
        return text

    return AfterValidator(checked)


Name = Annotated[str, literal(r"\w[\w.-]{0,99}", "a name of letters, digits, . _ and -")]
Address = Annotated[
    str,
    literal(
        r"tls://([\w.-]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}",
        "an address such as tls://host:8786 (without TLS anybody could run code here: docs/CLUSTER.md)",
    ),
]
Memory = Annotated[str, literal(r"[1-9][0-9]{0,5}(\.[0-9]+)? ?[MGT]i?B", "an amount of memory such as 4GB")]
Duration = Annotated[
    str, literal(r"([0-9]+-)?[0-9]{1,3}:[0-5][0-9]:[0-5][0-9]", "a duration such as 01:00:00")
]
AUTO = "auto"
"""In place of a number of replications: as many as it takes to know every probability well enough."""
MOST_REPLICATIONS = 1_000_000
AT_MOST, HALF_WIDTH = 10_000, 0.03
"""What replications=auto takes at most, and how well it wants to know each probability, unless given."""


def number_or_auto(value: object) -> int | str:
    """A number of replications, or the word auto. Raises: ValueError."""
    if value == AUTO:
        return AUTO
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_REPLICATIONS:
        raise ValueError(f"{quoted(value)} is not a whole number from 1 to {MOST_REPLICATIONS:,}, nor {AUTO}")
    return value


def inside(low: float, high: float) -> BeforeValidator:
    """Takes a number between two others, which it may not be."""

    def checked(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not low < value < high:
            raise ValueError(f"{quoted(value)} is not a number between {low:g} and {high:g}")
        return float(value)

    return BeforeValidator(checked)


Whole = Annotated[int, whole(1, MOST_REPLICATIONS)]
Replications = Annotated[int | Literal["auto"], BeforeValidator(number_or_auto)]
HalfWidth = Annotated[float, inside(0.0, 0.5)]
Seed = Annotated[int, whole(0, 2**32 - 1)]
Horizon = Annotated[int, whole(LAST_YEAR, LATEST_YEAR, "year")]
OnError = Literal["keep_going", "stop"]


class ExecutorSettings(Record):
    """Where the runs are computed."""

    kind: Literal["local", "dask", "slurm"]
    workers: Annotated[int, whole(1, 10_000)] | None = None
    address: Address | None = None
    certificates: Printable | None = None
    queue: Name | None = None
    account: Name | None = None
    cores: Annotated[int, whole(1, 1_024)] = 1
    memory: Memory | None = None
    walltime: Duration = "01:00:00"
    interface: Name | None = None
    timeout: Annotated[int, whole(1, 10_000_000)] | None = None

    @property
    def certificates_folder(self) -> Path | None:
        """The folder that `certificates` names."""
        return None if self.certificates is None else at_home(self.certificates).absolute()

    @property
    def memory_bytes(self) -> int | None:
        """What a worker process may take [bytes]; None: its share of the machine."""
        if self.memory is None:
            return None
        unit = self.memory.lstrip("0123456789. ")
        base = 1024 if "i" in unit else 1000
        return int(float(self.memory.removesuffix(unit)) * base ** (" MGT".index(unit[0]) + 1)) // self.cores


class Population(Record):
    """The size of the economy."""

    scale: float


class Settings(Record):
    """The composed configuration of a sweep."""

    question: str
    scenario: str | list[str]
    reform: list[str]
    region: str
    levers: Printable | None
    world: str
    population: Population
    parameters: dict[str, Any]
    lever: dict[str, Any]
    replications: Replications
    half_width: HalfWidth | None
    at_most: Whole | None
    horizon: Horizon
    draws: Whole | None
    seed: Seed
    sweep: dict[str, Any]
    executor: ExecutorSettings
    on_error: OnError
    results: Printable | None

    @property
    def most(self) -> int:
        """Replications at most: those asked for, or where they are to be found the most that may be taken."""
        return (self.at_most or AT_MOST) if self.replications == AUTO else int(self.replications)


def refuse_without_auto(settings: Settings) -> None:
    """Refuses what says when to stop where the number of replications is given. Raises: InputError."""
    if settings.replications == AUTO:
        return
    for name in ("half_width", "at_most"):
        if (value := getattr(settings, name)) is not None:
            raise InputError(f"{name}={value:g} needs replications={AUTO}")


def folder_of(settings: Settings, experiment: str) -> Path:
    """Where the results of a sweep lie."""
    return at_home(settings.results or f"results/{experiment}")


def run_as(settings: Settings, experiment: str, scenarios: list[str]) -> dict[str, Any]:
    """What the composed configuration says of what is left open in it: scenarios and folder."""
    return {"scenario": scenarios, "results": str(folder_of(settings, experiment))}


class ExperimentFile(Record):
    """The keys of configs/experiment/NAME.yaml; what it leaves out is as in config.yaml."""

    question: str = ""
    scenario: str | list[str] | None = None
    world: str | None = None
    population: Population | None = None
    replications: Replications | None = None
    half_width: HalfWidth | None = None
    at_most: Whole | None = None
    horizon: Horizon | None = None
    seed: Seed | None = None
    on_error: OnError | None = None
    sweep: dict[str, Any] = Field(default_factory=dict)
