"""Whether the model is compiled, and a word to whoever waits for it."""

from __future__ import annotations

from agents.engine import cache_folder
from experiments.plan.patience import Say, aloud

COMPILING = "compiling the model, once for these sources: about two minutes"


def compiles_first(work: str = cache_folder.RUN, say: Say = aloud) -> bool:
    """Whether one process has to compile the model for all others; says so, and why it will be done again."""
    if cache_folder.is_whole(work):
        return False
    lost = cache_folder.not_kept()
    say(f"compiling the model, for this command alone: {lost}" if lost else COMPILING)
    return True
