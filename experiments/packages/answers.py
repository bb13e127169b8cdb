"""Searches as functions: they run what the folder lacks, keep what was found, and tell it as plain values.

import experiments as sanxiang

found = sanxiang.reach("hnte_count", "probability=.95", "cost<=5")
found["reached"], found["package"]["file"]
"""

from __future__ import annotations

from shlex import join
from typing import Any

from experiments.packages import reach as reaching
from experiments.packages import search as searching
from experiments.packages.instead import instead_of
from experiments.packages.kept import keep_reach, keep_search
from experiments.packages.reach_answer import answer_of
from experiments.packages.search_answer import answer_of as answer_of_search
from experiments.plan.patience import Say, aloud


def reach(target: str, *words: str, workers: int | None = None) -> dict[str, Any]:
    """The cheapest package found that reaches a target with a probability, as `sanxiang reach` tells it in
    JSON.

    words: as `sanxiang reach --help` says.

    Raises:
        InputError, ModelDiffers, CorruptData before any run; FolderHeld, FolderDiffers, CannotWrite;
        Interrupted when stopped.
    """
    command = join(["sanxiang", "reach", target, *words])
    return reached(reaching.question_of(target, list(words), command), workers)


def reached(question: reaching.Question, workers: int | None = None, say: Say = aloud) -> dict[str, Any]:
    """The answer to a question; see reach."""
    found = reaching.found_for(question, workers, say)
    instead = [] if found.reached else instead_of(found, workers, say)
    answer = answer_of(found, instead)
    keep_reach(found, answer)
    return answer


def search(*words: str, workers: int | None = None) -> dict[str, Any]:
    """The front of packages and the best of it at equal spending, as `sanxiang search` tells it in JSON.

    words: as `sanxiang search --help` says.

    Raises:
        as reach.
    """
    command = join(["sanxiang", "search", *words])
    return searched(searching.question_of(list(words), command), workers)


def searched(question: searching.Question, workers: int | None = None, say: Say = aloud) -> dict[str, Any]:
    """The answer to a question; see search."""
    found = searching.found_for(question, workers, say)
    answer = answer_of_search(found)
    keep_search(found, answer)
    return answer
