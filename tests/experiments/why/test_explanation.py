"""An explanation of a game whose answer is known: parts, costs, ways, gains, words, and its record."""

import json
import re
import sys

import numpy as np
import pytest
import toy_game
import toy_province
from toy_game import record

from experiments.__main__ import main
from experiments.command.printed_json import printed_json
from experiments.exits import CorruptData
from experiments.figures import EXPLAINED, figure_named, files
from experiments.store.forms import checked
from experiments.store.store import claimed
from experiments.why.chain import ways
from experiments.why.explanation import explanation_of
from experiments.why.gains import changes, measurable, money_left
from experiments.why.in_json import in_json
from experiments.why.kept import kept_explanations
from experiments.why.table import explained
from experiments.why.words import paragraph
from scenarios.values.errors import InputError


@pytest.fixture(scope="module")
def found():
    return explanation_of(record())


def test_what_two_parts_do_together_is_split_between_them(found):
    assert found.part("sei_va", "industry").mean == pytest.approx(33.0, rel=0.05)
    assert found.part("sei_va", "technology").mean == pytest.approx(13.0, rel=0.05)
    assert found.alone_adds("sei_va", "industry").mean == pytest.approx(30.0, rel=0.05)
    assert found.without_loses("sei_va", "industry").mean == pytest.approx(36.0, rel=0.05)


def test_who_adds_nothing_has_no_part_in_any_pair(found):
    assert found.part("sei_va", "talent") == (0.0, 0.0, 0.0)


def test_parts_of_every_measure_add_up_to_its_effect(found):
    for name in found.measures:
        parts = sum(found.part(name, one.name).mean for one in found.players)
        assert parts == pytest.approx(found.effect(name).mean, abs=1e-9)
        assert found.remainder(name) < 1e-9


def test_cost_per_unit_is_cost_over_the_part(found):
    assert found.cost_of("sei_va").value == pytest.approx(150.0 / 46.0, rel=0.05)
    assert found.cost_of("sei_va", "industry").value == pytest.approx(100.0 / 33.0, rel=0.05)
    assert found.cost_of("sei_va", "talent").status == "not determined"


def test_a_chance_that_every_pair_changes_is_no_certainty(found):
    part = found.part("hnte_count_hit", "industry")
    assert part.mean == part.high == pytest.approx(100.0) and part.low < 80.0
    assert found.part("hnte_count_hit", "talent").high > 20.0


def test_pairs_that_share_a_set_of_parameters_are_one_observation():
    drawn = explanation_of(record(pairs=12, draws=4))
    assert (drawn.pairs, drawn.observations) == (12, 4)


def test_an_interval_over_sets_of_parameters_contains_what_these_change():
    """Of four sets that make .7, .9, 1.1 and 1.3 of an effect of 46 the standard error is 5.9, whatever the
    pairs of each."""
    luck_alone, *both = (explanation_of(record(pairs=n, draws=4, spread=s)) for n, s in
                         ((24, 0.0), (24, 0.2), (96, 0.2)))  # fmt: skip
    assert width(luck_alone.effect("sei_va")) < 5.0
    for found in both:
        effect = found.effect("sei_va")
        assert 2 * 1.96 * 5.9 < width(effect) < 2 * 3.2 * 6.5
        assert found.observations == 4 and effect.low < 46.0 * 0.9 and effect.high > 46.0 * 1.1
        parts = sum(found.part("sei_va", one.name).mean for one in found.players)
        assert parts == pytest.approx(effect.mean, abs=1e-9)
        assert width(found.part("sei_va", "industry")) > width(luck_alone.part("sei_va", "industry"))


def width(one):
    return one.high - one.low


def test_the_first_pairs_of_a_record_can_be_read_alone():
    assert explanation_of(record(pairs=12), 5).pairs == 5


def test_where_coverage_differs_targets_are_counted_by_activity_and_that_is_said():
    other = explanation_of(record(coverage=2.0))
    assert other.recounted and not explanation_of(record()).recounted
    assert "Coverage differs" in paragraph(other) or "coverage differs" in paragraph(other)


def test_a_way_ends_before_the_first_step_that_cannot_be_told_from_nothing(found):
    research = ways(found)[0]
    assert research.breaks_at is not None and research.breaks_at.step.name == "way_quality"
    assert "what is known of this way ends before quality of products" in paragraph(found)


def test_gains_and_losses_are_told_apart(found):
    gain, lose = measurable(changes(found, "industry"))
    assert [one.member.name for one in lose] == ["materials"] and len(gain) == 8
    paid = next(one for one in changes(found, "sector") if one.member.name == "cost")
    assert paid.change.mean == -1.0


def test_money_that_cannot_be_spent_is_named(found):
    assert [one.programme for one in money_left(found) if one.is_news] == ["guidance_funds", "rd_subsidy"]
    assert "guidance_funds" in paragraph(found)


def test_words_name_the_largest_part_only_where_it_surely_is(found):
    assert "The part of industry is larger than any other." in paragraph(found)
    close = record()
    column = close["measures"].index("sei_va")
    noise = [60.0, -80.0] * 6
    for unit, more in zip(close["units"], noise, strict=True):
        for mask in unit["masks"]:
            unit["values"][mask][column] += more * (mask & 1)
    said = paragraph(explanation_of(close))
    assert "is larger than any other" not in said and "cannot be told" in said


