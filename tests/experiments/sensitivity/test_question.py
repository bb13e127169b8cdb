"""What is asked: the words of a sweep and a few of its own, checked before any run."""

import pytest

from experiments.__main__ import main
from experiments.exits import Exit
from experiments.plan import drawn_sets
from experiments.plan.drawn_sets import ALL_CENTRAL, PRIOR, ParameterSets
from experiments.sensitivity.question import FALLS_BACK, RESULTS, measures_of, question_of
from scenarios.drawn import drawn_values
from scenarios.load import load_parameters
from scenarios.spec import BASELINE
from scenarios.targets import ALL, load_targets

CENTRAL = "parameters=central"


def test_words_of_a_sweep_and_its_own_are_read():
    words = ["scenario=plan,as_in_2020", "scale=.02", "runs=80", "trajectories=3", "seed=5", "results=x/y"]
    found = question_of([CENTRAL, *words, "targets=sei_va,hnte_count"])
    assert (found.scenarios, found.scale, found.runs) == (("plan", "as_in_2020"), 0.02, 80)
    assert (found.trajectories, found.later_trajectories) == (3, 2)
    assert (found.told, found.plan.seed, str(found.plan.results)) == (("sei_va", "hnte_count"), 5, "x/y")


def test_what_is_not_said_has_a_usual_value():
    found = question_of([CENTRAL])
    assert found.scenarios == (BASELINE,) and str(found.plan.results) == RESULTS
    assert (found.runs, found.trajectories, found.scale) == (300, 4, 0.1)
    assert found.told == tuple(load_targets())
    assert question_of([CENTRAL, "population.scale=.05"]).scale == 0.05


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runs=59"], "runs=59 is not a whole number from 60"),
        (["runs=x"], "runs=x is not a whole number"),
        (["trajectories=1"], "trajectories=1 is not a whole number from 2"),
        (["scale=0"], "scale=0 is not a number from 0.001 to 1"),
        (["scale=nan"], "scale=nan is not a number"),
        (["targets=sei_v"], "unknown target 'sei_v' - did you mean 'sei_va'?"),
        (["replications=10"], "unknown key 'replications'"),
        (["scal=.1"], "unknown key 'scal' - did you mean 'scale'?"),
        (["hello"], "'hello' is no word of sensitivity"),
        (["runs=80", "runs=90"], "runs stands twice"),
        (["parameters=posteriori"], "unknown parameters 'posteriori' - did you mean 'posterior'?"),
        (["scenario=paln"], "unknown scenario 'paln' - did you mean 'plan'?"),
        (["lever.rd_subsidy.rate=0.1,0.2"], "2 points: give every key one value"),
        (["lever.rd_subsdy.rate=0.1"], "rd_subsidy"),
    ],
)
def test_bad_words_are_refused_in_one_line(words, said, capsys):
    given = words if any(word.startswith("parameters") for word in words) else [*words, CENTRAL]
    assert main(["sensitivity", *given]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--workers", "0"], "--workers 0"),
        (["--out", "x.gif"], "ends in one of"),
        (["--format", "xml"], "usage"),
        (["--frmat", "json"], "usage"),
    ],
)
def test_bad_options_are_refused_in_one_line(words, said, capsys):
    assert main(["sensitivity", CENTRAL, *words]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 1


def test_the_former_verb_names_the_one_that_does_its_work(capsys):
    assert main(["screen"]) == Exit.BAD_INPUT
    assert capsys.readouterr().err == "screen is now a part of another verb: sanxiang sensitivity\n"


def test_where_no_posterior_fits_parameters_are_drawn_from_their_priors(monkeypatch):
    why = ParameterSets("central", f"{drawn_sets.LEFT_OUT}, since it is of another model")
    monkeypatch.setattr(drawn_sets, "usual", lambda *_: why)
    found = question_of(["runs=60", "trajectories=2"])
    assert found.plan.sets.source == PRIOR and len(found.plan.sets.values) == 60
    assert found.described == FALLS_BACK.format("it is of another model")
    monkeypatch.setattr(drawn_sets, "usual", lambda *_: ALL_CENTRAL)
    assert "region hunan has no posterior" in question_of(["runs=60", "trajectories=2"]).described


def test_priors_are_drawn_one_by_one_level_constants_too():
    found = question_of(["parameters=prior", "runs=60", "trajectories=2"])
    assert found.plan.sets.values[7] == drawn_values(load_parameters(), 7, solved=True)
    units = list(found.plan.units())
    assert (
        units[7][0].parameters["firms"]["research_scale"] != units[8][0].parameters["firms"]["research_scale"]
    )


def test_the_same_question_has_one_key_whatever_its_sizes():
    one = question_of([CENTRAL, "runs=60"])
    assert question_of([CENTRAL, "runs=90", "trajectories=7", "targets=sei_va"]).key == one.key
    others = (["scale=.2"], ["scenario=plan"], ["seed=7"], ["lever.rd_subsidy.rate=0.2"])
    keys = {question_of([CENTRAL, *words]).key for words in others}
    assert len(keys) == 4 and one.key not in keys
    priors = question_of(["parameters=prior", "runs=60", "trajectories=2"]).key
    assert priors == question_of(["parameters=prior", "runs=61", "trajectories=2"]).key != one.key


def test_measures_are_the_targets_of_each_scenario_then_what_each_adds():
    found = measures_of(["as_in_2020", "plan"], "hunan")
    count = len(load_targets())
    assert [(one.scenario, one.effect) for one in found] == (
        [(0, False)] * count + [(1, False)] * count + [(1, True)] * count
    )
    assert ALL not in {one.target for one in found}
