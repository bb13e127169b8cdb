"""What a figure's small print says of itself: its method of interval, its bands, and what it leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from experiments.answer.probability import methods_said
from experiments.language.chosen import ZH, current, speaking
from experiments.language.words import word

CHANCE = ("95 % interval: {}", "95 % 区间：{}")
CHANCE_OF_P = ("95 % interval of P: {}", "概率的 95 % 区间：{}")
MEANS = ("bars: Student's 95 % interval of the mean over {}", "线段：{}均值的 Student 95 % 区间")
OVER = {False: ("pairs", "配对"), True: ("the means of parameter draws", "参数抽样均值")}
NO_BARS = ("no interval from one pair or one draw", "仅一对或一次抽样，无区间")
BANDS = (
    "bands: the central {} % of the runs of a year (tables: 5–95 %)",
    "色带：各年居中 {} % 的模拟（表格为 5–95 %）",
)
PATHS = ("single runs: too few for bands", "单次模拟：次数太少，不绘色带")
MEDIANS = ("medians over runs, no interval", "各次模拟的中位数，无区间")
OTHERS = ("other scenarios: medians, no interval", "其他方案：中位数，无区间")
LEFT_OUT = ("{} of {} cases are drawn; not drawn: {}", "共 {1} 个方案，绘出 {0} 个；未绘出：{2}")
MORE = (" and {} more", " 等另外 {} 个")
SEPARATOR, AND = (", ", "、"), (" and ", "、")
MOST_NAMED = 12


def of_chance(interval: str, language: str, beside_bands: bool = False) -> str:
    """How the interval of a probability is made."""
    with speaking(language):
        told = methods_said(interval)
    return (CHANCE_OF_P if beside_bands else CHANCE)[language == "zh"].format(told)


def of_means(low: pd.Series, interval: str, language: str) -> str:
    """How the interval of a mean difference is made, or that there is none."""
    chinese = language == "zh"
    if not low.notna().any():
        return NO_BARS[chinese]
    return MEANS[chinese].format(OVER["means of parameter draws" in interval][chinese])


def of_bands(levels: pd.Series, language: str) -> str:
    """Which shares of runs the bands hold, beside what tables give."""
    chinese = language == "zh"
    shares = [str(int(level)) for level in sorted(levels.dropna().unique())]
    return BANDS[chinese].format(AND[chinese].join(shares)) if shares else PATHS[chinese]


def of_medians(language: str, others: bool = False) -> str:
    """That medians are drawn, which have no interval."""
    return (OTHERS if others else MEDIANS)[language == "zh"]


def untold(told: Sequence[str], cases: Sequence[str]) -> str:
    """A sentence that names the cases that the report's sentences leave out; empty when none."""
    rest = [case for case in cases if case not in told]
    if not rest:
        return ""
    named, more = SEPARATOR[current() == ZH].join(rest[:MOST_NAMED]), len(rest) - MOST_NAMED
    if more > 0:
        named = word("report.untold_more", names=named, count=more)
    return word("report.untold", told=len(cases) - len(rest), cases=len(cases), names=named)


def left_out(drawn: Iterable[str], cases: Sequence[str], language: str) -> list[str]:
    """How many of the cases are drawn and the names of those that are not; nothing when all are."""
    chinese, shown = language == "zh", set(drawn)
    rest = [case for case in cases if case not in shown]
    if not rest:
        return []
    named = SEPARATOR[chinese].join(rest[:MOST_NAMED])
    more = MORE[chinese].format(len(rest) - MOST_NAMED) if len(rest) > MOST_NAMED else ""
    return [LEFT_OUT[chinese].format(len(cases) - len(rest), len(cases), named + more)]
