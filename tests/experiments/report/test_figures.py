"""Figures draw what the store holds, say what a reader needs to trust them, and take any name."""

import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import matplotlib
import numpy as np
import pandas as pd
import pytest
import toy_province
from matplotlib import font_manager, image
from matplotlib.backends.backend_agg import FigureCanvasAgg
from toy_province import results, scenario

from experiments.answer.text_table import signed
from experiments.compute import halves
from experiments.figures import (
    EXPLAINED,
    FIGURES,
    SEARCHED,
    differences,
    fan,
    figure_named,
    files,
    form,
    prefectures,
    response,
)
from experiments.figures.drawing import bands, panels, style, text
from experiments.figures.labels import BILLION, CELLS, DRAWN_UNITS, RECIPIENTS, Label, place_labels, tiles
from experiments.figures.material.actor_series import ACTORS, MOST_PANELS
from experiments.figures.material.folder import evidence_of
from experiments.figures.material.origins import dated_text, number_text
from experiments.figures.options import checked_options, split_option
from experiments.plan import patience
from experiments.report import drawn
from experiments.report.drawn import pictures
from experiments.report.report import write_figure
from experiments.store.sweeps import ALL as SWEEPS
from scenarios.region.region import load_region
from scenarios.values.errors import InputError
from sim import indicators
from sim.state import series as government

PREFECTURES = load_region("hunan").prefectures.names
HOSTILE = ["<script>alert(1)</script>", "$x^2$", "_a", "=1+1", "方案一", "a" * 200, "line\nbreak\x00\u202e"]
ALL = [name for name in FIGURES if name not in (*EXPLAINED, *SEARCHED)]  # of a sweep alone
ONE_TARGET = {"fan": {"target": "sei_va"}}  # the other six are drawn in the same way


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


@pytest.fixture
def without_chinese_font(monkeypatch):
    monkeypatch.setattr(text, "chinese_family", lambda: None)


def toy_results(folder, **options):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        return evidence_of(results(folder, **options))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    chosen = [scenario("plan", 0.003), scenario(), scenario("no_policy", -0.002)]
    return toy_results(tmp_path_factory.mktemp("three"), scenarios=chosen)


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    rates = [0.0, 0.003, 0.009]
    return toy_results(
        tmp_path_factory.mktemp("sweep"),
        scenarios=[scenario("as_in_2020", rate) for rate in rates],
        replications=6,
        given=[f"lever.toy.rate={rate}" for rate in rates],
    )


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    chosen = [scenario(name, 0.003) for name in HOSTILE]
    return toy_results(tmp_path_factory.mktemp("hostile"), scenarios=chosen, replications=4)


def texts(figure):
    found = [t.get_text() for t in figure.texts]
    for axes in figure.axes:
        found += [t.get_text() for t in [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels()]]
        found += [axes.get_title(loc="left"), axes.get_xlabel(), axes.get_ylabel()]
    return found + [t.get_text() for legend in figure.legends for t in legend.get_texts()]


def evidence_for(name, three, sweep):
    return sweep if name == "response" else three


@pytest.mark.parametrize("name", ALL)
def test_a_figure_comes_as_figure_axes_and_the_rows_it_draws(name, three, sweep):
    figure, axes, data = figure_named(name)(evidence_for(name, three, sweep))
    assert set(np.ravel(axes)) == set(figure.axes)
    assert isinstance(data, pd.DataFrame)
    assert len(data)


@pytest.mark.parametrize("name", ALL)
def test_a_figure_carries_n_failures_vintage_version_and_its_command(name, three, sweep):
    evidence = evidence_for(name, three, sweep)
    figure, _, _ = figure_named(name)(evidence, language="en", **ONE_TARGET.get(name, {}))
    small = " ".join(" ".join(t.get_text() for t in figure.texts).split())
    for part in (
        f"N = {evidence.runs} runs",
        "0 failed",
        "published to 2020",
        "sanxiang 0.1.0",
        f"sanxiang figure {name} ",
    ):
        assert part in small


