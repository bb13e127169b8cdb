"""Facts about firms that a credible model reproduces, measured on panels of baseline runs to 2020.

from experiments.evidence.stylised_facts import facts_of, facts_table, panels
facts_table([facts_of(panel) for panel in panels(3)])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from experiments.compute.parallel import in_parallel
from experiments.evidence.firm_moments import Facts, facts_of
from experiments.evidence.firm_panel import firm_panel
from experiments.evidence.past import baseline
from scenarios.spec import RunSpec


@dataclass(frozen=True)
class Fact:
    """A fact with the range to accept. trial: what the firms' equations gave on their own."""

    id: str
    name: str
    low: float
    high: float
    source: str
    trial: str = ""


ZOU = "Zou (2019), Physica A 535:122344"
STANLEY = "Stanley et al. (1996), Nature 379:804, recalled"
HAUSMAN = "Hausman, Hall and Griliches (1984), Econometrica 52:909, recalled"
HSIEH_KLENOW = "Hsieh and Klenow (2009), QJE 124(4), recalled"
CHEN = "Chen, Liu, Suarez Serrato and Xu (2021), AER 111(7)"
BOEING = "Boeing (2016), Research Policy 45:1774"
NO_LIMIT = float("inf")

FACTS = (
    Fact("S1", "tail exponent of sales", 1.0, 1.5, "Heinrich and Dai (2016), SCED 37:90", "in range"),
    Fact("S1", "tail exponent of labour", 1.0, 1.5, "as above", "in range"),
    Fact("S1", "tail exponent of capital", 1.0, 1.5, "as above", "in range"),
    Fact("S2", "growth: Subbotin shape", 0.7, 1.3, ZOU, "in range"),
    Fact("S2", "growth: standard deviation", 0.25, 0.45, "recalled", "in range"),
    Fact("S2", "growth: excess kurtosis", 2.0, 8.0, ZOU, "in range"),
    Fact("S3", "growth: slope of log sd on log size", -0.20, -0.10, STANLEY, "in range"),
    Fact("S4", "growth: sd falls with age, share of steps", 1.0, 1.0, ZOU, "not in the oldest class"),
    Fact("S5", "physical productivity: 90-10, log points", 1.386, 2.5, HSIEH_KLENOW),
    Fact("S5", "revenue productivity: sd", 0.60, 0.75, HSIEH_KLENOW, "0.49"),
    Fact("S6", "revenue productivity: autoregression", 0.70, 0.90, "Syverson (2011), JEL 49", "in range"),
    Fact("S7", "productivity of survivors: growth, %/year", 2.0, 5.0, "Boeing (2020), ZEW Expert Brief 15"),
    Fact("S10", "firms above 20 m yuan doing research, 2017", 3485, 4715, "26.7 % of about 15,300", "7,100"),
    Fact("S11", "log research: autoregression", 0.85, 0.97, "Hall (2002)"),
    Fact("S11", "sd of research growth over that of investment", 0.0, 1.0, "Hall (2002)"),
    Fact("S12", "firms without an application in the year", 0.60, 0.90, HAUSMAN, "in range"),
    Fact("S12", "applications: elasticity across firms", 0.7, 1.0, HAUSMAN),
    Fact("S13", "excess mass at 3% of sales", 0.0, NO_LIMIT, CHEN, "bunching"),
    Fact("S13", "excess mass at 4% of sales", 0.0, NO_LIMIT, CHEN, "bunching"),
    Fact("S13", "excess mass at 5% of sales", 0.0, NO_LIMIT, CHEN, "bunching"),
    Fact("S13", "relabelled share of reported research", 0.182, 0.302, f"24.2 %, {CHEN}"),
    Fact("S14", "grant after a grant over grant at large", 1.5, NO_LIMIT, BOEING),
    Fact("S14", "correlation of a grant with productivity before", -1.0, 0.0, f"{BOEING}; NBER w30699"),
    Fact("S16", "firm-years with I/K above 20 %", 0.15, 0.25, "recalled", "0.32"),
    Fact("S16", "firm-years with I/K below 1 %", 0.20, 0.40, "recalled"),
    Fact("S16", "spikes' share of investment", 0.40, 1.0, "recalled"),
)  # fmt: skip


def measured(runs: int, workers: int | None = None) -> list[Facts]:
    """The facts of the first baseline runs, in parallel over processes."""
    return in_parallel(facts_of_run, baseline(runs), workers)


def facts_of_run(spec: RunSpec) -> Facts:
    """Runs a model and measures."""
    return facts_of(firm_panel(spec))


def facts_table(found: Sequence[Facts]) -> pd.DataFrame:
    """One row per fact: median over runs, lowest and highest, the range to accept, hit, trial, source."""
    rows = []
    for fact in FACTS:
        values = np.array([run[fact.name] for run in found])
        median = float(np.median(values))
        rows.append({
            "id": fact.id, "fact": fact.name, "median": median, "lowest": float(values.min()),
            "highest": float(values.max()), "low": fact.low, "high": fact.high,
            "hit": fact.low <= median <= fact.high, "trial": fact.trial, "source": fact.source,
        })  # fmt: skip
    return pd.DataFrame(rows)
