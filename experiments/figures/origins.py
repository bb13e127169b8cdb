"""Where results come from: values in which cases differ, how well numbers are known, commands, digests."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd

from experiments import reading
from experiments.commands import rebuild_command
from experiments.figures.evidence import records
from experiments.header import digest_of
from scenarios.exact_text import exact_text
from scenarios.load import load_levers, load_parameters
from scenarios.spec import POLICY_YEAR, Scenario

YI = 1e8


def differing_values(folder: Path | str, cases: tuple[str, ...]) -> pd.DataFrame:
    """{case, key, value, unit} as text for the settings, levers and parameters that differ between cases."""
    runs = reading.load_runs(folder, columns=["closure", "world", "scale", "levers", "parameters"])
    first = runs.dropna(subset=["levers"]).drop_duplicates("point")
    rows = [(row.point, key, value) for row in records(first) for key, value in _settings(row).items()]
    found = pd.DataFrame(rows, columns=["case", "key", "value"])
    kinds = found.groupby("key").value.nunique(dropna=False)
    counts = found.groupby("key").size()
    differ = kinds.index[(kinds > 1) | (counts < len(first))]
    kept = found[found.key.isin(differ) & found.case.isin(cases)].reset_index(drop=True)
    named = units()
    return kept.assign(unit=[named.get(key, "") for key in kept.key])


def budgets(folder: Path | str) -> pd.DataFrame:
    """{case, programme, appropriated}: what each case, at its scale, sets apart for a programme in 2021-25.

    In yuan; a world of a twentieth of the firms has a twentieth of the money.
    """
    runs = reading.load_runs(folder, columns=["scale", "levers"])
    first = runs.dropna(subset=["levers"]).drop_duplicates("point")
    rows = [
        (row.point, name, row.scale * Scenario(row.point, None, {name: fields}).public_cost())
        for row in records(first)
        for name, fields in json.loads(row.levers).items()
        if "budget" in fields
    ]
    return pd.DataFrame(rows, columns=["case", "programme", "appropriated"])


def _settings(row: Any) -> dict[str, str]:
    levers = {
        f"lever.{name}.{field}": dated_text(dated)
        for name, fields in json.loads(row.levers).items()
        for field, dated in fields.items()
    }
    parameters = {
        f"parameters.{group}.{name}": exact_text(value, "g")
        for group, values in json.loads(row.parameters).items()
        for name, value in values.items()
    }
    return (
        {"closure": row.closure, "world": row.world, "population.scale": exact_text(row.scale, "g")}
        | levers
        | parameters
    )


def dated_text(dated: list[list[float]]) -> str:
    """Dated values from 2020 on: `0.1; 2021: 0.2`."""
    before = [value for year, value in dated if year < POLICY_YEAR]
    later = [f"{year:.0f}: {number_text(value)}" for year, value in dated if year >= POLICY_YEAR]
    return "; ".join([number_text(before[-1]) if before else "0", *later])


def number_text(value: float) -> str:
    """A number to read: sums of money of a budget's size in 亿, one hundred million."""
    short = f"{value / YI:,.6g}"
    told = Decimal(short.replace(",", "")) * int(YI) == Decimal(value)
    return f"{short} 亿" if abs(value) >= YI and told else exact_text(value, ",.10g")


def units() -> dict[str, str]:
    """The unit of every lever's and parameter's value, by its key."""
    levers = {
        f"lever.{lever.name}.{name}": number.unit
        for lever in load_levers().values()
        for name, number in lever.fields.items()
    }
    parameters = {
        f"parameters.{group}.{name}": number.unit
        for group, numbers in load_parameters().items()
        for name, number in numbers.items()
    }
    return levers | parameters


def reliability() -> dict[str, int]:
    """How many behavioural parameters are sourced, derived, calibrated, assumed or unverified."""
    statuses = [str(number.status) for numbers in load_parameters().values() for number in numbers.values()]
    return {
        status: statuses.count(status) for status in sorted(set(statuses), key=statuses.count, reverse=True)
    }


def provenance(folder: Path | str, sweep: dict[str, Any], runs: pd.DataFrame) -> dict[str, str]:
    """Commands, versions and digests."""
    head = sweep["header"]
    versions = ", ".join(f"{name} {number}" for name, number in head["versions"].items())
    return {
        "Question": sweep.get("question", ""),
        "Sweep": rebuild_command(sweep, folder),
        "This report": f"sanxiang report {quote(str(folder))}",
        "Table as data": f"sanxiang targets {quote(str(folder))} --format json",
        "Runs": f"{len(runs)}, of which {int((runs.status != 'ok').sum())} failed",
        "World": ", ".join(sorted(set(runs.world))),
        "Seed": str(sweep.get("seed", "")),
        "Versions": versions,
        "Digest of sources": digest_of(head["sources"]),
        "Digest of data": digest_of(head["data"]),
    }