@pytest.mark.parametrize("name", ALL)
def test_svg_and_pdf_and_png_have_the_same_bytes_each_time(name, three, sweep):
    evidence = evidence_for(name, three, sweep)
    once, again = (figure_named(name)(evidence, **ONE_TARGET.get(name, {}))[0] for _ in range(2))
    suffixes = [".svg", ".pdf", ".png"] if name == "fan" else [".svg"]
    for suffix in suffixes:
        assert files.drawn_as(once, suffix) == files.drawn_as(again, suffix)


@pytest.mark.parametrize("name", [name for name in ALL if name != "response"])
def test_hostile_names_are_drawn_as_they_are(name, hostile, without_chinese_font):
    figure, _, _ = figure_named(name)(hostile, **ONE_TARGET.get(name, {}))
    shown = " ".join(texts(figure))
    for part in ("$x^2$", "_a", "=1+1", "…"):
        assert part in shown
    assert "[65B9][6848][4E00]" in shown
    files.drawn_as(figure, ".svg")  # a missing glyph or a formula would warn, and warnings are errors


def test_no_text_of_a_user_is_read_as_mathematics(hostile):
    figure, _, _ = figure_named("fan")(hostile, target="sei_va", scenario="$x^2$")
    FigureCanvasAgg(figure).draw()
    assert not any(t.get_parse_math() for axes in figure.axes for t in axes.texts)


def test_an_actor_is_drawn_with_the_series_that_the_results_hold(three):
    _, axes, data = figure_named("actors")(three, actor="firms", language="en")
    assert list(dict.fromkeys(data.series)) == ["firms", "firm_loans"]
    assert [panel.get_title(loc="left").replace("\n", " ") for panel in axes] == [
        "technology firms",
        "bank loans of firms (100 m yuan)",
    ]
    last = three.annual[(three.annual.case == "plan") & (three.annual.year == 2025)]
    drawn = data[(data.scenario == "plan") & (data.series == "firm_loans") & (data.year == 2025)]
    assert drawn.value.item() == pytest.approx(last.firm_loans.median() / 1e8)


def test_a_series_that_is_zero_in_every_run_is_named_instead_of_drawn(three):
    figure, axes, data = figure_named("actors")(three, actor="universities", language="en")
    assert list(dict.fromkeys(data.series)) == ["licence_income", "contracts_registered"]
    assert len(axes) == 2
    small = " ".join(" ".join(t.get_text() for t in figure.texts).split())
    assert "Zero in every run, not drawn: firms founded on inventions." in small
    assert "Registered contracts are an administrative figure" in small


def test_shares_are_drawn_in_percent_and_money_in_100_million_yuan(three):
    _, axes, data = figure_named("actors")(three, actor="bank", language="en")
    drawn = data[(data.scenario == "plan") & (data.series == "loan_rate") & (data.year == 2025)]
    last = three.annual[(three.annual.case == "plan") & (three.annual.year == 2025)]
    assert drawn.value.item() == pytest.approx(100 * last.loan_rate.median())
    assert axes[1].get_title(loc="left").endswith("(% a year)")


@pytest.mark.parametrize("actor", ACTORS)
def test_every_series_of_an_actor_is_recorded_by_the_model_and_fits_on_a_page(actor):
    series = ACTORS[actor].series_in(load_region("hunan").prefectures.groups)
    assert set(series) <= set(indicators.series_of().indicators)
    assert len(series) == len(set(series)) <= MOST_PANELS


def test_recorded_units_and_recipients_and_cells_have_labels():
    assert {one.unit for one in indicators.series_of().indicators.values()} <= set(DRAWN_UNITS)
    assert list(RECIPIENTS) == list(government.RECIPIENTS)
    assert list(CELLS) == list(indicators.CELL_INDICATORS)


def test_money_is_the_median_of_five_year_sums_by_programme_and_recipient(three):
    _, _, data = figure_named("money")(three)
    during = three.annual[(three.annual.case == "plan") & (three.annual.year > 2020)]
    sums = during.groupby("run_id")[["flow_innovation_carriers_firms", "relocation_incentives"]].sum() / 1e8
    one = data[data.scenario == "plan"].set_index(["kind", "name", "recipient"]).value
    assert one["paid", "innovation_carriers", "firms"] == pytest.approx(sums.iloc[:, 0].median())
    assert one["memo", "relocation_incentives", ""] == pytest.approx(sums.iloc[:, 1].median())
    flows = [name for name in during if name.startswith("flow_")]
    assert len(flows) == 3
    totals = during.groupby("run_id")[flows].sum().sum(axis=1) / 1e8
    assert one["total", "all", ""] == pytest.approx(totals.median())


