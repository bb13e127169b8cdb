"""What a view is drawn from."""

from __future__ import annotations

from typing import NamedTuple

from experiments.explorer.asked import Asked
from experiments.explorer.jobs import Work
from experiments.explorer.question import Question
from experiments.explorer.studies import Study
from experiments.explorer.view import View


class Shown(NamedTuple):
    """What a view is drawn from. study: of a view that has one; full: the sweep of full size, if any."""

    asked: Asked
    view: View
    language: str
    study: Study | None = None
    full: Work | None = None

    @property
    def question(self) -> Question:
        """The question that is answered."""
        return self.asked.question
