"""The answer in print: the screening, then what each value and its hits vary with, then a paragraph."""

from __future__ import annotations

import numpy as np

from experiments.answer.split_table import written
from experiments.answer.target_words import target_name
from experiments.answer.text_table import fitted, readable, terminal_width
from experiments.answer.variance_split import Share
from experiments.drawn.things import KINDS, LUCK, TAUGHT
from experiments.sensitivity.found import Sensitivity, Value
from experiments.sensitivity.screening import MATTERS, POINT, Effects, named
from experiments.sensitivity.shares import Ends, Shares
from experiments.sensitivity.words import called, paragraph
from scenarios.values.errors import one_line

MOST_ROWS, MOST_SCREENED = 12, 25
LEAST = 0.01
"""The share in all below which a thing is in no table; `--format json` has all."""
NOTE = (
    "shares of the variance with 95 % intervals, surrogates learnt again from resampled runs; alone: what "
    "knowing it would take away; in all: with what it decides together with others; thirds: mean where it "
    "lies in its lowest and highest third; <: nothing was found, at most so much"
)
SCREENED = (
    "moved: mean absolute change where it alone is drawn anew, over the standard deviation of the value (the "
    "largest over targets), {} times in groups, {} one by one; shift: of a probability, in points"
)
TIED = (
    "† learnt from 2016-20 together with others: alone with what it says of these, in all once they are "
    "known, so that the second may be smaller"
)


def rendered(found: Sensitivity) -> str:
    """All of it as text."""
    parts = ["\n".join(conditions(found)), "\n".join(of_screening(found))]
    for one in found.told:
        parts += ["\n".join(of_value(found, one))]
    notes = [NOTE, *([TIED] if any(one.told is not None and one.told.tied for one in found.told) else [])]
    return "\n\n".join([*parts, readable("\n".join(notes)), readable(paragraph(found))])


def conditions(found: Sensitivity) -> list[str]:
    """What was run."""
    question = found.question
    kinds = [f"{len(found.things.of(kind))} {KINDS[kind].en}" for kind in KINDS if kind != LUCK]
    return [
        f"what targets hang on: {', '.join(map(one_line, question.scenarios))}",
        readable(f"drawn: {', '.join(kinds)}, and luck · scale {question.scale:g} · {question.described}"),
        f"N = {question.runs} runs of the sample; {len(found.inputs)} things enter the surrogates",
        *filter(None, [question.marked]),
    ]


def of_screening(found: Sensitivity) -> list[str]:
    """What moves a value, the strongest first, then how many things do not."""
    heads = ["moved alone", "moved", "of", "largest shift of P", "of", "turns the sign of"]
    first, second = found.first, found.second
    own = [] if second is None else rows_of(found, second, single=True)
    listed = [*rows_of(found, first, single=False), *own]
    listed.sort(key=lambda row: -row[0])
    passed = [cells for relative, cells in listed if relative >= MATTERS]
    lines = fitted([heads, *passed[:MOST_SCREENED]], left=(0, 2, 4, 5), limit=terminal_width())
    more = [f"and {len(passed) - MOST_SCREENED} more"] if len(passed) > MOST_SCREENED else []
    left = found.left_out
    untold = [f"passed as groups and not taken one by one: {', '.join(left)}"] if left else []
    later = 0 if second is None else second.trajectories
    under = [f"{len(listed) - len(passed)} others move nothing by {MATTERS:g}", *untold]
    return [*lines, *more, *under, readable(SCREENED.format(first.trajectories, later))]


def rows_of(found: Sensitivity, effects: Effects, *, single: bool) -> list[tuple[float, list[str]]]:
    """Strength and cells of each factor; luck is told of in the first step alone."""
    measures = [one.measure for one in found.values]
    with np.errstate(invalid="ignore", divide="ignore"):
        moved = np.nan_to_num(effects.star / found.spreads[:, None])
    rows = []
    for place, factor in enumerate(effects.factors):
        if single and factor.kind == LUCK:
            continue
        widest, shift = int(moved[:, place].argmax()), effects.points[:, place]
        farthest = int(np.nanargmax(shift)) if np.isfinite(shift).any() else None
        far = None if farthest is None or shift[farthest] < POINT else farthest
        turns = [found.question.scenarios[one.scenario] for at, one in enumerate(measures)
                 if effects.turns[at, place] > 0]  # fmt: skip
        rows.append(
            (
                float(moved[widest, place]),
                [
                    named(factor),
                    f"{moved[widest, place]:.2f}",
                    measures[widest].target,
                    "-" if far is None else f"{100 * shift[far]:.1f}",
                    "" if far is None else measures[far].target,
                    ", ".join(dict.fromkeys(turns)) or "-",
                ],
            )
        )
    return rows


