"""Each lever has a home in the plan: the thrust in which most of its measures stand."""

import pytest

from scenarios.load import load_levers
from scenarios.measures import load_measures
from scenarios.thrusts import NONE, THRUSTS, possible_homes, secondary, thrust_of, wrong_home
from scenarios.values.errors import InputError


def test_every_measure_belongs_to_a_thrust():
    assert {thrust_of(number) for number in load_measures()} == {*THRUSTS}


def test_only_levers_without_a_measure_have_no_home():
    homeless = {lever.about.id for lever in load_levers().values() if lever.about.thrust == NONE}
    assert homeless == {"L05", "L06"}


def test_every_thrust_is_the_home_of_some_lever():
    assert {lever.about.thrust for lever in load_levers().values()} == {*THRUSTS, NONE}


def test_other_thrusts_of_its_measures_are_secondary():
    measures = ["C1.1", "C1.4", "T2.1", "T2.2", "G3.3"]
    assert possible_homes(measures) == ["industry", "technology"]
    assert secondary("technology", measures) == ["industry", "safeguards"]


@pytest.mark.parametrize(
    ("home", "measures", "said"),
    [
        ("technology", ["T1.1"], None),
        ("industry", ["C1.1", "T1.1"], None),  # as many in each: the file decides
        ("none", [], None),
        ("talent", ["M1"], None),  # a plan without these thrusts
        ("none", ["T1.1"], "thrust is 'none'; most of its measures stand in technology"),
        (
            "industry",
            ["C1.1", "T1.1", "T1.2"],
            "thrust is 'industry'; most of its measures stand in technology",
        ),
        ("industry", [], "thrust is 'industry', but it carries no measure: 'none'"),
    ],
)
def test_a_home_is_where_most_measures_stand(home, measures, said):
    assert wrong_home(home, measures) == said


def edited(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_wrong_home_and_a_word_that_is_none_are_refused(small_configs, small_levers):
    folder = small_configs
    (folder / "region/hunan/measures.yaml").write_text(
        "T1: {section: 四, quote: a, levers: [voucher], evidence: A}\n", encoding="utf-8"
    )
    edited(folder / "lever/voucher.yaml", "measures: []\nreason: a tool of a test", "measures: [T1]")
    edited(folder / "lever/voucher.yaml", "thrust: none", "thrust: talent")
    with pytest.raises(
        InputError, match="lever voucher: thrust is 'talent'; most of its measures stand in tech"
    ):
        load_measures(folder=folder, package=small_levers)
    edited(folder / "lever/voucher.yaml", "thrust: talent", "thrust: science")
    load_levers.cache_clear()
    load_measures.cache_clear()
    with pytest.raises(InputError, match="thrust"):
        load_levers(folder, small_levers)


def test_a_lever_without_a_home_is_refused(small_configs, small_levers):
    edited(small_configs / "lever/voucher.yaml", "thrust: none\n", "")
    with pytest.raises(InputError, match="thrust"):
        load_levers(small_configs, small_levers)
