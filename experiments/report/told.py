"""The answer in sentences: one per target, made from its finding, in the language that is spoken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from experiments.answer.text_table import signed
from experiments.figures.fan import chance
from experiments.figures.labels import BILLION, Label
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence
from experiments.language.chosen import ZH, current
from experiments.language.words import word
from experiments.report.findings import NOTHING, SINGLE, SMALL, SURE, UNSURE, Change, Finding
from experiments.report.per_yuan import MOST_TOLD, Moved
from scenarios.spec import LAST_YEAR

PER_CENT = "%"
NO_RUN = "no finished run"
MOST_CHANGES = 3  # told one by one; more are ranked
LONG_UNIT = "100 million yuan"


class Told(NamedTuple):
    """A target in words: its name with the unit, how likely it is, the sentence, what moves it per yuan."""

    target: str
    name: str
    verdict: str
    sentence: str
    per_yuan: str


def told(evidence: Evidence, found: Finding, moved: Moved | None) -> Told:
    """The words of a finding."""
    said = [_lead(evidence, found), *_changes(evidence, found)]
    sentence = word("answer.separator").join(filter(None, said)) + word("answer.stop")
    return Told(
        found.target, named(found.label), word(f"answer.{found.verdict}"), sentence, _per_yuan(found, moved)
    )


def question(evidence: Evidence) -> str:
    """What the report answers: it names the policies, or counts them where they are many."""
    region = region_name(evidence)
    if len(evidence.cases) > MOST_SCENARIOS:
        return word("answer.question_many", year=LAST_YEAR, region=region, count=len(evidence.cases))
    cases = listed([quoted(evidence, case) for case in evidence.cases])
    return word("answer.question_few", year=LAST_YEAR, region=region, cases=cases)


def region_name(evidence: Evidence) -> str:
    """The region in the language that is spoken."""
    label = evidence.region.label
    return label.zh if current() == ZH else label.en


def quoted(evidence: Evidence, case: str) -> str:
    """A case by its name, in quotation marks."""
    return word("answer.quoted", name=evidence.called(case))


def listed(items: Sequence[str]) -> str:
    """Some items in a sentence."""
    if len(items) < 2:
        return "".join(items)
    return word("answer.comma").join(items[:-1]) + word("answer.and") + items[-1]


def unit_of(label: Label) -> str:
    """The unit as a sentence says it: in English 100 million yuan, in Chinese 亿元."""
    unit = label.unit(current())
    return LONG_UNIT if unit == BILLION[0] else unit


def named(label: Label) -> str:
    """A target with its unit, where that is no sign of per cent, which stands with each number."""
    unit, name = unit_of(label), label.name(current())
    if not unit or unit.startswith(PER_CENT) or (unit.startswith("per ") and " per " in name):
        return name
    return f"{name}（{unit}）" if current() == ZH else f"{name} ({unit})"


def amount(value: float, label: Label, sign: bool = False) -> str:
    """A value in the unit drawn, with the sign of per cent where that is its unit."""
    if not math.isfinite(value):
        return "–"
    return f"{value / label.per_unit:{'+' if sign else ''}z,.{label.digits}f}{per_cent(label)}"


def per_cent(label: Label) -> str:
    """The sign of per cent as the language writes it; empty for other units."""
    if not label.unit_zh.startswith(PER_CENT):
        return ""
    return PER_CENT if current() == ZH else f" {PER_CENT}"


def base_of(found: Finding) -> str:
    """The level of 2020; a range where every run draws its own."""
    low, high = found.base
    level = found.path
    if level != found.label and level.unit_zh == BILLION[1]:
        return word("answer.yi", amount=amount(low, level))
    unit = "" if level == found.label else f" {unit_of(level)}"
    if math.isclose(low, high, rel_tol=1e-6):
        return amount(low, level) + unit
    return f"{amount(low, level).removesuffix(per_cent(level))}–{amount(high, level)}{unit}"


def likely(row: Any) -> str:
    """A row's probability as the language writes it: never 0 or 100 %."""
    said = chance(row)
    if current() != ZH:
        return said
    if said == NO_RUN:
        return word("answer.no_run")
    return close(said).replace(" (", "（").replace(")", "）")


def close(said: str) -> str:
    """A text whose % signs stand as the language that is spoken has them: in Chinese close to the number."""
    return said.replace(" %", PER_CENT) if current() == ZH else said


def aim_of(found: Finding) -> str:
    """What the plan asks for."""
    return f"{found.label.sign}{'' if current() == ZH else ' '}{amount(found.threshold, found.label)}"


