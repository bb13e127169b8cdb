"""Numbers, changes and names as the page says them in either language."""

from __future__ import annotations

from experiments.answer.pairs import too_small
from experiments.explorer.answer import Answer, TargetRow
from experiments.explorer.asked import Asked
from experiments.explorer.labels import field_name, say
from experiments.explorer.question import PAIRS, Question, known_scenarios
from experiments.plan.drawn_sets import ParameterSets
from scenarios.load import load_levers
from scenarios.targets import load_targets


def policy_name(question: Question, language: str) -> str:
    """What the policy is called."""
    return say("my_policy", language) if question.is_own else known_scenarios()[question.base].label[language]


def other_name(question: Question, language: str) -> str:
    """What that is called which the policy is held against."""
    return known_scenarios()[question.against].label[language]


def number(value: float, digits: int, sign: bool = False) -> str:
    """A number with a true minus; sign: with a plus."""
    said = f"{value:{'+' if sign else ''},.{digits}f}".replace("-", "−")
    return said.replace("−0", "0") if float(f"{value:.{digits}f}") == 0 and not sign else said


def money(value: float, language: str, sign: bool = False) -> str:
    """An amount of so many 亿, as the language writes it."""
    if language == "zh":
        return f"{number(value, 0 if abs(value) >= 100 else 1, sign)}亿元"
    return f"{number(value / 10, 1, sign)} billion yuan"


def is_moved(row: TargetRow) -> bool:
    """Whether the interval of a change leaves out nothing, and a table would show it."""
    if row.change is None or row.change[1] is None or row.change[2] is None:
        return False
    small = too_small(row.change[1], row.change[2], 10.0**-row.label.digits)
    return small is None and (row.change[1] > 0 or row.change[2] < 0)


def change_said(row: TargetRow, language: str) -> str:
    """A change with its interval, small ones said to be small."""
    if row.change is None:
        return "–"
    mean, low, high = row.change
    unit = row.label.change(language)
    if low is None or high is None:
        return say("one_pair", language, f"{number(mean, row.label.digits, True)} {unit}")
    if low == high == 0:
        return say("not_in_any", language)
    digits = row.label.digits_of((high - low) * row.label.per_unit)
    ends = number(low, digits, True), number(high, digits, True)
    if low <= 0 <= high:
        return f"{say('none_measurable', language, *ends)} {unit}"
    return f"{number(mean, digits, True)} [{ends[0]} – {ends[1]}] {unit}"


def status(asked: Asked, found: Answer | None, language: str, compiling: bool) -> str:
    """How far the answer is, and which parameters its runs have."""
    if found is None:
        return say("compiling", language) if compiling else ""
    return f"{so_far(found, language)} · {sets_said(asked.sets, language)}"


def so_far(found: Answer, language: str) -> str:
    """How many pairs there are."""
    key = "complete" if found.pairs == PAIRS else "so_far"
    said = say(key, language, found.pairs, n=found.pairs, all=PAIRS)
    failed = say("failed", language, found.failed) if found.failed else ""
    return " · ".join(part for part in (said, failed) if part)


def sets_said(sets: ParameterSets, language: str) -> str:
    """Which parameters the runs have."""
    if language == "en":
        return sets.told
    return (
        say("sets", language, len(sets.values), say(sets.source, language))
        if sets.values
        else say("one_set", language)
    )


def target_name(target: str, language: str) -> str:
    label = load_targets()[target].about.label
    return label.zh if language == "zh" else label.en


def dose_name(dose: str, language: str) -> str:
    """A field of a lever in words."""
    lever, key = dose.split(".")
    label = load_levers()[lever].about.label
    return f"{label.zh if language == 'zh' else label.en}: {field_name(key, language)}"
