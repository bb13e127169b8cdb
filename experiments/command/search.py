"""`sanxiang search`: the best packages, as a front of chances, value added and cost, robust over worlds."""

from __future__ import annotations

from functools import partial
from shlex import join, quote

from experiments.command.searches import answer_of, options, shown
from experiments.exits import Exit
from experiments.language.words import unfilled
from experiments.packages.answers import searched
from experiments.packages.search import question_of
from experiments.packages.search_table import told
from experiments.packages.search_words import paragraph


def help_text() -> str:
    """What it takes."""
    return unfilled("help.search")


def main(args: list[str]) -> int:
    """sanxiang search [OBJECTIVE...] [KEY=VALUE...] [--format json] [--workers W]"""
    words, workers, form = options(args)
    command = join(["sanxiang", "search", *words])
    question = question_of(words, command)
    answer = answer_of(partial(searched, question, workers), command)
    out = shown(answer, form, told, paragraph)
    folder = quote(str(question.asked.results))
    for one in answer["chosen"]:
        print(f"reform: {one['file']}", file=out)
    print(f"kept: sanxiang report {folder} shows it, sanxiang figure front {folder} draws it", file=out)
    return Exit.OK
