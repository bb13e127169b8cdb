"""The views of an answer as parts of the page: tables, tiles and figures, each with its number of pairs."""

from __future__ import annotations

import math
from typing import NamedTuple
from urllib.parse import urlencode

from experiments.answer.pairs import too_small
from experiments.answer.probability import in_words
from experiments.explorer.answer import Answer, CellRow, TargetRow, answer_of, by_cells
from experiments.explorer.asked import Asked
from experiments.explorer.jobs import DONE, FAILED, RUNS, Work
from experiments.explorer.kept import RESPONSE, STEPS, step_of
from experiments.explorer.labels import field_name, say
from experiments.explorer.markup import Html, choice, joined, tag, void
from experiments.explorer.question import PAIRS, Question, address, known_scenarios
from experiments.explorer.view import SHOWN, VIEWS, View, doses
from experiments.figures.labels import CELLS, industry_labels, place_labels, tiles
from experiments.plan.drawn_sets import ParameterSets
from scenarios.load import load_levers
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.spec import LAST_YEAR
from scenarios.targets import load_targets

CLASSES = 3
"""Steps of colour to either side of nothing."""


class Shown(NamedTuple):
    """What a view is drawn from. works: verbs behind the page by their kind."""

    asked: Asked
    view: View
    language: str
    works: dict[str, Work]

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return self.asked.question


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


def headline(shown: Shown, found: Answer | None) -> Html:
    """The answer in a sentence, what it changes a line each, and what it costs."""
    language, question = shown.language, shown.question
    if found is None or not found.targets:
        return tag("p", say("waiting", language))
    likely = sum(row.mine.value >= 0.5 for row in found.targets)
    key = "headline_all" if likely == len(found.targets) else "headline"
    policy = policy_name(question, language)
    first = say(
        key, language, policy=policy[:1].upper() + policy[1:], likely=likely,
        unlikely=len(found.targets) - likely, all=in_words(found.all_together[0]),
    )  # fmt: skip
    lead = tag("p", tag("strong", first))
    if question.name == question.against:
        return lead
    other = other_name(question, language)
    moved = [
        tag("li", f"{row.label.name(language)}: {change_said(row, language)}")
        for row in (one.in_language(language) for one in found.targets)
        if _is_moved(row)
    ]
    mine, others = found.spent
    cost = say("cost", language, mine=money(mine, language), more=money(mine - others, language, True), other=other)
    said = say("against_change" if moved else "no_change", language, other=other)
    return joined(lead, tag("p", said), tag("ul", *moved) if moved else None, tag("p", cost))


def _is_moved(row: TargetRow) -> bool:
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
    return say("sets", language, len(sets.values), say(sets.source, language)) if sets.values else say("one_set", language)


def tabs(view: View, question: Question, language: str) -> Html:
    """Links to all views, each to the same question."""
    links = [
        tag(
            "a", say(f"view_{name}", language), href=f"?{address(question, view._replace(view=name).others())}",
            data_view=name, aria_current="page" if name == view.view else None,
        )
        for name in VIEWS
    ]  # fmt: skip
    return joined(*links)


def choices(view: View, language: str) -> Html:
    """What can be chosen of a view."""
    parts = []
    if view.view in ("fan", "why"):
        options = [(name, _label(name, language)) for name in load_targets()]
        parts.append(choice("target", say("target", language), options, view.target, data_choice=True))
    if view.view in ("map", "industries"):
        cells = [(name, label.full(language)) for name, label in CELLS.items()]
        years = [(str(year), year) for year in range(2020, LAST_YEAR + 1)]
        parts.append(choice("indicator", say("indicator", language), cells, view.indicator, data_choice=True))
        parts.append(choice("year", say("year", language), years, str(view.year), data_choice=True))
    if view.view == "map":
        kinds = [(name, say(name, language)) for name in SHOWN]
        parts.append(choice("show", say("show", language), kinds, view.show, data_choice=True))
    if view.view == "response":
        fields = [(dose, dose_name(dose, language)) for dose in doses()]
        parts.append(choice("dose", say("lever_field", language), fields, view.dose, data_choice=True))
    return joined(*parts)


def _label(target: str, language: str) -> str:
    label = load_targets()[target].about.label
    return label.zh if language == "zh" else label.en


def dose_name(dose: str, language: str) -> str:
    """A field of a lever in words."""
    lever, key = dose.split(".")
    label = load_levers()[lever].about.label
    return f"{label.zh if language == 'zh' else label.en}: {field_name(key, language)}"


def body(shown: Shown, found: Answer | None) -> Html:
    """The view itself."""
    if found is None or not found.targets:
        return tag("p", say("waiting", shown.language))
    draw = {"targets": targets, "map": places, "industries": industries}.get(shown.view.view)
    return draw(shown, found) if draw is not None else figure(shown)


