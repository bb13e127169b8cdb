"""Which candidates are kept: what is solved, what is compared, and the file that is written."""

from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments.__main__ import main
from experiments.evidence import drawing
from experiments.evidence.drawing import Candidate, draw, file_text, lines, within
from experiments.evidence.facts.fact import FIT, load_facts
from experiments.evidence.past import past
from scenarios.drawn import load_drawn, priors_digest
from scenarios.load import load_parameters
from scenarios.values.errors import InputError
from sim.model import choose

SOLVED = {("firms", "research_scale"): 0.02, ("economy", "outside_growth"): -0.024}


@pytest.mark.parametrize(("value", "met"), [(79.0, False), (81.0, True), (100.0, True), (121.0, False)])
def test_a_published_figure_may_be_missed_by_twice_the_distance_of_a_hit(value, met):
    assert within(90.0, 110.0, value) is met


def test_a_range_is_doubled_about_its_middle():
    assert [within(8.0, 14.0, value) for value in (4.9, 5.1, 16.9, 17.1)] == [False, True, True, False]


def test_what_keeps_a_set_is_a_fact_of_the_region_and_no_validation():
    used = {fact.name: fact.used_for for fact in load_facts("hunan").values()}
    assert {name: used.get(name) for name in drawing.CHECKED} == dict.fromkeys(drawing.CHECKED, FIT)


def test_a_checked_fact_that_lies_off_is_named_with_its_year():
    run = past(choose(scale=0.02))
    run.annual["gdp"] = 0.93 * np.array([30853.5, 33828.1, 36329.7, 39894.1, 41781.49]) * 1e8
    run.annual["hnte"] = np.array([1.0, 3153, 4660, 6287, 8621 * 1.31])
    missed = drawing.misses([run])
    assert {"GDP in 2016", "GDP in 2020", "certified in 2020"} <= set(missed)
    assert not {"certified in 2017", "certified in 2019"} & set(missed)


def test_a_region_without_facts_draws_nothing():
    lakeland = str(Path(__file__).parents[2] / "regions" / "lakeland")
    with pytest.raises(InputError, match=r"has no facts\.yaml"):
        draw(1, region=lakeland)


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


def test_no_line_is_wider_than_the_terminal(every_third, monkeypatch, terminal, capsys):
    found = draw(4, say=lambda _: None)
    monkeypatch.setattr("experiments.command.prior.draw", lambda *_, **__: found)
    assert main(["prior", "--draws", "4"]) == 0
    assert "candidates tried" in terminal(capsys.readouterr().out)


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
