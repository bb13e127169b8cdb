"""Conditions of a scenario's runs: which runs are cases, what is refused, and what is said."""

import json
import re
from functools import cache

import numpy as np
import pytest

from experiments import discover, sweep
from experiments.__main__ import main
from experiments.discovery import discovery, material
from experiments.discovery.box import ABOVE
from experiments.discovery.discovery import FAILURE, SUCCESS, cases_of, discovery_of, looks_at
from experiments.discovery.in_json import in_json
from experiments.discovery.material import FEWEST, Material
from experiments.discovery.table import rendered
from experiments.discovery.words import paragraph
from experiments.drawn.things import BASE, PARAMETER, WORLD, Thing
from experiments.exits import Exit
from experiments.figures.conditions import conditions
from experiments.plan.patience import Patience
from scenarios.region.region import load_region
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

TARGETS = load_targets()
GOAL, HUNAN = TARGETS["sei_va"], load_region("hunan")


def named(name, kind):
    from experiments.change.named import Named

    return Thing(name, kind, Named(name.replace("_", " "), name), Named("%/yr", "%"))


def toy(runs=240, sets=240, above=0.6, noise=0.0, seed=2):
    """Runs whose value added meets the target where markets grow by more than `above`, but for some noise."""
    luck = np.random.default_rng(seed)
    things = (
        named("markets", WORLD),
        named("base", BASE),
        *(named(f"firms.p{k}", PARAMETER) for k in range(40)),
    )
    drawn = luck.uniform(size=(runs, len(things)))
    beyond = drawn[:, 0] + noise * luck.normal(size=runs) - above
    values = {name: np.full(runs, np.nan) for name in TARGETS} | {"sei_va": GOAL.threshold * (1.0 + beyond)}
    values["hnte_count"] = luck.normal(TARGETS["hnte_count"].threshold, 500.0, size=runs)
    return Material(
        "results/toy",
        "plan",
        load_region("hunan"),
        TARGETS,
        things,
        drawn,
        np.arange(runs) % sets,
        values,
        runs,
        0.1,
    )


@cache
def found_in_toy(target="sei_va"):
    """What is found in the usual toy; computed once, since nobody changes it."""
    return found(toy(), target)


def found(of, target="sei_va"):
    return discovery_of(of, target, Patience())


def test_what_decides_is_found_and_said_in_words():
    one = found_in_toy()
    (success, failure) = one.sides
    assert [(each.name, each.instead) for each in one.sides] == [(SUCCESS, False), (FAILURE, False)]
    for method in success.found.values():
        assert [each.condition.what for each in method.kept] == [(0, ABOVE)]
        assert method.kept[0].condition.bound == pytest.approx(0.6, abs=0.02)
        assert method.score.density > 0.95 and method.score.coverage > 0.95
    said = paragraph(one)
    assert (
        re.search(r"where markets > 0\.(599|6)", said) and "finds the same" in said and "of all such" in said
    )
    assert f"{one.probability.hits} of 240 runs meet it" in said
    assert failure.found["PRIM"].kept[0].condition.side == "below"


def test_a_target_that_hangs_on_nothing_has_no_condition():
    one = found_in_toy("hnte_count")
    assert all(not each.kept for side in one.sides for each in side.found.values())
    assert "No condition of success stands the tests" in paragraph(one)


def test_with_few_hits_the_outer_tenth_stands_in_and_it_is_said():
    one = found(toy(above=0.97))
    (success,) = one.sides
    assert success.instead and success.cases.sum() == 24
    assert "the highest tenth of runs" in paragraph(one) and "too few meet the target" in paragraph(one)
    assert "what nearly all runs do has no conditions" in one.refused[FAILURE]


def test_with_few_misses_the_lowest_tenth_stands_in():
    (failure,) = found(toy(above=0.03)).sides
    assert (failure.name, failure.instead) == (FAILURE, True)
    assert failure.bound < GOAL.threshold * 1.1


def test_too_few_runs_for_a_tenth_are_refused_with_the_number_that_would_do():
    hits, values = np.zeros(90, bool), np.arange(90.0)
    why = cases_of(SUCCESS, hits, values, 1e9)
    assert "0 of 90 runs meet it" in why and "200 or more" in why
    assert "90 of 90 runs miss it" in cases_of(FAILURE, hits, values, 1e9)


def test_values_that_all_runs_share_have_no_outer_tenth():
    assert isinstance(cases_of(SUCCESS, np.zeros(300, bool), np.zeros(300), 1.0), str)


def test_conditions_are_counted_by_kind():
    looks = looks_at(toy())
    assert looks[:3].tolist() == [
        6.0,
        6.0,
        240.0,
    ]  # one of the world, one base, forty parameters; three kinds