def targets(shown: Shown, found: Answer) -> Html:
    """A row a target: the plan's demand, where it gets, how likely, and what changed."""
    language, question = shown.language, shown.question
    heads = ["target", "demand", "median", "distance", "chance"]
    titles = [say(key, language) for key in heads]
    titles.append(say("change", language, other_name(question, language)))
    rows = [_cells(titles, _target_cells(row.in_language(language), language)) for row in found.targets]
    together = [say("all", language), "", "", "", chance_bar(found.all_together[0].value, in_words(found.all_together[0])), ""]
    rows.append(_cells(titles, together))
    head = tag("tr", *(tag("th", title, scope="col", role="columnheader") for title in titles), role="row")
    return tag(
        "table", tag("caption", so_far(found, language)),
        tag("thead", head, role="rowgroup"), tag("tbody", *rows, role="rowgroup"), role="table", class_="cards",
    )  # fmt: skip


def _cells(titles: list[str], cells: list[object]) -> Html:
    first = tag("th", cells[0], scope="row", role="rowheader")
    rest = [
        tag("td", tag("span", title, class_="title", aria_hidden="true"), tag("span", cell), role="cell")
        for title, cell in zip(titles[1:], cells[1:], strict=True)
    ]
    return tag("tr", first, *rest, role="row")


def _target_cells(row: TargetRow, language: str) -> list[object]:
    label, digits = row.label, row.label.digits
    unit = label.unit(language)
    middle = "–" if row.median is None else number(row.median, digits)
    ends = "" if row.low is None or row.high is None else f" [{number(row.low, digits)} – {number(row.high, digits)}]"
    attained = "–" if row.attained is None else f"{100 * row.attained:.0f} %"
    return [
        label.name(language),
        f"{label.sign} {row.threshold:,.5g} {unit}",
        f"{middle}{ends} {unit}",
        attained,
        chance_bar(row.mine.value, row.chance),
        change_said(row, language),
    ]


