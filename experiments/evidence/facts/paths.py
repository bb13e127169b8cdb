"""What is read off the past of a run: paths of 2016-20, one value a year, and shares of places.

A reading gives an array [year], or [year, place] where it is told by place.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from experiments.evidence.past import YEARS, Past, Yearly
from scenarios.region.region import load_region
from scenarios.values.tables import YI

OfPast = Callable[[Past], Yearly]


def series(name: str, unit: float = YI) -> OfPast:
    """Reads an indicator off a run, in 100 million yuan unless said otherwise."""
    return lambda run: run.annual[name] / unit


def ratio(part: str, whole: str) -> OfPast:
    """One indicator over another [%]."""
    return lambda run: 100.0 * run.annual[part] / run.annual[whole]


def entry_rate(run: Past) -> Yearly:
    """Firms founded or moved in within the year [% of the firms at its start]."""
    return 100.0 * (run.annual["entrants"] + run.annual["relocations"]) / firms_at_start(run)


def exit_rate(run: Past) -> Yearly:
    """Exits of the year [% of the firms at its start]."""
    return 100.0 * run.annual["exits"] / firms_at_start(run)


def firms_at_start(run: Past) -> Yearly:
    """Firms at the end of the year before."""
    came = run.annual["entrants"] + run.annual["relocations"]
    return run.annual["firms"] - came + run.annual["exits"]


def real_growth_from_2016(run: Past) -> Yearly:
    """Mean real growth of emerging value added from 2016 to the year [%/year]."""
    real = run.annual["sei_value_added_real"]
    passed = np.maximum(np.arange(len(YEARS)), 1)
    return 100.0 * ((real / real[0]) ** (1.0 / passed) - 1.0)


def real_growth_from_2015(run: Past) -> Yearly:
    """Mean real growth from the synthesised 2015, whose value added stands at its own prices [%/year]."""
    base = load_region(run.region).marginals.constants["emerging_value_added"] * YI / run.price_2015
    passed = np.arange(1, len(YEARS) + 1)
    return 100.0 * ((run.annual["sei_value_added_real"] / base) ** (1.0 / passed) - 1.0)


def at_the_end(owner: str) -> OfPast:
    """Inventions in force of an owner, known for 2020 alone."""
    return lambda run: np.array([np.nan] * (len(YEARS) - 1) + [run.inventions[owner]])


def per_research_worker(run: Past) -> Yearly:
    """Research of enterprises over their research staff [10,000 yuan per person]."""
    return run.annual["rd_firms"] / run.annual["research_staff"] / 1e4


def research_by_place(run: Past) -> np.ndarray:
    """Share of each prefecture in the research of firms, other enterprises and institutions [%]."""
    spent = run.cell("research") + run.research_of_others
    return 100.0 * spent / spent.sum(axis=1, keepdims=True)


def research_of_the_core(run: Past) -> Yearly:
    """Share of the prefectures of the first one's group in research [%]."""
    group = load_region(run.region).prefectures.group
    return research_by_place(run)[:, group == group[0]].sum(axis=1)


def certified_by_place(run: Past) -> np.ndarray:
    """Share of each prefecture in certified enterprises [%]."""
    held = run.cell("certified")
    return 100.0 * held / held.sum(axis=1, keepdims=True)


def cell(name: str, unit: float = YI) -> Callable[[Past], np.ndarray]:
    """A cell indicator by prefecture, in 100 million yuan unless said otherwise."""
    return lambda run: run.cell(name) / unit