def test_money_is_set_beside_what_was_appropriated(three):
    figure, axes, data = figure_named("money")(three, scenario="plan", language="en")
    assert data[data.kind == "appropriated"].set_index("name").value.to_dict() == {
        "rd_subsidy": 50,
        "all": 50,
    }
    assert [label.get_text().replace("\n", " ") for label in axes[0].get_yticklabels()] == [
        "Research post-subsidy",
        "Innovation carriers",
        "All programmes",
        "Memo: prefectures' incentives for firms that moved in",
    ]
    printed = [t.get_text().strip() for t in axes[0].texts]
    assert printed[0].endswith(" / 50")
    assert printed[1].endswith(" / –")
    assert "/" not in printed[3]
    assert [t.get_text() for t in figure.legends[0].get_texts()] == ["firms", "universities and institutes"]


def test_the_appropriation_of_a_small_world_is_that_part_of_the_money(tmp_path):
    small = evidence_of(results(tmp_path / "small", [scenario()], replications=2, scale=0.1))
    assert small.budgets.appropriated.tolist() == [pytest.approx(5e8)]


def test_the_money_of_a_part_of_the_province_is_told_for_all_of_it(three):
    tenth = replace(three, scales=dict.fromkeys(three.cases, 0.1))
    figure, _, small = figure_named("money")(tenth, language="en")
    _, _, whole = figure_named("money")(three)
    assert small.value.to_numpy() == pytest.approx(10 * whole.value.to_numpy())
    assert any("those of the whole province" in one.get_text() for one in figure.texts)


@pytest.mark.parametrize(("name", "column"), [("money", "value"), ("change", "mean")])
def test_sums_of_runs_of_several_scales_are_each_told_at_its_own(name, column, tmp_path):
    alike = evidence_of(results(tmp_path / "alike", [scenario(), scenario("plan", 0.003)], replications=4))
    results(tmp_path / "mixed", [scenario()], replications=4)
    results(tmp_path / "mixed", [scenario("plan", 0.003)], replications=4, scale=0.1)
    mixed = evidence_of(tmp_path / "mixed", SWEEPS)
    assert dict(mixed.scales) == {"as_in_2020": 1.0, "plan": 0.1}
    keys = ["scenario", *(["kind", "name", "recipient"] if name == "money" else ["year", "part"])]
    _, _, one = figure_named(name)(alike)
    _, _, other = figure_named(name)(mixed)
    one, other = (rows.set_index(keys)[column].sort_index() for rows in (one, other))
    assert list(one.index) == list(other.index)
    # What the toy simulates is as large at every scale; what it appropriates is not.
    bigger = (
        10.0 if name == "change" else [1.0 if "appropriated" in key else 10.0 for key in one["plan"].index]
    )
    assert other["plan"].to_numpy() == pytest.approx(one["plan"].to_numpy() * bigger)
    assert other["as_in_2020"].to_numpy() == pytest.approx(one["as_in_2020"].to_numpy())


def test_money_without_flows_is_refused(three):
    flows = [name for name in three.annual if name.startswith("flow_")]
    with pytest.raises(InputError, match="holds no flows of programmes"):
        figure_named("money")(replace(three, annual=three.annual.drop(columns=flows)))


def test_an_unknown_actor_is_refused_with_the_nearest_name(three):
    with pytest.raises(InputError, match="unknown actor 'firm' - did you mean 'firms'"):
        figure_named("actors")(three, actor="firm")


def test_the_key_of_many_scenarios_stands_above_the_panels(three, tmp_path):
    many = evidence_of(results(tmp_path / "eight", [scenario(f"s{k}") for k in range(8)], replications=20))
    drawn = [figure_named("actors")(one, actor="bank")[:2] for one in (three, many)]
    above = [figure.get_figheight() * (1 - axes[0].get_position().y1) for figure, axes in drawn]
    assert above == pytest.approx([1.0, 1.17])


