"""Packages at full size: an ordinary sweep of the results folder beside what they build on, and what it says.

The sweep is resumed, verified, tabled and explained like any other: `sanxiang targets`, `compare`, `explain`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from experiments.answer.probability import Probability
from experiments.answer.sweep import swept
from experiments.answer.table import chance
from experiments.compute.run_values import CLAWED_BACK, INCENTIVES
from experiments.packages.asked import Asked
from experiments.packages.distance import Levels
from experiments.packages.measured import PROGRAMME
from experiments.packages.package import Package, reform_text
from experiments.read.reading import load_runs, load_series
from experiments.read.series_names import series_of
from experiments.store import sealed
from experiments.store.own_files import OwnPath
from experiments.why.bootstrap import Estimate, mean_of
from scenarios.load import load_levers
from scenarios.spec import POLICY_YEAR
from scenarios.targets import Target
from scenarios.values.errors import InputError
from scenarios.values.tables import YI

FOLDER = "reforms"
DIGITS = 6  # of a checksum, in the name of a reform


@dataclass(frozen=True)
class Judged:
    """Scenarios in runs of equal luck at full size. runs: by scenario, a row per replication.

    cost: public cost of 2021-25 by scenario [replication, 100 m yuan].
    """

    base: str
    targets: Mapping[str, Target]
    runs: Mapping[str, pd.DataFrame]
    cost: Mapping[str, np.ndarray]
    sweep: str

    def levels(self, scenario: str) -> Levels:
        """What the runs of a scenario reach of each target."""
        rows = self.runs[scenario]
        return Levels(self.targets, {name: rows[name].to_numpy(dtype=float) for name in self.targets})

    def chance(self, scenario: str, target: str) -> Probability:
        """How likely a target is, or all of them, in hits of runs."""
        return chance(self.runs[scenario], target)

    def added_cost(self, scenario: str) -> Estimate:
        """Public cost beyond the base, paired [100 m yuan]."""
        return mean_of(known(self.cost[scenario] - self.cost[self.base]))

    def effect(self, scenario: str, column: str) -> Estimate:
        """What a scenario adds to a column of runs, paired [its plain unit]."""
        gap = self.runs[scenario][column].to_numpy(float) - self.runs[self.base][column].to_numpy(float)
        return mean_of(known(gap))


def known(values: np.ndarray) -> np.ndarray:
    """The values without those that a failed run has not."""
    return values[np.isfinite(values)]


def judged(
    asked: Asked, targets: Mapping[str, Target], reforms: Mapping[str, Path | str], workers: int | None = None
) -> Judged:
    """Runs what the folder lacks of the base and of some reforms, given by name, at full size.

    Raises:
        InputError, FolderHeld, FolderDiffers, CannotWrite; Interrupted when stopped.
    """
    done = swept(asked.sweep_words(list(reforms.values()), workers))
    names = [asked.base, *reforms]
    runs = load_runs(asked.results, sweep=done.id, columns=None)
    by_name = {name: runs[runs.scenario == name].sort_values("n", ignore_index=True) for name in names}
    cost = costs(asked.results, done.id, asked.region) / asked.judged_at
    return Judged(
        asked.base,
        targets,
        by_name,
        {name: rows.run_id.map(cost).to_numpy(dtype=float) for name, rows in by_name.items()},
        done.id,
    )


def costs(folder: Path, sweep_id: str, region: str) -> pd.Series:
    """Public cost of 2021-25 of each run of a sweep, as run_values.public_cost has it [100 m yuan, at the
    size that was run]."""
    known_series = series_of(region)
    signs = {name: 1.0 for name in known_series if name.startswith(PROGRAMME)}
    signs |= {name: sign for name, sign in ((INCENTIVES, 1.0), (CLAWED_BACK, -1.0)) if name in known_series}
    series = load_series(folder, sweep=sweep_id, columns=list(signs))
    rows = series[series.year >= POLICY_YEAR]
    total = sum(sign * rows[name] for name, sign in signs.items())
    found: pd.Series = pd.Series(total).groupby(rows.run_id).sum() / YI
    return found


def keep_reform(asked: Asked, package: Package, stem: str, about: Mapping[str, str]) -> tuple[str, Path]:
    """Writes a package among the folder's reforms; its name and where it lies.

    The name ends in digits of the content, so that another package never takes its place.

    Raises:
        CannotWrite, InTheWay; InputError where somebody changed the file by hand.
    """
    levers = load_levers(region=asked.region)
    text = reform_text(package, stem, asked.scenario, levers, about)
    name = f"{stem}_{sealed.checksum(text.encode())[:DIGITS]}"
    content = reform_text(package, name, asked.scenario, levers, about).encode("utf-8")
    path = OwnPath(asked.results) / FOLDER / f"{name}.yaml"
    path.parent.make()
    if path.exists() and path.read() != content:
        raise InputError(f"{path} is not as sanxiang wrote it; move it away to have it written again")
    path.write(content)
    return name, path.path
