"""The command line of a sweep: what it means; what it refuses is tried in tests/battery."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from experiments.__main__ import main
from experiments.plan.composition import compose, written
from experiments.plan.contradictions import check_shared_past
from experiments.plan.overrides import parse_override
from experiments.plan.points import SweepPlan, shown
from experiments.plan.sweep_plan import plan_sweep
from experiments.plan.words import path_word
from scenarios.load import CONFIGS, load_scenarios
from scenarios.spec import Closure, Scenario, run_id
from scenarios.values.errors import InputError, Mistakes

RATE = "lever.rd_subsidy.rate"
CAP = "lever.rd_subsidy.cap"
BUDGET = "lever.rd_subsidy.budget"
WEIGHT = "parameters.firms.quality_weight"
DIGESTS = {"data": "", "sources": ""}


@pytest.fixture(scope="module")
def configs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped configuration, in a place where a test may add files."""
    folder = tmp_path_factory.mktemp("copy") / "configs"
    copytree(CONFIGS, folder)
    return folder


def planned(configs: Path, *words: str) -> SweepPlan:
    return plan_sweep(words, configs)


def values_of(plan: SweepPlan, key: str) -> list:
    return [dict(point.given)[key] for point in plan.points]


def test_without_words_the_shipped_scenarios_run_a_hundred_times(configs: Path):
    plan = planned(configs)
    assert {"as_in_2020", "no_policy", "plan"} <= {scenario.name for scenario in plan.scenarios}
    assert (plan.replications, plan.results, plan.executor.kind) == (100, Path("results/shipped"), "local")
    assert plan.runs == 100 * len(plan.scenarios)


def test_a_comma_list_a_range_and_a_choice_are_points(configs: Path):
    assert values_of(planned(configs, f"{RATE}=0.1,0.2"), RATE) == [0.1, 0.2]
    assert values_of(planned(configs, f"{RATE}=range(0,0.3,0.1)"), RATE) == [0, 0.1, 0.2]
    hundredths = values_of(planned(configs, f"{RATE}=range(0,0.4,0.01)"), RATE)
    assert hundredths == [number / 100 for number in range(40)]  # no 0.030000000000000002, and not the end
    assert values_of(planned(configs, f"{RATE}=choice(0.3,0)"), RATE) == [0.3, 0]


def test_lists_multiply(configs: Path):
    plan = planned(configs, f"{RATE}=0,0.1,0.2", f"{WEIGHT}=0.5,0.6", "scenario=as_in_2020")
    assert len(plan.points) == 6
    assert plan.points[-1].label == f"{RATE}=0.2, {WEIGHT}=0.6"


def test_a_lever_value_holds_from_2021_on(configs: Path):
    (spec,) = next(planned(configs, f"{RATE}=0.3", "scenario=as_in_2020").units())
    rates = [
        spec.scenario.lever_values("rd_subsidy", year)["rate"] for year in (2016, 2018, 2020, 2021, 2025)
    ]
    assert rates == [0, 0.1, 0.1, 0.3, 0.3]


def test_a_lever_value_with_dates_holds_from_each_date_on(configs: Path):
    (spec,) = next(planned(configs, f"{RATE}={{2022:0.2,2024:0.4}}", "scenario=as_in_2020").units())
    rates = [spec.scenario.lever_values("rd_subsidy", year)["rate"] for year in range(2020, 2026)]
    assert rates == [0.1, 0.1, 0.2, 0.2, 0.4, 0.4]


def test_whole_numbers_become_floats(configs: Path):
    whole, decimal = (next(planned(configs, f"{WEIGHT}={w}").units())[0] for w in ("1", "1.0"))
    assert run_id(whole, DIGESTS) == run_id(decimal, DIGESTS)
    assert type(whole.parameters["firms"]["quality_weight"]) is float


def test_a_unit_holds_what_shares_the_years_before_2021(configs: Path):
    plan = planned(
        configs, "scenario=as_in_2020,plan", f"{RATE}=0.1,0.2", f"{WEIGHT}=0.5,0.6", "replications=3"
    )
    units = list(plan.units())
    assert [len(unit) for unit in units] == [4] * 6
    for unit in units:
        assert len({(s.replication, s.world, s.scale, json.dumps(s.parameters)) for s in unit}) == 1
    assert sum(map(len, units)) == plan.runs


