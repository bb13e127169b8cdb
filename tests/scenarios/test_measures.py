"""Every measure of the plan stands in the region's measures.yaml with its levers."""

from collections import Counter

import pytest

from scenarios.load import load_levers
from scenarios.measures import load_measures, read_measures
from scenarios.values.errors import InputError


def test_the_plan_has_67_measures_in_its_fourth_and_16_in_its_fifth_part():
    parts = Counter(measure.section[0] for measure in load_measures().values())
    assert parts == {"四": 67, "五": 16}


def test_every_lever_carries_the_measures_that_its_own_file_names():
    measures = load_measures()
    for name, lever in load_levers().items():
        assert {number for number, measure in measures.items() if name in measure.levers} == set(
            lever.about.measures
        )
        assert lever.about.measures or lever.about.reason


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
        read_measures(path)


# --- a lever's own file decides what it carries ----------------------------------------------------------


@pytest.fixture
def table(small_configs):
    """A table of two measures, of which one is carried by a lever that has no file yet."""
    path = small_configs / "region" / "hunan" / "measures.yaml"
    path.write_text(
        "A1: {section: 四, quote: a, levers: [later], evidence: A}\n"
        "A2: {section: 四, quote: b, levers: [later], evidence: A}\n",
        encoding="utf-8",
    )
    return path


def edited(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def names(folder, number):
    edited(folder / "lever/voucher.yaml", "measures: []\nreason: a tool of a test", f"measures: [{number}]")


def test_a_new_lever_carries_a_measure_without_a_line_in_the_table(small_configs, small_levers, table):
    names(small_configs, "A2")
    measures = load_measures(folder=small_configs, package=small_levers)
    assert [measure.levers for measure in measures.values()] == [["later"], ["later", "voucher"]]


def test_a_measure_that_the_plan_does_not_have_is_refused(small_configs, small_levers, table):
    names(small_configs, "AA2")
    with pytest.raises(InputError, match="lever voucher: unknown measure 'AA2' - did you mean 'A2'"):
        load_measures(folder=small_configs, package=small_levers)


def test_a_table_that_says_otherwise_than_the_levers_own_file_is_refused(small_configs, small_levers, table):
    edited(table, "quote: a, levers: [later]", "quote: a, levers: [later, voucher]")
    with pytest.raises(
        InputError, match="A1 names voucher, whose own file does not name A1 among its measures"
    ):
        load_measures(folder=small_configs, package=small_levers)
