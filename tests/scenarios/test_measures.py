"""Every measure of the plan stands in configs/plan_measures.yaml with its levers."""

from collections import Counter

import pytest

from scenarios.load import load_levers
from scenarios.measures import load_measures
from scenarios.values.errors import InputError

BEYOND_THE_MEASURES = {"super_deduction", "high_tech_award"}  # a national rule, and a policy in force before


def test_the_plan_has_67_measures_in_its_fourth_and_16_in_its_fifth_part():
    parts = Counter(measure.section[0] for measure in load_measures().values())
    assert parts == {"四": 67, "五": 16}


def test_every_lever_but_two_carries_a_measure():
    carried = {name for measure in load_measures().values() for name in measure.levers}
    assert set(load_levers()) - BEYOND_THE_MEASURES <= carried


def test_no_two_measures_have_the_same_words():
    words = [measure.quote for measure in load_measures().values()]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize(
    ("entry", "mistake"),
    [
        ("{section: 四, quote: a, levers: [], evidence: A}", "levers"),
        ("{section: 四, quote: a, levers: [x], evidence: D}", "evidence"),
        ("{section: 四, levers: [x], evidence: A}", "quote"),
    ],
)
def test_a_measure_without_levers_words_or_evidence_is_refused(tmp_path, entry, mistake):
    path = tmp_path / "measures.yaml"
    path.write_text(f"X1: {entry}\n", encoding="utf-8")
    with pytest.raises(InputError, match=f"measures.yaml: X1.*{mistake}"):
        load_measures(path)
