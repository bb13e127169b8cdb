"""One paragraph made from the numbers; nothing in it is surer than its interval."""

from __future__ import annotations

from experiments.answer.split_table import written
from experiments.drawn.things import KINDS, LUCK, TAUGHT
from experiments.sensitivity.found import Sensitivity, Value
from experiments.sensitivity.shares import Shares
from experiments.why.said import listed
from scenarios.values.errors import one_line

NAMED = 3
TELLS = 0.02
"""A share in all that a sentence names."""
WEAK = 0.5
"""Of the variance: below, a reader is told that the surrogate foretells little."""


def called(found: Sensitivity, name: str) -> str:
    """A thing or a group in words."""
    if name == TAUGHT:
        members = sum(one.learnt for one in found.inputs)
        return f"{TAUGHT} ({members} parameters)"
    return found.things.things[name].label.en


def paragraph(found: Sensitivity) -> str:
    """What each value and chance hangs on."""
    said = [of_value(found, one) for one in found.told]
    return one_line(" ".join([*said, caution(found)]))


def of_value(found: Sensitivity, one: Value) -> str:
    """A value in some sentences."""
    scenario = found.question.scenarios[one.measure.scenario]
    name = one.target.about.label.en
    subject = f"What {scenario} adds to {name}" if one.measure.effect else f"{name} ({scenario})"
    if one.told is None:
        return f"{subject}: nothing that is drawn moves it enough to be told from luck."
    groups = sorted(one.told.groups.items(), key=lambda pair: -pair[1].in_all.value)
    least = max(TELLS, one.told.floor)
    first = [pair for pair in groups if pair[1].in_all.value >= least and pair[1].in_all.low > 0.0][:NAMED]
    if not first:
        return f"{subject}: no single thing decides a part that can be told from nothing."
    parts = [part(found, one, *pair) for pair in first]
    lead = "most on" if one.told.lead else "on (which of these most cannot be told)"
    said = f"{subject} hangs {lead} {listed(parts)}."
    kinds = [
        f"{KINDS[kind].en} {written(own.in_all)}"
        for kind, own in one.told.kinds.items()
        if len(one.told.kinds) > 1
    ]
    luck = [] if one.luck is None else [f"{KINDS[LUCK].en} {written(one.luck)}"]
    whole = [*kinds, *luck]
    return f"{said} Of its variance are decided in all by {listed(whole)}." if whole else said


def part(found: Sensitivity, one: Value, name: str, own: Shares) -> str:
    """A thing with its share, and how far the probability or the value goes with it."""
    said = f"{called(found, name)} ({written(own.in_all)} in all"
    shown = one.target.about.shown
    if own.chance is not None:
        low, high = (100.0 * end for end in own.chance)
        said += f"; P from {low:.0f} % in its lowest third to {high:.0f} % in its highest"
    elif own.value is not None:
        unit = " %" if shown.unit_en.startswith("%") else f" {shown.unit_en}".rstrip()
        low, high = own.value
        ends = [f"{end:,.{one.digits}f}" for end in (low, high)]
        said += f"; from {ends[0]} in its lowest third to {ends[1]}{unit} in its highest"
    return f"{said})"


def caution(found: Sensitivity) -> str:
    """What limits all of it."""
    said = []
    weak = [
        one.measure.target
        for one in found.told
        if one.told is not None and one.told.surrogate.explained < WEAK
    ]
    if weak:
        said.append(
            f"Of {listed(list(dict.fromkeys(weak)))} the surrogate foretells less than half: more runs=N may "
            "tell more, and what is luck no run tells."
        )
    if found.question.scale < 1.0:
        said.append(
            f"At scale {found.question.scale:g} luck is wider than in the whole province, and so are chances "
            "near 0 and 100 %."
        )
    return " ".join(said)