def test_a_unit_is_never_broken_over_two_lines(three):
    _, axes, _ = figure_named("actors")(three, actor="universities", language="en")
    assert axes[0].get_title(loc="left") == "licence income of inventors\n(100 m yuan)"


def test_region_groups_are_named_in_the_labels_of_their_series():
    label = indicators.series_of().indicators["contracts_registered_dongting"]
    assert (label.label_en, label.label_zh) == (
        "registered technology contracts, Dongting Lake",
        "技术合同成交额（环洞庭湖）",
    )


def test_two_long_names_stay_different_when_shortened():
    assert text.shortened("a" * 50 + "1", 20) != text.shortened("a" * 50 + "2", 20)
    assert text.columns(text.shortened("战略性新兴产业" * 10, 20)) <= 20


def test_a_character_without_a_glyph_shows_its_code_point(without_chinese_font):
    assert text.literal("a方b") == "a[65B9]b"


def test_labels_are_english_without_a_chinese_font(three, without_chinese_font):
    figure, _, _ = figure_named("prefectures")(three)
    assert "Changsha" in texts(figure)


def test_labels_are_chinese_with_a_chinese_font(three, monkeypatch):
    monkeypatch.setattr(text, "chinese_family", lambda: "DejaVu Sans")  # nothing is rendered here
    figure, _, _ = figure_named("prefectures")(three, language="zh")
    assert "长沙" in texts(figure)


def test_chinese_without_a_font_is_refused_in_one_line(three, without_chinese_font):
    with pytest.raises(InputError, match="language=zh needs a font"):
        figure_named("probability")(three, language="zh")


def test_a_listed_font_whose_file_is_gone_is_not_used(monkeypatch):
    gone = font_manager.FontEntry(fname="/nowhere/cjk.ttf", name="Noto Sans CJK SC")
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [gone])
    monkeypatch.setattr(font_manager, "findSystemFonts", list)
    text.chinese_family.cache_clear()
    try:
        assert text.chinese_family() is None
    finally:
        text.chinese_family.cache_clear()


def test_bands_need_runs():
    assert bands.levels(19) == ()
    assert bands.levels(20) == (60, 30)
    assert bands.levels(399) == (60, 30)
    assert bands.levels(400) == (90, 60, 30)


def test_a_band_of_60_percent_leaves_20_percent_of_runs_on_either_side():
    paths = pd.DataFrame({"run_id": [str(i) for i in range(101)], "year": 2025, "value": np.arange(101.0)})
    rows = bands.spread(paths).set_index("level")
    assert (rows.loc[60, "low"], rows.loc[60, "high"]) == pytest.approx((20, 80))


def test_a_fan_of_few_runs_draws_each_run(sweep):
    _, _, data = figure_named("fan")(sweep, target="sei_va")
    assert set(data.kind) == {"path", "in sample", "without coverage", "published", "target"}
    assert data[data.kind == "path"].groupby("scenario").run.nunique().tolist() == [6, 6, 6]


def test_a_fan_passes_through_the_published_base_and_ends_where_the_table_says(three):
    _, _, data = figure_named("fan")(three, target="sei_va", scenario="plan")
    median = data[data.kind == "median"].set_index("year").value
    table = three.probabilities.set_index(["scenario", "target"])
    assert median[2020] == pytest.approx(4190.73)
    assert median[2025] == pytest.approx(table.loc[("plan", "sei_va"), "median"] / 1e8)


def test_the_research_fan_has_published_history_and_the_level_that_12_percent_growth_demands(three):
    _, _, data = figure_named("fan")(three, target="rd_growth", scenario="plan")
    published = data[data.kind == "published"].set_index("year")
    assert published.value[2017] == pytest.approx(568.53)
    assert published.status[2018] == "unverified"
    assert data.loc[data.kind == "target", "value"].tolist() == [pytest.approx(1583.8, abs=0.1)]


def test_value_added_of_the_old_classification_is_not_joined_to_2020(three):
    assert three.published[three.published.target == "sei_va"].year.tolist() == [2020]


