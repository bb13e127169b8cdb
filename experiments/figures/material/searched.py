"""The search that a figure is drawn from, and its small print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from shlex import quote
from typing import Any

from experiments.figures.drawing import text
from experiments.figures.labels import BILLION
from experiments.figures.material.evidence import Evidence
from experiments.packages.kept import kept_reaches, kept_searches
from scenarios.values.errors import InputError, unknown

SHOWN = 12  # characters of a search's key
COST = ("Public cost 2021–25 beyond {}, 100 m yuan", "公共支出成本（2021–25年，超出{}），亿元")


def chosen_reach(evidence: Evidence, target: str | None = None, search: str | None = None) -> dict[str, Any]:
    """What a search for a target found: for that target, or the one whose key begins so; the last one kept.

    Raises:
        InputError: the folder keeps none, or no such one.
    """
    held = kept_reaches(evidence.folder)
    if not held:
        raise InputError(f"{evidence.folder} holds no search for a target; sanxiang reach TARGET makes one")
    known = list(dict.fromkeys(one["target"] for one in held))
    if target is not None and target not in known:
        raise InputError(unknown("target that was searched for", target, known))
    return _of_key([one for one in held if target in (None, one["target"])], search)


def chosen_search(evidence: Evidence, search: str | None = None) -> dict[str, Any]:
    """What a search for the best packages found.

    Raises:
        as chosen_reach.
    """
    held = kept_searches(evidence.folder)
    if not held:
        raise InputError(
            f"{evidence.folder} holds no search for the best packages; sanxiang search makes one"
        )
    return _of_key(held, search)


def _of_key(held: Sequence[dict[str, Any]], search: str | None) -> dict[str, Any]:
    found = [one for one in held if search is None or one["key"].startswith(search)]
    if not found:
        raise InputError(unknown("search", search or "", [one["key"][:SHOWN] for one in held]))
    return max(found, key=lambda one: (len(one["tried"]), one["key"]))


def small_print(
    evidence: Evidence, found: Mapping[str, Any], figure: str, words: tuple[str, str], language: str
) -> list[str]:
    """What is drawn, how it was tried, of which data and version, and the command that draws it again."""
    chinese = language == "zh"
    command = (
        f"sanxiang figure {figure} {quote(evidence.folder)} search={found['key'][:SHOWN]} --out {figure}.svg"
    )
    vintage = f"{evidence.vintage[chinese]} · sanxiang {evidence.version} · {command}"
    return [words[chinese], text.literal(found["described"], 300), vintage]


def cost_axis(found: Mapping[str, Any], language: str) -> str:
    """What the axis of money is called."""
    return COST[language == "zh"].format(text.literal(found["base"], 30))


def labelled(label: Mapping[str, str], unit: Mapping[str, str], language: str) -> str:
    """A label with its unit; English fonts need not have Chinese characters."""
    shown = unit[language] if language == "zh" else unit["en"].replace("亿元", BILLION[0])
    return text.literal(f"{label[language]}, {shown}".rstrip(", "), 90)
