"""A figure says which interval and bands it draws, how many cases, and names what it leaves out."""

import sys
from dataclasses import replace

import numpy as np
import pytest
import toy_province
from toy_province import results, scenario

from experiments.answer.target_table import render_targets
from experiments.figures import figure_named
from experiments.figures.drawing.style import GREY
from experiments.figures.material.evidence import MOST_SCENARIOS
from experiments.figures.material.folder import evidence_of
from experiments.report.drawn import pictures
from experiments.report.markup import escaped
from experiments.report.page import report_page
from scenarios.values.errors import InputError

MANY, FEW = 24, 4
KEY = "lever.toy.rate"
METHODS = {
    "probability": "95 % interval: Wilson",
    "response": "95 % interval: Wilson",
    "fan": "bands: the central 30 and 60 % of the runs of a year (tables: 5–95 %); 95 % interval "
    "of P: Wilson",
    "differences": "bars: Student's 95 % interval of the mean over pairs",
    "industries": "other scenarios: medians, no interval",
    "actors": "other scenarios: medians, no interval",
    "prefectures": "medians over runs, no interval",
    "links": "medians over runs, no interval",
    "money": "medians over runs, no interval",
}
WITHOUT_WILSON = [name for name, method in METHODS.items() if "Wilson" not in method]


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