def test_the_baseline_comes_first_whatever_the_order_of_the_sweep(three):
    assert three.cases == ("as_in_2020", "plan", "no_policy")


def test_differences_are_those_of_compare_in_drawn_units(three):
    _, _, data = figure_named("differences")(three)
    one = data[(data.scenario == "plan") & (data.target == "sei_va")].iloc[0]
    raw = three.differences.set_index(["scenario", "target"]).loc[("plan", "sei_va")]
    assert one["mean"] == pytest.approx(raw["mean"] / 1e8)
    assert one.low <= one["mean"] <= one.high
    assert (one.greater, one.pairs) == (1.0, 24)


def test_differences_of_a_single_scenario_are_refused(tmp_path):
    alone = evidence_of(results(tmp_path / "one", [scenario()], replications=3))
    with pytest.raises(InputError, match="no scenario to compare with as_in_2020"):
        figure_named("differences")(alone)


def test_the_response_runs_over_the_swept_value(sweep):
    _, _, data = figure_named("response")(sweep)
    one = data[data.target == "rd_growth"]
    assert one.value.tolist() == [0.0, 0.003, 0.009]
    assert one.probability.is_monotonic_increasing
    assert set(data.key) == {"lever.toy.rate"}


def test_a_response_without_a_swept_number_is_refused(three):
    with pytest.raises(InputError, match="no number was swept"):
        figure_named("response")(three)


def test_a_response_over_another_key_is_refused_with_the_nearest(sweep):
    with pytest.raises(InputError, match=r"did you mean 'lever\.toy\.rate'"):
        figure_named("response")(sweep, key="lever.toy.rat")


def test_shares_of_the_prefectures_add_up_in_every_run(three):
    _, _, data = figure_named("prefectures")(three, show="share")
    assert data.groupby("scenario").value.sum().to_numpy() == pytest.approx(100, abs=0.5)
    assert data.groupby("scenario").prefecture.apply(list).iloc[0] == list(PREFECTURES)


def test_a_series_of_each_prefecture_is_drawn_as_tiles(three):
    figure, _, data = figure_named("prefectures")(three, indicator="incentive", language="en")
    last = three.annual[(three.annual.case == "plan") & (three.annual.year == 2025)]
    one = data[data.scenario == "plan"].set_index("prefecture").value
    assert list(one.index) == list(PREFECTURES)
    assert one["yiyang"] == pytest.approx(100 * last.incentive_yiyang.median())
    assert "Incentive for firms that move in, 2025 (% of investment)" in texts(figure)
    assert "Cells of the first" not in " ".join(texts(figure))


def test_every_prefecture_has_its_own_tile():
    hunan = load_region("hunan")
    at, labels = tiles(hunan), place_labels(hunan)
    assert len(set(at.values())) == 14 == len(set(at) & set(labels))
    assert (at["changsha"], at["zhuzhou"], at["xiangxi"]) == ((1, 3), (2, 3), (1, 0))
    assert (labels["xiangxi"].zh, labels["xiangxi"].en) == ("湘西", "Xiangxi")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"indicator": "sei_value_aded"}, "did you mean 'sei_value_added'"),
        ({"year": 2035}, "year=2035 is not in 2016 to 2025"),
        ({"show": "shares"}, "did you mean 'share'"),
        ({"show": "growth", "year": 2020}, "needs a year after 2020"),
        ({"indicator": "incentive", "show": "share"}, "show=share has no meaning for incentive"),
        ({"indicator": "matching"}, "unknown indicator of prefectures 'matching'"),
    ],
)
def test_a_map_of_what_there_is_not_is_refused(three, options, message):
    with pytest.raises(InputError, match=message):
        figure_named("prefectures")(three, **options)


def test_industries_show_medians_of_yearly_sums_over_prefectures(three):
    _, _, data = figure_named("industries")(three)
    cells = three.cells[(three.cells.case == "as_in_2020") & (three.cells.year == 2025)]
    sums = cells[cells.industry == "biotech"].groupby("run_id").value_added.sum()
    one = data[(data.industry == "biotech") & (data.scenario == "as_in_2020") & (data.year == 2025)]
    assert one[one.kind == "median"].value.tolist() == [pytest.approx(sums.median() / 1e8)]


