"""One paragraph made from the numbers of an explanation; nothing in it is surer than its interval."""

from __future__ import annotations

from collections.abc import Callable

from experiments.answer.text_table import short
from experiments.change.cost import called as programme_called
from experiments.change.words import ratio
from experiments.language.chosen import EN, current
from experiments.language.words import apart, word
from experiments.why.bootstrap import FEW
from experiments.why.chain import Reading, Way, ways
from experiments.why.explanation import Explanation
from experiments.why.gains import Change, changes, measurable, money_left
from experiments.why.measured import COST, JOBS, TAXES, VALUE_ADDED, lead
from experiments.why.members import INDUSTRY, OWNER, PREFECTURE, SECTOR, SIZE
from experiments.why.per_yuan import of_each_yuan, told
from experiments.why.players import Player
from experiments.why.said import interval, sentence, spoken, together
from scenarios.values.errors import one_line

NAMED = 2
GROUPS = {
    INDUSTRY: "industries",
    PREFECTURE: "prefectures",
    SIZE: "sizes",
    OWNER: "owners",
    SECTOR: "others",
}


def paragraph(found: Explanation) -> str:
    """What the scenario does, through whom, on which way, for whom, and at which cost."""
    return apart(*sentences(found))


def sentences(found: Explanation, called: Callable[[str], str] = str) -> list[str]:
    """The same, one thing after the other. called: how a scenario is called."""
    said = [
        effect(found, called),
        parts(found),
        others(found),
        *(way(one) for one in ways(found)),
        gains(found),
        left_over(found),
        per_yuan(found),
        caution(found),
    ]
    return [one_line(one) for one in said if one]


def effect(found: Explanation, called: Callable[[str], str] = str) -> str:
    """Cost and effect of the whole."""
    about, main = found.about, found.measures[lead(found.region)]
    unit = main.unit.name(current())
    return word(
        "why.effect",
        scenario=called(str(about["scenario"])),
        base=called(str(about["base"])),
        pairs=found.pairs,
        scale=f"{about['scale']:g}",
        cost=sentence(found.effect(COST), "亿元"),
        measure=main.label.name(current()),
        effect=sentence(found.effect(main.name), spoken(main.unit)),
        unit=unit,
        per=ratio(found.cost_of(main.name)._asdict(), 1.0, "亿元"),
    )


def parts(found: Explanation) -> str:
    """To whom the effect on value added falls, and whether one of them is surely the largest."""
    main = found.measures[lead(found.region)]
    order = sorted(found.players, key=lambda one: -found.part(main.name, one.name).mean)
    sure = [one for one in order if found.part(main.name, one.name).sure]
    rest = [one for one in order if one not in sure]
    if not sure:
        return apart(word("why.no_part"), largest(found, order))
    told = [
        word(
            "why.moved",
            name=one.called(current()),
            effect=sentence(found.part(main.name, one.name), spoken(main.unit)),
        )
        for one in sure
    ]
    said = [word("why.fall_to", parts=together(told))]
    if rest:
        names = together([one.called(current()) for one in rest])
        said.append(word("why.untold_parts", names=names))
    return apart(*said, largest(found, order))


def largest(found: Explanation, order: list[Player]) -> str:
    """Which part is the largest, if that can be told."""
    if len(order) < 2:
        return ""
    main = lead(found.region)
    first = order[0]
    close = [one for one in order[1:] if found.lead_over(main, first.name, one.name).low <= 0.0]
    if not found.part(main, first.name).low > 0.0:
        return word("why.largest_open")
    name = first.called(current())
    if not close:
        return word("why.largest", name=name)
    return word("why.largest_or", name=name, others=together([one.called(current()) for one in close]))


def others(found: Explanation) -> str:
    """The other targets and GDP: those that surely change, and those of which nothing can be measured."""
    beside = (COST, VALUE_ADDED, lead(found.region), JOBS, TAXES)
    rest = [one for one in found.measures.values() if one.name not in beside and not one.chance]
    sure = [one for one in rest if found.effect(one.name).sure]
    changed = [
        word(
            "why.moved",
            name=one.label.name(current()),
            effect=sentence(found.effect(one.name), spoken(one.unit)),
        )
        for one in sure
    ]
    nothing = [one.label.name(current()) for one in rest if one not in sure]
    said = [word("why.besides", changes=together(changed))] if changed else []
    if nothing:
        said.append(word("why.unsure_in", names=together(nothing)))
    return apart(*said, chances(found))


