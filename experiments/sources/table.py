"""References as text, as plain values and as rows of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from experiments.answer.text_table import fitted, hanging, readable, terminal_width
from experiments.sources.references import Reference, by_source, counts
from scenarios.values.errors import one_line
from scenarios.values.number import Status

STATUSES = [status.value for status in Status]
COLUMNS = ["kind", "name", "status", "source", "note"]
LEAST_WIDTH = 40


def lines(references: Sequence[Reference], about: str) -> str:
    """Counts by kind and status, then every reference with how many numbers rest on it."""
    sources, by_kind = by_source(references), counts(references)
    head = ["numbers", *STATUSES, "all"]
    rows = [
        [kind, *(str(of[status]) for status in STATUSES), str(sum(of.values()))]
        for kind, of in by_kind.items()
    ]
    sums = [sum(of[status] for of in by_kind.values()) for status in STATUSES]
    told = fitted([head, *rows, ["all", *map(str, sums), str(sum(sums))]], limit=terminal_width())
    said = [f"{about}: {len(references):,} numbers on {len(sources):,} references", *told]
    for status in STATUSES:
        own = {source: resting for (known, source), resting in sources.items() if known == status}
        if own:
            said += ["", f"{status}: how many numbers rest on it, and the reference"]
            said += [line(source, resting) for source, resting in own.items()]
    noted = [f"  {one.name}: {one.note}" for one in references if one.note]
    return readable("\n".join([*said, *(["", "otherwise in this run", *noted] if noted else [])]))


def line(source: str, resting: Sequence[Reference]) -> str:
    """A reference, what rests on it, and the name of that where it is one number."""
    name = resting[0].name if len(resting) == 1 else f"{resting[0].name} and {len(resting) - 1} more"
    text = f"{len(resting):>5}  {one_line(source)} ({one_line(name)})"
    width = terminal_width()
    return text if width is None else hanging(text, max(width, LEAST_WIDTH))


def in_json(references: Sequence[Reference], about: str) -> dict[str, Any]:
    """The same as plain values."""
    return {
        "about": about,
        "numbers": len(references),
        "counts": counts(references),
        "references": [
            {
                "status": status,
                "source": source,
                "numbers": [
                    {"kind": one.kind, "name": one.name, "note": one.note or None} for one in resting
                ],
            }
            for (status, source), resting in by_source(references).items()
        ],
    }


def in_csv(references: Sequence[Reference]) -> str:
    """A row for each number, under a header."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([getattr(one, column) for column in COLUMNS] for one in references)
    return text.getvalue().rstrip("\n")
