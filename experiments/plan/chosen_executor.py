"""The executor that words of a command choose, as those of a sweep do."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.plan.settings import ExecutorSettings
from experiments.plan.sweep_plan import plan_sweep

EXECUTOR = "executor"


def is_of_executor(word: str) -> bool:
    """Whether a word is executor=NAME or executor.KEY=VALUE."""
    return word.startswith((f"{EXECUTOR}=", f"{EXECUTOR}."))


def chosen_executor(words: Sequence[str]) -> ExecutorSettings:
    """The executor that the words choose; this machine unless they do.

    Raises: InputError as a sweep's words.
    """
    return plan_sweep(["parameters=central", "replications=1", *filter(is_of_executor, words)]).executor