def test_scenarios_are_paired_by_the_number_of_the_run(configs: Path):
    runs = [spec for unit in planned(configs, "replications=2", "seed=7").units() for spec in unit]
    assert {spec.seed for spec in runs} == {7}
    assert sorted({spec.replication for spec in runs}) == [0, 1]
    assert {spec.draw for spec in runs} == {0}


def test_more_replications_extend_fewer(configs: Path):
    few, many = (
        {run_id(s, DIGESTS) for unit in planned(configs, f"replications={n}").units() for s in unit}
        for n in (2, 5)
    )
    assert few < many


def test_each_case_has_a_name_of_its_own(configs: Path):
    plan = planned(configs, "scenario=as_in_2020,plan", f"{RATE}=0.1,0.2", "replications=1")
    assert [spec.point for spec in next(plan.units())] == [
        f"as_in_2020 {RATE}=0.1", f"plan {RATE}=0.1", f"as_in_2020 {RATE}=0.2", f"plan {RATE}=0.2",
    ]  # fmt: skip


def test_an_experiment_lists_its_points_and_the_command_line_replaces_them(configs: Path):
    assert values_of(planned(configs, "experiment=subsidy_rates"), RATE) == [0, 0.1, 0.2, 0.3]
    plan = planned(configs, "experiment=subsidy_rates", f"{RATE}=0.5", "replications=2")
    assert (values_of(plan, RATE), plan.replications) == ([0.5], 2)
    assert plan.results == Path("results/subsidy_rates")


def test_an_experiment_may_give_its_points_as_a_range(configs: Path):
    (configs / "experiment/ranged.yaml").write_text(f"sweep: {{{RATE}: 'range(0,0.5,0.25)'}}")
    assert values_of(planned(configs, "experiment=ranged"), RATE) == [0, 0.25]


def test_worlds_are_points_too(configs: Path):
    plan = planned(configs, "world=as_happened,as_expected_in_2020", "replications=1", "scenario=plan")
    assert [unit[0].world for unit in plan.units()] == ["as_happened", "as_expected_in_2020"]


def test_a_reform_runs_beside_the_baseline(configs: Path, tmp_path: Path):
    path = tmp_path / "改革, 二.yaml"
    path.write_text("{name: mine, base: plan, closure: borrow}")
    plan = planned(configs, f"reform='{path}'")
    assert [(s.name, s.closure) for s in plan.scenarios] == [
        ("as_in_2020", Closure.REPRIORITISE), ("mine", Closure.BORROW),
    ]  # fmt: skip


def test_a_path_needs_no_quotes(configs: Path, tmp_path: Path):
    path = tmp_path / "改革 (2).yaml"
    path.write_text("{name: mine, base: plan}")
    plan = planned(configs, f"reform={path}", "scenario=plan,mine", f"results={tmp_path}/结果 1")
    assert [s.name for s in plan.scenarios] == ["plan", "mine"]
    assert plan.results == tmp_path / "结果 1"


def test_glob_picks_scenarios_by_pattern(configs: Path):
    plan = planned(configs, "scenario=glob(*,exclude=p*)")
    assert all(not scenario.name.startswith("p") for scenario in plan.scenarios)


def test_multirun_is_accepted_and_changes_nothing(configs: Path):
    assert planned(configs, "-m", "replications=2") == planned(configs, "replications=2", "--multirun")


def test_the_executor_is_a_choice_with_settings_of_its_own(configs: Path):
    plan = planned(configs, "executor=dask", "executor.workers=3", "executor.address=tls://10.0.0.1:8786")
    assert (plan.executor.kind, plan.executor.workers) == ("dask", 3)
    assert plan.executor.address == "tls://10.0.0.1:8786"


def test_hydra_composes_the_same_values_as_the_point_has(configs: Path):
    words = {RATE: 0.2, CAP: {2022: 2e7}, WEIGHT: 0.7, "population.scale": 0.5}
    composed = compose({}, words, configs)
    plan = planned(configs, *(f"{key}={written(value)}" for key, value in words.items()))
    (point,) = plan.points
    assert composed["lever"]["rd_subsidy"]["rate"] == point.changes["rd_subsidy", "rate"][0][1]
    assert tuple(composed["lever"]["rd_subsidy"]["cap"].items()) == point.changes["rd_subsidy", "cap"]
    assert composed["parameters"] == point.parameters
    assert composed["population"]["scale"] == point.scale


