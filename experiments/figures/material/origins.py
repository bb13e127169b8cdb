"""Where results come from: values in which cases differ, how well numbers are known, commands, digests."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from shlex import quote
from typing import Any

import pandas as pd

from experiments.answer.budgets import appropriated, slack_budgets
from experiments.answer.remarks import alike, unabsorbed
from experiments.answer.table import account_lines
from experiments.figures.material.evidence import records
from experiments.language.words import word
from experiments.read import reading
from experiments.store.header import digest_of
from experiments.store.sweeps import ALL, NO_RESULT_YET, SHOWN, counts
from scenarios.blocks import lever_of
from scenarios.load import load_levers, load_parameters
from scenarios.spec import POLICY_YEAR
from scenarios.values.exact_text import exact_text
from scenarios.values.tables import YI


def differing_values(folder: Path | str, cases: tuple[str, ...], which: str | None = None) -> pd.DataFrame:
    """{case, key, value, unit} as text for the settings, levers and parameters that differ between cases."""
    columns = ["closure", "world", "scale", "levers", "parameters"]
    runs = reading.load_runs(folder, sweep=which, columns=columns)
    first = runs.dropna(subset=["levers"]).drop_duplicates("point")
    rows = [(row.point, key, value) for row in records(first) for key, value in _settings(row).items()]
    found = pd.DataFrame(rows, columns=["case", "key", "value"])
    kinds = found.groupby("key").value.nunique(dropna=False)
    counts = found.groupby("key").size()
    differ = kinds.index[(kinds > 1) | (counts < len(first))]
    kept = found[found.key.isin(differ) & found.case.isin(cases)].reset_index(drop=True)
    named = units()
    return kept.assign(unit=[named.get(everywhere(key), "") for key in kept.key])


def budgets(folder: Path | str, which: str | None = None) -> pd.DataFrame:
    """{case, programme, appropriated}: what each case, at its scale, sets apart for a programme in 2021-25.

    In yuan; a world of a twentieth of the firms has a twentieth of the money.
    """
    runs = reading.load_runs(folder, sweep=which, columns=["scale", "levers"])
    first = runs.dropna(subset=["levers"]).drop_duplicates("point")
    rows = [
        (row.point, name, yuan)
        for row in records(first)
        for name, yuan in appropriated(row.levers, row.scale).items()
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
    return word("remarks.yi", amount=short) if abs(value) >= YI and told else exact_text(value, ",.10g")


def everywhere(key: str) -> str:
    """The key of the same field in the whole province, if it is that of a block."""
    kind, name, field = key.split(".") if key.count(".") == 2 else (key, "", "")
    return f"{kind}.{lever_of(name)}.{field}" if kind == "lever" else key


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


def reliability(region: str) -> dict[str, int]:
    """How many parameters of a region are sourced, derived, calibrated, assumed or unverified."""
    statuses = [
        str(number.status)
        for numbers in load_parameters(region=region).values()
        for number in numbers.values()
    ]
    return {
        status: statuses.count(status) for status in sorted(set(statuses), key=statuses.count, reverse=True)
    }


def remarks(folder: Path | str, asked: pd.DataFrame) -> list[str]:
    """What must be said beside the numbers: equal cases, budgets that do not bind, cases left out."""
    found = {str(point): rows for point, rows in asked.groupby("point", sort=False)}
    waiting = [case for case, rows in found.items() if rows.status.isin(NO_RESULT_YET).all()]
    left_out = [word("remarks.left_out", cases=word("answer.comma").join(waiting))] if waiting else []
    local = [
        word("remarks.account_of", case=case, line=line)
        for case, rows in found.items()
        for line in account_lines(rows)
    ]
    return [*alike(found), *unabsorbed(found), *map(str, slack_budgets(folder, found)), *local, *left_out]


def provenance(
    folder: Path | str, sweeps: list[dict[str, Any]], which: str | None, asked: pd.DataFrame
) -> dict[str, str]:
    """Commands, versions and digests."""
    head, counted = sweeps[0]["header"], counts(asked.drop_duplicates("run_id"))
    versions = ", ".join(f"{name} {number}" for name, number in head["versions"].items())
    named = "--all" if which == ALL else f"--sweep {sweeps[0]['id'][:SHOWN]}"
    return {
        word("report.origin_question"): "; ".join(
            dict.fromkeys(sweep.get("question", "") for sweep in sweeps)
        ),
        word("report.origin_sweep" if len(sweeps) == 1 else "report.origin_sweeps"): "; ".join(
            sweep["command"] for sweep in sweeps
        ),
        word("report.origin_report"): f"sanxiang report {quote(str(folder))} {named}",
        word("report.origin_table"): f"sanxiang targets {quote(str(folder))} {named} --format json",
        word("report.origin_runs"): word("report.counts", **counted._asdict()),
        word("report.origin_world"): ", ".join(sorted(set(asked.world))),
        word("report.origin_seed"): ", ".join(dict.fromkeys(str(sweep.get("seed", "")) for sweep in sweeps)),
        word("report.origin_versions"): versions,
        word("report.origin_sources"): digest_of(head["sources"]),
        word("report.origin_data"): digest_of(head["data"]),
    }
