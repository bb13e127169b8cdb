"""A made-up region of five places and four industries runs from its folder alone: no code knows of it."""

import json
from pathlib import Path

import pytest

from experiments import __main__ as command
from scenarios.region.region import load_region
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

LAKELAND = str(Path(__file__).parents[1] / "regions" / "lakeland")
WORDS = (f"region={LAKELAND}", "scenario=as_in_2020,more_research", "population.scale=0.05", "replications=2")
PLACES = ("harbour", "northshore", "southshore", "upland", "island")
INDUSTRIES = ("machines", "drugs", "software", "ships")


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """A folder with a sweep of the region, its table, figures and report."""
    folder = tmp_path_factory.mktemp("lakeland") / "results"
    assert command.main(["sweep", *WORDS, f"results={folder}", "executor.workers=1"]) == 0
    return folder


def test_its_data_are_complete(capsys):
    assert command.main(["region", "check", LAKELAND]) == 0
    assert capsys.readouterr().out == f"{LAKELAND}: complete\n"


def test_cells_and_series_are_as_many_as_its_places_and_industries():
    model = IndustrialPolicyModel(choose(region=LAKELAND, scale=0.05))
    model.run_for(4)
    assert model.cells.shape[:3] == (1, len(PLACES), len(INDUSTRIES))
    assert model.cells[0, :, :, 0].sum() == len(model.economy.firms) > 30
    assert model.economy.firms.prefecture[model.economy.firms.rows()].max() == len(PLACES) - 1
    revenue = [name for name in series_of(LAKELAND).indicators if name.startswith("revenue_")]
    assert revenue == [f"revenue_{name}" for name in PLACES]


def test_the_table_tells_of_its_own_targets(results, capsys):
    assert command.main(["targets", str(results), "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    rows = rows["targets"] if isinstance(rows, dict) else rows
    assert {row["target"] for row in rows} == {"sei_share_gdp", "certified", "all"}
    assert all(row["runs"] == 2 and row["failed"] == 0 for row in rows)


def test_report_and_figures_are_its_own(results, capsys):
    page = (results / "report.html").read_text("utf-8")
    assert "of 2025 in Lakeland’s plan" in page and "Hunan" not in page
    out = results.parent / "tiles.svg"
    assert command.main(["figure", "prefectures", str(results), "indicator=talent", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(b"<?xml")


def test_what_it_did_not_set_offers_nothing(capsys):
    base = choose(region=LAKELAND).scenario
    assert base.lever_values("rd_subsidy", 2020) == {"rate": 0.1, "cap": 5e6, "budget": 4e7}
    assert set(base.lever_values("mission_projects", 2020).values()) == {0.0}
    assert load_region(LAKELAND).label.en == "Lakeland"
