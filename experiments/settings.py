"""The settings of a sweep and of an experiment's file, as they must look once composed."""

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from scenarios.errors import quoted
from scenarios.number import Record, Words


def whole(low: int, high: int) -> BeforeValidator:
    """Takes a whole number from low to high and nothing else."""

    def checked(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f"{quoted(value)} is not a whole number from {low:,} to {high:,}")
        return value

    return BeforeValidator(checked)


def amount_of_memory(value: object) -> object:
    """Takes a number of bytes with its unit, as 4GB or 512 MiB, or nothing."""
    if value is not None and not (isinstance(value, str) and MEMORY.fullmatch(value)):
        raise ValueError(f"{quoted(value)} is no amount of memory; expected for instance 4GB")
    return value


MEMORY = re.compile(r"([1-9]\d{0,5}) ?([MGT])(i?)B")
Replications = Annotated[int, whole(1, 1_000_000)]
Seed = Annotated[int, whole(0, 2**63 - 1)]
OnError = Literal["keep_going", "stop"]


class ExecutorSettings(Record):
    """Where the runs are computed."""

    kind: Literal["local", "dask", "slurm"]
    workers: Annotated[int, whole(1, 10_000)] | None = None
    address: Words | None = None
    queue: Words | None = None
    account: Words | None = None
    cores: Annotated[int, whole(1, 1_024)] = 1
    memory: Annotated[Words | None, BeforeValidator(amount_of_memory)] = None
    walltime: Words = "01:00:00"
    interface: Words | None = None
    timeout: Annotated[int, whole(1, 10_000_000)] | None = None

    @property
    def memory_bytes(self) -> int | None:
        """What a worker process may take [bytes]; None: its share of the machine."""
        if self.memory is None:
            return None
        match = MEMORY.fullmatch(self.memory)
        assert match is not None
        number, prefix, binary = match.groups()
        return int(number) * (1024 if binary else 1000) ** (" MGT".index(prefix) + 1) // self.cores


class Population(Record):
    """The size of the economy."""

    scale: float


class Settings(Record):
    """The composed configuration of a sweep."""

    question: str
    scenario: str | list[str]
    reform: list[str]
    world: str
    population: Population
    parameters: dict[str, Any]
    lever: dict[str, Any]
    replications: Replications
    seed: Seed
    sweep: dict[str, Any]
    executor: ExecutorSettings
    on_error: OnError
    results: Words | None


class ExperimentFile(Record):
    """The keys of configs/experiment/NAME.yaml; what it leaves out is as in config.yaml."""

    question: str = ""
    scenario: str | list[str] | None = None
    world: str | None = None
    population: Population | None = None
    replications: Replications | None = None
    seed: Seed | None = None
    on_error: OnError | None = None
    sweep: dict[str, Any] = Field(default_factory=dict)