def evidence(folder, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        return evidence_of(results(folder, **options))


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Three points of a swept value, and enough runs for bands."""
    rates = [0.0, 0.003, 0.009]
    return evidence(
        tmp_path_factory.mktemp("few") / "r",
        scenarios=[scenario("as_in_2020", rate) for rate in rates],
        replications=MANY,
        given=[f"{KEY}={rate}" for rate in rates],
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Twelve swept values and one that is dated, more than colours tell apart."""
    values = [*(0.001 * n for n in range(12)), "{2022:0.002}"]
    return evidence(
        tmp_path_factory.mktemp("many") / "r",
        scenarios=[scenario("as_in_2020", 0.001 * n) for n in range(13)],
        replications=FEW,
        given=[f"{KEY}={value}" for value in values],
    )


def small_print(figure):
    return " ".join(" ".join(each.get_text() for each in figure.texts).split())


def drawn(name, evidence, **options):
    figure, _, rows = figure_named(name)(evidence, language="en", **options)
    return small_print(figure), rows


@pytest.mark.parametrize("name", METHODS)
def test_each_figure_states_its_own_method(name, few):
    assert METHODS[name] in drawn(name, few, **({"target": "sei_va"} if name == "fan" else {}))[0]


@pytest.mark.parametrize("name", WITHOUT_WILSON)
def test_no_figure_without_an_interval_of_shares_speaks_of_wilson(name, few):
    assert "Wilson" not in drawn(name, few)[0]


def test_a_fan_of_few_runs_says_that_it_has_no_bands(many):
    assert "single runs: too few for bands" in drawn("fan", many, target="sei_va")[0]


@pytest.mark.parametrize(
    "name", ["probability", "prefectures", "money", "fan", "actors", "industries", "links"]
)
def test_however_many_cases_there_are_a_figure_draws_them_all(name, many):
    said, rows = drawn(name, many, **({"target": "sei_va"} if name == "fan" else {}))
    assert rows.scenario.nunique() == len(many.cases) > MOST_SCENARIOS
    assert "not drawn" not in said


def test_a_list_of_many_cases_has_the_most_likely_first(many):
    figure, _, rows = figure_named("probability")(many, language="en")
    mean = rows.groupby("scenario").probability.mean().sort_values(kind="stable")
    named = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert len(named) == len(many.cases)
    assert named[-1] in {many.short_name(case) for case in mean.index[mean == mean.min()]}


def test_a_page_of_panels_names_the_cases_that_it_has_no_room_for(many, monkeypatch):
    monkeypatch.setattr("experiments.report.drawn.IN_PANELS", 3)
    shown = [one for one in pictures(many) if one.name == "money"]
    assert len(shown) == 1
    said, rows = drawn("money", many, scenario=list(many.cases[:3]))
    assert "3 of 13 cases are drawn; not drawn: " in said and rows.scenario.nunique() == 3
    monkeypatch.setattr("experiments.figures.material.evidence.MOST_PANELS", 12)
    with pytest.raises(InputError, match="13 cases make 13 panels, at most 12"):
        drawn("money", many)


def test_differences_draw_every_case_beside_the_baseline(many):
    said, rows = drawn("differences", many)
    assert set(rows.scenario) == set(many.cases) - {many.baseline}
    assert "not drawn" not in said


def test_response_draws_every_number_and_names_the_point_that_is_none(many):
    said, rows = drawn("response", many)
    assert rows.scenario.nunique() == 12
    assert f"12 of 13 cases are drawn; not drawn: as_in_2020 {KEY}={{2022:0.002}}" in said


def test_a_figure_of_one_chosen_case_leaves_nothing_out(many):
    assert "cases are drawn" not in drawn("probability", many, scenario=many.cases[3])[0]


def test_of_more_cases_than_colours_one_has_its_own_and_the_others_are_grey(many):
    figure, _, _ = figure_named("actors")(many, scenario=many.cases[9])
    colours = {line.get_color() for line in figure.axes[0].lines}
    assert len([line for line in figure.axes[0].lines if line.get_color() == GREY]) == 12
    own = many.colour(many.cases[9])
    assert not colours & {many.colour(case) for case in many.cases} - {own}
    assert "the other 12 cases, medians" in {t.get_text() for t in figure.legends[0].get_texts()}


def test_one_pair_has_no_interval_and_every_page_says_so(tmp_path):
    one = evidence(tmp_path / "r", scenarios=[scenario(), scenario("plan", 0.003)], replications=1)
    assert one.differences.low.isna().all()
    assert "no interval from one pair or one draw" in drawn("differences", one)[0]
    page = report_page(one, pictures(one))
    assert page.count("no interval from one pair") >= 2
    assert not {"nan to", "inf to"} & set(page.split(">"))
    text = render_targets(tmp_path / "r")
    assert "no interval from one pair" in text
    assert "inf" not in text


def test_sums_of_a_smaller_economy_are_divided_by_its_scale_beside_published_figures(tmp_path):
    whole = evidence(tmp_path / "whole", scenarios=[scenario()], replications=FEW)
    small = evidence(tmp_path / "small", scenarios=[scenario()], replications=FEW, scale=0.05)
    sums = ~small.checks.what.str.startswith("Real growth")
    ratio = small.checks["median"] / whole.checks["median"]
    assert np.allclose(ratio[sums], 1 / 0.05)  # the toy's sums do not know the scale
    page = report_page(small, [])
    assert "their amounts and counts are divided by 0.05" in page
    assert "population.scale=0.05" in render_targets(tmp_path / "small")
    assert "divided by" not in report_page(whole, [])


@pytest.mark.parametrize("behind", ["population.scale=0.05", ""])
def test_the_baseline_is_first_also_with_values_behind_its_name_and_is_no_difference(tmp_path, behind):
    both = evidence(
        tmp_path / "r",
        scenarios=[scenario("plan", 0.009), scenario("as_in_2020")],
        replications=FEW,
        scale=0.05,
        given=[behind, behind],
    )
    assert both.cases == (f"as_in_2020 {behind}".rstrip(), f"plan {behind}".rstrip())
    turned = replace(both, cases=both.cases[::-1])  # as where the first named is not what others stand beside
    for one in (both, turned):
        _, _, rows = figure_named("prefectures")(one, show="difference")
        assert set(rows.scenario) == {f"plan {behind}".rstrip()}


def test_a_report_of_many_cases_ranks_every_one_of_them(many):
    page = report_page(many, [])  # its words; pictures of many cases are looked at above
    ranked = page[page.index("13 policies, by the mean of their probabilities") :].partition("</table>")[0]
    assert all(escaped(many.called(case)) in ranked for case in many.cases)
    assert "other policies lie between" in page
