"""What the comparison of methods says: lines for a terminal, a section of docs/CALIBRATION.md."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from experiments.answer.text_table import fitted, terminal_width
from experiments.calibration.page import table
from experiments.calibration.rivals.contest import LEVELS, Contest, Scored, verdicts
from experiments.evidence.page_sections import listed, made_by

SECTION = "methods"
HEADS = (
    "problem",
    "method",
    "CRPS",
    "log score",
    " / ".join(f"{level:.0%}" for level in LEVELS),
    "runs for a truth",
    "seconds ahead",
    "for a truth",
)
ABOUT = """Each method learns from the same table of simulations and is shown nothing but the figures of a
truth, errors added. **CRPS** (in standard deviations of the prior, small is good) and **log score** (nats,
large is good) are means over truths and parameters; then the share of truths inside central intervals of 50,
80 and 90 %; runs that a truth takes beyond the table; seconds on one core."""


def cells(contest: Contest, one: Scored) -> list[str]:
    """One row: a method on a problem."""
    return [
        contest.trial.name,
        one.method,
        f"{one.crps.mean():.3f}",
        f"{one.log_score.mean():+z.2f}",
        " / ".join(f"{share:.0%}" for share in one.coverage()),
        f"{one.simulations:,.0f}",
        f"{one.ahead:.1f}",
        f"{one.each:.2f}",
    ]


def about(contest: Contest) -> str:
    """A problem in a line."""
    trial = contest.trial
    return (
        f"{trial.name}: {len(trial.truths)} truths, {len(trial.scores):,} rows, {len(trial.statistics)} "
        f"statistics of {len(trial.names)} parameters, of which {len(trial.scored)} are scored"
    )


def lines(contests: Sequence[Contest]) -> list[str]:
    """What the command prints."""
    rows = [cells(contest, one) for contest in contests for one in contest.scores]
    return [
        *map(about, contests),
        "",
        *fitted([list(HEADS), *rows], left=(0, 1), limit=terminal_width()),
        "",
        *(line for contest in contests for line in verdicts(contest)),
        *not_tried(contests),
    ]


def not_tried(contests: Sequence[Contest]) -> list[str]:
    """What is not installed, in a line."""
    missing = dict.fromkeys(name for contest in contests for name in contest.left_out)
    more = "the extra `methods` of the package installs what they need"
    return [f"not tried: {', '.join(missing)}; {more}"] if missing else []


def section(contests: Sequence[Contest], command: str) -> str:
    """The comparison as a section of the page."""
    rows = [cells(contest, one) for contest in contests for one in contest.scores]
    parts = [
        "## Which method knows known truths best",
        made_by(command),
        ABOUT,
        listed([about(contest) for contest in contests]),
        table(HEADS, rows),
        "### Which won, and by how much",
        listed([*(line for contest in contests for line in verdicts(contest)), *not_tried(contests)]),
    ]
    for contest in contests:
        parts += [f"### CRPS by parameter: {contest.trial.name}", by_parameter(contest)]
    return "\n\n".join(parts)


def by_parameter(contest: Contest) -> str:
    """Scores of each parameter, a column for each method."""
    names = np.array(contest.trial.names)[contest.trial.scored]
    means = np.stack([one.crps.mean(axis=0) for one in contest.scores])
    head = ["parameter", *(one.method for one in contest.scores)]
    rows = [[name, *(f"{value:.3f}" for value in means[:, k])] for k, name in enumerate(names)]
    return table(head, rows)
