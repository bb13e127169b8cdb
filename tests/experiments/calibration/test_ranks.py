"""Ranks of known truths: even where the method is right, kept as they come, of futures as of parameters."""

from dataclasses import replace

import numpy as np
import pytest

from experiments.calibration import ranks as module
from experiments.calibration.posterior import Problem, published
from experiments.calibration.predictive import forecast
from experiments.calibration.ranks import KEPT, Prepared, Ranks, holm, inside, ranks_of
from experiments.calibration.ranks_figure import ranks_figure
from experiments.calibration.ranks_told import lines, section
from experiments.calibration.statistics import covariance
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError
from tests.experiments.calibration.test_inference import SLOPE, linear
from tests.experiments.calibration.test_statistics import one

TRUTHS = 20
MISSED = np.array([[0.09, 0.06, 0.13], [0.06, 0.16, 0.09], [0.13, 0.09, 0.25]])
"""Covariance of what a surrogate misses of three statistics, the last of them held out."""


def luck_of(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def toy() -> Problem:
    """Two statistics of 2018 and 2020 that are fitted, a third that is held out; all linear."""
    slope = np.column_stack([SLOPE, [0.5, -0.7]])
    nothing = ((np.zeros((2, 3)), np.zeros(3)),)
    emulator = replace(
        linear(), centre=np.zeros(3), spread=np.ones(3), networks=(nothing,), slope=slope, shift=np.zeros(3),
        residual=MISSED,
    )  # fmt: skip
    rows = (("first", 2018, "fit"), ("second", 2020, "fit"), ("third", 2020, "held out"))
    statistics = tuple(
        one(
            fact=name, name=f"{name}@{year}", year=year, used_for=used, log=False, level_error=0.0,
            year_error=0.1,
        )
        for name, year, used in rows
    )  # fmt: skip
    return Problem(emulator, statistics, np.arange(2))


def runs(count: int) -> Prepared:
    """Truths whose runs miss the surrogate as it says."""
    scores = luck_of(1).standard_normal((count, 2))
    missed = luck_of(2).multivariate_normal(np.zeros(3), MISSED, count)
    problem = toy()
    return Prepared(problem, problem.emulator.mean(scores) + missed, scores)


@pytest.fixture
def few(monkeypatch):
    """Short chains, and a table that is made up."""
    for name, value in (("DRAWS", 60), ("WARM_UP", 60), ("TOGETHER", 5)):
        monkeypatch.setattr(module, name, value)
    ready = runs(TRUTHS)
    monkeypatch.setattr(module, "prepared", lambda folder, rows: ready)
    monkeypatch.setattr(module, "refuse_too_many", lambda *_: None)
    return ready


def test_ranks_tell_right_intervals_from_narrow_ones():
    luck = luck_of(5)
    even = Ranks(("a", "b"), ("parameter", "future"), luck.integers(0, KEPT + 1, (400, 2)))
    assert even.rejected == []
    assert even.coverage(0.9) == pytest.approx(0.9, abs=0.05)
    outside = np.clip(np.rint(KEPT * (0.5 + luck.standard_normal((400, 1)))), 0, KEPT).astype(int)
    narrow = replace(even, ranks=np.column_stack([even.ranks[:, 0], outside]))
    assert narrow.rejected == ["b"]
    assert narrow.coverage(0.9, "future") < 0.6 < narrow.coverage(0.9, "parameter")


def test_many_tests_are_corrected_for_their_number():
    assert holm(np.array([0.01, 0.04, 0.03])) == pytest.approx([0.03, 0.06, 0.06])


def test_the_middle_of_the_ranks_lies_inside():
    assert inside(np.array([0, 24, 26, 50, 74, 99]), 0.5).tolist() == [False, False, True, True, True, False]


def test_a_forecast_of_a_run_knows_what_its_figures_say_of_its_luck():
    """Given draws of the exact posterior, what was held out lies where it is forecast as often as it says."""
    problem, truths = toy(), runs(400)
    slope = problem.emulator.slope[:, :2]
    spread = np.linalg.inv(np.eye(2) + slope @ np.linalg.inv(problem.errors) @ slope.T)
    places, luck, ranks, wide = np.array([2]), luck_of(3), [], []
    for row in truths.rows:
        figures = published(problem.fitted, row[None, :2], luck)[0]
        mean = spread @ slope @ np.linalg.inv(problem.errors) @ figures
        draws = luck.multivariate_normal(mean, spread, KEPT)
        told = forecast(problem, draws, np.zeros((KEPT, 0)), figures, places, luck)[:, 0]
        ranks.append((told < row[2]).sum())
        wide.append(told.var())
    for level in (0.5, 0.8, 0.9):
        assert inside(np.array(ranks), level).mean() == pytest.approx(level, abs=0.07)
    known = MISSED[2, :2] @ np.linalg.inv(covariance(problem.fitted) + MISSED[:2, :2]) @ MISSED[:2, 2]
    assert known > 0.5 * MISSED[2, 2] and np.mean(wide) < MISSED[2, 2]


def test_truths_are_ranked_once_and_kept(tmp_path, few, monkeypatch):
    folder, done = OwnPath(tmp_path), []
    folder.make()
    first = ranks_of(folder, 10, workers=1, say=str)
    ranked = module.ranked
    monkeypatch.setattr(module, "ranked", lambda *args: done.append(args[2]) or ranked(*args))
    every = ranks_of(folder, 15, workers=1, say=str)
    assert done == [[10]]  # the first ten are there
    assert np.array_equal(every.ranks[:10], first.ranks)
    assert every.names == ("a", "b", "third@2020", "second@2020 from 2018", "third@2020 from 2018")
    assert every.kinds == ("parameter",) * 2 + ("held out",) + ("future",) * 2
    assert every.ranks.min() >= 0 and every.ranks.max() <= KEPT
    assert every.coverage(0.9) > 0.7 and every.coverage(0.9, "future") > 0.7


def test_other_figures_are_ranked_anew(few):
    other = replace(
        few.problem, statistics=tuple(replace(row, year_error=0.4) for row in few.problem.statistics)
    )
    assert replace(few, problem=other).digest != few.digest == replace(few, rows=few.rows.copy()).digest


def test_more_truths_than_rows_are_refused(tmp_path, few):
    with pytest.raises(InputError, match="21 truths: one row in 10 is one, and the table has 20"):
        ranks_of(OwnPath(tmp_path), 21)


def made_up() -> Ranks:
    names = ("firms.a", "b", "held@2018", "late@2020 from 2018")
    kinds = ("parameter", "parameter", "held out", "future")
    ranks = luck_of(6).integers(0, KEPT + 1, (200, 4))
    ranks[:, 1] //= 3  # off to one side
    return Ranks(names, kinds, ranks, 87.0, 0.001)


def test_a_name_that_is_off_is_told_with_its_coverage():
    text = "\n".join(lines(made_up()))
    assert "200 known truths" in text and "1 of 4" in text
    page = section(made_up(), "sanxiang calibrate --ranks 200", "ranks.svg")
    assert "| parameters | 2 | " in page and page.count("| b |") == 2
    assert "![Ranks of known truths](ranks.svg)" in page
    assert "![" not in section(made_up(), "sanxiang calibrate --ranks 200")


def test_ranks_are_drawn_with_the_least_uniform_names():
    figure = ranks_figure(made_up())
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[:3] == ["all parameters", "held-out statistics", "2019 and 2020"]
    assert titles[3].startswith("b, p 0.000")
