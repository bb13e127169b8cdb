"""The page whole, and the parts of it that change while an answer grows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from experiments.explorer.controls import assumptions_form, levers_form, policy_form
from experiments.explorer.jobs import Work
from experiments.explorer.kept import FULL, folder_of, step_of
from experiments.explorer.labels import LANGUAGES, say
from experiments.explorer.markup import Html, joined, tag, void
from experiments.explorer.question import OWN, Question, Read, address, plain_keys
from experiments.explorer.said import status
from experiments.explorer.shown import Shown
from experiments.explorer.studied import STUDIED, drawn_of, study_progress
from experiments.explorer.view import View
from experiments.explorer.views import (
    body,
    choices,
    figure_name,
    figure_query,
    found_of,
    headline,
    job,
    tabs,
)
from experiments.plan.words import sweep_command

STATIC = Path(__file__).parent / "static"
FULL_MINUTES = 10


class State(NamedTuple):
    """What a page shows. read: of its address; mistakes: what of it was left out; compiling: the model is."""

    read: Read
    view: View
    language: str
    mistakes: list[str]
    results: Path
    compiling: bool = False

    @property
    def question(self) -> Question:
        """The question of the address."""
        return self.read.question

    def link(self) -> str:
        """The address of the same page."""
        return f"?{address(self.question, self.view.others())}"


def page(state: State, shown: Shown | None) -> str:
    """The page as a browser gets it: the answer so far stands in it before any script runs."""
    language = state.language
    other = LANGUAGES[1 - LANGUAGES.index(language)]
    turned = address(state.question, state.view._replace(language=other).others())
    head = joined(
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", name="color-scheme", content="light dark"),
        tag("title", f"{say('title', language)} · sanxiang"),
        void("link", rel="stylesheet", href="static/page.css"),
        void("link", rel="icon", href="data:,"),
        tag("script", "", src="static/page.js", defer=True),
    )
    top = tag(
        "header",
        tag("a", say("skip", language), href="#answer", class_="skip"),
        tag("h1", say("title", language)),
        tag("p", say("subtitle", language)),
        tag("a", say("to_controls", language), href="#controls", class_="to-controls"),
        tag("a", say("language", language), href=f"?{turned}", lang=other, id="language"),
    )
    live = parts(state, shown)
    main = tag("main", answer_part(live, language), controls_part(state), elsewhere_part(live, language))
    spoken = "zh-CN" if language == "zh" else "en"
    words = tag(
        "div",
        id="words",
        hidden=True,
        data_closed=say("closed", language),
        data_copied=say("copied", language),
    )
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', top, main, words), lang=spoken)}"


def answer_part(live: Mapping[str, Html], language: str) -> Html:
    """The answer: its sentence, how far it is, and a view. live: what changes, by place."""
    return tag(
        "section",
        tag("h2", say("answer", language)),
        tag("div", live["mistakes"], id="mistakes", role="alert"),
        tag("div", live["headline"], id="headline"),
        tag("p", live["status"], id="status"),
        tag("p", "", id="spoken", role="status", class_="hidden"),
        tag("nav", live["tabs"], id="tabs", aria_label=say("views", language)),
        tag("div", live["choices"], id="choices"),
        tag("div", live["study"], id="study"),
        tag("div", live["body"], id="body"),
        id="answer",
        tabindex=-1,
    )


def controls_part(state: State) -> Html:
    """What can be changed: the policy, its levers, and apart from these what is assumed."""
    language, question = state.language, state.question
    return tag(
        "form",
        tag("h2", say("policy", language)),
        tag("div", policy_form(question, language), id="policy"),
        tag("p", tag("button", say("reset", language), type="button", id="reset")),
        tag("h3", say("thrusts", language)),
        tag("div", levers_form(question, language), id="levers"),
        tag(
            "details",
            tag("summary", say("assumptions", language)),
            tag("div", assumptions_form(question, language), id="assumptions"),
            class_="apart",
            open=bool(question.parameters),
        ),
        id="controls",
        autocomplete="off",
        data_usual=json.dumps(plain_keys(Question())),
    )


def elsewhere_part(live: Mapping[str, Html], language: str) -> Html:
    """The same as a link, a command, Python, files; and the run at full size."""
    upload = tag(
        "p",
        tag("label", say("upload", language), for_="upload"),
        void("input", type="file", id="upload", accept=".yaml,.yml"),
    )
    return tag(
        "section",
        tag("h2", say("same", language)),
        tag("div", live["elsewhere"], id="elsewhere"),
        upload,
        tag("h3", say("behind", language)),
        tag("div", live["behind"], id="behind"),
        class_="elsewhere",
    )


def parts(state: State, shown: Shown | None) -> dict[str, Html]:
    """What changes while an answer grows, by the id of its place in the page."""
    language = state.language
    found = None if shown is None else found_of(shown.asked)
    if not state.read.whole:
        sentence, far = tag("p", say("cannot_run", language)), ""
    elif shown is None:
        sentence = tag("p", say("waiting", language))
        far = say("compiling", language) if state.compiling else ""
    else:
        sentence, far = headline(shown, found), status(shown.asked, found, language, state.compiling)
    return {
        "mistakes": mistakes(state),
        "headline": sentence,
        "status": joined(far),
        "tabs": tabs(state.view, state.question, language),
        "choices": choices(state.view, language),
        "study": joined() if shown is None else study_progress(shown, state.results),
        "body": tag("p", say("waiting", language)) if shown is None else body(shown, found),
        "elsewhere": elsewhere(state, shown),
        "behind": behind(state, None if shown is None else shown.full),
    }


def mistakes(state: State) -> Html:
    """What of the address was left out, a line each."""
    if not state.mistakes:
        return Html("")
    lines = [tag("li", line) for line in state.mistakes]
    return joined(tag("p", say("left_out", state.language)), tag("ul", *lines))


def elsewhere(state: State, shown: Shown | None) -> Html:
    """Link, command line, Python, downloads."""
    language, question = state.language, state.question
    command = sweep_command(question.words())
    pairs = 0 if shown is None else step_of(shown.asked.done)
    files = []
    if question.is_own:
        files.append((say("reform", language), f"reform.yaml?{address(question)}", f"{OWN}.yaml"))
    if shown is not None and shown.asked.done:
        query = address(question, state.view._replace(language=language).others())
        files.append((say("table", language), f"table.csv?{query}", f"{state.view.view}.csv"))
    if state.view.view in STUDIED:
        pairs = 0 if shown is None else drawn_of(shown)
    if pairs and shown is not None:
        name = figure_name(state.view)
        files += [
            (
                say("figure_of", language, kind.upper()),
                f"figure/{name}.{kind}?{figure_query(shown, pairs)}",
                f"{name}.{kind}",
            )
            for kind in ("svg", "pdf", "png")
        ]
    links = [tag("li", tag("a", said, href=href, download=name)) for said, href, name in files]
    return joined(
        _copied("link", state.link(), language),
        _copied("command", command, language),
        _copied("python", python(question), language),
        tag("h3", say("download", language)) if links else None,
        tag("ul", *links) if links else None,
    )


def _copied(key: str, content: str, language: str) -> Html:
    name = say(key, language)
    return tag(
        "div",
        tag("h3", name),
        tag("pre", tag("code", content), id=f"copy-{key}", tabindex=0, aria_label=name),
        tag(
            "button",
            say("copy", language),
            type="button",
            data_copy=f"copy-{key}",
            aria_label=f"{say('copy', language)}: {name}",
        ),
        class_="copied",
    )


def python(question: Question) -> str:
    """The same in Python."""
    words = ",\n    ".join(repr(word) for word in question.words())
    return f"import experiments as sanxiang\n\ndone = sanxiang.sweep(\n    {words},\n)\ndone.targets()"


def behind(state: State, full: Work | None) -> Html:
    """The run at full size."""
    folder = str(folder_of(state.results, state.question, FULL))
    return joined(
        tag("p", tag("b", say("full", state.language)), ". ", say("full_text", state.language, folder)),
        job("full", full, state.language, FULL_MINUTES),
    )