def of_value(found: Sensitivity, one: Value) -> list[str]:
    """A value, how well it is foretold, and what decides it."""
    lines = [heading(found, one)]
    if one.told is None:
        return [*lines, "no thing that is drawn moves it enough to be told from luck"]
    lines.append(readable(foretold(one)))
    both = one.told.kinds and next(iter(one.told.kinds.values())).hit_alone is not None
    heads = ["varies with", "", "alone", "in all", "from lowest to highest third"]
    heads += ["hits: alone", "in all", "P, lowest to highest third"] if both else []
    rows = [heads, *(cells(found, one, name, own, bool(both)) for name, own in ordered(found, one))]
    return [*lines, *fitted(rows, left=(0, 1), limit=terminal_width())]


def ordered(found: Sensitivity, one: Value) -> list[tuple[str, Shares]]:
    """Kinds, then things by their share in all; of those that depend on each other, behind their group."""
    assert one.told is not None
    groups = sorted(one.told.groups.items(), key=lambda pair: -pair[1].in_all.value)
    least = max(LEAST, one.told.floor)
    shown = [pair for pair in groups if pair[1].in_all.value >= least][:MOST_ROWS]
    rows = []
    for name, own in shown:
        rows.append((name, own))
        if name == TAUGHT:
            tied = sorted(one.told.tied.items(), key=lambda pair: -pair[1].alone.value)
            rows += [pair for pair in tied if pair[1].alone.value >= least][:MOST_ROWS]
    kinds = [] if len(one.told.kinds) < 2 else list(one.told.kinds.items())
    return [*kinds, *rows]


def cells(found: Sensitivity, one: Value, name: str, own: Shares, both: bool) -> list[str]:
    """The cells of a thing, or of a kind."""
    assert one.told is not None
    tied = name in one.told.tied
    kind = "" if name in KINDS else ("†" if tied else KINDS[found.kind(name)].en)
    shown = f"all {KINDS[name].en}" if name in KINDS else ("  " if tied else "") + called(found, name)
    row = [shown, kind, written(own.alone), written(own.in_all), thirds(own.value, one.digits)]
    if not both:
        return row
    chance = own.chance
    ends = "" if chance is None else f"{percent(chance.low)} → {percent(chance.high)}"
    return [*row, written_or_none(own.hit_alone), written_or_none(own.hit_in_all), ends]


def written_or_none(share: Share | None) -> str:
    """A share, or nothing."""
    return "" if share is None else written(share)


def percent(chance: float) -> str:
    """A probability in per cent, never 0 or 100."""
    shown = 100.0 * chance
    if shown < 0.5:
        return "<1 %"
    return ">99 %" if shown > 99.5 else f"{shown:.0f} %"


def thirds(ends: Ends | None, digits: int) -> str:
    """Means of the outer thirds."""
    return "" if ends is None else f"{ends.low:,.{digits}f} → {ends.high:,.{digits}f}"


def heading(found: Sensitivity, one: Value) -> str:
    """The value, its spread in the sample, and its probability."""
    middle, low, high = one.quantiles
    digits, scenario = one.digits, found.question.scenarios[one.measure.scenario]
    name = target_name(one.target)
    unit = " %" if one.target.about.shown.unit_en.startswith("%") else ""
    if one.measure.effect:
        name = f"what {scenario} adds to {name} of {found.question.scenarios[0]}"
    spread = f"{middle:,.{digits}f}{unit} [{low:,.{digits}f} – {high:,.{digits}f}]"
    chance = (
        ""
        if one.probability is None
        else f" · {one.probability.hits}/{one.probability.runs} hits · P {one.probability}"
    )
    return f"{name}{'' if one.measure.effect else f', {one_line(scenario)}'} · median {spread}{chance}"


def foretold(one: Value) -> str:
    """How well surrogates foretell the value, what luck decides, and why no share of hits is told."""
    assert one.told is not None
    luck = one.luck
    said = f"the surrogate foretells {written(one.told.explained)} of its variance in runs left out"
    said += "" if luck is None else f"; luck alone decides {written(luck)} at this scale"
    if one.probability is not None and next(iter(one.told.kinds.values())).hit_alone is None:
        few = "hits" if one.probability.hits * 2 < one.probability.runs else "misses"
        said += f"; too few {few} to tell what these vary with"
    said += (
        f"; of what decides nothing a share of {100 * one.told.floor:.1f} % may appear, and less is not told"
    )
    return said