def test_an_unknown_figure_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match="unknown figure 'probabilty' - did you mean 'probability'"):
        figure_named("probabilty")


def test_an_unknown_target_or_scenario_is_refused_with_the_nearest_name(three):
    with pytest.raises(InputError, match="did you mean 'sei_va'"):
        figure_named("fan")(three, target="sei_v")
    with pytest.raises(InputError, match="did you mean 'plan'"):
        figure_named("fan")(three, scenario="plam")


def test_options_of_a_figure_are_checked():
    assert checked_options("prefectures", dict([split_option("year=2023")])) == {"year": 2023}
    with pytest.raises(InputError, match="did you mean 'target'"):
        checked_options("fan", {"targt": "sei_va"})
    with pytest.raises(InputError, match="not a whole number"):
        checked_options("prefectures", {"year": "soon"})
    with pytest.raises(InputError, match="OPTION=VALUE"):
        split_option("year")


def test_a_figure_in_another_format_is_refused_before_anything_is_read():
    with pytest.raises(InputError, match=r"\.svg, \.png, \.pdf"):
        files.check_suffix(Path("fan.jpeg"))


def test_dated_values_are_told_from_the_one_that_holds_in_2020():
    assert dated_text([[2016, 0.0], [2018, 0.1], [2022, 0.25]]) == "0.1; 2022: 0.25"


def test_sums_of_a_budget_s_size_are_told_in_yi():
    assert (number_text(1.38e9), number_text(3e5), number_text(0.125)) == ("13.8 亿", "300,000", "0.125")


def test_all_cases_of_a_large_sweep_are_kept_and_drawn(tmp_path):
    many = [scenario(f"s{k}") for k in range(10)]
    evidence = evidence_of(results(tmp_path / "many", many, replications=2))
    figure, _, data = figure_named("probability")(evidence, language="en")
    assert (len(evidence.cases), data.scenario.nunique()) == (10, 10)
    assert "not drawn" not in " ".join(t.get_text() for t in figure.texts)


def test_a_target_that_no_run_can_scale_is_drawn_without_a_fan(tmp_path, monkeypatch):
    nothing = toy_province.INDICATORS["hnte"]._replace(of_2020=0.0)
    monkeypatch.setitem(toy_province.INDICATORS, "hnte", nothing)
    evidence = evidence_of(results(tmp_path / "none", [scenario()], replications=3))
    _, _, data = figure_named("fan")(evidence, target="hnte_count")
    assert {"path", "in sample"}.isdisjoint(data.kind)
    assert "published" in set(data.kind)


def test_scenarios_may_be_named_with_commas_between_them(three):
    _, _, rows = figure_named("probability")(three, scenario="plan,no_policy")
    assert list(dict.fromkeys(rows.scenario)) == ["plan", "no_policy"]


def test_response_draws_the_outcome_below_its_chance(sweep):
    figure, axes, rows = figure_named("response")(sweep, language="en")
    chances = sweep.probabilities.set_index(["scenario", "target"])["median"]
    scale = {name: goal.label.per_unit for name, goal in sweep.goals.items()}
    for row in rows[rows.target != "all"].itertuples():
        assert row.median == pytest.approx(chances[row.scenario, row.target] / scale[row.target])
    assert len(axes) == 2 * len(sweep.goals) + 1  # "all" has a chance and no outcome
    assert "5–95 % of runs" in " ".join(t.get_text() for t in figure.texts)


def test_lines_of_a_response_are_named_by_scenario_and_swept_key():
    assert response._line({"scenario": "plan", "lever.toy.cap": "3", "lever.toy.b": np.nan}) == "plan cap=3"


def test_a_key_with_one_value_is_in_no_short_name(tmp_path):
    rates = [0.0, 0.003]
    cases = toy_results(
        tmp_path / "r",
        scenarios=[scenario("as_in_2020", rate) for rate in rates],
        replications=2,
        given=[f"lever.toy.rate={rate}" for rate in rates],
    )
    both = pd.concat(
        [cases.swept, cases.swept[cases.swept.key == "scenario"].assign(key="scale", value="0.05")]
    )
    named = replace(cases, swept=both).short_names()
    assert list(named.values()) == ["rate=0.0", "rate=0.003"]


