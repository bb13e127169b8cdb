"""The level constants: what is solved, how gaps close, and what is written."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from experiments.command.fit_base import parse
from experiments.evidence import fit_base
from experiments.evidence.facts.fact import FIT, load_facts
from experiments.evidence.parameter_file import changed, changed_lines, line_of, plain, write_files
from experiments.evidence.past import YEARS, Past, value_added_of_the_start
from experiments.evidence.secant import Unknown, solve
from experiments.exits import CannotWrite
from scenarios.load import CONFIGS, load_parameters
from scenarios.region.folder import DEFAULT_REGION
from scenarios.region.region import load_region
from scenarios.values.errors import InputError
from scenarios.values.yaml_reader import read_yaml
from sim.model import IndustrialPolicyModel, choose

LAKELAND = str(Path(__file__).parents[2] / "regions" / "lakeland")
HEAD = "entry_count: {unit: firms/year, range: [500, 5000], "
LINE = HEAD + 'value: 2080, status: assumption, source: "as, it {was}"}'


def straight(points):
    """Two gaps, each moved by both unknowns, that close at 4 and -0.02."""
    x, y = np.log(points[0] / 4.0), points[1] + 0.02
    return [x + 3.0 * y, 0.5 * x - 20.0 * y]


def test_gaps_that_hang_together_close_together():
    unknowns = [Unknown("a", 2.0, 0.1, 10.0), Unknown("b", 0.0, -0.1, 0.1, additive=True)]
    solved = solve(unknowns, straight, rounds=12, tolerance=1e-6)
    assert solved == pytest.approx([4.0, -0.02], rel=1e-4)


def test_an_unknown_that_its_range_holds_back_leaves_only_its_own_gap_open():
    unknowns = [Unknown("a", 2.0, 0.1, 3.0), Unknown("b", 0.0, -0.1, 0.1, additive=True)]
    solved = solve(unknowns, straight, rounds=12, tolerance=1e-6)
    left = straight(solved)
    assert solved[0] == 3.0
    assert abs(left[0]) > 0.1
    assert left[1] == pytest.approx(0.0, abs=1e-5)


def test_no_trial_leaves_the_range():
    seen = []

    def watched(points):
        seen.append(list(points))
        return straight(points)

    solve([Unknown("a", 3.0, 0.1, 3.0), Unknown("b", 0.1, -0.1, 0.1, additive=True)], watched, 5, 1e-6)
    assert all(0.1 <= a <= 3.0 and -0.1 <= b <= 0.1 for a, b in seen)


def test_only_the_constants_that_the_model_names_are_solved():
    moved = {level.key[1] for level in fit_base.levels()}
    read = {name for _, name in fit_base.read_off([toy_past(1.0)])}
    assert moved == {
        "outside_growth",
        "research_scale",
        "certification_hazard",
        "value_added_per_sales",
        "patent_scale",
    }
    assert read == {f"technology_value_added_{year}" for year in range(2015, 2021)} | {
        "digital_core_firms_2020"
    }


def test_every_solved_constant_is_a_parameter_inside_its_range():
    numbers = load_parameters()
    for level in fit_base.levels():
        number = numbers[level.key[0]][level.key[1]]
        assert number.range[0] <= number.at(2016) <= number.range[1]


def test_medians_at_the_published_levels_leave_no_gap():
    gap = fit_base.log_gap("hnte", {2018: 100.0, 2020: 300.0}, 1.0)
    assert gap({"hnte": np.array([1.0, 1.0, 100.0, 1.0, 300.0])}) == pytest.approx(0.0)


def test_a_median_too_high_by_a_tenth_is_a_positive_gap():
    gap = fit_base.log_gap("hnte", {2020: 100.0}, 2.0)
    assert gap({"hnte": np.array([1.0, 1.0, 1.0, 1.0, 220.0])}) == pytest.approx(np.log(1.1))


def toy_past(factor: float) -> Past:
    """A run whose value added is `factor` times 1 to 5."""
    expensed = factor * np.arange(1.0, 6.0)
    annual = {"technology_value_added": expensed, "gdp_expensed": 9.0 * expensed, "gdp": 9.1 * expensed}
    return Past(annual, np.zeros((5, 14, 9, 8)), np.zeros((5, 14)), {}, 7.0 * factor, 0.9)


def test_what_firms_add_to_gdp_in_2015_holds_the_share_of_research_of_2016():
    start = load_region("hunan").marginals.constants["value_added"] * 1e8
    found = fit_base.read_off([toy_past(1.0)])  # research capitalised is a tenth of what is expensed
    assert found["economy", "technology_value_added_2015"] == pytest.approx(1.1 * start)


def test_constants_read_off_are_medians_of_the_runs():
    found = fit_base.read_off([toy_past(1.0), toy_past(2.0), toy_past(9.0)])
    by_year = [found["economy", f"technology_value_added_{year}"] for year in YEARS]
    assert by_year == pytest.approx([2.2, 4.4, 6.6, 8.8, 11.0])  # the research that GDP counts among them
    assert found["economy", "digital_core_firms_2020"] == 14.0


def test_a_changed_line_keeps_unit_and_range():
    line = changed(LINE, 2009.0, "solved")
    assert line == HEAD + 'value: 2009, status: calibrated, source: "solved"}'


@pytest.mark.parametrize(
    ("value", "text"), [(2009.0, "2009"), (0.0328, "0.0328"), (671900000000.0, "671900000000"), (0.0, "0")]
)
def test_a_number_is_written_as_a_person_would(value, text):
    assert plain(value) == text


def test_a_parameter_of_several_lines_is_refused_by_name():
    with pytest.raises(InputError, match="entry_count"):
        line_of("entry_count:\n  value: 3\n", "entry_count")


def test_written_files_differ_in_the_solved_lines_alone(tmp_path):
    values, sources = {("firms", "exit_hazard"): 0.019}, {("firms", "exit_hazard"): "solved"}
    (path,) = write_files(values, sources, tmp_path)
    before = (CONFIGS / "parameters" / "firms.yaml").read_text("utf-8").splitlines()
    after = path.read_text("utf-8").splitlines()
    different = [new for old, new in zip(before, after, strict=True) if old != new]
    assert different == changed_lines(values, sources)
    assert path == tmp_path / "parameters" / "firms.yaml"
    assert read_yaml(path)["exit_hazard"]["value"] == 0.019


def test_a_solved_figure_of_the_region_is_written_among_the_regions_own(tmp_path):
    key = ("economy", "technology_value_added_2016")
    (path,) = write_files({key: 6e11}, {key: "solved"}, tmp_path)
    assert path == tmp_path / "region" / "hunan" / "parameters" / "economy.yaml"
    assert read_yaml(path)[key[1]]["value"] == 6e11


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "taken").write_text("")
    with pytest.raises(CannotWrite):
        write_files({("firms", "entry_count"): 1.0}, {("firms", "entry_count"): ""}, tmp_path / "taken" / "x")


@pytest.mark.parametrize(
    "word", ["replications=0", "replications=-1", "replications=x", "runs=5", "replications=99999"]
)
def test_anything_but_a_number_of_runs_is_refused(word):
    with pytest.raises(InputError, match="replications=N"):
        parse([word])


@pytest.mark.parametrize("word", ["--check", "--facts", "--report=x.md"])
def test_it_solves_and_compares_nothing(word):
    with pytest.raises(InputError, match=word.partition("=")[0]):
        parse([word])


def test_an_unknown_option_is_refused_in_one_line():
    with pytest.raises(InputError, match="--speed"):
        parse(["--speed"])


def test_what_is_solved_for_is_no_validation():
    """Every fact with the figures of a level is fitted; a slope of them is another figure.

    Value added of 2015 is a figure of the start population and of no year that facts are about.
    """
    solved = {level.published for level in fit_base.levels() if level.key != fit_base.SALES_OF_2015}
    found = {
        name: fact.used_for
        for name, fact in load_facts("hunan").items()
        if {fact.series, fact.base} & solved and fact.change is None
    }
    assert set(found.values()) == {FIT}
    facts = [load_facts("hunan")[name] for name in found]
    assert {name for fact in facts for name in (fact.series, fact.base)} >= solved


def test_levels_are_those_of_the_region_that_is_solved_for():
    for region, started in ((DEFAULT_REGION, 6128.8e8), (LAKELAND, 600e8)):
        (sales,) = [level for level in fit_base.levels(region) if level.key == fit_base.SALES_OF_2015]
        assert sales.gap({fit_base.STARTED: np.array([started])}) == pytest.approx(0.0)
        assert sales.gap({fit_base.STARTED: np.array([1.1 * started])}) == pytest.approx(np.log(1.1))


def test_the_value_added_of_the_start_is_the_median_of_the_runs():
    runs = [toy_past(1.0)._replace(value_added_2015=value, inventions={"enterprises": 1.0})
            for value in (3.0, 5.0, 40.0)]  # fmt: skip
    assert fit_base.medians(runs)[fit_base.STARTED].tolist() == [5.0]


def test_the_first_firms_make_the_published_value_added_of_2015():
    starts = [IndustrialPolicyModel(choose(replication=number)) for number in range(12)]
    assert np.median([value_added_of_the_start(one) for one in starts]) == pytest.approx(6128.8e8, rel=0.005)


def test_fewer_sales_at_the_start_are_as_much_less_value_added():
    """What firms make of a yuan of sales is theirs, so the level is met by moving sales; at any scale."""
    spec = choose(scale=0.1)
    shipped = spec.parameters["synthesis"]["value_added_per_sales"]
    for per_sales in (0.24, 0.28):
        values = {**spec.parameters["synthesis"], "value_added_per_sales": per_sales}
        model = IndustrialPolicyModel(replace(spec, parameters={**spec.parameters, "synthesis": values}))
        expected = 6128.8e8 * shipped / per_sales
        assert value_added_of_the_start(model) == pytest.approx(expected, rel=0.05)


def test_a_region_without_a_constant_that_is_solved_for_is_refused_in_one_line(tmp_path):
    copy = Path(shutil.copytree(LAKELAND, tmp_path / "lake"))
    (copy / "parameters" / "synthesis.yaml").unlink()
    world = fit_base.Baseline(1, 1, str(copy))
    with pytest.raises(InputError, match=r"parameters/synthesis.yaml has no value_added_per_sales"):
        [world.unknown(level) for level in fit_base.levels(str(copy))]


def test_a_region_that_published_no_level_is_refused(tmp_path):
    copy = Path(shutil.copytree(LAKELAND, tmp_path / "lake"))
    text = (copy / "series.yaml").read_text("utf-8")
    (copy / "series.yaml").write_text(text.replace("rd_enterprises:", "rd_of_enterprises:"), "utf-8")
    with pytest.raises(InputError, match=r"series\.yaml has no rd_enterprises"):
        fit_base.levels(str(copy))


@pytest.mark.parametrize(("over", "expected"), [(1.0, 0.02), (1.02**5, 0.0404)])
def test_the_trend_closes_what_demand_is_above_the_worlds_in_the_last_year(monkeypatch, over, expected):
    world = fit_base.Baseline(2, 1, DEFAULT_REGION)
    world.parameters["rest"]["home_demand_trend"] = 0.02
    monkeypatch.setattr(fit_base, "demands_over_implied", lambda specs, workers: [over for _ in specs])
    assert world.trend() == pytest.approx(expected)


def test_the_trend_says_that_no_data_stand_behind_it():
    values = {fit_base.TREND: 0.01, ("economy", "technology_value_added_2018"): 1e9}
    sources = fit_base.Fitted(values, {}, [toy_past(1.0)]).sources()
    assert "no data" in sources[fit_base.TREND]
    assert "published GDP less this" in sources["economy", "technology_value_added_2018"]
