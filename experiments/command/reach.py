"""`sanxiang reach`: the cheapest package that reaches a target with a probability, or what is missing."""

from __future__ import annotations

from functools import partial
from shlex import join, quote

from experiments.command.searches import answer_of, options, shown
from experiments.exits import Exit
from experiments.language.words import unfilled
from experiments.packages.answers import reached
from experiments.packages.reach import question_of
from experiments.packages.reach_table import told
from experiments.packages.reach_words import paragraph
from scenarios.values.errors import InputError


def help_text() -> str:
    """What it takes."""
    return unfilled("help.reach")


def main(args: list[str]) -> int:
    """sanxiang reach TARGET [KEY=VALUE...] [--format json] [--workers W]"""
    words, workers, form = options(args)
    if not words or "=" in words[0]:
        raise InputError("reach needs a target first - usage: sanxiang reach TARGET [KEY=VALUE...]")
    command = join(["sanxiang", "reach", *words])
    question = question_of(words[0], words[1:], command)
    answer = answer_of(partial(reached, question, workers), command)
    out = shown(answer, form, told, paragraph)
    folder = quote(str(question.asked.results))
    if answer["package"] is not None:
        print(f"\nreform: {answer['package']['file']}; its runs: sanxiang targets {folder}", file=out)
    print(f"kept: sanxiang report {folder} shows it, sanxiang figure reach {folder} draws it", file=out)
    return Exit.OK
