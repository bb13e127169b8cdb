"""Why a scenario differs, as a function: runs what the folder lacks, keeps it, and reads the explanation.

import experiments as sanxiang

found = sanxiang.explain("results/thrusts:five_thrusts")
found.part("sei_va", "industry")      # Estimate(mean, low, high)
found.table()                         # pandas: one row per measure and part
"""

from __future__ import annotations

from collections import deque
from pathlib import Path

from experiments.plan.patience import Say, aloud
from experiments.store import header
from experiments.store.store import claimed
from experiments.why.explanation import Explanation, explanation_of
from experiments.why.kept import answered
from experiments.why.question import Question, Wanted, question_of


def explain(a: str, b: str | None = None, workers: int | None = None, **wanted: object) -> Explanation:
    """Why the scenario a, as DIR:SCENARIO, differs from b, as_in_2020 unless given.

    wanted: by ("lever" or "thrust"), replications, scale, draws (sets of parameters), orders, and levers (the
    folder of levers from outside that the runs have), as `sanxiang explain --help` says. What the folder
    keeps already is not run again.

    Raises:
        InputError, FolderDiffers: as question_of. FolderHeld: a sweep writes to the folder. CannotWrite.
    """
    return answer(question_of(Wanted(a, b, **wanted)), workers)  # type: ignore[arg-type]


def answer(question: Question, workers: int | None = None, say: Say = aloud) -> Explanation:
    """The answer to a question; its runs are told before the first one.

    Raises:
        FolderHeld, CannotWrite, InTheWay.
    """
    today = header.with_own(header.header(question.game.spec.region), question.game.base.own)
    with claimed(Path(question.folder), today) as store:
        (whole,) = deque(answered(store, question, workers, say), maxlen=1)
    return explanation_of(whole, len(question.units))
