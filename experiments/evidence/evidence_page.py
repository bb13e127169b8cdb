"""The page docs/EVIDENCE.md: how to read it, what each experiment does, each miss with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from experiments.evidence.evidence_table import (
    HEADS,
    Conditions,
    by_subject,
    cells,
    cited,
    published,
    return_lines,
    summary,
)
from experiments.evidence.markdown import markdown
from experiments.evidence.published import Published
from experiments.evidence.trials import TRIALS
from experiments.evidence.verdicts import MISS, NOT_MEASURED, Judged, TrialR
from scenarios.load import load_levers

ABOUT = """Studies measured what a grant, a tax deduction or a guarantee did somewhere. Here the same thing is
done to the model's firms and measured in the same way: two runs with equal luck, of which one has the change.
Where the model's answer lies outside what studies found, the row says so and the reason follows. Nothing is
tuned to land in a range, and no range is widened.

- **hit**, **MISS**: the effect lies in the published range, or has the published sign, or not. Where several
  studies answer the same measurement, their ranges count together, from the lowest to the highest end; where
  their signs contradict each other, the row is only reported. A star says that a part of the interval would
  change the verdict: with more runs or other values of parameters it may turn. A study that gives one number
  without an error is met from two thirds to one and a half of it. "No effect" without a size is only
  reported; where a row holds a size for it, that is our assumption of what such a study could not have seen.
- **input**: the number entered the model as a coefficient, so that finding it again proves nothing.
- **report**: shown and never judged, because the study is weak, or contradicted, or measured something else.
- **not measured**: no experiment of ours measures it; the reason stands below.

*Recalled* marks a number that was not read again in its source, *contested* one that other studies
contradict or whose design is weak. Most studies are of other places and times: what may differ here, their
setting and horizon stand beside each in `configs/evidence.yaml`."""


ABOUT_RETURNS = """Studies relate revenue to research, so that the nominal return is the one to compare; the
others say what becomes of it when the fall of prices, and then the change of inputs, is taken out."""


def page(
    rows: Sequence[Judged],
    returns: Sequence[TrialR],
    waiting: Mapping[str, Published],
    about: Conditions,
    command: str,
) -> str:
    """The page in Markdown."""
    today = datetime.now(UTC).date().isoformat()
    parts = [
        "# What studies found, and what the model does",
        f"Made on {today} by `{command}`; nothing here is typed by hand.",
        ABOUT,
        f"{summary(rows)}.\n{about.described}; the province at scale {about.scale:g}.\n{about.interval}.",
        "## Trial R: what a yuan of research yields",
        ABOUT_RETURNS,
        "\n".join(["- " + line.strip() for line in return_lines(returns)]),
        "## Effects by lever and mechanism",
        *(part for subject, group in by_subject(rows).items() for part in section(subject, group)),
        "## What each experiment does",
        "\n".join(f"- `{trial.name}`: {trial.does}" for trial in TRIALS.values()),
        "## What waits for a lever",
        "These wait for an instrument that has no mechanism yet; nothing is said of them.",
        "\n".join(markdown(("row", "waits for", "what", "published", "citation"), waits(waiting))),
    ]
    return "\n\n".join(parts) + "\n"


def section(subject: str, rows: Sequence[Judged]) -> list[str]:
    """The table of a lever or mechanism, its misses explained, and what is not measured."""
    levers = load_levers()
    title = levers[subject].about.label.en if subject in levers else subject
    name = f"{title} (`{subject}`)" if subject in levers else title
    found = [f"### {name[0].upper()}{name[1:]}", "\n".join(markdown(HEADS, [cells(row) for row in rows]))]
    misses = reasons([row for row in rows if row.verdict == MISS])
    if misses:
        found += ["Why it misses:", "\n".join(misses)]
    unmeasured = [row for row in rows if row.verdict == NOT_MEASURED]
    if unmeasured:
        found += ["Not measured:", "\n".join(reasons(unmeasured))]
    return found


def reasons(rows: Sequence[Judged]) -> list[str]:
    """A line for each reason, with the rows that have it."""
    by_reason: dict[str, list[str]] = {}
    for row in rows:
        by_reason.setdefault(row.row.why or "no reason is known yet", []).append(row.id)
    return [f"- {', '.join(ids)}: {reason.rstrip('.')}." for reason, ids in by_reason.items()]


def waits(rows: Mapping[str, Published]) -> list[tuple[str, ...]]:
    """The rows that wait for a lever, as words."""
    return [
        (
            name,
            row.subject,
            f"{row.what} [{row.unit}]",
            published(row) if row.ends is not None or row.sign is not None else "",
            cited(row),
        )
        for name, row in rows.items()
    ]
