"""What a view is drawn from."""

from __future__ import annotations

from typing import NamedTuple

from experiments.explorer.asked import Asked
from experiments.explorer.jobs import Work
from experiments.explorer.question import Question
from experiments.explorer.view import View


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
