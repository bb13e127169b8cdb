"""What is asked: who the players are, what a coalition is, and what is refused before any run."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments import load_runs, sweep
from experiments.__main__ import main
from experiments.exits import Exit
from experiments.plan import drawn_sets
from experiments.why.players import CLOSURE, coalition, differing_levers, players_of
from experiments.why.question import Wanted, named, question_of
from experiments.why.runs import MILLION, Game, Unit, classes_of, of_unit
from experiments.why.unspent import budgets_of_both
from scenarios.load import load_levers, load_scenarios
from scenarios.region.region import load_region
from scenarios.spec import BASELINE, POLICY_YEAR, Closure
from scenarios.values.errors import InputError
from sim.model import choose
from sim.run import past_of

ALL = load_scenarios()
USUAL, PLAN = ALL[BASELINE], ALL["plan"]


def subsidy(value, name="reform"):
    return replace(USUAL.changed({("rd_subsidy", "rate"): ((POLICY_YEAR, value),)}), name=name)


def test_players_are_the_levers_that_differ_in_the_order_in_which_they_act():
    by, players = players_of(ALL["technology_alone"], USUAL, None)
    assert by == "lever"
    named = [one.name for one in players]
    assert set(named) == {name for name, one in load_levers().items() if one.about.thrust == "technology"}
    assert named == [name for name in USUAL.levers if name in named]


def test_of_more_than_eight_levers_the_thrusts_are_told_unless_levers_are_asked_for():
    by, players = players_of(ALL["five_thrusts"], USUAL, None)
    assert (by, [one.name for one in players]) == (
        "thrust",
        ["industry", "technology", "talent", "platform", "environment"],
    )
    assert sum(len(one.levers) for one in players) == len(differing_levers(ALL["five_thrusts"], USUAL))
    assert len(players_of(ALL["five_thrusts"], USUAL, "lever")[1]) > 8


def test_another_closure_of_the_budget_is_a_player_of_its_own():
    other = replace(subsidy(0.2), closure=Closure.BORROW)
    _, players = players_of(other, USUAL, None)
    assert [one.name for one in players] == ["rd_subsidy", CLOSURE]
    assert [coalition(other, USUAL, players, mask).closure for mask in range(4)] == [
        USUAL.closure, USUAL.closure, Closure.BORROW, Closure.BORROW,
    ]  # fmt: skip


def test_no_player_is_the_base_and_all_players_are_the_scenario():
    _, players = players_of(PLAN, USUAL, None)
    none, everybody = (coalition(PLAN, USUAL, players, mask) for mask in (0, (1 << len(players)) - 1))
    assert (dict(none.levers), none.closure) == (dict(USUAL.levers), USUAL.closure)
    assert dict(everybody.levers) == dict(PLAN.levers)
    assert list(everybody.levers) == list(USUAL.levers)


def test_a_player_brings_the_blocks_of_its_levers():
    blocks = load_scenarios()
    where = {
        "levers": dict(blocks[BASELINE].levers)
        | {"rd_subsidy@changsha": {"rate": ((2016, 0.0), (2022, 0.3))}}
    }
    reform = replace(USUAL, name="reform", **where)
    _, players = players_of(reform, USUAL, None)
    assert [one.levers for one in players] == [("rd_subsidy",)]
    assert "rd_subsidy@changsha" not in coalition(reform, USUAL, players, 0).levers
    assert "rd_subsidy@changsha" in coalition(reform, USUAL, players, 1).levers


def test_two_that_set_the_same_have_nothing_to_explain():
    with pytest.raises(InputError, match="no effect to explain"):
        players_of(subsidy(USUAL.lever_values("rd_subsidy", 2025)["rate"], "same"), USUAL, None)


def test_what_may_be_spent_is_told_by_programme():
    budgets = budgets_of_both(PLAN, USUAL)
    assert sum(one for one, _ in budgets.values()) == pytest.approx(PLAN.public_cost() / 1e8)
    assert sum(other for _, other in budgets.values()) == pytest.approx(USUAL.public_cost() / 1e8)


# --- with runs ---

TINY = (
    "scenario=as_in_2020,plan,industry_alone",
    "replications=2",
    "population.scale=0.004",
    "executor.workers=1",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, computed_here, sources_nobody_edits):
    path = tmp_path_factory.mktemp("explain") / "r"
    sweep(*TINY, f"results={path}", quiet=True)
    return path


@pytest.mark.usefixtures("sources_nobody_edits")
def test_the_base_is_the_folders_and_is_told_by_name(folder):
    question = question_of(Wanted(f"{folder}:industry_alone", replications=2, scale=0.004))
    assert (question.scenario, question.base, question.by) == ("industry_alone", "as_in_2020", "lever")
    assert question.game.orders == 0 and question.game.runs(question.units) == 2 * 2 ** len(
        question.game.players
    )
    fewer = question_of(Wanted(f"{folder}:industry_alone", replications=9, scale=0.004))
    assert fewer.key == question.key
    assert question_of(Wanted(f"{folder}:industry_alone", scale=0.005)).key != question.key


@pytest.mark.usefixtures("sources_nobody_edits")
def test_of_many_levers_orders_are_drawn(folder):
    game = question_of(Wanted(f"{folder}:plan", by="lever", replications=2)).game
    units = [Unit(n, 0, game.spec.parameters) for n in range(2)]
    assert game.orders == 2 and game.orders_of(units[0]) != game.orders_of(units[1])
    assert len(game.masks_of(units[0])) <= 2 * len(game.players)


@pytest.mark.usefixtures("sources_nobody_edits")
def test_draws_are_sets_of_the_posterior_and_of_the_priors_where_there_is_none(folder, monkeypatch):
    def asked(draws=3):
        return question_of(Wanted(f"{folder}:industry_alone", replications=4, scale=0.004, draws=draws))

    def first(region, *_, **__):
        return drawn_sets.ParameterSets(drawn_sets.POSTERIOR, "", tuple(values), ())

    values = [{("economy", "rival_response_provincial"): share} for share in (0.1, 0.2, 0.3, 0.4)]
    monkeypatch.setattr(drawn_sets, "posterior_path", lambda _: Path(__file__))
    monkeypatch.setattr(drawn_sets, "of_posterior", first)
    one = asked()
    shares = [unit.parameters["economy"]["rival_response_provincial"] for unit in one.units]
    assert shares == [0.1, 0.2, 0.3, 0.1] and [unit.draw for unit in one.units] == [0, 1, 2, 0]
    assert one.described == "3 sets of parameters of the posterior"
    values[1] = {("economy", "rival_response_provincial"): 0.25}
    assert asked().described == one.described and asked().key != one.key
    with pytest.raises(InputError, match="--draws 5: 4 sets of parameters are in the posterior"):
        asked(5)
    drawn = SimpleNamespace(sets=tuple(values), described="")
    monkeypatch.setattr(drawn_sets, "load_drawn", lambda *_: drawn)
    monkeypatch.setattr(drawn_sets, "posterior_path", lambda _: Path("nowhere"))
    assert asked().described == "3 sets of parameters drawn from their priors"


@pytest.mark.usefixtures("sources_nobody_edits")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["{r}:plna"], "'plna'"),
        (["{r}"], "holds 3 scenarios; say which"),
        (["{r}:plan", "{r}:plan"], "set the same: no effect to explain"),
        (["{r}:plan", "{r}:nothing"], "'nothing'"),
        (["{r}/none:plan"], "no results"),
        (["{r}:plan", "--target", "sei_vaa"], "unknown target 'sei_vaa'"),
        (["{r}:plan", "--replications", "1"], "--replications 1 is outside 2 to 10,000"),
        (["{r}:plan", "--scale", "3"], "--scale 3 is outside 0.001 to 1"),
        (["{r}:plan", "--orders", "3"], "--orders 3 is no even number"),
        (["{r}:plan", "--draws", "0"], "--draws 0 is not a whole number from 1 on"),
        (["{r}:plan", "--workers", "0"], "--workers 0 is not a whole number from 1 on"),
        (["{r}:plan", "--by", "minister"], "invalid choice: 'minister'"),
    ],
)
def test_bad_input_is_one_line_before_any_run(folder, capsys, monkeypatch, words, told):
    monkeypatch.setattr("experiments.why.kept.computed", lambda *_: pytest.fail("runs were begun"))
    assert main(["explain", *(word.replace("{r}", str(folder)) for word in words)]) == Exit.BAD_INPUT
    said = capsys.readouterr().err.strip().split("\n")
    assert len(said) == 1 and told in said[0]


def test_a_folder_of_other_sources_is_refused_with_78(folder, capsys, monkeypatch):
    from experiments.store import header

    today = header.header()
    other = today | {"sources": today["sources"] | {"sim/quarter.py": "0" * 64}}
    monkeypatch.setattr("experiments.store.header.header", lambda region="hunan": other)
    assert main(["explain", f"{folder}:plan"]) == Exit.DIFFERS
    assert "sim/quarter.py changed" in capsys.readouterr().err


@pytest.mark.usefixtures("sources_nobody_edits")
def test_a_folder_of_another_world_is_no_base(folder, tmp_path, capsys):
    sweep("scenario=as_in_2020", "world=as_happened", *TINY[1:], f"results={tmp_path / 'w'}", quiet=True)
    assert main(["explain", f"{folder}:plan", f"{tmp_path / 'w'}:as_in_2020"]) == Exit.BAD_INPUT
    assert "differ in world too" in capsys.readouterr().err


@pytest.mark.usefixtures("sources_nobody_edits")
def test_the_whole_effect_is_the_difference_of_the_folders_own_runs_and_parts_add_up(
    folder, capsys, monkeypatch
):
    words = [
        "explain",
        f"{folder}:industry_alone",
        "--scale",
        "0.004",
        "--replications",
        "2",
        "--workers",
        "1",
    ]
    assert main([*words, "--target", "sei_va"]) == Exit.OK
    said = capsys.readouterr()
    assert "industry_alone against as_in_2020" in said.out and "kept: sanxiang report " in said.out
    from experiments.why.explanation import explanation_of
    from experiments.why.kept import kept_explanations

    found = explanation_of(kept_explanations(folder)[0])
    runs = load_runs(folder).set_index(["scenario", "n"])
    for n in (0, 1):
        own = runs.sei_va_activity["industry_alone", n] - runs.sei_va_activity["as_in_2020", n]
        assert found.whole[n, found.columns["sei_va"]] == pytest.approx(own / 1e8, abs=1e-9)
    for name in found.measures:
        assert found.remainder(name) <= 1e-8 * max(1.0, abs(found.level(name)))
    # Asked again, nothing is run.
    monkeypatch.setattr("experiments.why.runs.of_unit", lambda *_: pytest.fail("runs again"))
    assert main([*words, "--format", "json"]) == Exit.OK


def test_firms_are_classed_by_their_sales_in_2020_and_all_are_there(folder):
    region = load_region("hunan")
    past = past_of(choose(scale=0.004))
    classes = classes_of(past, region)
    firms = past.economy.firms
    assert len(classes.ids) == firms.count
    place, sales = classes.find(firms.id[firms.rows()])
    bounds = region.marginals.size_lower_bound * MILLION
    assert ((sales >= bounds[place]) | (place == 0)).all()
    later, none = classes.find(classes.ids[:2] + 2**60)
    assert later.tolist() == [len(classes.names)] * 2 and none.tolist() == [0.0, 0.0]


def test_sizes_owners_industries_and_prefectures_have_the_same_total():
    game = Game(subsidy(0.2), USUAL, players_of(subsidy(0.2), USUAL, None)[1], choose(scale=0.004))
    unit = of_unit(game, Unit(0, 0, game.spec.parameters))
    for measure in ("value_added", "jobs"):
        totals = {
            group: sum(
                value
                for name, value in zip(unit.members, unit.ends[1], strict=True)
                if name.startswith(f"{group}__") and name.endswith(f"__{measure}")
            )
            for group in ("industry", "prefecture", "size", "owner")
        }
        assert totals["industry"] == pytest.approx(totals["prefecture"])
        assert totals["size"] == pytest.approx(totals["owner"])
        assert totals["size"] == pytest.approx(totals["industry"], rel=0.02)  # less who left in the year


@pytest.mark.parametrize(
    ("point", "called"),
    [
        ("plan", "plan"),
        ("plan population.scale=0.1", "plan"),
        ("plan lever.rd_subsidy.rate=0, population.scale=0.1", "plan lever.rd_subsidy.rate=0"),
        ("plan population.scale=0.1, lever.rd_subsidy.rate=0", "plan lever.rd_subsidy.rate=0"),
    ],
)
def test_a_case_is_called_without_its_scale_and_without_the_comma_beside_it(point, called):
    assert named(point) == called
