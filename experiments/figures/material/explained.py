"""The explanation that a figure is drawn from, and its small print."""

from __future__ import annotations

from shlex import quote

from experiments.change.named import Named
from experiments.figures.drawing import text
from experiments.figures.labels import BILLION
from experiments.figures.material.evidence import Evidence
from experiments.why.explanation import Explanation, explanation_of
from experiments.why.kept import kept_explanations
from scenarios.values.errors import InputError, unknown

SHOWN = 12  # characters of an explanation's key
NUMBERS = (
    (
        "N = {pairs} pairs of equal luck, 0 failed, scale {scale:g}; {described}; 95 % interval: bootstrap "
        "over {of}; parts: Shapley values, {how}"
    ),
    "{pairs} 对同随机数模拟，失败 0 次，规模 {scale:g}；95 % 区间：自助法；分项：Shapley 值，{how}",
)
HOW = (
    ("all {} coalitions", "全部 {} 个组合"),
    ("orders drawn, up to {} coalitions a pair", "抽取次序，每对至多 {} 个组合"),
)
OF = ("pairs", "sets of parameters")


def chosen(evidence: Evidence, scenario: str | None = None, explanation: str | None = None) -> Explanation:
    """The explanation of a scenario, or the one whose key begins so; the largest of several.

    Raises:
        InputError: the folder keeps none, or no such one.
    """
    held = kept_explanations(evidence.folder)
    if not held:
        raise InputError(
            f"{evidence.folder} holds no explanation; "
            f"sanxiang explain {quote(evidence.folder)}:SCENARIO makes one"
        )
    known = list(dict.fromkeys(one["scenario"] for one in held))
    if scenario is not None and scenario not in known:
        raise InputError(unknown("explained scenario", scenario, known))
    found = [one for one in held if scenario in (None, one["scenario"])]
    if explanation is not None:
        found = [one for one in found if one["key"].startswith(explanation)]
    if not found:
        raise InputError(unknown("explanation", explanation or "", [one["key"][:SHOWN] for one in held]))
    return explanation_of(max(found, key=lambda one: (one["scale"] * len(one["units"]), one["key"])))


def key_of(found: Explanation) -> str:
    """An explanation as commands name it."""
    return str(found.about["key"])[:SHOWN]


def small_print(
    evidence: Evidence, found: Explanation, figure: str, language: str, options: str = ""
) -> list[str]:
    """How it was measured, of which data and version, and the command that draws it again."""
    chinese, about = language == "zh", found.about
    how = HOW[found.alone is None][chinese].format(found.coalitions)
    said = NUMBERS[chinese].format(
        pairs=found.pairs,
        scale=about["scale"],
        described=about["described"],
        of=OF[found.observations < found.pairs],
        how=how,
    )
    command = (
        f"sanxiang figure {figure} {quote(evidence.folder)}{options} explanation={key_of(found)} "
        f"--out {figure}.svg"
    )
    return [said, *about["notes"], f"{evidence.vintage[chinese]} · sanxiang {evidence.version} · {command}"]


def between(found: Explanation, width: int = 60) -> str:
    """The two scenarios, as a heading names them."""

    half = width // 2
    return f"{text.literal(found.about['scenario'], half)} – {text.literal(found.about['base'], half)}"


def drawn_unit(unit: Named, language: str) -> str:
    """A unit as figures print it: English fonts need not have Chinese characters."""
    return unit.name(language) if language == "zh" else unit.en.replace("亿元", BILLION[0])