def test_panels_of_one_unit_have_one_scale_in_differences(three):
    changed = three.differences.copy()
    changed.loc[changed.target == "sei_share_gdp", ["mean", "low", "high"]] += 0.05
    _, axes, rows = figure_named("differences")(replace(three, differences=changed), language="en")
    limits = {}
    for target, panel in zip(dict.fromkeys(rows.target), axes, strict=True):
        limits.setdefault(three.label(target).change("en"), set()).add(panel.get_xlim())
    assert len(limits["percentage points"]) == 1


@pytest.mark.parametrize("high", [1.0, 1e-4, 2.5e9, 123_456.0])
def test_numbers_below_a_panel_keep_apart_and_inside(high):
    with style.looks():
        figure, ((one, other),) = style.sheet("", [], 1, 2, 1.0, gap=(0.1, 0.1), width=2.4)
        for panel in (one, other):
            panel.set_xlim(-high / 10, high)
            style.spread_ticks(panel)
        figure.canvas.draw()
    boxes = [label.get_window_extent() for panel in (one, other) for label in panel.get_xticklabels()]
    assert len(boxes) >= 2
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


def test_what_rounds_to_nothing_has_no_sign():
    assert signed(-0.0004, 1) == signed(0.0, 1) == "0.0"
    assert (signed(-1234.5, 0), signed(0.06, 1)) == ("-1,234", "+0.1")
    assert panels.number(-0.0) == style.short_number(-0.0) == "0"


def test_an_amount_of_money_is_asked_for_as_english_counts():
    label = Label("v", "值", *BILLION, sign=">")
    assert label.aim(1e12, "en") == "> 1,000 bn yuan"
    assert label.aim(1e12, "zh") == "> 10,000 亿元"
    assert label.aim(1e12, "en", brief=True) == "> 10,000"  # beside an axis in 100 m yuan


def test_panels_of_industries_say_what_they_add_up_to(three):
    for indicator in ("value_added", "sei_value_added"):
        figure, _, _ = figure_named("industries")(three, indicator, language="en")
        said = " ".join(" ".join(t.get_text() for t in figure.texts).split())
        assert "All panels together in 2025: " in said
        assert ("which the target counts" in said) == (indicator == "value_added")
    assert "all products" in CELLS["value_added"].en


def asked(name, folder, out, **options):
    """The figure as `sanxiang figure` writes it."""
    return write_figure(name, folder, out, options)


def test_a_figure_has_the_size_and_resolution_that_are_asked_for(three, tmp_path):
    out = asked("probability", three.folder, tmp_path / "p.png", width="5", height="6", dpi="50")
    assert image.imread(out).shape[:2] == (300, 250)
    assert asked("money", three.folder, None, format="pdf").suffix == ".pdf"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"width": "0"}, "width is 0, outside 2 to 60"),
        ({"width": "nan"}, "width"),
        ({"dpi": "x"}, "dpi"),
        ({"format": "gif"}, "unknown format 'gif'"),
        ({"format": "svg"}, "is no svg; give one of --out and format="),
        ({"text": "letters"}, "unknown text 'letters'"),
        ({"style": "ggplo"}, "did you mean 'ggplot'"),
        ({"style": "mine.mplstyle"}, "no such file"),
        ({"widht": "5"}, "did you mean 'width'"),
        ({"height": "2", "width": "2"}, "1 x 1 panels need 3.6 x "),
    ],
)
def test_a_form_that_no_figure_has_is_refused_in_one_line(three, tmp_path, options, said):
    with pytest.raises(InputError, match=said) as refused:
        asked("probability", three.folder, tmp_path / "p.png", **options)
    assert len(refused.value.messages) == 1


def test_single_runs_are_called_so_in_the_key_of_industries(sweep, three):
    def keys(evidence):
        figure, *_ = figure_named("industries")(evidence, language="en")
        return [one.get_text() for one in figure.legends[0].get_texts()]

    assert any(one.endswith(" single runs") for one in keys(sweep))
    assert not any(one.endswith(" median") for one in keys(sweep))
    assert any(one.endswith(" median") for one in keys(three))