def chances(found: Explanation) -> str:
    """What it does to the chance of each target."""
    points = word("why.points")
    those = {
        one.label.name(current()): found.effect(one.name) for one in found.measures.values() if one.chance
    }
    sure = [
        word("why.moved", name=name, effect=sentence(one, points)) for name, one in those.items() if one.sure
    ]
    still = [one for one in those.values() if one.mean == 0.0 and one.low == -one.high]
    open_ = [
        word("why.named_open", name=name, interval=interval(one, points))
        for name, one in those.items()
        if not one.sure and one not in still
    ]
    said = [word("why.chances", changes=together(sure))] if sure else []
    if open_:
        said.append(word("why.unsure_in", names=together(open_)))
    if still:
        which = (
            word("why.any_target")
            if len(still) == len(those)
            else word("why.some_targets", still=len(still), all=len(those))
        )
        said.append(word("why.undecided", which=which, interval=interval(still[0], points)))
    return apart(*said)


def way(one: Way) -> str:
    """A branch, as far as its steps can be told from nothing."""
    steps = [
        word("why.named", name=each.step.label.name(current()), effect=said_of(each))
        for each in one.readings[1:]
    ]
    name, broken = _begun(one.branch.label.name(current())), one.breaks_at
    told = word("why.separator").join(steps)
    if broken is None:
        return word("why.way", name=name, steps=told)
    return word("why.way_ends", name=name, steps=told, step=broken.step.label.name(current()))


def said_of(one: Reading) -> str:
    """A step: in percent of the base where that is something."""
    if one.relative is None:
        return sentence(one.change, spoken(one.step.unit))
    return sentence(one.relative, "%")


def gains(found: Explanation) -> str:
    """Who surely gains and who surely loses, the largest first."""
    told = []
    for group, name in GROUPS.items():
        members = [one for one in changes(found, group, language=current()) if one.member.name != "cost"]
        gain, lose = measurable(members)
        told += [
            word(f"why.{verb}", group=word(f"why.{name}"), members=_few(those))
            for verb, those in (("gain", gain), ("lose", lose))
            if those
        ]
    if not told:
        return word("why.nobody")
    return word("why.gains", said=_begun(word("why.separator").join(told)))


def _few(those: list[Change]) -> str:
    shown = [word("why.moved", name=one.called, effect=sentence(one.change, "亿元")) for one in those[:NAMED]]
    more = len(those) - len(shown)
    return word("why.comma").join(shown) + (word("why.more_members", count=more) if more else "")


def left_over(found: Explanation) -> str:
    """Money that is appropriated and not spent."""
    left = [one for one in money_left(found) if one.is_news]
    added = sum(might - usual for might, usual in found.about["budgets"].values())
    told_of = f"{added:+z,.1f}"
    if not left:
        return word("why.all_spent", added=told_of) if added > 0.0 else ""
    names = [
        word(
            "why.unspent_one",
            name=_programme(one.programme),
            left=f"{one.more_left:,.1f}",
            added=f"{one.appropriated - one.base_appropriated:,.1f}",
        )
        for one in left[:NAMED]
    ]
    more = word("why.more_programmes", count=len(left) - NAMED) if len(left) > NAMED else ""
    return word("why.unspent", added=told_of, programmes=together(names) + more)


def _programme(name: str) -> str:
    """A programme as sentences call it: by the name that commands take, in Chinese by its own."""
    return name if current() == EN else programme_called(name).name(current())


def per_yuan(found: Explanation) -> str:
    """Jobs and taxes for each yuan."""
    said = []
    for per in told(found.region)[:2]:
        one = of_each_yuan(found, per)
        effect = word("why.not_determined") if one is None else sentence(one, "")
        said.append(word("why.for_each", name=per.label.name(current()), effect=effect).rstrip())
    return word("why.each_yuan", said=word("why.separator").join(said))


def caution(found: Explanation) -> str:
    """What limits all of it."""
    said = [word("why.few", count=found.observations)] if found.observations < FEW else []
    return apart(*said, *([word("why.recounted")] if found.recounted else []))


def _begun(said: str) -> str:
    """The beginning of a sentence."""
    return f"{said[0].upper()}{said[1:]}"


def cost_per(found: Explanation, measure: str, player: str | None = None) -> str:
    """Public cost per unit of an effect, in a cell of a table."""
    one = found.cost_of(measure, player)
    if one.value is None or one.low is None or one.high is None:
        return word(f"why.{one.status.replace(' ', '_')}")
    return f"{short(one.value)} [{short(one.low)} – {short(one.high)}]"
