"""Maps of who supplies and who buys, and of the land of parks, hold what the store holds."""

import sys
from dataclasses import replace

import numpy as np
import pytest
import toy_province
from toy_province import results, scenario

from experiments.figures import figure_named
from experiments.figures.labels import Label
from experiments.figures.links import OVER_TIME, PARTS
from experiments.figures.material.folder import evidence_of
from experiments.figures.prefectures import held
from experiments.report import actors as report_actors
from experiments.report.drawn import pictures
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

HUNAN = load_region("hunan")
PLACES, INDUSTRIES = HUNAN.prefectures.names, HUNAN.industries.names


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        chosen = [scenario("plan", 0.003), scenario()]
        return evidence_of(results(tmp_path_factory.mktemp("links") / "r", scenarios=chosen, replications=6))


@pytest.fixture(scope="module")
def whole(plain):
    """With the shares of supply, and land of parks in every prefecture: 4 km2, a quarter of it free."""
    land = {"park_serviced": 4e6, "park_free": 0.25, "entry_over_usual": 1.1}
    columns = {f"{name}_{place}": value for name, value in land.items() for place in PLACES}
    shares = dict.fromkeys(OVER_TIME, 0.2) | {"park_serviced": 56e6}
    labels = {name: Label(name, name, "%", "%", 0.01) for name in shares}
    annual = plain.annual.assign(**columns, **shares)
    cells = plain.cells.assign(supplied=0.1 * plain.cells.sales)
    return replace(plain, annual=annual, cells=cells, series=plain.series | labels)


def titles(axes):
    return [panel.get_title(loc="left") for panel in np.ravel(axes)]


def test_a_cell_of_the_map_is_the_median_over_runs(whole):
    _, axes, data = figure_named("links")(whole, language="en", year=2023)
    cells = whole.cells[(whole.cells.case == "plan") & (whole.cells.year == 2023)]
    own = cells[(cells.prefecture == "yiyang") & (cells.industry == INDUSTRIES[3])]
    row = data[(data.scenario == "plan") & (data.prefecture == "yiyang") & (data.industry == INDUSTRIES[3])]
    assert row.set_index("part").value.to_dict() == pytest.approx(
        {part: own[part].median() / 1e8 for part in PARTS}
    )
    drawn = np.ravel(axes)[-2].texts[PLACES.index("yiyang") * len(INDUSTRIES) + 3]
    assert float(drawn.get_text().replace(",", "")) == pytest.approx(own.supplied.median() / 1e8, abs=0.5)
    assert titles(axes)[-2] == "plan\nSupplied to firms of the province"


def test_a_share_is_of_the_sales_of_the_cell(whole):
    _, _, data = figure_named("links")(whole, show="share")
    assert data[data.part == "supplied"].value.to_numpy() == pytest.approx(10.0)
    assert data[data.part == "purchases"].value.to_numpy() == pytest.approx(100.0)


def test_a_cell_without_sales_has_a_dash_and_no_colour(whole):
    nowhere = whole.cells.prefecture == "xiangxi"
    empty = replace(whole, cells=whole.cells.assign(sales=whole.cells.sales.where(~nowhere, 0)))
    _, axes, data = figure_named("links")(empty, show="share")
    assert data[data.prefecture == "xiangxi"].value.isna().all()
    assert {t.get_text() for t in np.ravel(axes)[-1].texts[-len(INDUSTRIES) :]} == {"–"}


def test_the_share_found_at_home_stands_above_where_it_is_recorded(plain, whole):
    _, axes, data = figure_named("links")(whole, language="en")
    assert np.shape(axes) == (3, 2)
    assert titles(axes)[:2] == [f"{name} (%)" for name in OVER_TIME]
    assert data[data.part == "local_sourcing"].value.dropna().to_numpy() == pytest.approx(20.0)
    assert set(data[data.part == "local_sourcing"].scenario) == set(whole.cases)
    _, axes, data = figure_named("links")(plain)
    assert np.shape(axes) == (2, 2) and set(data.part) == set(PARTS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"year": 2035}, "year=2035 is not in 2016 to 2025"),
        ({"show": "shares"}, "did you mean 'share'"),
        ({"scenario": "plans"}, "did you mean 'plan'"),
    ],
)
def test_links_of_what_there_is_not_are_refused(whole, options, message):
    with pytest.raises(InputError, match=message):
        figure_named("links")(whole, **options)


def test_results_without_supplies_are_refused(whole):
    without = replace(whole, cells=whole.cells.drop(columns="supplied"))
    with pytest.raises(InputError, match="holds no supplies and purchases"):
        figure_named("links")(without)


def test_filled_land_is_serviced_land_that_is_not_free(plain, whole):
    assert not {"park_serviced", "park_filled"} & set(held(plain))
    _, _, data = figure_named("prefectures")(whole, indicator="park_filled")
    assert data.value.to_numpy() == pytest.approx(3.0)
    with pytest.raises(InputError, match="is a rate"):
        figure_named("prefectures")(whole, indicator="park_free", show="share")


def test_links_and_land_stand_with_their_actors_in_the_report(plain, whole):
    drawn = {one.name: one for one in pictures(whole)}
    assert {drawn[f"links-{show}"].section for show in ("value", "share")} == {"actors-supply"}
    maps = [f"prefectures-{name}" for name in report_actors.PARKS_SHOWN]
    assert {drawn[name].section for name in maps} == {"actors-parks"}
    assert {"actors-supply", "actors-parks"} <= {part.name for part in report_actors.parts(whole)}
    # Shapes alone: the page's policy shows no embedded picture.
    assert not [name for name, one in drawn.items() if b"<image" in one.svg]
    texts = [one.alternative for one in drawn.values()]
    assert len(set(texts)) == len(texts)
    assert not any(one.name.startswith("links") for one in pictures(plain))
