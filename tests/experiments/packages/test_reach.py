"""Reach and search with real runs of a tiny province: what is found, kept, gone on with and told."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments import load_runs, sweep
from experiments.__main__ import main
from experiments.exits import Exit
from experiments.packages import tries
from experiments.packages.answers import reach, search
from experiments.packages.distance import reached_with
from experiments.packages.kept import kept_reaches, kept_searches
from experiments.packages.reach import question_of
from experiments.packages.scores import Scores
from experiments.packages.search import question_of as search_question
from experiments.packages.tries import Tries, pairs_of
from experiments.store.header import header
from experiments.store.store import claimed
from scenarios.load import load_scenarios
from scenarios.region.folder import CONFIGS

pytest.importorskip("optuna")

SIZE = ("scale=0.004", "population.scale=0.004", "parameters=central", "replications=6")
TWO = ("levers=startup_loans,approval_reform", "pairs=3", "evaluations=28")


@pytest.fixture(scope="module")
def regions(tmp_path_factory, computed_here):
    """Makes a copy of Hunan that wants so many certified firms more than the middle run of its policy has."""
    home = tmp_path_factory.mktemp("regions")
    sweep("scenario=as_in_2020", *SIZE[1:], f"results={home / 'base'}", quiet=True)
    middle = reached_with(0.5, load_runs(home / "base").hnte_count.to_numpy(float))

    def wanting(more):
        region = home / f"wants_{more}"
        if not region.exists():
            shutil.copytree(CONFIGS / "region" / "hunan", region)
            targets = yaml.safe_load((region / "targets.yaml").read_text("utf-8"))
            targets["hnte_count"]["threshold"] |= {"value": float(middle + more), "range": [0, 1e9]}
            (region / "targets.yaml").write_text(yaml.safe_dump(targets, allow_unicode=True), "utf-8")
        return f"region={region}"

    return wanting


@pytest.fixture(scope="module")
def met(regions, tmp_path_factory):
    """A target that a small package reaches, asked for once."""
    folder = tmp_path_factory.mktemp("met") / "r"
    words = (*SIZE, *TWO, regions(60), f"results={folder}", "cost<=20")
    return folder, words, reach("hnte_count", *words, workers=1)


def test_a_target_that_can_be_met_is_met_by_the_package_at_full_size_within_the_money(met):
    folder, _, found = met
    package = found["package"]
    assert found["reached"] and not found["nothing_needed"]
    assert package["chance"]["hits"] >= 3 > found["base"]["chance"]["hits"]
    assert 0.0 < package["cost"]["mean"] <= 20.0 and package["gap"] >= 0.0
    runs = load_runs(folder)
    mine = runs[runs.scenario == package["name"]]
    assert int(mine.hnte_count_hit.sum()) == package["chance"]["hits"] and len(mine) == 6


def test_the_package_is_a_reform_that_runs_as_it_was_tried(met):
    _, words, found = met
    package = found["package"]
    question = question_of("hnte_count", list(words), "")
    reform = load_scenarios([package["file"]], region=question.asked.region)[package["name"]]
    changed = {
        (name, key): dated[-1][1]
        for name, fields in reform.levers.items()
        for key, dated in fields.items()
        if dated != question.asked.scenario.levers[name][key]
    }
    assert changed == {(one["lever"], one["field"]): one["value"] for one in package["settings"]}
    assert main(["check", package["file"], question_region(words)]) == Exit.OK


def question_region(words):
    return next(word for word in words if word.startswith("region="))


def test_what_is_tried_beside_the_package_is_no_cheaper_that_reaches_the_target(met):
    folder, _, found = met
    (held,) = kept_reaches(folder)
    wanted, final = held["wanted"], found["package"]
    cheaper = [
        cost
        for (cost, reached), allowed in zip(held["tried"], held["allowed"], strict=True)
        if allowed and reached >= wanted and cost < final["cost_in_pairs"] - 0.02
    ]
    assert len(found["rounds"]) > 1 or cheaper == []
    assert held["answer"]["package"]["name"] == final["name"]


def test_asked_again_nothing_is_run_and_the_answer_is_the_same(met, monkeypatch):
    _, words, found = met
    monkeypatch.setattr(tries, "of_pair", lambda _: pytest.fail("runs again"))
    again = reach("hnte_count", *words, workers=1)
    assert json.dumps(again, default=str) == json.dumps(found, default=str)


def test_stopped_in_between_and_repeated_it_finds_the_same(met, regions, tmp_path, monkeypatch):
    _, words, found = met
    here = [word for word in words if not word.startswith("results=")] + [f"results={tmp_path / 'r'}"]
    real, left = tries.of_pair, [4]

    def stops(work):
        left[0] -= 1
        if left[0] < 0:
            raise KeyboardInterrupt
        return real(work)

    monkeypatch.setattr(tries, "of_pair", stops)
    assert main(["reach", "hnte_count", *here, "--workers", "1"]) == Exit.INTERRUPTED
    monkeypatch.setattr(tries, "of_pair", real)
    again = reach("hnte_count", *here, workers=1)
    assert again["package"]["settings"] == found["package"]["settings"]
    assert again["package"]["chance"] == found["package"]["chance"]


def test_another_probability_uses_what_is_known_of_every_lever(met, monkeypatch, capsys):
    _, words, _ = met
    counted, real = [], tries.of_pair
    monkeypatch.setattr(tries, "of_pair", lambda work: counted.append(len(work[1])) or real(work))
    reach("hnte_count", *words, "probability=.6", workers=1)
    assert sum(counted) < 3 * 25  # of 28 and more packages in 3 pairs, those of the first steps are known


@pytest.fixture(scope="module")
def missed(regions, tmp_path_factory):
    """A target that no package reaches, with runs enough for a regression."""
    folder = tmp_path_factory.mktemp("missed") / "r"
    words = (*SIZE[:3], "replications=36", "levers=startup_loans", "pairs=3", "evaluations=22",
             regions(900), f"results={folder}")  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.packages.instead.PAIRS", 3)
        return folder, words, reach("hnte_count", *words, workers=1)


def test_of_a_target_that_nothing_reaches_the_gap_and_the_bound_that_binds_are_named(missed):
    _, _, found = missed
    package = found["package"]
    assert not found["reached"] and package["gap"] < 0.0
    assert package["reached_with"] == pytest.approx(found["conditions"]["wanted"] + package["gap"])
    assert {"bound": "range", "of": "startup_loans.interest", "at": 1.0} in [
        {name: one[name] for name in ("bound", "of", "at")} for one in found["bounds"]
    ]
    assert found["everything_at_most"]["reaches"] is False


def test_a_cap_that_binds_is_named(regions, tmp_path):
    words = (*SIZE, "levers=supply_chain_completion", "pairs=3", "evaluations=22", "cap=5", regions(900))
    found = reach("hnte_count", *words, f"results={tmp_path / 'r'}", workers=1)
    if found["package"] is not None and found["package"]["cost"]["mean"] >= 4.85:
        assert "cap" in [one["bound"] for one in found["bounds"]]
    assert all(cost <= 5.0 + 1e-9 for cost in costs_allowed(tmp_path / "r"))


def costs_allowed(folder):
    (held,) = kept_reaches(folder)
    return [cost for (cost, _), allowed in zip(held["tried"], held["allowed"], strict=True) if allowed]


def test_what_the_world_would_have_to_be_like_is_told_with_errors_and_run(missed):
    _, _, found = missed
    told = {one["name"]: one for one in found["instead"]}
    assert {"markets", "entry", "coverage"} <= told.keys()
    for one in told.values():
        assert one["slope"]["low"] <= one["slope"]["mean"] <= one["slope"]["high"] and one["sd"] > 0.0
        run = one["run"]
        assert run["chance"]["runs"] == 3 and abs(run["in_sds"]) <= 8.0 + 1e-9
        if one["shift"] is not None:
            assert one["shift"]["low"] <= one["shift"]["mean"] <= one["shift"]["high"]
    world = Path(told["entry"]["run"]["world"])
    content = yaml.safe_load(world.read_text("utf-8"))
    assert content["base"] == "as_known_in_august_2021"
    moved = content["entry_growth_after"]["value"] - 0.05
    assert moved == pytest.approx(told["entry"]["run"]["shift"] / 100.0, abs=1e-6)


def test_a_world_that_was_moved_runs(missed, tmp_path):
    _, words, found = missed
    world = next(one["run"]["world"] for one in found["instead"] if one["name"] == "markets")
    surroundings = question_region(words), f"world={world}"
    again = ("scenario=as_in_2020", *SIZE[1:3], "replications=1", f"results={tmp_path / 'w'}")
    done = sweep(*again, *surroundings, quiet=True)
    assert done.failed == 0


def test_words_tables_and_json_of_both_are_printed(met, missed, capsys):
    for _, words, found in (met, missed):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("experiments.packages.instead.PAIRS", 3)
            assert main(["reach", "hnte_count", *words, "--workers", "1"]) == Exit.OK
            text = capsys.readouterr().out
            assert main(["reach", "hnte_count", *words, "--workers=1", "--format", "json"]) == Exit.OK
        plain = json.loads(capsys.readouterr().out)
        assert plain["reached"] == found["reached"] and plain["words"] in " ".join(text.split())
        assert found["package"]["name"] in text and "sanxiang figure reach" in text


def test_where_what_is_in_force_reaches_the_target_nothing_is_searched(regions, tmp_path, monkeypatch):
    monkeypatch.setattr(tries, "of_pair", only_the_base(tries.of_pair))
    found = reach("hnte_count", *SIZE, *TWO, regions(-5_000), f"results={tmp_path / 'r'}", workers=1)
    assert found["nothing_needed"] and found["reached"] and found["package"] is None


def only_the_base(real):
    def of_pair(work):
        assert len(work[1]) == 1
        return real(work)

    return of_pair


def test_a_folder_of_other_sources_is_refused_with_78_and_nothing_is_lost(met, capsys, monkeypatch):
    folder, words, _ = met
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    today = header(question_of("hnte_count", list(words), "").asked.region)
    other = today | {"sources": today["sources"] | {"sim/quarter.py": "0" * 64}}
    monkeypatch.setattr("experiments.store.header.header", lambda *_: other)
    assert main(["reach", "hnte_count", *words]) == Exit.DIFFERS
    assert "sim/quarter.py changed" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before


def test_a_reform_that_somebody_changed_is_not_overwritten(met, capsys):
    _, words, found = met
    path = Path(found["package"]["file"])
    whole = path.read_text("utf-8")
    path.write_text(whole + "# mine\n", "utf-8")
    try:
        assert main(["reach", "hnte_count", *words, "--workers", "1"]) == Exit.BAD_INPUT
        assert "is not as sanxiang wrote it" in capsys.readouterr().err
        assert path.read_text("utf-8").endswith("# mine\n")
    finally:
        path.write_text(whole, "utf-8")


def test_what_is_tried_is_the_same_with_one_process_and_with_two(met, tmp_path):
    _, words, _ = met
    asked = question_of("hnte_count", list(words), "").asked
    pairs = pairs_of(asked.plan, 3)
    scenarios = [asked.scenario]
    with claimed(tmp_path / "two", header(asked.region)) as store:
        two = Tries(pairs, store, workers=2).values(scenarios)
    with claimed(tmp_path / "one", header(asked.region)) as store:
        assert np.array_equal(Tries(pairs, store, workers=1).values(scenarios), two)


# --- search ---


@pytest.fixture(scope="module")
def best(regions, tmp_path_factory):
    folder = tmp_path_factory.mktemp("best") / "r"
    words = (*SIZE, "levers=startup_loans,supply_chain_completion", "pairs=3", "evaluations=56", "cap=12",
             regions(60), f"results={folder}")  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("experiments.packages.search.NUMBER", 5)
        patch.setattr("experiments.packages.search_answer.NUMBER", 5)
        return folder, words, search("hnte_count", "value_added", "cost", *words, workers=1)


def test_the_front_is_within_the_money_and_no_package_of_it_outdoes_another(best):
    _, _, found = best
    table = np.array([[-one["values"]["cost"], one["values"]["hnte_count"], one["values"]["value_added"]]
                      for one in found["front"]])  # fmt: skip
    assert len(table) > 3 and (table[:, 0] >= -12.0 - 1e-9).all()
    for row in table:
        assert not ((table >= row).all(axis=1) & (table > row).any(axis=1)).any()


def test_chosen_packages_spend_as_much_and_are_judged_at_full_size_with_regrets(best):
    folder, _, found = best
    assert found["chosen"]
    for one in found["chosen"]:
        if one["absorbs"]:
            assert one["cost_in_pairs"] == pytest.approx(12.0, rel=0.021)
        assert Path(one["file"]).exists()
        (world,) = one["at_full_size"].values()
        assert world["chances"]["hnte_count"]["after"]["runs"] == 6
        for regret in one["regret"].values():
            assert regret["worst_regret"] >= regret["regret"] >= 0.0 and regret["worst"] <= regret["mean"]
    runs = load_runs(folder)
    assert set(runs.scenario) == {"as_in_2020", *(one["name"] for one in found["chosen"])}
    (held,) = kept_searches(folder)
    assert set(held["chosen"]) == {one["name"] for one in found["chosen"]}


def test_a_search_asked_again_runs_nothing_and_says_the_same(best, monkeypatch, capsys):
    _, words, found = best
    monkeypatch.setattr(tries, "of_pair", lambda _: pytest.fail("runs again"))
    monkeypatch.setattr("experiments.packages.search.NUMBER", 5)
    monkeypatch.setattr("experiments.packages.search_answer.NUMBER", 5)
    assert main(["search", "hnte_count", "value_added", "cost", *words, "--workers", "1"]) == Exit.OK
    text = capsys.readouterr().out
    assert "front (" in text and all(one["name"] in text for one in found["chosen"])
    assert "sanxiang figure front" in text


def test_a_package_may_be_given_in_some_places_alone_and_later(best):
    _, words, _ = best
    question = search_question(["value_added", *words], "")
    scores = Scores(question.asked, Tries([], None), question.objectives, {})
    assert scores.begins == (2022, 2023, 2024) and len(scores.places) == 5
    dials = (1.0,) * len(question.asked.dials.all)
    here = scores.scenario((*dials, 0.5, 0.3))
    blocks = [name for name in here.levers if "@" in name]
    assert blocks and all("changsha" in name for name in blocks)
    assert all(dated[-1][0] == 2023 for name in blocks for dated in here.levers[name].values())
    everywhere = scores.scenario((*dials, 0.0, 0.0))
    assert not [name for name in everywhere.levers if "@" in name]
