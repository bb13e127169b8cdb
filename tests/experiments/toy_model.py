"""A stand-in for the model, quick enough to run hundreds of times: series from the seed, the replication and a lever."""

import os
import signal
import time
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenarios.spec import RunSpec, Scenario

FIRST_YEAR = 2016
PREFECTURES = ("changsha", "zhuzhou")
INDUSTRIES = ("equipment", "materials", "services")


class Indicator(NamedTuple):
    kind: str


INDICATORS = {"gdp": Indicator("flow"), "firms": Indicator("stock"), "price_index": Indicator("rate")}
CELL_INDICATORS = {"firms": Indicator("stock")}


@dataclass
class ToyOutcome:
    spec: RunSpec
    series: np.ndarray
    cells: np.ndarray
    status: str = "ok"
    public_cost: float = 1e9
    duration_s: float = 0.0
    bases: dict[str, float] = field(default_factory=lambda: {"rd_total_2020": 898.7e8})


def targets() -> dict[str, str]:
    return {"sei_va": "gdp", "hnte_count": "firms"}


def evaluate(target: str, annual: dict[str, np.ndarray], bases: dict[str, float]) -> tuple[float, float, bool]:
    value = float(annual[target][-1])
    return value * 1.01, value, value > {"gdp": 8.4, "firms": 1000.0}[target]


def simulate(specs: list[RunSpec]) -> list[ToyOutcome]:
    for spec in specs:
        misbehave(spec)
    return [outcome(spec) for spec in specs]


def misbehave(spec: RunSpec) -> None:
    """What the toy does on a scenario's name: raise, kill its worker, hang, or take its time."""
    name = spec.scenario.name
    if name == "raises" and spec.replication == 2:
        raise ZeroDivisionError("no firms left in cell 3")
    if name == "kills" and spec.replication == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "hangs" and spec.replication == 2:
        time.sleep(600)
    if name == "slow":
        time.sleep(0.05)


def outcome(spec: RunSpec) -> ToyOutcome:
    luck = np.random.default_rng([spec.seed, spec.replication])
    series = luck.lognormal(0.7, 0.1, size=(40, 3)) * [1.0, 500.0, 1.0]
    series[20:, 0] += spec.scenario.lever_values("toy", 2021)["rate"]
    cells = luck.integers(0, 50, size=(10, 2, 3, 1)).astype(float)
    return ToyOutcome(spec, series, cells)


def scenario(name: str = "base", rate: float = 0.0) -> Scenario:
    return Scenario(name, None, {"toy": {"rate": ((2016, rate),)}})


def units(replications: int, *scenarios: Scenario, draws: int = 1) -> list[list[RunSpec]]:
    chosen = scenarios or (scenario(),)
    return [
        [RunSpec(one, "calm", {"firms": {"markup": 1.2}}, draw=n % draws, replication=n, point=one.name) for one in chosen]
        for n in range(replications)
    ]
