"""The views of an answer as parts of the page: tables, tiles and figures, each with its number of pairs."""

from __future__ import annotations

import math
from urllib.parse import urlencode

from experiments.answer.probability import in_words
from experiments.explorer.answer import Answer, TargetRow, answer_of, by_cells
from experiments.explorer.asked import Asked
from experiments.explorer.cells import cells_table, places, row_of
from experiments.explorer.jobs import DONE, FAILED, RUNS, Work
from experiments.explorer.kept import STEPS, step_of
from experiments.explorer.labels import say
from experiments.explorer.markup import Html, choice, joined, tag, void
from experiments.explorer.question import PAIRS, Question, address
from experiments.explorer.said import (
    change_said,
    dose_name,
    is_moved,
    money,
    number,
    other_name,
    policy_name,
    so_far,
    target_name,
)
from experiments.explorer.shown import Shown
from experiments.explorer.studied import STUDIED, drawn_of, is_asked, mark_of
from experiments.explorer.view import SHOWN, VIEWS, View, doses
from experiments.figures.labels import CELLS, industry_labels
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.spec import LAST_YEAR
from scenarios.targets import load_targets


def headline(shown: Shown, found: Answer | None) -> Html:
    """The answer in a sentence, what it changes a line each, and what it costs."""
    language, question = shown.language, shown.question
    if found is None or not found.targets:
        return tag("p", say("waiting", language))
    likely = sum(row.mine.value >= 0.5 for row in found.targets)
    key = "headline_all" if likely == len(found.targets) else "headline"
    policy = policy_name(question, language)
    first = say(
        key,
        language,
        policy=policy[:1].upper() + policy[1:],
        likely=likely,
        unlikely=len(found.targets) - likely,
        all=in_words(found.all_together[0]),
    )
    lead = joined(tag("p", tag("strong", first)), _which(found, language))
    if question.name == question.against:
        return lead
    other = other_name(question, language)
    moved = [
        tag("li", row.label.name(language), say("colon", language), _moved(row, other, language))
        for row in (one.in_language(language) for one in found.targets)
        if is_moved(row)
    ]
    mine, others = found.spent
    cost = say(
        "cost", language, mine=money(mine, language), more=money(mine - others, language, True), other=other
    )
    said = say("against_change" if moved else "no_change", language, other=other)
    why = f"?{address(question, shown.view._replace(view='why').others())}"
    link = tag("a", say("why_link", language), href=why, data_view="why")
    return joined(lead, tag("p", said), tag("ul", *moved) if moved else None, tag("p", cost), tag("p", link))


def _which(found: Answer, language: str) -> Html:
    """Which targets are likelier than not, and which are not."""
    sides: dict[str, list[str]] = {"likelier": [], "unlikelier": []}
    for row in found.targets:
        sides["likelier" if row.mine.value >= 0.5 else "unlikelier"].append(row.label.name(language))
    comma = say("comma", language)
    lines = [tag("p", say(key, language, comma.join(names))) for key, names in sides.items() if names]
    return joined(*lines)


def _moved(row: TargetRow, other: str, language: str) -> str:
    """A change, and how much it is of what the other policy lacks."""
    said = change_said(row, language)
    if row.closed is None or row.closed <= 0:
        return said
    percent = say("percent", language, f"{100 * row.closed:.0f}")
    share = percent if row.closed >= 0.01 else say("below_percent", language)
    return f"{said}{say('closes', language, share=share, other=other)}"


def tabs(view: View, question: Question, language: str) -> Html:
    """Links to all views, each to the same question."""
    links = [
        tag(
            "a",
            say(f"view_{name}", language),
            href=f"?{address(question, view._replace(view=name).others())}",
            data_view=name,
            aria_current="page" if name == view.view else None,
        )
        for name in VIEWS
    ]
    return joined(*links)


