"""Parameters and scenarios are checked when they enter, with one line per mistake."""

from pathlib import Path

import pytest

from scenarios.load import central_values, load_parameters, load_scenarios
from scenarios.spec import Closure
from scenarios.values.errors import InputError


def reform(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_parameters_are_numbers_by_actor_and_name(small_configs: Path):
    parameters = load_parameters(small_configs)
    assert parameters["firms"]["intensity"].source == "OECD"
    assert central_values(parameters) == {"firms": {"intensity": 0.04, "step": 1.0}}


def test_every_bad_parameter_is_named_at_once(small_configs: Path):
    path = small_configs / "parameters/firms.yaml"
    path.write_text(path.read_text().replace("source: OECD, ", "").replace("value: 1,", "values: {2016: 1},"))
    with pytest.raises(InputError) as refusal:
        load_parameters(small_configs)
    assert [m.split("firms.yaml: ")[1] for m in refusal.value.messages] == [
        "intensity has no 'source'",
        "step is given by year; a parameter is a constant and has 'value'",
    ]


def test_the_baseline_holds_what_was_in_force_in_2020(small_configs: Path, small_levers: str):
    baseline = load_scenarios(folder=small_configs, package=small_levers)["as_in_2020"]
    assert baseline.lever_values("voucher", 2025) == {"share": 0.1, "budget": 1e8}


def test_off_sets_to_zero_what_can_be_zero(small_configs: Path, small_levers: str):
    nothing = load_scenarios(folder=small_configs, package=small_levers)["no_policy"]
    assert nothing.lever_values("voucher", 2021) == {"share": 0, "budget": 0}
    assert nothing.lever_values("yearly_prize", 2021) == {"winners": 0, "largest_sales": 4e8}
    assert nothing.lever_values("voucher", 2020) == {"share": 0.1, "budget": 1e8}


def test_all_scenarios_are_equal_before_2021(small_configs: Path, small_levers: str):
    pasts = [s.until(2021) for s in load_scenarios(folder=small_configs, package=small_levers).values()]
    assert all(past == pasts[0] for past in pasts)


def test_a_reform_takes_from_its_base_what_it_does_not_change(
    small_configs: Path, small_levers: str, tmp_path: Path
):
    text = "{name: mine, base: plan, closure: borrow, lever: {voucher: {budget: {2022: 2e8, 2024: 0}}}}"
    mine = load_scenarios([reform(tmp_path / "f.yaml", text)], small_configs, small_levers)["mine"]
    assert [mine.lever_values("voucher", y)["budget"] for y in (2021, 2022, 2023, 2024)] == [1e8, 2e8, 2e8, 0]
    assert mine.lever_values("voucher", 2021)["share"] == 0.5
    assert (mine.base, mine.closure) == ("plan", Closure.BORROW)


def test_a_dotted_key_means_the_same_as_the_nested_one(
    small_configs: Path, small_levers: str, tmp_path: Path
):
    nested = reform(tmp_path / "a.yaml", "{name: a, base: plan, lever: {voucher: {share: 0.3}}}")
    dotted = reform(tmp_path / "b.yaml", "{name: b, base: plan, lever.voucher.share: 0.3}")
    scenarios = load_scenarios([nested, dotted], small_configs, small_levers)
    assert scenarios["a"].levers == scenarios["b"].levers


MINE = "name: mine\nbase: plan\n"
REFUSED = {
    "no name": ("base: plan", "has no 'name'"),
    "no base": ("name: mine", "has no 'base'"),
    "a name already shipped": ("{name: plan, base: plan}", "the name 'plan' is taken by"),
    "a name that is a path": ("{name: ../x, base: plan}", "name is '../x'"),
    "an unknown base": ("{name: mine, base: as_in_2002}", "'as_in_2002' - did you mean 'as_in_2020'?"),
    "itself as base": ("{name: mine, base: mine}", "bases go in a circle: mine -> mine"),
    "an unknown key": (MINE + "levers: {}", "unknown key 'levers' - did you mean 'lever'?"),
    "an unknown closure": (MINE + "closure: borow", "unknown closure 'borow' - did you mean 'borrow'"),
    "an unknown lever": (MINE + "lever: {vocher: {share: 0}}", "did you mean 'lever.voucher'?"),
    "an unknown field": (MINE + "lever: {voucher: {shar: 0}}", "did you mean 'lever.voucher.share'?"),
    "a number for a lever": (MINE + "lever: {voucher: 3}", "expected its fields: share, budget"),
    "a word for the levers": (MINE + "lever: on", "expected levers and their fields, or off"),
    "a value out of range": (
        MINE + "lever: {voucher: {share: 1.5}}",
        "lever.voucher.share is 1.5, outside 0 to 0.9 (share of research cost)",
    ),
    "a text for a number": (MINE + 'lever: {voucher: {share: "0.5"}}', "is the text '0.5'"),
    "NO for a number": (MINE + "lever: {voucher: {share: NO}}", "is the text 'NO'"),
    "true for a number": (MINE + "lever: {voucher: {share: true}}", "is the truth value true"),
    "a list for a number": (MINE + "lever: {voucher: {share: [0.1]}}", "is the list [0.1]"),
    "full-width digits": (MINE + "lever: {voucher: {share: ０.５}}", "is the text '０.５'"),
    "a fraction of a winner": (MINE + "lever: {yearly_prize: {winners: 2.5}}", "a whole number"),
    "a date before 2021": (MINE + "lever: {voucher: {share: {2019: 0}}}", "in the years 2021 to 2025"),
    "a date after 2025": (MINE + "lever: {voucher: {share: {2026: 0}}}", "in the years 2021 to 2025"),
    "a date of 5,000 digits": (
        MINE + f"lever: {{voucher: {{share: {{{'2' * 5000}: 0}}}}}}",
        "not valid YAML",
    ),
    "no date": (MINE + "lever: {voucher: {share: {}}}", "names no year"),
    "a python tag": (MINE + "lever: !!python/none x", "tag"),
    "an environment variable": ("{name: mine, base: '${oc.env:HOME}'}", "interpolation"),
    "a target": (MINE + "_target_: os.system", "names no code"),
    "a folder": (MINE + "results: /etc", "unknown key 'results'"),
}


@pytest.mark.parametrize(("text", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_it_is_no_reform(small_configs: Path, small_levers: str, tmp_path: Path, text: str, reason: str):
    path = reform(tmp_path / "mine.yaml", text)
    with pytest.raises(InputError) as refusal:
        load_scenarios([path], small_configs, small_levers)
    assert reason in str(refusal.value)
    assert str(refusal.value).startswith(str(path))
    assert len(refusal.value.messages) == 1


def test_two_reforms_of_one_name_are_refused(small_configs: Path, small_levers: str, tmp_path: Path):
    paths = [reform(tmp_path / f, "{name: mine, base: plan}") for f in ("a.yaml", "b.yaml")]
    with pytest.raises(InputError, match="the name 'mine' is taken by"):
        load_scenarios(paths, small_configs, small_levers)
    assert "mine" in load_scenarios([paths[0], paths[0]], small_configs, small_levers)


def test_bases_in_a_circle_are_refused(small_configs: Path, small_levers: str, tmp_path: Path):
    paths = [
        reform(tmp_path / "a.yaml", "{name: a, base: b}"),
        reform(tmp_path / "b.yaml", "{name: b, base: a}"),
    ]
    with pytest.raises(InputError, match="circle: a -> b -> a"):
        load_scenarios(paths, small_configs, small_levers)


def test_a_shipped_scenario_has_the_name_of_its_file(small_configs: Path, small_levers: str):
    (small_configs / "region/hunan/scenario/plan.yaml").write_text("{name: other, base: as_in_2020}")
    with pytest.raises(InputError, match="name is 'other'; a scenario in configs/ has its file's name"):
        load_scenarios(folder=small_configs, package=small_levers)


def test_several_mistakes_in_one_file_are_said_at_once(
    small_configs: Path, small_levers: str, tmp_path: Path
):
    text = "{name: mine, base: plan, lever: {voucher: {share: 2, budget: -1}, prize: {}}}"
    with pytest.raises(InputError) as refusal:
        load_scenarios([reform(tmp_path / "f.yaml", text)], small_configs, small_levers)
    assert len(refusal.value.messages) == 3


def test_a_region_adds_its_own_figures_to_the_parameters(small_configs: Path):
    own = small_configs / "region/hunan/parameters/firms.yaml"
    own.parent.mkdir()
    own.write_text("depth: {unit: share, range: [0, 1], value: 0.3, source: s, status: assumption}")
    assert load_parameters(small_configs)["firms"]["depth"].at(2016) == 0.3
    assert set(load_parameters(small_configs)["firms"]) == {"intensity", "step", "depth"}


@pytest.mark.parametrize("lag", [5, 11, -8])
def test_a_lag_that_the_room_for_applications_does_not_hold_is_refused_in_one_line(lag: float):
    with pytest.raises(InputError, match=rf"grant_lag is {lag}, outside 5.5 to 10.49") as refusal:
        load_parameters()["firms"]["grant_lag"].checked(lag, "grant_lag")
    assert len(refusal.value.messages) == 1


def test_a_parameter_that_stands_in_the_region_too_is_refused(small_configs: Path):
    own = small_configs / "region/hunan/parameters/firms.yaml"
    own.parent.mkdir()
    own.write_text("step: {unit: share, range: [0, 1], value: 0.3, source: s, status: assumption}")
    with pytest.raises(InputError, match="step stands in configs/parameters too"):
        load_parameters(small_configs)
