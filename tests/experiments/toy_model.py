"""A stand-in for the model, quick enough to run hundreds of times."""

import os
import signal
import time
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from scenarios.spec import RunSpec, Scenario
from scenarios.worlds.fan import DISCREPANCIES

FIRST_YEAR = 2016
PREFECTURES = ("changsha", "zhuzhou")
INDUSTRIES = ("equipment", "materials", "services")


class Indicator(NamedTuple):
    kind: str
    of_2020: float  # a quarter's flow or a stock, about what the province had


INDICATORS = {
    "gdp": Indicator("flow", 1.04e12),
    "sei_value_added": Indicator("flow", 1.04e11),
    "rd_total": Indicator("flow", 2.2e10),
    "digital_core_value_added": Indicator("flow", 6e10),
    "high_value_patents": Indicator("stock", 2e4),
    "population": Indicator("stock", 6.6e7),
    "hnte": Indicator("stock", 8.6e3),
    "carriers_listed": Indicator("stock", 56.0),
    "carriers_wide": Indicator("stock", 118.0),
    "price_index": Indicator("rate", 1.0),
    "programme_rd_subsidy": Indicator("flow", 2e8),
    "sei_value_added_capitalised": Indicator("flow", 1.11e11),
}
PUBLISHED = {  # of what each is, in this toy without drift
    "sei_value_added_published": "sei_value_added",
    "sei_value_added_capitalised_published": "sei_value_added_capitalised",
    "rd_total_published": "rd_total",
}
INDICATORS |= {name: INDICATORS[of] for name, of in PUBLISHED.items()}
MISSED = {f"discrepancy_{name}": Indicator("rate", 1.0) for name in DISCREPANCIES}  # nothing is missed here
INDICATORS |= MISSED
CELL_INDICATORS = {"firms": Indicator("stock", 50.0)}


def indicators(region="hunan", own=()):
    return INDICATORS


def prefectures(region="hunan"):
    return PREFECTURES


def industries(region="hunan"):
    return INDUSTRIES


@dataclass
class ToyOutcome:
    spec: RunSpec
    series: np.ndarray
    cells: np.ndarray
    bases: dict[str, float]
    status: str = "ok"
    public_cost: float = 1e9
    accounts: dict[str, dict[str, float]] = field(default_factory=dict)
    duration_s: float = 0.0


def simulate(specs: list[RunSpec]) -> list[ToyOutcome]:
    for spec in specs:
        misbehave(spec)
    return [outcome(spec) for spec in specs]


def misbehave(spec: RunSpec) -> None:
    """What the toy does on a scenario's name: raise, kill its worker, hang, eat memory, or take its time."""
    name = spec.scenario.name
    if "TOY_LOG" in os.environ:
        with open(os.environ["TOY_LOG"], "a") as file:
            file.write(f"{name} {spec.replication}\n")
    if (name == "raises" or "TOY_FAILS" in os.environ) and spec.replication == 2:
        raise ZeroDivisionError("no firms left in cell 3")
    if name == "kills" and spec.replication == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "hangs" and spec.replication == 2:
        time.sleep(600)
    if name == "eats" and spec.replication == 2:
        sum(len(part) for part in [bytearray(50_000_000) for _ in range(2_000)])
    time.sleep(float(os.environ.get("TOY_PAUSE", "0")))


def outcome(spec: RunSpec) -> ToyOutcome:
    """Series that grow with luck, and faster from 2021 on by the rate of the toy lever."""
    luck = np.random.default_rng([spec.seed, spec.replication])
    drawn = {name: one for name, one in INDICATORS.items() if name not in PUBLISHED | MISSED}
    name = "toy" if "toy" in spec.scenario.levers else "rd_subsidy"
    rate = 0.02 * spec.scenario.lever_values(name, 2021)["rate"]
    years = spec.last_year - spec.first_year + 1
    ahead = np.arange(4 * years)[:, None] - 19.0
    growth = luck.normal(0.02, 0.004, size=len(drawn)) * ahead + rate * np.maximum(ahead, 0)
    series = np.array([one.of_2020 for one in drawn.values()]) * np.exp(growth)
    place = {name: k for k, name in enumerate(drawn)}
    series = series[:, [place[PUBLISHED.get(name, name)] for name in INDICATORS if name not in MISSED]]
    series = np.concatenate([series, np.ones((len(series), len(MISSED)))], axis=1)
    cells = luck.integers(0, 50, size=(10, 2, 3, 1)).astype(float)
    cells = cells[
        np.minimum(np.arange(years), 9)
    ]  # drawn for ten years, so that luck is that of a run to 2025
    return ToyOutcome(spec, series, cells, bases(luck))


def bases(luck: np.random.Generator) -> dict[str, float]:
    return {
        "sei_share_gdp_2020": 0.1003,
        "sei_value_added_2020": 4.19e11,
        "high_value_per_10k_2020": 3.2,
        "digital_core_share_2020": luck.uniform(0.05, 0.07),
        "hnte_2020": 8621.0,
        "carriers_wide_2020": luck.uniform(90, 130),
        "carriers_listed_2020": 56.0,
    }


def scenario(name: str = "base", rate: float = 0.0) -> Scenario:
    return Scenario(name, None, {"toy": {"rate": ((2016, 0.0), (2021, rate))}})


def units(replications: int, *scenarios: Scenario, draws: int = 1) -> list[list[RunSpec]]:
    chosen = scenarios or (scenario(),)
    return [
        [
            RunSpec(one, "calm", {"firms": {"markup": 1.2}}, draw=n % draws, replication=n, point=one.name)
            for one in chosen
        ]
        for n in range(replications)
    ]