def _lead(evidence: Evidence, found: Finding) -> str:
    row, label = found.row, found.label
    filled: dict[str, Any] = {
        "base": base_of(found),
        "aim": aim_of(found),
        "case": quoted(evidence, evidence.baseline),
        "median": amount(row.median, label),
        "p05": amount(row.p05, label),
        "p95": amount(row.p95, label),
        "chance": word("answer.meets", hits=row.hits, runs=row.runs, chance=likely(row)),
    }
    if found.grows:
        return word("answer.lead_growth", **filled)
    given, low, high = (_growth(value) for value in found.given)
    return word(
        "answer.lead", **filled, year=LAST_YEAR, needed=_growth(found.needed), given=given, low=low, high=high
    )


def _growth(ratio: float) -> str:
    return f"{100 * ratio:z.1f}".replace("-", "−") if math.isfinite(ratio) else "–"


def _changes(evidence: Evidence, found: Finding) -> list[str]:
    """A clause for each distinct result of the other cases, not one for each case."""
    sure = [one for one in found.changes if one.kind == SURE]
    alone, rest = sure, []
    if len(sure) > MOST_CHANGES:
        alone, rest = [*sure[: MOST_CHANGES - 1], sure[-1]], sure[MOST_CHANGES - 1 : -1]
    clauses = [_sure(evidence, found, one) for one in alone]
    if rest:
        low, high = (difference(one.mean, one, found.label) for one in (rest[-1], rest[0]))
        clauses.append(word("answer.between", count=len(rest), low=low, high=high))
    return [*clauses, *(_alike(evidence, found, kind) for kind in (SMALL, UNSURE, NOTHING, SINGLE))]


def _alike(evidence: Evidence, found: Finding, kind: str) -> str:
    """One clause for all cases of which the same is said; empty where there is none."""
    those = [one for one in found.changes if one.kind == kind]
    if not those:
        return ""
    cases = listed([quoted(evidence, one.case) for one in those])
    if len(those) > MOST_SCENARIOS:
        cases = word("answer.others", count=len(those))
    if kind in (NOTHING, SINGLE):
        return word(f"answer.{kind}", cases=cases)
    low, high = min(one.low for one in those), max(one.high for one in those)
    widest = those[0]._replace(low=low, high=high)
    ends = {
        "low": difference(low, widest, found.label, bare=True),
        "high": difference(high, widest, found.label),
    }
    return word(f"answer.{kind}", cases=cases, **ends)


def _sure(evidence: Evidence, found: Finding, one: Change) -> str:
    label, down = found.label, one.mean < 0
    ends = {"low": difference(one.low, one, label, bare=True), "high": difference(one.high, one, label)}
    said = word(
        "answer.takes" if down else "answer.adds",
        case=quoted(evidence, one.case),
        mean=difference(one.mean, one, label),
        **ends,
    )
    if math.isfinite(one.share):
        said += word("answer.share_lost" if down else "answer.share", share=share_of(one.share))
    moved = one.chance is not None and one.chance.hits != found.row.hits
    return said + (word("answer.then", chance=likely(one.chance)) if moved else "")


def share_of(share: float) -> str:
    """A share of the gap; what is below a thousandth is said to be."""
    size, sign = abs(100 * share), PER_CENT if current() == ZH else f" {PER_CENT}"
    return f"<0.1{sign}" if size < 0.1 else f"{size:.{1 if size < 10 else 0}f}{sign}"


def difference(value: float, one: Change, label: Label, bare: bool = False) -> str:
    """A difference with two digits of its interval's width; bare: without its unit."""
    digits = label.digits_of((one.high - one.low) * label.per_unit)
    unit = word("answer.points") if per_cent(label) and not bare else ""
    return signed(value, digits).replace("-", "−") + unit


def _per_yuan(found: Finding, moved: Moved | None) -> str:
    if moved is None:
        return ""
    movers = [
        word("answer.mover", name=one.called.name(current()), value=_each(one.per_yuan, found.label))
        for one in moved.movers[:MOST_TOLD]
    ]
    free = [
        word("answer.mover", name=one.called.name(current()), value=_each(one.effect, found.label))
        for one in moved.free[:MOST_TOLD]
    ]
    said = word("answer.per_yuan_most", movers=listed(movers)) if movers else word("answer.per_yuan_none")
    said += word("answer.free", names=listed(free)) if free else ""
    if moved.idle:
        dearest = [
            word("answer.idle_one", name=one.called.name(current()), cost=money(one.cost))
            for one in moved.idle[:MOST_TOLD]
        ]
        said += word("answer.idle", count=len(moved.idle), total=moved.total, names=listed(dearest))
    return said + word("answer.stop")


def _each(value: float, label: Label) -> str:
    unit = word("answer.points") if per_cent(label) else ""
    digits = max(0, 1 - math.floor(math.log10(abs(value)))) if value else 0
    return signed(value, digits).replace("-", "−") + unit


def money(yi: float) -> str:
    """So many 100 million yuan."""
    return word("answer.yi", amount=f"{yi:,.0f}" if yi >= 10 else f"{yi:,.1f}")