def choices(view: View, language: str) -> Html:
    """What can be chosen of a view."""
    parts = []
    if view.view in ("fan", "why"):
        options = [(name, target_name(name, language)) for name in load_targets()]
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
    rows = [row_of(titles, _target_cells(row.in_language(language), language)) for row in found.targets]
    together = [
        say("all", language),
        "",
        "",
        "",
        chance_bar(found.all_together[0].value, in_words(found.all_together[0])),
        "",
    ]
    rows.append(row_of(titles, together))
    head = tag("tr", *(tag("th", title, scope="col", role="columnheader") for title in titles), role="row")
    return tag(
        "table",
        tag("caption", so_far(found, language)),
        tag("thead", head, role="rowgroup"),
        tag("tbody", *rows, role="rowgroup"),
        role="table",
        class_="cards",
    )


def _target_cells(row: TargetRow, language: str) -> list[object]:
    label, digits = row.label, row.label.digits
    unit = label.unit(language)
    middle = "–" if row.median is None else number(row.median, digits)
    ends = (
        ""
        if row.low is None or row.high is None
        else f" [{number(row.low, digits)} – {number(row.high, digits)}]"
    )
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
        "svg",
        void("rect", class_="bar", width=f"{wide:.1f}", height="8"),
        viewBox="0 0 100 8",
        preserveAspectRatio="none",
        aria_hidden="true",
    )
    return joined(tag("span", words), " ", bar)


def industries(shown: Shown, found: Answer) -> Html:
    """A row an industry."""
    pairs, rows = by_cells(shown.asked, shown.view.indicator, shown.view.year, "industry")
    if not rows:
        return tag("p", say("waiting", shown.language))
    names = {
        name: one.name(shown.language) for name, one in industry_labels(load_region(DEFAULT_REGION)).items()
    }
    return cells_table(rows, names, shown, "industry", pairs)


def figure(shown: Shown) -> Html:
    """A figure of the question's folder, or of a study of it, drawn anew as pairs come."""
    language = shown.language
    is_studied = shown.view.view in STUDIED
    if is_studied and not is_asked(shown.view.view, shown.question):
        return joined()
    pairs = drawn_of(shown) if is_studied else step_of(shown.asked.done)
    whole = PAIRS if shown.study is None else shown.study.total
    if not pairs:
        return tag("p", say("no_figure", language, STEPS[0]))
    more = tag("p", say("drawing", language, pairs)) if pairs < whole else None
    src = f"figure/{figure_name(shown.view)}.svg?{figure_query(shown, pairs)}{mark_of(shown)}"
    return joined(more, tag("figure", void("img", src=src, alt=alt(shown), class_="drawn")))


def figure_name(view: View) -> str:
    """The figure behind a view."""
    return {
        "fan": "fan",
        "money": "money",
        "why": "attribution",
        "response": "response",
        "map": "prefectures",
        "industries": "industries",
        "targets": "probability",
    }[view.view]


def figure_query(shown: Shown, pairs: int) -> str:
    """What the address of a figure holds."""
    others = shown.view._replace(language=shown.language).others()
    return f"{address(shown.question, others)}&{urlencode({'pairs': pairs})}"


def alt(shown: Shown) -> str:
    """What a figure shows, for whom does not see it."""
    view, language, question = shown.view, shown.language, shown.question
    return say(
        f"{view.view}_alt",
        language,
        target=target_name(view.target, language),
        policy=policy_name(question, language),
        other=other_name(question, language),
        lever=dose_name(view.dose, language),
    )


def job(kind: str, work: Work | None, language: str, minutes: int = 3) -> Html:
    """A button that begins work of minutes, or how far it is."""
    if work is None:
        said = say("compute", language, say("minutes", language, minutes))
        return tag("p", tag("button", said, type="button", data_do=kind))
    key = {RUNS: "job_runs", DONE: "job_done", FAILED: "job_failed"}.get(work.status, "job_waits")
    told = (
        say(key, language, work.said)
        if work.status == FAILED
        else f"{say(key, language)}: {work.said}".rstrip(": ")
    )
    again = (
        tag("button", say("stop", language), type="button", data_do=f"stop-{kind}")
        if work.status not in (DONE, FAILED)
        else None
    )
    return tag("p", told, " ", again, class_="job")


def found_of(asked: Asked) -> Answer | None:
    """The answer so far."""
    done = asked.done
    if done and asked.answered[0] != done:
        asked.answered = done, answer_of(asked, done)
    return asked.answered[1] if done else None  # type: ignore[return-value]