def test_the_composed_configuration_is_kept_with_the_plan(configs: Path):
    composed = planned(configs, f"{RATE}=0.2", f"{WEIGHT}=0.5,0.7", "replications=3").composed
    assert composed["lever"]["rd_subsidy"]["rate"] == 0.2
    assert composed["sweep"] == {WEIGHT: [0.5, 0.7]}
    assert composed["replications"] == 3


def test_a_notebooks_own_hydra_is_left_alone(configs: Path):
    from hydra import initialize
    from hydra.core.config_store import ConfigStore
    from hydra.core.global_hydra import GlobalHydra

    ConfigStore.instance().store(name="config", node={"mine": 1})
    with initialize(version_base="1.3", config_path=None):
        planned(configs, "replications=2")
        assert GlobalHydra.instance().is_initialized()
        assert ConfigStore.instance().load("config.yaml").node == {"mine": 1}


def test_scenarios_that_differ_before_2021_cannot_share_a_unit():
    one, other = (
        Scenario(name=n, base=None, levers={"prize": {"budget": ((2016, v), (2021, 9.0))}})
        for n, v in (("one", 1.0), ("other", 2.0))
    )
    check_shared_past([one, one])
    with pytest.raises(InputError, match=r"'one' and 'other' differ in lever.prize before 2021"):
        check_shared_past([one, other])


def test_reforms_that_differ_before_2021_are_refused(configs: Path, monkeypatch: pytest.MonkeyPatch):
    def with_another_past(*_: object) -> dict[str, Scenario]:
        other = scenarios["plan"].changed({("rd_subsidy", "rate"): ((2019, 0.3),)})
        return scenarios | {"plan": other}

    scenarios = load_scenarios((), configs)
    monkeypatch.setattr("experiments.plan.sweep_plan.load_scenarios", with_another_past)
    with pytest.raises(InputError, match=r"'as_in_2020' and 'plan' differ in lever.rd_subsidy before 2021"):
        planned(configs, "scenario=as_in_2020,plan")


def test_a_sweep_of_too_many_points_is_refused_before_they_are_made(configs: Path):
    with pytest.raises(InputError, match="500,000 points; at most 10,000"):
        planned(configs, f"{RATE}=range(0,0.5,0.001)", f"{CAP}=range(0,1e8,1e5)")


def test_a_key_given_twice_is_refused(configs: Path):
    with pytest.raises(InputError, match="replications stands twice"):
        planned(configs, "replications=3", "replications=4")


def test_every_mistake_of_a_command_line_is_said_at_once(configs: Path):
    with pytest.raises(InputError) as refusal:
        planned(configs, "foo=1", "--bar", "scenario=pln", "world=x", f"{RATE}=0.7,nan", f"{WEIGHT}=9")
    assert len(refusal.value.messages) == 7


def test_a_value_survives_hydras_grammar_both_ways():
    names: dict[str, list[str]] = {}
    for value in ("a'b", 'a"b', "改革", "true", "1", "x\\", "a, b", ""):
        assert parse_override(f"results={written(value)}", names) == ("results", (value,))


WORDS = st.sampled_from(
    ["range(0,1,0.1)", "{2022:0.1}", "glob(a*)", "[1,2]", "0.1,0.2", "'a'", "tag(a,1)", "int(3)"]
)
SIGNS = st.text("[]{}(),:'\"\\$019.eE+-nai =@~*?%０\n\x00", max_size=6)


@given(
    key=st.sampled_from([f"{RATE}=", "scenario=", "results=", "seed=", ""]),
    parts=st.lists(WORDS | SIGNS, max_size=4),
)
def test_any_text_is_read_or_refused_with_one_line(key: str, parts: list[str]):
    mistakes = Mistakes()
    mistakes.attempt(parse_override, key + "".join(parts), {"scenario": ["a", "b"], "world": ["w"]})
    assert all("\n" not in message for message in mistakes.messages)


