"""How large a sweep is: runs, room on the disk and time, told before it is planned in full.

What would take a night or fill a disk needs a word of consent, `confirm=yes`: a step in a range is soon ten
times too small.
"""

from __future__ import annotations

import os
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from experiments.plan.patience import lasting
from scenarios.spec import FIRST_YEAR, LAST_YEAR
from scenarios.values.errors import InputError, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from experiments.plan.files_given import Listed
    from experiments.plan.settings import Settings

    Axes = Mapping[str, Sequence[Any]]

MOST_POINTS = 10_000
MOST_RUNS = 2_000_000
CONSENT_RUNS, CONSENT_SECONDS = 100_000, 12 * 3600.0
"""Above this many runs or this time a sweep asks whether it is meant."""
TOLD_SECONDS = 60.0
"""What is over sooner is not announced."""
RUN_SECONDS, RUN_SECONDS_BY_SCALE = 0.05, 0.1
"""About what a run takes on one processor, and what it takes beside that by the size of the province."""
USUAL_BYTES, RUN_BYTES, CELLS_BYTES = 50_000, 100_000, 80_000
"""What a run usually takes on disk, at most takes, and at most its cells if they are kept beside it.

Measured with 591 indicators: 47,000 and 22,000 bytes in chunks of 32 runs, twice as much in chunks of 4.
tests/experiments/compute/test_room.py fails when they are too little."""

SCALE = "population.scale"
CONFIRM = "confirm"
CONFIRMED = f"{CONFIRM}=yes"


class Size(NamedTuple):
    """What a sweep comes to if none of its runs is there yet: seconds and bytes are estimates."""

    runs: int
    seconds: float
    bytes: float
    workers: int

    def __str__(self) -> str:
        on = f"{self.workers} process{'es' if self.workers > 1 else ''}"
        return (
            f"{self.runs:,} runs, about {written(self.bytes)} on disk and {lasting(self.seconds)} on {on}, "
            "less what the folder has"
        )


def size_of(scenarios: int, axes: Axes, listed: Listed, settings: Settings) -> Size:
    """The size of a sweep of this many scenarios, of all values with each of the points that a file lists.

    Raises: InputError when it is larger than any may be.
    """
    points = len(listed) * prod(len(values) for values in axes.values())
    if points > MOST_POINTS:
        raise InputError(f"the sweep has {points:,} points; at most {MOST_POINTS:,}")
    runs = scenarios * points * settings.most
    if runs > MOST_RUNS:
        raise InputError(f"the sweep has {runs:,} runs; at most {MOST_RUNS:,}")
    scales = _scales_tried(axes, listed, settings.population.scale)
    scale = sum(float(one) for one in scales) / len(scales)
    workers = settings.executor.workers or processors()
    longer = (settings.horizon - FIRST_YEAR + 1) / (LAST_YEAR - FIRST_YEAR + 1)  # than a run to 2025
    seconds = longer * runs * (RUN_SECONDS + RUN_SECONDS_BY_SCALE * scale) / workers
    return Size(runs, seconds, longer * runs * USUAL_BYTES, workers)


def _scales_tried(axes: Axes, listed: Listed, usual: float) -> list[Any]:
    """The size of the province in each of the points; usual: where they give none."""
    tried = axes.get(SCALE, (usual,))
    return [one for point in listed for one in ([point[SCALE]] if SCALE in point else tried)]


def refuse_unconfirmed(size: Size, confirmed: Sequence[Any]) -> None:
    """Asks whether a very large sweep is meant.

    Raises: InputError, unless it was said so.
    """
    if confirmed and tuple(confirmed) != ("yes",):
        raise InputError(f"{CONFIRM} is {quoted(confirmed[0])}; expected {CONFIRMED}")
    if confirmed or (size.runs <= CONSENT_RUNS and size.seconds <= CONSENT_SECONDS):
        return
    raise InputError(
        f"{size}; beyond {CONSENT_RUNS:,} runs or {lasting(CONSENT_SECONDS)} "
        f"a sweep takes the word {CONFIRMED}"
    )


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def written(size: float) -> str:
    """A number of bytes as people read it."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.3g} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"