def test_no_sentence_calls_an_effect_sure_whose_interval_holds_zero(found):
    """Every number with a sign that stands before an interval lies in it, and so does no zero."""
    told = re.findall(r"([+-][\d.,]+)[^()+;-]*\(([+-]?[\d.,]+) to ([+-]?[\d.,]+)\)", paragraph(found))
    assert len(told) > 10
    for one in told:
        mean, low, high = (float(part.replace(",", "")) for part in one)
        assert low <= mean <= high and not low <= 0.0 <= high


def test_text_and_json_hold_all_parts(found):
    text = explained(found)
    for words in ("industry", "all together", "without it", "through research"):
        assert words in text
    plain = json.loads(printed_json(in_json(found)))
    assert {one["measure"] for one in plain["attribution"]} == set(found.measures)
    assert (
        len(plain["ways"]) == 4 and plain["conditions"]["pairs"] == 12 and plain["words"] == paragraph(found)
    )
    assert len(explained(found, "rd_growth").split("\n")) < len(text.split("\n"))


def test_a_table_has_a_row_for_each_measure_and_part(found):
    table = found.table().set_index(["measure", "part"])
    assert len(table) == len(found.measures) * 4
    assert table.loc[("sei_va", "all"), "mean"] == found.effect("sei_va").mean
    assert np.isnan(table.loc[("sei_va", "talent"), "cost_per_unit"])


# --- in a folder -------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": toy_province.TODAY)
    chosen = [toy_province.scenario("plan", 0.003), toy_province.scenario()]
    return toy_game.keeping(toy_province.results(tmp_path / "r", scenarios=chosen), toy_province.TODAY)


def test_an_explanation_comes_out_as_it_was_kept(folder):
    (held,) = kept_explanations(folder)
    assert {name: held[name] for name in record()} == record()


def test_another_with_the_same_key_takes_its_place(folder):
    toy_game.keeping(folder, toy_province.TODAY, record(pairs=3))
    assert [len(one["units"]) for one in kept_explanations(folder)] == [3]


@pytest.mark.parametrize(
    "change",
    [
        {"players": []},
        {"measures": ["spent"]},
        {"scale": 0.0},
        {"units": []},
        {"by": "luck"},
        {"budgets": {"rd_subsidy": [1.0]}},
    ],
)
def test_a_record_of_another_form_is_damaged(change):
    checked("explanation", record() | {"of": "0" * 64}, "file")
    with pytest.raises(CorruptData):
        checked("explanation", record() | {"of": "0" * 64} | change, "file")


@pytest.mark.parametrize("wrong", ["a coalition less", "an order of others", "twice the same pair"])
def test_a_unit_that_is_not_whole_is_damaged(wrong):
    broken = record(pairs=2) | {"of": "0" * 64}
    unit = broken["units"][0]
    match wrong:
        case "a coalition less":
            unit["masks"], unit["values"] = unit["masks"][1:], unit["values"][1:]
        case "an order of others":
            unit["orders"] = [[0, 1, 1]]
        case _:
            broken["units"][1]["replication"] = 0
    with pytest.raises(CorruptData):
        checked("explanation", broken, "file")


def test_a_damaged_one_is_told_put_aside_and_not_reported(folder, capsys):
    (path,) = (folder / "explanations").iterdir()
    path.write_text(path.read_text().replace("0.1", "0.2", 1))
    assert main(["verify", str(folder)]) == 65 and path.name in "".join(capsys.readouterr())
    with claimed(folder, toy_province.TODAY) as store:
        assert store.quarantine_damaged()
    assert (folder / "quarantine" / path.name).exists() and not kept_explanations(folder)


def test_verify_counts_explanations(folder, capsys):
    assert main(["verify", str(folder)]) == 0
    assert "and 1 explanations" in capsys.readouterr().out


def test_the_report_has_a_section_with_words_and_figures(folder):
    assert main(["report", str(folder)]) == 0
    page = (folder / "report.html").read_text("utf-8")
    assert 'id="why"' in page and "Of it fall to industry" in page
    assert all(f"figure-{name}-{'a' * 12}" in page for name in EXPLAINED)


@pytest.mark.parametrize("name", EXPLAINED)
def test_a_figure_is_drawn_with_its_small_print_and_the_same_bytes_each_time(folder, name):
    from experiments.figures.material.folder import evidence_of

    evidence = evidence_of(folder)
    figure, axes, data = figure_named(name)(evidence, language="en")
    assert set(np.ravel(axes)) == set(figure.axes) and len(data)
    small = " ".join(" ".join(text.get_text() for text in figure.texts).split())
    for part in (
        "N = 12 pairs",
        "0 failed",
        "published to 2020",
        f"sanxiang figure {name} ",
        "explanation=aaaa",
    ):
        assert part in small
    again = figure_named(name)(evidence, language="en")[0]
    assert files.drawn_as(figure, ".svg") == files.drawn_as(again, ".svg")
    with pytest.raises(InputError, match="explained scenario 'paln'"):
        figure_named(name)(evidence, scenario="paln")


def test_a_figure_of_a_folder_without_explanation_says_how_one_is_made(tmp_path, monkeypatch):
    from experiments.figures.material.folder import evidence_of

    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    evidence = evidence_of(toy_province.results(tmp_path / "r", scenarios=[toy_province.scenario()]))
    with pytest.raises(InputError, match="sanxiang explain"):
        figure_named("chain")(evidence)


def test_no_line_is_wider_than_the_terminal(found, terminal):
    assert "all together" in terminal(explained(found))
