"""A region's hindcast.yaml: what it says, and what is refused."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from experiments import model_version
from experiments.exits import ModelDiffers
from experiments.hindcast.forecast import Setting
from experiments.hindcast.knowledge import known
from experiments.hindcast.published import FILE, load_published, read_published
from experiments.hindcast.sets import chosen_sets, sets_for
from experiments.plan import drawn_sets
from experiments.plan.drawn_sets import ParameterSets
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

NUMBER = {"unit": "enterprises", "range": [0, 1e5], "value": 1, "source": "somewhere", "status": "sourced"}
GOAL = {
    "label": "certified", "unit": "enterprises", "indicator": "hnte", "from_year": 2015, "why": "so",
    "start": NUMBER, "goal": NUMBER, "outcome": NUMBER,
}  # fmt: skip


def read(tmp_path, **sections):
    path = tmp_path / FILE
    path.write_text(yaml.safe_dump(sections), encoding="utf-8")
    return read_published(path, load_region("hunan"), "hunan")


def plan(**changes):
    goal = {key: value for key, value in (GOAL | changes).items() if value is not None}
    return {"past_plan": {"label": {"en": "a", "zh": "b"}, "due": 2020, "goals": {"g": goal}}}


@pytest.mark.parametrize(
    ("sections", "said"),
    [
        ({"publishd": {}}, "did you mean 'published'?"),
        ({"published": {"rd_totl": {}}}, "did you mean 'rd_total'?"),
        ({"published": {"rd_total": {"series": "rd_totl"}}}, "did you mean 'rd_total'?"),
        ({"published": {"rd_total": {"target": "rd_grwth"}}}, "did you mean 'rd_growth'?"),
        ({"published": {"rd_total": {"breaks": [2020]}}}, "both of 'breaks' and 'breaks_source'"),
        ({"published": {"rd_total": {"given_to": 2020}}}, "both of 'given_to' and 'given_by'"),
        (plan(indicator="firms"), "unknown series 'firms'"),
        (plan(goal=None), "goal is empty"),
        (plan(why=None), "has no 'why'"),
        (plan(outcome=NUMBER | {"value": 1e6}), "outside 0 to 100000"),
        (plan(start={**NUMBER, "values": {"2015": 1}, "value": None}), "start"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, sections, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, **sections)
    assert len(refused.value.messages) == 1 and said in refused.value.messages[0]


def test_a_share_is_taken_where_both_series_are_published():
    found = load_published("hunan").figures("rd_enterprise_share")
    assert list(found) == [2016, 2017, 2020] and found[2017] == pytest.approx(88.49, abs=0.01)


def test_the_plan_in_force_decides_where_the_straight_path_leads():
    known = load_published("hunan")
    assert known.goal("rd_total", 2018) == (2020, 1100)
    year, value = known.goal("rd_total", 2020)
    assert year == 2025 and value == pytest.approx(898.7 * 1.12**5)
    assert known.goal("sei_va", 2018) is None and known.goal("sei_share_gdp", 2020) == (2025, 18)


def test_nothing_shipped_is_of_2021_or_later():
    known = load_published("hunan")
    assert max(year for name in known.told for year in known.figures(name)) <= 2020
    assert known.past_plan.due == 2020


def test_sets_that_met_2020_are_no_sets_of_2018(monkeypatch, tmp_path):
    monkeypatch.setattr("experiments.hindcast.sets.posterior_path", lambda *_, **__: tmp_path / "none")
    assert sets_for("hunan", 2018) is None
    sets = chosen_sets("hunan", 2018, None, None, 5)
    assert sets.kind == "unselected" and sets.knows_to < 2016
    assert chosen_sets("hunan", 2018, "prior", 2, 40).knows_to == 2020


def test_sets_of_2020_are_those_that_were_kept(monkeypatch, tmp_path):
    """Where no posterior ships."""
    monkeypatch.setattr("experiments.hindcast.sets.posterior_path", lambda *_, **__: tmp_path / "none")
    sets = chosen_sets("hunan", 2020, None, 3, 40)
    assert sets.kind == "fitted" and sets.knows_to == 2020
    assert list(sets.parameters) == list(chosen_sets("hunan", 2020, "prior", 3, 40).parameters)


def test_unselected_sets_draw_their_levels_and_a_longer_list_begins_with_a_shorter():
    few, many = (chosen_sets("hunan", 2018, "unselected", n, 40).parameters for n in (3, 6))
    assert many[:3] == few
    scales = {one["firms"]["research_scale"] for one in many}
    assert len(scales) == 6 and all(0.001 < scale < 0.05 for scale in scales)
    assert len({one["economy"]["technology_value_added_2016"] for one in many}) == 1


def test_a_region_that_says_nothing_is_refused():
    with pytest.raises(InputError, match=r"has no hindcast\.yaml"):
        load_published("tests/regions/lakeland")


def test_fitted_sets_that_know_nothing_later_are_taken_first(monkeypatch):
    values = ({("firms", "research_scale"): 0.02}, {("firms", "research_scale"): 0.03})
    fitted = ParameterSets("posterior", "2 sets", values)
    monkeypatch.setattr("experiments.hindcast.sets.sets_for", lambda region, train_to, approximate: fitted)
    sets = chosen_sets("hunan", 2018, None, None, 40)
    assert (sets.kind, sets.knows_to, len(sets.parameters)) == ("fitted", 2018, 2)
    assert sets.parameters[1]["firms"]["research_scale"] == 0.03
    with pytest.raises(InputError, match="--draws 3: 2 sets"):
        chosen_sets("hunan", 2018, None, 3, 40)


@pytest.fixture
def foreign(monkeypatch):
    """A posterior to 2018 that another model made."""
    sets = ({("firms", "research_scale"): 0.02}, {("firms", "research_scale"): 0.03})
    about = SimpleNamespace(inputs="i" * 16, model="m" * 16, made="2026-01-01", learned=[])
    found = SimpleNamespace(about=about, drawn=SimpleNamespace(described="2 sets", sets=sets))
    monkeypatch.setattr("experiments.hindcast.sets.posterior_path", lambda *_, **__: Path(__file__))
    monkeypatch.setattr(drawn_sets, "whole_posterior", lambda *_: found)
    monkeypatch.setattr(model_version, "version", lambda region: "v" * 16)


def test_a_posterior_of_another_model_is_refused_to_a_hindcast_that_asks_for_it(foreign):
    with pytest.raises(ModelDiffers, match=r"--approximate takes it .* --parameters unselected does without"):
        chosen_sets("hunan", 2018, "fitted", None, 40)


def test_a_hindcast_that_asks_for_no_sets_leaves_those_of_another_model_and_says_so(foreign):
    sets = chosen_sets("hunan", 2018, None, 3, 40)
    assert sets.kind == "unselected" and "since the posterior of region hunan is of another" in sets.described


def test_sets_of_another_model_that_are_taken_all_the_same_are_marked(foreign):
    sets = chosen_sets("hunan", 2018, None, None, 40, approximate=True)
    assert sets.kind == "fitted" and len(sets.parameters) == 2
    lines = known("hunan", "as_expected_in_2020", sets, 2018)
    assert lines[0].startswith(f"--approximate: model {'m' * 16} made it on 2026-01-01, this one is")
    setting = Setting("hunan", "as_in_2020", "as_expected_in_2020", sets, 1, 0.1, 2018)
    assert "this one is" in setting.conditions["approximate"]
