"""One paragraph made from the numbers of an explanation; nothing in it is surer than its interval."""

from __future__ import annotations

from experiments.answer.text_table import short
from experiments.change.words import ratio
from experiments.why.bootstrap import FEW
from experiments.why.chain import Reading, Way, ways
from experiments.why.explanation import Explanation
from experiments.why.gains import Change, changes, measurable, money_left
from experiments.why.measured import COST, JOBS, TAXES, VALUE_ADDED, lead
from experiments.why.members import INDUSTRY, OWNER, PREFECTURE, SECTOR, SIZE
from experiments.why.per_yuan import of_each_yuan, told
from experiments.why.players import Player
from experiments.why.said import NOT_MEASURABLE, interval, listed, sentence
from scenarios.values.errors import one_line

NAMED = 2


def paragraph(found: Explanation) -> str:
    """What the scenario does, through whom, on which way, for whom, and at which cost."""
    return " ".join(sentences(found))


def sentences(found: Explanation) -> list[str]:
    """The same, one thing after the other."""
    said = [
        effect(found),
        parts(found),
        others(found),
        *(way(one) for one in ways(found)),
        gains(found),
        left_over(found),
        per_yuan(found),
        caution(found),
    ]
    return [one_line(one) for one in said if one]


def effect(found: Explanation) -> str:
    """Cost and effect of the whole."""
    about, main = found.about, found.measures[lead(found.region)]
    cost = sentence(found.effect(COST), "亿元")
    return (
        f"{about['scenario']} against {about['base']}, {found.pairs} pairs of equal luck at scale "
        f"{about['scale']:g}: public cost of 2021–25 {cost}; {main.label.en} in 2025 "
        f"{sentence(found.effect(main.name), main.unit.en)}; "
        f"cost per {main.unit.en} of it: {ratio(found.cost_of(main.name)._asdict(), 1.0, '亿元')}."
    )


def parts(found: Explanation) -> str:
    """To whom the effect on value added falls, and whether one of them is surely the largest."""
    main = found.measures[lead(found.region)]
    order = sorted(found.players, key=lambda one: -found.part(main.name, one.name).mean)
    sure = [one for one in order if found.part(main.name, one.name).sure]
    rest = [one for one in order if one not in sure]
    told = [f"{one.called()} {sentence(found.part(main.name, one.name), main.unit.en)}" for one in sure]
    said = (
        f"Of it fall to {listed(told)}."
        if told
        else f"No part of it can be measured: {NOT_MEASURABLE} of any."
    )
    if told and rest:
        said += f" Of {listed([one.called() for one in rest])} no part can be told from nothing."
    return f"{said} {largest(found, order)}".strip()


def largest(found: Explanation, order: list[Player]) -> str:
    """Which part is the largest, if that can be told."""
    if len(order) < 2:
        return ""
    main = lead(found.region)
    first = order[0]
    close = [one for one in order[1:] if found.lead_over(main, first.name, one.name).low <= 0.0]
    if not found.part(main, first.name).low > 0.0:
        return "Which part is the largest cannot be told."
    if not close:
        return f"The part of {first.called()} is larger than any other."
    others = listed([one.called() for one in close])
    return f"Whether that of {first.called()} is larger than that of {others} cannot be told."


def others(found: Explanation) -> str:
    """The other targets and GDP: those that surely change, and those of which nothing can be measured."""
    beside = (COST, VALUE_ADDED, lead(found.region), JOBS, TAXES)
    rest = [one for one in found.measures.values() if one.name not in beside and not one.chance]
    sure = [one for one in rest if found.effect(one.name).sure]
    changed = [f"{one.label.en} {sentence(found.effect(one.name), one.unit.en)}" for one in sure]
    nothing = [one.label.en for one in rest if one not in sure]
    said = [f"Besides: {listed(changed)}."] if changed else []
    if nothing:
        said.append(f"{NOT_MEASURABLE[0].upper()}{NOT_MEASURABLE[1:]} in {listed(nothing)}.")
    return " ".join([*said, chances(found)])


