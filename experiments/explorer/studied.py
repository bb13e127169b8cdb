"""The views of studies: how far they are, how long they take, and of how many pairs they are drawn."""

from __future__ import annotations

from pathlib import Path

from experiments.explorer.dosing import Dosing
from experiments.explorer.kept import RESPONSES, step_of
from experiments.explorer.labels import say
from experiments.explorer.markup import Html, joined, tag
from experiments.explorer.question import Question
from experiments.explorer.shown import Shown
from experiments.explorer.studies import RESPONSE, WHY, Study

STUDIED = (WHY, RESPONSE)
"""Views that are made of a study."""


def is_asked(kind: str, question: Question) -> bool:
    """Whether a view has something to study: a policy that is its own comparison has no parts."""
    return kind != WHY or question.name != question.against


def drawn_of(shown: Shown) -> int:
    """Of how many pairs the study's figure is; 0 while there is none."""
    study = shown.study
    if study is None or study.error or (shown.view.view == WHY and not step_of(shown.asked.done)):
        return 0
    return study.step


def mark_of(shown: Shown) -> str:
    """What the address of a figure ends in, so that one of as many pairs and more doses is another."""
    return f"&round={shown.study.round}" if isinstance(shown.study, Dosing) else ""


def study_progress(shown: Shown, results: Path) -> Html:
    """What is computed, by which command, how far it is and how long it may take."""
    view, language = shown.view.view, shown.language
    if view not in STUDIED:
        return joined()
    if not is_asked(view, shown.question):
        return tag("p", say("same_policy", language))
    study, text = shown.study, say(f"{view}_text", language)
    if study is None:
        return joined(tag("p", text), tag("p", say("waiting", language), class_="job"))
    command = tag("code", study.command(results / RESPONSES))
    return joined(tag("p", text), tag("p", command), _far(study, language))


def _far(study: Study, language: str) -> Html:
    """How far a study is, in words and as a bar."""
    if study.error:
        return tag("p", say("job_failed", language, study.error), class_="job")
    far = study.progress()
    if far.is_whole:
        return tag("p", say("study_done", language, far.pairs), class_="job")
    key = "study_begins" if far.seconds is None else "study_runs"
    left = "" if far.seconds is None else time_left(far.seconds, language)
    said = say(key, language, n=far.pairs, all=far.of, run=far.runs, runs=far.all_runs, left=left)
    bar = tag("progress", "", value=far.runs, max=far.all_runs, aria_label=say("under_way", language))
    return tag("p", said, " ", bar, class_="job")


def time_left(seconds: float, language: str) -> str:
    """A time as people say it, in tens of seconds or in minutes: nobody knows it better."""
    if seconds < 90:
        return say("seconds", language, max(10 * round(seconds / 10), 5))
    return say("minutes", language, round(seconds / 60))
