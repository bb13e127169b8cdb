"""Which candidates are kept: what is solved, what is compared, and the file that is written."""

import numpy as np
import pytest
import yaml

from experiments.evidence import drawing
from experiments.evidence.drawing import Candidate, draw, file_text, lines, within
from experiments.evidence.plausibility import Figure
from scenarios.drawn import load_drawn, priors_digest
from scenarios.load import load_parameters
from scenarios.values.errors import InputError

SOLVED = {("firms", "research_scale"): 0.02, ("economy", "outside_growth"): -0.024}


def figure(**given) -> Figure:
    return Figure("f", "unit", lambda run: np.zeros(5), **given)


@pytest.mark.parametrize(("value", "met"), [(79.0, False), (81.0, True), (100.0, True), (121.0, False)])
def test_a_published_figure_may_be_missed_by_twice_the_distance_of_a_hit(value, met):
    assert within(figure(published={2020: 100.0}, within=0.10), 2020, value) is met


def test_a_range_is_doubled_about_its_middle():
    entry = figure(between=(8.0, 14.0))
    assert [within(entry, 2018, value) for value in (4.9, 5.1, 16.9, 17.1)] == [False, True, True, False]


@pytest.fixture
def every_third(monkeypatch):
    """Candidates whose number is a multiple of three meet 2016-20; nothing is run."""

    def tried(region, slopes, number):
        return Candidate(
            number, SOLVED, () if number % 3 == 0 else ("certified in 2018", "certified in 2019")
        )

    monkeypatch.setattr(drawing, "central_slopes", lambda region: np.zeros((4, 4)))
    monkeypatch.setattr(drawing, "candidate", tried)
    monkeypatch.setattr(drawing, "in_parallel", lambda function, items, workers: [function(n) for n in items])


def test_candidates_are_tried_in_order_until_enough_are_kept(every_third):
    found = draw(4, say=lambda _: None)
    assert [one.number for one in found.kept] == [0, 3, 6, 9]
    assert len(found.candidates) == 10
    assert draw(2, say=lambda _: None).kept == found.kept[:2]
    assert found.missed == {"certified": 6}


def test_too_few_that_meet_the_past_are_told(every_third):
    with pytest.raises(InputError, match="16 candidates tried and fewer than 8 meet 2016-20"):
        draw(8, say=lambda _: None, most=2)


def test_the_share_kept_and_what_is_missed_are_printed(every_third):
    said = "\n".join(lines(draw(4, say=lambda _: None)))
    assert "10 candidates tried, 4 kept (40%)" in said
    assert "60%  certified" in said


def test_the_file_holds_what_was_kept_and_what_it_was_drawn_from(every_third):
    table = yaml.safe_load(file_text(draw(2, say=lambda _: None)))
    assert table == {
        "priors": priors_digest(load_parameters()),
        "tried": 4,
        "solved": ["firms.research_scale", "economy.outside_growth"],
        "kept": [[0, 0.02, -0.024], [3, 0.02, -0.024]],
    }


def test_shipped_sets_still_meet_their_past():
    """Three of them, with their solved constants: the file is drawn again when the model changes."""
    for drawn in load_drawn().sets[:3]:
        world = drawing.Baseline(drawing.REPLICATIONS, 1, "hunan", drawn)
        medians = world.run({})
        left = [level.gap(medians) for level in drawing.levels("hunan")]
        assert np.abs(left).max() < drawing.LEVEL_MET
        assert drawing.misses(world.runs) == []
