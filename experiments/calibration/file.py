"""A finished calibration as posterior.json, and as lines for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from experiments.answer.text_table import fitted, short, terminal_width
from experiments.calibration.calibrate import Calibrated
from experiments.calibration.finish import values_of
from experiments.calibration.learned import (
    LEARNT,
    OfParameter,
    OfStatistic,
    confounded,
    of_parameters,
    of_statistics,
)
from experiments.model_version import inputs, version
from scenarios.drawn import beliefs_digest, key_of
from scenarios.load import load_parameters

ORDER = 2020
USED = {"fit": "fitted", "held out": "held out", "follows": "follows"}


def file_text(found: Calibrated, command: str) -> str:
    """The text of posterior.json: see scenarios/posterior.py."""
    region, emulator, final = found.asked.region, found.problem.emulator, found.final
    numbers = load_parameters(region=region)
    learned = [*emulator.keys, *final.names]
    draws = []
    for k in mixed(len(final.scores)):
        scores, candidate, read = final.scores[k], int(final.candidates[k]), final.read[k]
        own = values_of(numbers, emulator, scores, candidate)
        values = [own[key_of(name)] for name in emulator.keys]
        draws.append([candidate, *(float(f"{value:.5g}") for value in values), *read.tolist()])
    about = {
        "priors": beliefs_digest(numbers, learned),
        "model": version(region),
        "inputs": inputs(region),
        "trained_to": found.asked.trained_to,
        "command": command,
        "made": datetime.now(UTC).date().isoformat(),
        "seconds": round(found.seconds),
        "rows": len(found.prior_rows),
        "scale": found.asked.scale,
        "effective": round(found.sampled.effective),
        "discrepancy": {
            name: float(f"{value:.3g}")
            for name, value in zip(found.problem.series, median(found), strict=True)
        },
        "learned": learned,
    }
    rows = ",\n".join(json.dumps(row, separators=(",", ":")) for row in draws)
    return json.dumps(about, indent=1)[:-2] + f',\n "draws": [\n{rows}\n]}}\n'


def mixed(count: int) -> list[int]:
    """An order in which the first few sets are spread as all are: the sampler's are near one another."""
    return np.random.default_rng(ORDER).permutation(count).tolist()  # type: ignore[no-any-return]


def median(found: Calibrated) -> Sequence[float]:
    """The median discrepancy of each series [log points]."""
    return np.median(found.discrepancy, axis=0).tolist()  # type: ignore[no-any-return]


def summary(found: Calibrated) -> list[str]:
    """What was done, in a few lines."""
    asked = found.asked
    learnt = sum(one.learnt for one in of_parameters(found))
    sampled, moving = found.sampled, len(found.problem.emulator.keys)
    return [
        f"{len(found.prior_rows):,} simulations of 2016-20 at scale {asked.scale:g}",
        f"{sum(asked.rounds)} sets run whole to correct the surrogate, {len(found.final.scores)} sets kept",
        f"{len(sampled.scores)} draws, worst effective sample size {sampled.effective:.0f}",
        f"split R-hat {sampled.split:.3f}, {sampled.divergent} draws divergent",
        f"{moving} parameters move a statistic, {learnt} lost {LEARNT:.0%} and more of their prior variance",
        f"figures to {asked.trained_to}, of which {len(found.problem.chosen)} are fitted",
    ]


STATISTIC_HEADS = (
    "statistic",
    "published",
    "prior 5-95 %",
    "posterior 5-95 %",
    "with errors",
    "median off",
    "p",
    "",
)
PARAMETER_HEADS = ("parameter", "prior 5-50-95 %", "posterior 5-50-95 %", "contraction", "shift, sd", "unit")


def statistic_cells(one: OfStatistic) -> list[str]:
    """One row of the table of statistics."""
    own = one.statistic
    return [
        own.name,
        number(own.value),
        span(one.prior),
        span(one.posterior),
        span(one.replicated),
        f"{one.missed:+z.1f} %" if own.log else f"{short(one.missed, '+')}",
        f"{one.p:.2f}",
        USED[own.used_for],
    ]


def parameter_cells(one: OfParameter) -> list[str]:
    """One row of the table of parameters."""
    prior, posterior = (" - ".join(number(value) for value in part) for part in (one.prior, one.posterior))
    return [one.name, prior, posterior, f"{one.contraction:.2f}", f"{one.shift:+z.2f}", one.unit]


def span(part: Sequence[float]) -> str:
    """The ends of a spread."""
    return f"{number(part[0])} - {number(part[-1])}"


def number(value: float) -> str:
    """A number of any size with four digits."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def lines(found: Calibrated) -> list[str]:
    """What the command prints."""
    parameters = [one for one in of_parameters(found) if one.learnt]
    limit = terminal_width()
    return [
        *summary(found),
        "",
        *fitted(
            [list(STATISTIC_HEADS), *map(statistic_cells, of_statistics(found))], left=(0, 7), limit=limit
        ),
        "",
        *fitted([list(PARAMETER_HEADS), *map(parameter_cells, parameters)], left=(0, 5), limit=limit),
        "",
        *(f"tied together: {a} and {b}, correlation {tie:+z.2f}" for a, b, tie in confounded(found)),
    ]
