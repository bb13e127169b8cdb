"""What an experiment is: a function of one replication that returns named measurements, and their units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from experiments.evidence.trials.replication import Replication


@dataclass(frozen=True)
class Trial:
    """One experiment.

    does: arm, control and horizon, in a sentence for the page. of: its measurements in one replication, nan
    where one cannot be taken. measures: each measurement with its unit.
    """

    name: str
    does: str
    of: Callable[[Replication], Mapping[str, float]]
    measures: Mapping[str, str]
