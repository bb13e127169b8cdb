"""The report's sections by actor: where money went, what each kind of actor did, prefecture by prefecture."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from experiments.figures import EXPLAINED, SEARCHED, links, methods
from experiments.figures.actors import series_shown
from experiments.figures.drawing import panels
from experiments.figures.material.actor_series import ACTORS
from experiments.figures.material.evidence import MOST_SCENARIOS, Evidence, records
from experiments.figures.money import ALL, flow_columns, rows_drawn
from experiments.figures.prefectures import DIFFERENCE, held
from experiments.language.chosen import current
from experiments.language.words import apart, word
from scenarios.spec import LAST_YEAR

MONEY, PLACES = "money", "prefectures"
LED = ("value", DIFFERENCE)  # views of the map that stand in the answer
OF_CHANGE = ("change", "decomposition")
WHY, TAKES = "why", "takes"
IN = {
    **dict.fromkeys(OF_CHANGE, OF_CHANGE[0]),
    **dict.fromkeys(EXPLAINED, WHY),
    **dict.fromkeys(SEARCHED, TAKES),
    **dict.fromkeys(("probability", "fan", "response"), "sure"),
    "differences": "differences",
    MONEY: MONEY,
}
"""In which section a figure of a kind stands; maps and industries with the prefectures."""
PLACES_SHOWN = ("talent", "revenue", "incentive", "matching")
LINKS, PARKS_SHOWN = "links", ("park_serviced", "park_filled", "park_free", "entry_over_usual")


class Wanted(NamedTuple):
    """A figure of the report: its name, its caption, the options it is drawn with."""

    kind: str
    caption: str
    options: dict[str, str]


class Part(NamedTuple):
    """A section: its id, heading and reading; it holds the figures that are filed under its id."""

    name: str
    heading: str
    reading: str


def wanted_by_actor(evidence: Evidence) -> Iterator[Wanted]:
    """The figures of these sections that the results support, the money first."""
    if flow_columns(evidence):
        yield Wanted(MONEY, word("report.caption_money"), {})
    for actor in actors_held(evidence):
        yield Wanted("actors", word("report.caption_actors"), {"actor": actor})
    if links.held(evidence) and "supply" in actors_held(evidence):
        yield from (Wanted(LINKS, word("report.caption_links"), {"show": show}) for show in links.SHOWN)
    for indicator in (*PARKS_SHOWN, *PLACES_SHOWN):
        if indicator in held(evidence):
            yield Wanted(PLACES, word("report.caption_tiles"), {"indicator": indicator})


def section_of(kind: str, options: dict[str, str]) -> str:
    """The section in which a figure stands: one of `parts`, `where`, `sure` or `differences`."""
    if kind == "actors":
        return _section_of_actor(options["actor"])
    if kind == LINKS:
        return _section_of_actor("supply")
    if options.get("indicator") in PARKS_SHOWN:
        return _section_of_actor("parks")
    if kind == PLACES and options.get("show") in LED:
        return "where"
    return IN.get(kind, PLACES)


def parts(evidence: Evidence) -> list[Part]:
    """The sections in order, each with its reading."""
    found = [Part(MONEY, word("report.money"), _of_money(evidence))] if flow_columns(evidence) else []
    for actor in actors_held(evidence):
        about = ACTORS[actor]
        first = series_shown(evidence, actor)[0][0]
        reading = apart(word(f"actors.{actor}"), _of_last_year(evidence, first))
        found.append(Part(_section_of_actor(actor), about.label.name(current()), reading))
    return [*found, Part(PLACES, word("report.prefectures"), word("report.of_places"))]


def actors_held(evidence: Evidence) -> list[str]:
    """The actors of which the results hold at least one series."""
    groups = evidence.region.prefectures.groups
    return [
        name
        for name, about in ACTORS.items()
        if any(one in evidence.annual for one in about.series_in(groups))
    ]


def _section_of_actor(actor: str) -> str:
    return f"actors-{actor}"


def _of_money(evidence: Evidence) -> str:
    """What all programmes paid of what was appropriated, case by case."""
    cases = list(evidence.cases[:MOST_SCENARIOS])
    rows = rows_drawn(evidence, cases)
    found: dict[str, dict[str, float]] = {case: {} for case in cases}
    for row in records(rows[rows.name == ALL]):
        found[row.scenario][row.kind] = row.value
    told = [_paid_of(evidence.called(case), sums) for case, sums in found.items()]
    said = word("report.money_paid", paid=word("report.separator").join(told))
    return apart(said, methods.untold(cases, evidence.cases))


def _paid_of(case: str, sums: Mapping[str, float]) -> str:
    paid, appropriated = (panels.number(round(sums.get(kind, 0.0), 1)) for kind in ("total", "appropriated"))
    return word("report.paid_of", case=case, paid=paid, appropriated=appropriated)


def _of_last_year(evidence: Evidence, name: str) -> str:
    """The median of a series in the last year, case by case."""
    last = evidence.annual[evidence.annual.year == LAST_YEAR]
    medians = last.groupby("case", observed=True)[name].median() / evidence.series[name].per_unit
    cases = [case for case in evidence.cases[:MOST_SCENARIOS] if case in medians]
    told = [
        word("report.case_value", case=evidence.called(case), value=_four_digits(medians[case]))
        for case in cases
    ]
    series, values = evidence.series[name].full(current()), word("report.separator").join(told)
    said = word("report.median_of", year=LAST_YEAR, series=series, values=values)
    return apart(said, methods.untold(cases, evidence.cases))


def _four_digits(value: float) -> str:
    return panels.number(float(f"{value:.4g}"))
