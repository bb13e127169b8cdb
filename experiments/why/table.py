"""An explanation in print: parts of each effect, cost per unit, ways, gains and losses, money left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched

from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.change.cost import called as programme_called
from experiments.language.chosen import current
from experiments.language.words import word
from experiments.why.chain import ways
from experiments.why.explanation import Explanation
from experiments.why.gains import changes, money_left
from experiments.why.measured import COST, JOBS, TAXES, Measure, lead, told_when
from experiments.why.members import ADDED, GROUPS, SECTOR
from experiments.why.members import JOBS as JOBS_OF_MEMBERS
from experiments.why.per_yuan import of_each_yuan, told
from experiments.why.said import spread
from experiments.why.words import cost_per, paragraph

A_BLOCK = 4  # columns that fit on a terminal of 170 places


def explained(found: Explanation, target: str | None = None) -> str:
    """All of it as text; target: the measure that is told in full, that of value added unless given."""
    main = found.measures[target or lead(found.region)]
    rest = [one for one in found.measures.values() if one not in (main, found.measures[COST])]
    rest = [] if target is not None else [one for one in rest if not is_still(found, one)]
    priced = [one for one in rest if not one.chance and one.name not in (JOBS, TAXES)]
    parts = [
        "\n".join(conditions(found)),
        "\n".join(in_full(found, main)),
        *("\n".join(beside(found, some)) for some in batched(rest, A_BLOCK)),
        *("\n".join(of_costs(found, some)) for some in batched(priced, A_BLOCK)),
        "\n".join(of_each(found)),
        "\n".join(of_ways(found)),
        *("\n".join(of_group(found, group)) for group in GROUPS),
        word("why.not_told"),
        "\n".join(of_money(found)),
        paragraph(found),
    ]
    return readable("\n\n".join(parts))


def conditions(found: Explanation) -> list[str]:
    """What is held against what, and how it was measured."""
    about = found.about
    how = "exact" if found.alone is not None else "drawn"
    by, scale = word(f"report.by_{about['by']}"), f"{about['scale']:g}"
    return [
        word("why.head", scenario=about["scenario"], base=about["base"], by=by),
        word(f"why.{how}", count=found.coalitions),
        word("why.how", pairs=found.pairs, scale=scale, described=about["described"]),
        *map(str, about["notes"]),
    ]


def is_still(found: Explanation, one: Measure) -> bool:
    """Whether a chance is the same in every coalition of every pair."""
    return one.chance and not found.parts[:, :, found.column(one.name)].any()


def names(found: Explanation) -> list[tuple[str, str | None]]:
    """The players and all together, as tables call them."""
    return [*((one.called(current()), one.name) for one in found.players), (word("why.all"), None)]


def in_full(found: Explanation, main: Measure) -> list[str]:
    """A measure with what each player adds alone, what its absence takes, its cost and cost per unit."""
    unit = main.unit.name(current())
    heads = [
        word("why.measure", name=main.label.name(current()), years=told_when(main.name), unit=unit),
        *(word(f"why.{name}") for name in ("part", "alone", "without", "public_cost")),
        word("why.cost_per", unit=unit),
    ]
    rows = [heads]
    for called, name in names(found):
        if name is None:
            effect = found.effect(main.name)
            rows.append(
                [called, spread(effect), "", "", spread(found.effect(COST)), cost_per(found, main.name)]
            )
            continue
        loses = found.without_loses(main.name, name)
        rows.append(
            [
                called,
                spread(found.part(main.name, name)),
                spread(found.alone_adds(main.name, name)),
                spread(loses and loses.times(-1.0)),
                spread(found.part(COST, name)),
                cost_per(found, main.name, name),
            ]
        )
    return fitted(rows, limit=terminal_width())


def beside(found: Explanation, some: Sequence[Measure]) -> list[str]:
    """The parts of some measures."""
    rows = [[word("why.part_of"), *map(_measured, some)]]
    for called, name in names(found):
        cells = [found.effect(one.name) if name is None else found.part(one.name, name) for one in some]
        rows.append([called, *map(spread, cells)])
    return fitted(rows, limit=terminal_width())


def _measured(one: Measure) -> str:
    return f"{one.name}, {one.unit.name(current())}"


def of_costs(found: Explanation, some: Sequence[Measure]) -> list[str]:
    """Public cost per unit of some measures."""
    rows = [[word("why.cost_per_unit"), *map(_measured, some)]]
    rows += [[called, *(cost_per(found, one.name, name) for one in some)] for called, name in names(found)]
    return fitted(rows, limit=terminal_width())


def of_each(found: Explanation) -> list[str]:
    """Jobs, taxes and value added for each yuan of public cost."""
    those = told(found.region)
    rows = [[word("why.for_each_yuan"), *(per.label.name(current()) for per in those)]]
    for called, name in names(found):
        found_here = [of_each_yuan(found, per, name) for per in those]
        rows.append(
            [called, *(word("why.not_determined") if one is None else spread(one) for one in found_here)]
        )
    return fitted(rows, limit=terminal_width())


def of_ways(found: Explanation) -> list[str]:
    """Each branch, a line a step."""
    rows = [[word(f"why.{name}") for name in ("the_way", "way_unit", "change", "of_base")] + [""]]
    for way in ways(found):
        rows.append([way.branch.label.name(current()), "", "", "", ""])
        for one in way.readings:
            said = "" if one.measurable else word("why.unmeasured")
            change = "" if one.level is None else spread(one.change)
            name, unit = one.step.label.name(current()), one.step.unit.name(current())
            rows.append([f"  {name}", unit, change, spread(one.relative), said])
    return fitted(rows, (0, 1, 4), limit=terminal_width())


def of_group(found: Explanation, group: str) -> list[str]:
    """The members of a group with what they gain or lose."""
    title, language = GROUPS[group].name(current()), current()
    if group == SECTOR:
        rows = [[word("why.sectors", title=title), "亿元", word("why.of_base")]]
        rows += [
            [one.called, spread(one.change), spread(one.relative)]
            for one in changes(found, group, language=language)
        ]
        return fitted(rows, limit=terminal_width())
    added, jobs = (changes(found, group, measure, language) for measure in (ADDED, JOBS_OF_MEMBERS))
    rows = [[title, *(word(f"why.{name}") for name in ("added", "of_base", "jobs"))]]
    rows += [
        [one.called, spread(one.change), spread(one.relative), spread(other.change)]
        for one, other in zip(added, jobs, strict=True)
    ]
    return fitted(rows, limit=terminal_width())


def of_money(found: Explanation) -> list[str]:
    """Programmes of which money is left over, or that all is spent."""
    left = [one for one in money_left(found) if one.is_news]
    if not left:
        return [word("why.money_spent")]
    heads = ("money_left", "appropriated_more", "spent_more", "left_more", "left_all")
    rows = [[word(f"why.{name}") for name in heads]]
    rows += [
        [
            programme_called(one.programme).name(current()),
            f"{one.appropriated - one.base_appropriated:+z,.1f}",
            f"{one.spent - one.base_spent:+z,.1f}",
            f"{one.more_left:+z,.1f}",
            word("why.left_of", left=f"{one.left:,.1f}", all=f"{one.appropriated:,.1f}"),
        ]
        for one in left
    ]
    return fitted(rows, limit=terminal_width())
