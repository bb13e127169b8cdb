"""The page docs/CALIBRATION.md: a section for each question, written by the command that answered it."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.calibration.calibrate import Calibrated
from experiments.calibration.file import (
    PARAMETER_HEADS,
    STATISTIC_HEADS,
    median,
    parameter_cells,
    statistic_cells,
    summary,
)
from experiments.calibration.learned import CONFOUNDED, LEARNT, confounded, of_parameters, of_statistics
from experiments.evidence.markdown import markdown
from experiments.evidence.page_sections import listed, made_by

HEAD = """# What 2016-20 says about the parameters

Every section was written by the command that it names; nothing here is typed by hand. The statistics with
their errors stand in the region's `statistics.yaml`, the figures and what they were used for in `facts.yaml`,
decided before any inference.
"""
POSTERIOR = """- **posterior**: over the kept sets, each with the luck of its own run of the whole province.
- **with errors**: what would be published if the posterior were true: with the errors of figures and what the
  model misses of a series.
- **p**: how often such a figure lies as far out as the published one; a small one says that the model cannot
  give what was published. Only **held out** rows test it: **fitted** ones were learnt from, and of those that
  **follow** from fitted ones nothing new can be learnt.
- **contraction**: part of the prior variance that 2016-20 took away. What is in no table is as its prior."""


def posterior_section(found: Calibrated, command: str) -> str:
    """What was learnt."""
    parameters = of_parameters(found)
    learnt = [one for one in parameters if one.learnt]
    stayed = [one.name for one in parameters if not one.learnt]
    ties = [f"{a} and {b}: {tie:+z.2f}" for a, b, tie in confounded(found)]
    missing = [
        f"{name}: {100 * value:.1f} %"
        for name, value in zip(found.problem.series, median(found), strict=True)
    ]
    parts = [
        f"## The posterior to {found.asked.trained_to}",
        made_by(command),
        POSTERIOR,
        listed(summary(found)),
        "### Statistics",
        table(STATISTIC_HEADS, [statistic_cells(one) for one in of_statistics(found)]),
        "### What the model misses of a series, median standard deviation of a year",
        listed(missing),
        f"### Parameters that lost {LEARNT:.0%} of their prior variance and more",
        table(PARAMETER_HEADS, [parameter_cells(one) for one in learnt]),
        f"### Tied together (correlation of ranks beyond {CONFOUNDED:g})",
        listed(ties) or "No pair is.",
        "### Parameters that move a statistic and of which nothing could be learnt",
        f"{', '.join(stayed) or 'none'}.",
    ]
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    return "\n".join(markdown(head, rows))
