"""What `sanxiang fit-base` prints, and the page of docs/ it writes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.evidence.past import Past
from experiments.evidence.plausibility import comparison, path_errors
from experiments.evidence.stylised_facts import facts_table, measured
from experiments.store.own_files import own

PANELS = 10  # runs whose firms are followed for the stylised facts
PATH_LIMIT = 6.0  # % of published, mean over the years; for GDP half of it

COMPARED = ("figure", "year", "median", "5-95 %", "published", "ratio", "allowed", "", "trial")
FOUND = ("", "fact", "median", "lowest - highest", "accepted", "", "trial", "source")

ABOUT = (
    "Nothing here is typed by hand; a miss is shown and not tuned away. The trial is a run of the firms'",
    "equations without the rest of the economy. Local revenue is met by construction; GDP and the levels of",
    "emerging value added, enterprise research, certified enterprises and firms are what `sanxiang fit-base`",
    "solved for.",
)


def show(runs: Sequence[Past], asked: argparse.Namespace) -> None:
    """Prints the comparison, and the facts where asked; writes the page where asked.

    Raises:
        CannotWrite: the page cannot be written.
    """
    table = comparison(runs)
    facts = None
    print_table("Baseline to 2020 beside what was published", COMPARED, compared_rows(table))
    print("\n".join(["", *path_lines(table), "", missed(table, "figure")]))
    if asked.facts:
        panels = min(len(runs), PANELS)
        facts = facts_table(measured(panels, asked.workers))
        print_table(f"Facts about firms, panels of {panels} runs", FOUND, fact_rows(facts))
        print("\n" + missed(facts, "fact"))
    if asked.report:
        write_page(Path(asked.report), page(table, facts, len(runs)))


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on the terminal; as wide as it needs where no terminal says how wide it is."""
    console = Console()
    table = Table(title=title, title_justify="left")
    for column in head:
        text = column in ("figure", "fact", "source", "")
        table.add_column(column, justify="left" if text else "right", no_wrap=column != "source")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    (console if console.is_terminal else Console(width=170)).print(table)


def compared_rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """The comparison as words."""
    return [
        (
            f"{row['figure']} [{row['unit']}]",
            str(row["year"]),
            number(row["median"]),
            f"{number(row['p05'])} - {number(row['p95'])}",
            number(row["published"]),
            number(row["median"] / row["published"]),
            f"{number(row['low'])} - {number(row['high'])}",
            "hit" if row["hit"] else "MISS",
            str(row["trial"]),
        )
        for row in table.to_dict("records")
    ]


def fact_rows(table: pd.DataFrame) -> list[tuple[str, ...]]:
    """The facts as words."""
    return [
        (
            str(row["id"]),
            str(row["fact"]),
            number(row["median"]),
            f"{number(row['lowest'])} - {number(row['highest'])}",
            f"{number(row['low'])} - {number(row['high'])}",
            "hit" if row["hit"] else "MISS",
            str(row["trial"]),
            str(row["source"]),
        )
        for row in table.to_dict("records")
    ]


def number(value: Any) -> str:
    """A number with as many digits as say something; nothing where there is none."""
    size = abs(float(value))
    if pd.isna(value):
        return ""
    if size == float("inf"):
        return "any"
    digits = 0 if size >= 1000 else 1 if size >= 10 else 2
    return f"{value:,.{digits}f}"


def path_lines(table: pd.DataFrame) -> list[str]:
    """Mean absolute errors of the paths with several published years, one a line."""
    several = table.dropna(subset="published").groupby("figure", sort=False).size()
    errors = path_errors(table)[several > 1]
    lines = ["mean absolute error over the published years"]
    for name, error in errors.items():
        limit = PATH_LIMIT / 2 if name == "GDP" else PATH_LIMIT
        lines.append(
            f"  {name}: {error:.1f} % ({'hit' if error <= limit else 'MISS'}, at most {limit:.0f} %)"
        )
    return lines


def missed(table: pd.DataFrame, name: str) -> str:
    """What misses, in one line."""
    rows = table[~table["hit"]]
    words = [f"{row[name]} {row['year']}" if "year" in rows else str(row[name]) for _, row in rows.iterrows()]
    return f"{len(table) - len(rows)} of {len(table)} hit" + (
        f"; missed: {', '.join(words)}" if words else ""
    )


def page(table: pd.DataFrame, facts: pd.DataFrame | None, runs: int) -> str:
    """The page of docs/ in Markdown."""
    today = datetime.now(UTC).date().isoformat()
    command = (
        f"sanxiang fit-base --check{'' if facts is None else ' --facts'} replications={runs} --report FILE"
    )
    lines = [
        "# How plausible is the baseline to 2020?",
        "",
        f"Made on {today} from {runs} runs of the baseline by `{command}`.",
        *ABOUT,
        "",
        "## 2016-20 beside what was published",
        "",
        *markdown(COMPARED, compared_rows(table)),
        "",
        *path_lines(table),
        "",
        missed(table, "figure") + ".",
    ]
    if facts is not None:
        lines += ["", "## Facts about firms, panels 2018-20", "", *markdown(FOUND, fact_rows(facts))]
        lines += ["", missed(facts, "fact") + "."]
    return (
        "\n".join(lines).replace("\n  ", "\n- ").replace("published years\n-", "published years:\n\n-") + "\n"
    )


def markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table in Markdown."""
    cells = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in cells]


def write_page(path: Path, text: str) -> None:
    """Writes the page.

    Raises:
        CannotWrite: with the reason.
    """
    own(path).write(text.encode("utf-8"))
