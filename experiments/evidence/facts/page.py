"""The page docs/PLAUSIBILITY.md: the table with sources, and what stands behind its rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from experiments.evidence.facts.fact import FIT, Fact
from experiments.evidence.facts.table import PARTS, Conditions, cells, heads, missed
from experiments.evidence.facts.verdict import NOT_MEASURED, REPORT, Found, summary
from experiments.evidence.markdown import markdown
from scenarios.region.region import Region, load_region

ABOUT = """Nothing here is typed by hand: figures, ranges and what each was used for stand in the region's
`facts.yaml`, decided before any run, and a miss is shown and not tuned away.

- **hit**, **MISS**: the median over luck lies in the accepted range, or not.
- **report**: shown and never judged; the reason stands below. **not measured**: nothing in the model could be
  measured; the reason stands below.
- **fit**: a figure that `sanxiang fit-base` solves a constant for, that decides which sets of parameters
  `sanxiang prior` keeps, or that a parameter's value was set from. **held out**: all others; only these say
  something about the model."""


def page(found: Sequence[Found], about: Conditions, command: str) -> str:
    """The page in Markdown."""
    today = datetime.now(UTC).date().isoformat()
    region = load_region(about.region)
    facts = {one.id: one.fact for one in found}
    parts = [
        "# How plausible is the baseline to 2020?",
        f"Made on {today} by `{command}`.",
        ABOUT,
        f"{summary(found)}.",
        "\n".join(f"- {line}" for line in about.lines),
    ]
    for part, title in PARTS.items():
        rows = [[*cells(one, about), source(one.fact, region)] for one in found if one.fact.part == part]
        if rows:
            parts += [f"## {title}", "\n".join(markdown(heads(about, source=True), rows))]
    reasons = [
        f"- {name}, {', '.join(years)}{why or ': no reason is known yet'}"
        for name, years, why in missed(found)
    ]
    shown = [
        f"- {one.fact.name}: {one.fact.why}"
        for one in {one.id: one for one in found if one.verdict in (REPORT, NOT_MEASURED)}.values()
    ]
    fitted = [f"- {fact.name}: {fact.reason}" for fact in facts.values() if fact.used_for == FIT]
    notes = [f"- {fact.name}: {fact.note}" for fact in facts.values() if fact.note]
    for title, lines in (
        ("Why it misses", reasons),
        ("Not judged or not measured", shown),
        ("What was used for the fit", fitted),
        ("Where units differ", notes),
    ):
        if lines:
            parts += [f"## {title}", "\n".join(ended(line) for line in dict.fromkeys(lines))]
    return "\n\n".join(parts) + "\n"


def source(fact: Fact, region: Region) -> str:
    """Where the figure stands: its own source, or that of the series or base."""
    if fact.source is not None:
        return fact.source + (" (recalled)" if fact.recalled else "")
    if fact.series is not None:
        return f"series.yaml: {fact.series}" + (f" / {fact.per}" if fact.per else "")
    return "" if fact.base is None else f"base.yaml: {fact.base}"


def ended(line: str) -> str:
    """A line that ends with a full stop."""
    return line.rstrip(".") + "."
