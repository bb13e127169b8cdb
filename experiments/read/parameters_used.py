"""Which parameters the runs of a folder had, as a reader is told beside every number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from experiments.plan.drawn_sets import LEFT_OUT
from experiments.read.reading import load_sweeps
from scenarios.values.errors import one_line

APPROXIMATE = "APPROXIMATE: parameters learnt with another model"
APPROXIMATE_ZH = "近似：参数由另一版本的模型估得"


def parameter_lines(sweeps: Sequence[Mapping[str, Any]], draws: int) -> list[str]:
    """A line for the parameters of the runs, and one that marks a posterior of another model.

    sweeps: records as load_sweeps gives them. draws: how many sets the runs of a case had, for sweeps whose
    record does not say where they come from.
    """
    told = dict.fromkeys(one_line(str(sweep["sets"])) for sweep in sweeps if sweep.get("sets"))
    return [*(told or [_counted(draws)]), *dict.fromkeys(filter(None, map(mark, sweeps)))]


def _counted(draws: int) -> str:
    return f"parameters: {draws} sets" if draws > 1 else LEFT_OUT


def mark(sweep: Mapping[str, Any]) -> str:
    """What marks every output of a sweep whose posterior is of another model; empty for any other."""
    said = str(sweep.get("approximate") or "")
    return one_line(f"{APPROXIMATE} ({said})") if said else ""


def marks(folder: Path | str, which: str | None = None) -> list[str]:
    """The marks of the sweeps meant; none where every posterior is of the model that the runs had.

    Raises: as load_sweeps.
    """
    return list(dict.fromkeys(filter(None, map(mark, load_sweeps(folder, which)))))


def used(folder: Path | str, which: str | None = None) -> dict[str, str]:
    """{parameters, approximate} of the sweeps meant, for outputs that other programs read.

    Raises: as load_sweeps.
    """
    sources = dict.fromkeys(str(sweep.get("parameters") or "") for sweep in load_sweeps(folder, which))
    return {"parameters": ", ".join(filter(None, sources)), "approximate": "; ".join(marks(folder, which))}
