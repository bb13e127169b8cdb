"""The shipped hindcast, small: trained to 2018, the region's own figures of 2019 and 2020 scored."""

import json

import pytest

from experiments.__main__ import main
from experiments.hindcast.forecast import Setting
from experiments.hindcast.published import load_published
from experiments.hindcast.runs import lives, recorded, specs_of
from experiments.hindcast.sets import chosen_sets

SMALL = ["--draws", "3", "--replications", "1", "--scale", "0.01", "--workers", "1"]


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """What the command prints and writes."""
    folder = tmp_path_factory.mktemp("hindcast")
    path = folder / "published.csv"
    figures = load_published("hunan").after(2018)
    path.write_text("indicator,year,value\n" + "\n".join(f"{a},{b},{c}" for a, b, c in figures))
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("builtins.print", lambda *words, **_: said.append(" ".join(map(str, words))))
        extra = ["--figure", str(folder / "f.svg"), "--write", str(folder / "page.md"), "--format", "json"]
        assert main(["hindcast", "--outcomes", str(path), "--train-to", "2018", *SMALL, *extra]) == 0
    return json.loads(said[-1]), folder


def test_the_figures_of_2019_and_2020_are_scored(printed):
    plain, _ = printed
    points = {(one["indicator"], one["year"]): one for one in plain["points"]}
    for key in (("rd_total", 2019), ("rd_total", 2020), ("hnte_count", 2019), ("hnte_count", 2020)):
        assert points[key]["crps"] > 0 and points[key]["scaled"] and points[key]["not_pooled"] is None
    assert points["gdp", 2020]["crps"] is None and points["tech_contracts", 2020]["crps"] is None
    assert {one["points"] for one in plain["pooled"].values()} <= {2, 4}
    assert plain["conditions"]["parameters"] == "fitted" and plain["coverage"]["points"] == 8


def test_what_the_forecast_knows_is_said(printed):
    plain, _ = printed
    knows = "\n".join(plain["conditions"]["knows"])
    assert "learnt from figures to 2018" in knows and "states to 2020 national markets" in knows
    assert "universities.university_patents_per_research" in knows and "firms.research_scale" not in knows


def test_a_figure_and_a_section_are_written(printed):
    _, folder = printed
    assert (folder / "f.svg").read_text().startswith("<?xml")
    assert "## Trained to 2018 (fitted sets): 2019 and 2020" in (folder / "page.md").read_text()


def test_runs_share_no_luck_and_take_sets_in_turn():
    sets = chosen_sets("hunan", 2018, None, 2, 40)
    specs = specs_of(Setting("hunan", "as_in_2020", "as_expected_in_2020", sets, 2, 0.01, 2018))
    assert [(spec.draw, spec.replication) for spec in specs] == [(0, 0), (1, 1), (0, 2), (1, 3)]


def test_a_run_starts_from_the_published_figures_of_2015():
    sets = chosen_sets("hunan", 2018, "central", None, 40)
    (spec,) = specs_of(Setting("hunan", "as_in_2020", "as_expected_in_2020", sets, 1, 0.1, 2018))
    (run,) = lives([spec], 2016, 1)
    assert run.start["hnte"] / run.scale == pytest.approx(2168, rel=0.02)
    assert run.start["gdp"] / run.scale == pytest.approx(28538.6e8)
    assert 1e4 * run.start["patents_valid"] / run.start["population"] == pytest.approx(3.38, rel=0.05)
    assert len(run.annual["gdp"]) == 1


def test_the_past_plans_series_are_recorded(capsys):
    assert {"rd_total", "hnte", "patents_valid", "technology_value_added"} <= set(recorded("hunan"))
    assert main(["hindcast", "past-plan", *SMALL, "--format", "json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert len(plain["goals"]) == 5 and 0 <= plain["brier"] <= 1


def test_published_figures_are_printed_as_a_file_of_outcomes(capsys):
    assert main(["hindcast", "published", "--train-to", "2019"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "indicator,year,value" and "rd_total,2020,898.7" in lines
    assert all(",2020," in line for line in lines[1:])