def test_runs_without_a_value_are_left_out():
    of = toy()
    of.values["sei_va"][:5] = np.nan
    one = found(of)
    assert len(one.rows) == 235 and one.probability.runs == 235


def test_table_json_and_figure_tell_the_same():
    one = found(toy(noise=0.15))
    text, plain = rendered([one]), json.loads(json.dumps(in_json([one])))
    assert "box of" in text and "markets > 0.6" in text.replace("0.59", "0.6").replace("0.61", "0.6")
    boxes = plain["targets"][0]["sides"]
    assert [each["side"] for each in boxes] == [SUCCESS, FAILURE]
    assert boxes[0]["methods"][0]["conditions"][0]["thing"] == "markets"
    assert plain["targets"][0]["words"] == paragraph(one)
    _, axes, rows = conditions(one, language="en")
    assert axes.shape == (2, 2)
    assert set(rows.thing[rows.stands]) == {"markets"}
    assert list(rows) == list(one.table())


def test_without_a_condition_there_is_no_figure():
    one = found_in_toy("hnte_count")
    quiet = [side for side in one.sides if any(each.dropped for each in side.found.values())]
    if quiet:
        pytest.skip("a condition was dropped, which is drawn pale")
    with pytest.raises(InputError, match="no condition of hnte_count to draw"):
        conditions(one)


def test_one_set_of_parameters_leaves_runs_to_stand_alone(monkeypatch):
    seen = []

    def noted(method, table, cases, clusters, *rest):
        seen.append(clusters)
        return wanted(method, table, cases, clusters, *rest)

    wanted = discovery.what_stands
    monkeypatch.setattr(discovery, "what_stands", noted)
    found(toy(runs=100, sets=1))
    assert len(set(seen[0].tolist())) == 100
    found(toy(runs=100, sets=50))
    assert len(set(seen[-1].tolist())) == 50


# --- with runs ---


@pytest.fixture(scope="module")
def folder(tmp_path_factory, computed_here, sources_nobody_edits):
    path = tmp_path_factory.mktemp("discover") / "r"
    sweep("scenario=as_in_2020,plan", "replications=6", "population.scale=0.004", "parameters=central",
          f"results={path}", quiet=True)  # fmt: skip
    return path


@pytest.mark.usefixtures("sources_nobody_edits")
def test_what_runs_drew_is_read_back(folder, monkeypatch):
    monkeypatch.setattr(material, "FEWEST", 5)
    one = material.material_of(f"{folder}:plan")
    assert (one.runs, one.scenario, one.parameters_drawn) == (6, "plan", False)
    names = [each.name for each in one.things]
    assert names[0] == "markets" and not {"market_growth", "slump"} & set(names)
    assert {"entry", "digital_core_share_2020"} <= set(names)
    base = one.drawn[:, names.index("digital_core_share_2020")]
    assert ((base > 5.0) & (base < 7.5)).all() and len(set(base)) == 6


@pytest.mark.usefixtures("sources_nobody_edits")
def test_too_few_runs_are_refused(folder):
    with pytest.raises(InputError, match=f"6 finished runs; conditions need {FEWEST}"):
        discover(f"{folder}:plan")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere:plan"], "nowhere"),
        (["{folder}:paln"], "unknown scenario 'paln' - did you mean 'plan'?"),
        (["{folder}"], "holds 2 scenarios; say which"),
        (["{folder}:plan", "targt=sei_va"], "unknown key 'targt' - did you mean 'target'?"),
        (["{folder}:plan", "sei_va"], "is no word of discover; expected target=NAME"),
        (["{folder}:plan", "--out", "x.svg"], "--out draws one target"),
        (["{folder}:plan", "target=sei_va", "--out", "x.gif"], "ends in one of"),
        ([], "usage"),
    ],
)
@pytest.mark.usefixtures("sources_nobody_edits")
def test_bad_words_are_refused_in_one_line(words, said, folder, capsys):
    assert main(["discover", *(word.replace("{folder}", str(folder)) for word in words)]) == Exit.BAD_INPUT
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 1


@pytest.mark.usefixtures("sources_nobody_edits")
def test_an_unknown_target_is_refused_with_the_nearest_name(folder, monkeypatch, capsys):
    monkeypatch.setattr(material, "FEWEST", 5)
    assert main(["discover", f"{folder}:plan", "target=sei_v"]) == Exit.BAD_INPUT
    assert capsys.readouterr().err == "unknown target 'sei_v' - did you mean 'sei_va'?\n"


def test_a_folder_of_other_sources_is_refused(folder, monkeypatch):
    from experiments.store import header

    other = dict(header.header())
    other["sources"] = {**other["sources"], "sim/quarter.py": "0" * 64}
    monkeypatch.setattr(header, "header", lambda region="hunan": other)
    assert main(["discover", f"{folder}:plan"]) == Exit.DIFFERS