def chances(found: Explanation) -> str:
    """What it does to the chance of each target."""
    those = {one.label.en: found.effect(one.name) for one in found.measures.values() if one.chance}
    sure = [f"{name} {sentence(one, 'pp')}" for name, one in those.items() if one.sure]
    still = [one for one in those.values() if one.mean == 0.0 and one.low == -one.high]
    open_ = [
        f"{name} ({interval(one, 'pp')})" for name, one in those.items() if not one.sure and one not in still
    ]
    said = [f"Chances: {listed(sure)}."] if sure else []
    if open_:
        said.append(f"{NOT_MEASURABLE[0].upper()}{NOT_MEASURABLE[1:]} in {listed(open_)}.")
    if still:
        which = "any target" if len(still) == len(those) else f"{len(still)} of the {len(those)}"
        said.append(
            f"In no pair does it decide whether {which} is met: "
            f"each of these chances changes by something from {interval(still[0], 'pp')}."
        )
    return " ".join(said)


def way(one: Way) -> str:
    """A branch, as far as its steps can be told from nothing."""
    steps = [f"{each.step.label.en} {said_of(each)}" for each in one.readings[1:]]
    name, broken = one.branch.label.en, one.breaks_at
    said = f"{name[0].upper()}{name[1:]}: {'; '.join(steps)}"
    if broken is None:
        return f"{said}."
    return f"{said}; what is known of this way ends before {broken.step.label.en}."


def said_of(one: Reading) -> str:
    """A step: in percent of the base where that is something."""
    return sentence(one.change, one.step.unit.en) if one.relative is None else sentence(one.relative, "%")


def gains(found: Explanation) -> str:
    """Who surely gains and who surely loses, the largest first."""
    told = []
    for group, name in (
        (INDUSTRY, "industries"),
        (PREFECTURE, "prefectures"),
        (SIZE, "sizes of firms"),
        (OWNER, "owners"),
        (SECTOR, "others"),
    ):
        gain, lose = measurable([one for one in changes(found, group) if one.member.name != "cost"])
        told += [
            f"of {name} {verb} {_few(those)}" for verb, those in (("gain", gain), ("lose", lose)) if those
        ]
    said = "; ".join(told)
    return f"{said[0].upper()}{said[1:]}." if told else "Nobody is told apart who surely gains or loses."


def _few(those: list[Change]) -> str:
    shown = [f"{one.called} {sentence(one.change, '亿元')}" for one in those[:NAMED]]
    more = len(those) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def left_over(found: Explanation) -> str:
    """Money that is appropriated and not spent."""
    left = [one for one in money_left(found) if one.is_news]
    added = sum(might - usual for might, usual in found.about["budgets"].values())
    if not left:
        return f"Of {added:+z,.1f} 亿元 appropriated more, all but a trifle is spent." if added > 0.0 else ""
    names = [
        f"{one.programme} ({one.more_left:,.1f} of {one.appropriated - one.base_appropriated:,.1f} 亿元)"
        for one in left[:NAMED]
    ]
    more = f" and {len(left) - NAMED} more programmes" if len(left) > NAMED else ""
    most = f"Of {added:+z,.1f} 亿元 appropriated more, what could not be spent stands with"
    return f"{most} {listed(names)}{more}."


def per_yuan(found: Explanation) -> str:
    """Jobs and taxes for each yuan."""
    said = []
    for per in told(found.region)[:2]:
        one = of_each_yuan(found, per)
        said.append(f"{per.label.en}: {'not determined' if one is None else sentence(one, '')}".rstrip())
    return f"For public cost: {'; '.join(said)}."


def caution(found: Explanation) -> str:
    """What limits all of it."""
    said = []
    if found.observations < FEW:
        said.append(f"With {found.observations} observations intervals are rough.")
    if found.recounted:
        said.append(
            "Statistical coverage differs: targets count by activity, and what is reclassified is no effect."
        )
    return " ".join(said)


def cost_per(found: Explanation, measure: str, player: str | None = None) -> str:
    """Public cost per unit of an effect, in a cell of a table."""
    one = found.cost_of(measure, player)
    words = {"not determined": "not determined", "loss": "a loss", "no cost": "no cost"}
    if one.value is None or one.low is None or one.high is None:
        return words[one.status]
    return f"{short(one.value)} [{short(one.low)} – {short(one.high)}]"