def chance_bar(value: float, words: str) -> Html:
    """A probability as a bar beside its words."""
    wide = 0.0 if math.isnan(value) else 100 * value
    bar = tag(
        "svg", void("rect", class_="bar", width=f"{wide:.1f}", height="8"),
        viewBox="0 0 100 8", preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip
    return joined(tag("span", words), " ", bar)


def places(shown: Shown, found: Answer) -> Html:
    """Tiles of the prefectures, coloured by value or difference, and the same as a table."""
    view, language = shown.view, shown.language
    pairs, rows = by_cells(shown.asked, view.indicator, view.year, "place")
    if not rows:
        return tag("p", say("waiting", language))
    region = load_region(DEFAULT_REGION)
    at, names = tiles(region), place_labels(region)
    differs = view.show == "difference"
    values = [row.change if differs else row.mine for row in rows]
    most = max(map(abs, values)) or 1.0
    items = [
        _tile(row, names[row.name].name(language), at[row.name], differs, most, language) for row in rows
    ]
    titled = f"{CELLS[view.indicator].full(language)}, {view.year}: {say(view.show, language)}"
    return joined(
        tag("h3", titled, id="map-title"),
        tag("p", so_far(found, language), " · ", say("of_pairs", language, pairs)),
        tag("ol", *items, class_="tiles", role="list", aria_labelledby="map-title"),
        colour_key(differs, most, language),
        cells_table(rows, {name: label.name(language) for name, label in names.items()}, shown, "place", pairs),
    )


def _tile(
    row: CellRow, name: str, at: tuple[int, int], differs: bool, most: float, language: str
) -> Html:
    value = row.change if differs else row.mine
    unsure = differs and (row.low is None or row.high is None or row.low <= 0 <= row.high)
    step = round(CLASSES * value / most)
    colour = f"d{step}" if differs else f"v{round(2 * CLASSES * value / most)}"
    said = number(value, _digits(most), differs)
    return tag(
        "li", tag("b", name), tag("span", said, " ~" if unsure else "",
        tag("span", f" ({say('unsure', language)})", class_="hidden") if unsure else None),
        class_=f"r{at[0]} c{at[1]} {colour}{' unsure' if unsure else ''}",
    )  # fmt: skip


def _digits(most: float) -> int:
    """Decimals that show two digits of the largest value."""
    return max(0, min(4, 1 - math.floor(math.log10(most)))) if most > 0 else 0


def colour_key(differs: bool, most: float, language: str) -> Html:
    """What the colours mean."""
    steps = range(-CLASSES, CLASSES + 1) if differs else range(2 * CLASSES + 1)
    size = most / (CLASSES if differs else 2 * CLASSES)
    marks = [
        tag("li", number(step * size, _digits(most), differs), class_=f"{'d' if differs else 'v'}{step}")
        for step in steps
    ]
    note = tag("p", "~ ", say("unsure", language), class_="quiet") if differs else None
    return joined(tag("ol", *marks, class_="key", role="list"), note)


def cells_table(rows: list[CellRow], names: dict[str, str], shown: Shown, axis: str, pairs: int) -> Html:
    """Values by prefecture or industry, and what changed."""
    language, question = shown.language, shown.question
    titles = [
        say("place" if axis == "place" else "industry", language),
        say("value_column", language, other_name(question, language)),
        say("value_column", language, policy_name(question, language)),
        say("difference_column", language),
    ]
    found = []
    for row in rows:
        digits = _digits(max(abs(row.mine), abs(row.other), 1e-9))
        fine = _digits(max(abs(row.change), abs(row.high or 0), abs(row.low or 0), 1e-9))
        ends = "" if row.low is None or row.high is None else f" [{number(row.low, fine, True)} – {number(row.high, fine, True)}]"
        found.append(
            _cells(titles, [names[row.name], number(row.other, digits), number(row.mine, digits), f"{number(row.change, fine, True)}{ends}"])
        )
    head = tag("tr", *(tag("th", title, scope="col", role="columnheader") for title in titles), role="row")
    caption = f"{CELLS[shown.view.indicator].full(language)}, {shown.view.year} · {say('of_pairs', language, pairs)}"
    return tag(
        "table", tag("caption", caption), tag("thead", head, role="rowgroup"),
        tag("tbody", *found, role="rowgroup"), role="table", class_="cards",
    )  # fmt: skip


def industries(shown: Shown, found: Answer) -> Html:
    """A row an industry."""
    pairs, rows = by_cells(shown.asked, shown.view.indicator, shown.view.year, "industry")
    if not rows:
        return tag("p", say("waiting", shown.language))
    names = {name: one.name(shown.language) for name, one in industry_labels(load_region(DEFAULT_REGION)).items()}
    return cells_table(rows, names, shown, "industry", pairs)


def figure(shown: Shown) -> Html:
    """A figure of the question's folder, drawn anew as pairs come; what takes minutes is begun by a button."""
    view, language, question = shown.view, shown.language, shown.question
    parts: list[object] = []
    if view.view in ("why", "response"):
        if view.view == "why" and question.name == question.against:
            return tag("p", say("same_policy", language))
        work = shown.works.get(view.view)
        parts = [tag("p", say(f"{view.view}_text", language)), job(view.view, work, language)]
        if work is None or work.status != DONE:
            return joined(*parts)
    pairs = step_of(shown.asked.done)
    if not pairs:
        return joined(*parts, tag("p", say("no_figure", language, STEPS[0])))
    if pairs < PAIRS:
        parts.append(tag("p", say("drawing", language, pairs)))
    named = figure_name(view)
    src = f"figure/{named}.svg?{figure_query(shown, pairs)}"
    return joined(*parts, tag("figure", void("img", src=src, alt=alt(shown), class_="drawn")))


def figure_name(view: View) -> str:
    """The figure behind a view."""
    return {"fan": "fan", "money": "money", "why": "attribution", "response": RESPONSE, "map": "prefectures",
            "industries": "industries", "targets": "probability"}[view.view]  # fmt: skip


def figure_query(shown: Shown, pairs: int) -> str:
    """What the address of a figure holds."""
    others = shown.view._replace(language=shown.language).others()
    return f"{address(shown.question, others)}&{urlencode({'pairs': pairs})}"


def alt(shown: Shown) -> str:
    """What a figure shows, for whom does not see it."""
    view, language, question = shown.view, shown.language, shown.question
    return say(
        f"{view.view}_alt", language, target=_label(view.target, language),
        policy=policy_name(question, language), other=other_name(question, language),
        lever=dose_name(view.dose, language),
    )  # fmt: skip


def job(kind: str, work: Work | None, language: str, minutes: int = 3) -> Html:
    """A button that begins work of minutes, or how far it is."""
    if work is None:
        said = say("compute", language, say("minutes", language, minutes))
        return tag("p", tag("button", said, type="button", data_do=kind))
    key = {RUNS: "job_runs", DONE: "job_done", FAILED: "job_failed"}.get(work.status, "job_waits")
    told = say(key, language, work.said) if work.status == FAILED else f"{say(key, language)}: {work.said}".rstrip(": ")
    again = tag("button", say("stop", language), type="button", data_do=f"stop-{kind}") if work.status not in (DONE, FAILED) else None
    return tag("p", told, " ", again, class_="job")


def found_of(asked: Asked) -> Answer | None:
    """The answer so far."""
    return answer_of(asked) if asked.done else None