def test_a_case_beside_its_difference_breaks_between_words_and_is_else_shortened():
    assert differences._name("as_in_2020 rate=0.15") == "as_in_2020\nrate=0.15"
    assert differences._name("plan") == "plan"
    assert "…" in differences._name("environment_at_plan_cost")


@pytest.mark.parametrize(("name", "axis"), [("change", "y"), ("decomposition", "x")])
def test_panels_of_parts_have_one_scale(name, axis, three):
    _, axes, _ = figure_named(name)(three)
    assert len({getattr(panel, f"get_{axis}lim")() for panel in axes}) == 1


def test_differences_of_places_are_told_beside_the_largest_and_never_in_powers_of_ten(three):
    figure, *_ = figure_named("prefectures")(three, show="difference", language="en")
    assert figure.texts[0].get_text().endswith("(100 m yuan)")
    row = SimpleNamespace(show="difference", low=-1.0, high=1.0)
    told = {
        value: prefectures._told_of(SimpleNamespace(**vars(row) | {"value": value}), 0.184)
        for value in (0.184, -0.0269, 2.54e-05, 0.0)
    }
    assert told == {0.184: "~+0.18", -0.0269: "~−0.03", 2.54e-05: "~0", 0.0: "0"}
    assert prefectures._told_of(SimpleNamespace(**vars(row) | {"value": 1234.5}), 2e4) == "~+1,234"
    assert prefectures._told(3.2e-05) == "0" and prefectures._told(0.01234) == "0.0123"


def test_cases_of_a_fan_are_as_many_in_each_row(hostile, monkeypatch):
    monkeypatch.setattr(fan, "ACROSS", 5)
    figure, *_ = figure_named("fan")(hostile, target="sei_va")
    across = [round(panel.get_position().x0, 3) for panel in figure.axes]
    assert [across.count(place) for place in sorted(set(across))] == [2, 2, 2, 1]


def test_letters_of_an_svg_are_text_where_asked_for(three, tmp_path):
    plain = asked("probability", three.folder, tmp_path / "a.svg").read_text("utf-8")
    text_ = asked("probability", three.folder, tmp_path / "b.svg", text="text", language="en").read_text(
        "utf-8"
    )
    assert "<text" not in plain and "Probability of reaching" in text_


def test_a_style_changes_the_looks_and_never_what_names_mean(hostile, tmp_path):
    mine = tmp_path / "mine.mplstyle"
    mine.write_text("axes.facecolor: 123456\ntext.usetex: True\ntext.parse_math: True\n")
    with form.formed(form.Form(style=str(mine))), style.looks():
        assert matplotlib.rcParams["axes.facecolor"] == "#123456"
        assert not matplotlib.rcParams["text.usetex"] and not matplotlib.rcParams["text.parse_math"]
    for chosen in ("ggplot", str(mine)):
        asked("probability", hostile.folder, tmp_path / "p.svg", style=chosen)


def test_whoever_waits_for_a_page_is_told_how_far_it_is(three, monkeypatch, capsys):
    monkeypatch.setattr(patience, "EVERY", 0.0)
    monkeypatch.setattr(halves, "can_copy", lambda: False)
    monkeypatch.setattr(drawn, "_picture", lambda evidence, found, *one: one)
    asked = len(drawn.pictures(three))
    assert f"the report: 3 of {asked} figures drawn\n" in capsys.readouterr().err


def test_figures_are_the_same_whoever_draws_them(three, monkeypatch):
    asked = list(drawn.wanted(three))[: halves.FEWEST]
    monkeypatch.setattr(drawn, "wanted", lambda evidence: asked)
    found = []
    for copied in (False, True):
        monkeypatch.setattr(halves, "can_copy", lambda copied=copied: copied)
        found.append(drawn.pictures(three))
    assert len(found[0]) == halves.FEWEST and found[0] == found[1]


def test_every_figure_of_a_page_has_an_alternative_text_of_its_own(three):
    drawn = [one.alternative for one in pictures(three)]
    assert len(set(drawn)) == len(drawn) > 10