@pytest.mark.parametrize(
    "word", ["scenario=pln", f"{RATE}=nan", "foo=1", "replications=0", "reform=/nowhere.yaml"]
)
def test_the_command_line_says_it_in_one_line_and_ends_with_2(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", word]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


def test_a_region_is_chosen_by_name_or_by_the_path_of_a_folder(
    configs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    copytree(CONFIGS / "region" / "hunan", tmp_path / "my province")
    monkeypatch.chdir(tmp_path)
    named, own = (planned(configs, f"region={region}") for region in ("hunan", "./my province"))
    (first, *_), (second, *_) = next(named.units()), next(own.units())
    assert (first.region, second.region) == ("hunan", str(tmp_path / "my province"))
    assert first.canonical() == second.canonical()


@pytest.mark.parametrize(
    ("region", "told"),
    [("hunam", "unknown region 'hunam' - did you mean 'hunan'?"), ("./x", "region './x': no such folder")],
)
def test_a_region_that_is_not_there_is_refused_in_one_line(configs: Path, region: str, told: str):
    with pytest.raises(InputError) as refused:
        planned(configs, f"region={region}", "scenario=plan")
    assert refused.value.messages == (told,)


def test_an_experiment_may_name_scenarios_that_a_region_lacks_if_the_command_names_some(
    configs: Path, tmp_path: Path
):
    copytree(CONFIGS / "region" / "hunan", tmp_path / "own")
    (tmp_path / "own/scenario/talent_led.yaml").unlink()
    words = (f"region={tmp_path}/own", "experiment=led_by_one_kind")
    with pytest.raises(InputError, match="unknown scenario 'talent_led'"):
        planned(configs, *words)
    plan = planned(configs, *words, "scenario=plan")
    assert [scenario.name for scenario in plan.scenarios] == ["plan"]


@pytest.mark.parametrize(
    ("word", "count"),
    [
        (f"{BUDGET}=choice(1,200,300)", 3),
        (f"{BUDGET}=1200300", 1),
        (f"{BUDGET}=1_200_300", 1),
        (f"{BUDGET}=0,100,200", 3),
        (f"{BUDGET}=1,2,3", 3),
        (f"{BUDGET}=10,20,30", 3),
        (f"{BUDGET}=1e8,2e8", 2),
        (f"{BUDGET}=100000000,200000000", 2),
        (f"{BUDGET}=1, 200, 300", 3),
        ("population.scale=100,200", 2),  # 100,200 is no scale
        ("population.scale=0.1,0.2", 2),
    ],
)
def test_ordinary_lists_and_plain_numbers_are_not_asked_about(word: str, count: int):
    assert len(planned(CONFIGS, "scenario=as_in_2020", word).points) == count


def test_a_list_in_an_experiments_file_is_asked_about_as_on_the_command_line(configs: Path):
    path = configs / "experiment" / "thousands.yaml"
    path.write_text(f"sweep: {{{BUDGET}: '1,200,300'}}\n", encoding="utf-8")
    try:
        with pytest.raises(InputError, match=r"choice\(1,200,300\) for 3 values"):
            planned(configs, "experiment=thousands")
    finally:
        path.unlink()


def test_points_that_a_scenarios_own_values_make_equal_are_refused():
    own = load_scenarios()["as_in_2020"].lever_values("rd_subsidy", 2021)["rate"]
    words = f"{RATE}={{2022:0.2}},{{2021:{own},2022:0.2}}"
    with pytest.raises(InputError, match="are the same in scenario 'as_in_2020'"):
        planned(CONFIGS, "scenario=as_in_2020", words)


@pytest.mark.parametrize("values", [(0.3, 0.30000000000000004), (1e-9, 1.0000000000000002e-9)])
def test_values_that_differ_in_the_last_digit_are_two_points_under_two_labels(values: tuple[float, ...]):
    plan = planned(CONFIGS, "scenario=as_in_2020", f"{RATE}={','.join(map(repr, values))}")
    labels = [point.label for point in plan.points]
    assert len(set(labels)) == 2
    assert values_of(plan, RATE) == list(values)


@given(st.lists(st.floats(0, 0.5), min_size=2, max_size=2, unique=True))
def test_unequal_values_have_unequal_labels_and_equal_ones_equal(values: list[float]):
    assert shown(values[0]) != shown(values[1])
    assert float(shown(values[0])) == values[0]


ODD = st.text("ab/,'\"\\\\ :=()[]{}~#三", min_size=1, max_size=12)


@given(ODD)
def test_a_path_is_read_back_as_it_was_written_whatever_it_holds(path):
    assert parse_override(path_word("results", [path]), {}) == ("results", (path,))
    assert parse_override(path_word("reform", [path, "b,c"]), {}) == ("reform", (path, "b,c"))
