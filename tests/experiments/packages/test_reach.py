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
from experiments.packages import instead, tries
from experiments.packages.answers import reach, search
from experiments.packages.distance import reached_with
from experiments.packages.kept import kept_reaches, kept_searches
from experiments.packages.moved import in_world
from experiments.packages.reach import question_of
from experiments.packages.reach_table import told
from experiments.packages.reach_words import paragraph
from experiments.packages.scores import Scores
from experiments.packages.search import question_of as search_question
from experiments.packages.surroundings import NAMED, surroundings
from experiments.packages.tries import Tries, of_pair, pairs_of
from experiments.store.header import header
from experiments.store.store import Store
from scenarios.files.blocks_given import Home
from scenarios.load import load_levers, load_scenarios
from scenarios.region.folder import CONFIGS

pytest.importorskip("optuna")

SIZE = ("scale=0.004", "population.scale=0.004", "parameters=central")
TWO = (*SIZE, "replications=2", "levers=high_tech_award,approval_reform", "pairs=3", "evaluations=24")
MORE_FIRMS, FAR = 1_000.0, 1e15
"""Certified firms beyond the middle run of the policy in force, of which awards bring several times as many
in any luck; and more value added than anything brings."""


@pytest.fixture(scope="module", autouse=True)
def each_run_once():
    """What a package comes to with some luck is run once for all searches here: folders do not share it."""
    known, real = {}, tries.of_pair

    def of_pair(work):
        pair, scenarios = work
        lacking = [one for one in scenarios if (pair.key, tries.key_of(one)) not in known]
        found = real((pair, lacking)) if lacking else []
        known.update(((pair.key, tries.key_of(one)), row) for one, row in zip(lacking, found, strict=True))
        return [known[pair.key, tries.key_of(one)] for one in scenarios]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tries, "of_pair", of_pair)
        patch.setattr("experiments.packages.reach.MORE", 4)
        patch.setattr("experiments.packages.instead.PAIRS", 3)
        patch.setattr("experiments.packages.moved.STEPS", 2)
        patch.setattr("experiments.packages.front.POPULATION", 6)
        patch.setattr("experiments.packages.search.NUMBER", 3)
        patch.setattr("experiments.packages.search_answer.NUMBER", 3)
        yield


@pytest.fixture(scope="module")
def region(tmp_path_factory, computed_here):
    """Hunan with one target that awards reach, one that nothing reaches and one that is reached already."""
    home = tmp_path_factory.mktemp("regions")
    sweep("scenario=as_in_2020", *SIZE[1:], "replications=2", f"results={home / 'base'}", quiet=True)
    middle = reached_with(0.5, load_runs(home / "base").hnte_count.to_numpy(float))
    region = home / "wanting"
    shutil.copytree(CONFIGS / "region" / "hunan", region)
    targets = yaml.safe_load((region / "targets.yaml").read_text("utf-8"))
    wanted = {"hnte_count": middle + MORE_FIRMS, "sei_va": FAR, "national_carriers": 0.0}
    for name, value in wanted.items():
        targets[name]["threshold"] |= {"value": value, "range": [0, 10 * FAR]}
    (region / "targets.yaml").write_text(yaml.safe_dump(targets, allow_unicode=True), "utf-8")
    return f"region={region}"


@pytest.fixture(scope="module")
def met(region, tmp_path_factory):
    """A target that a package reaches, asked for once."""
    folder = tmp_path_factory.mktemp("met") / "r"
    words = (*TWO, region, f"results={folder}", "cost<=300")
    return folder, words, reach("hnte_count", *words, workers=1)


def test_a_target_that_can_be_met_is_met_by_the_package_at_full_size_within_the_money(met):
    folder, _, found = met
    package = found["package"]
    assert found["reached"] and not found["nothing_needed"]
    assert package["chance"]["hits"] >= 1 > found["base"]["chance"]["hits"]
    assert 0.0 < package["cost"]["mean"] <= 300.0 and package["gap"] >= 0.0
    runs = load_runs(folder)
    mine = runs[runs.scenario == package["name"]]
    assert int(mine.hnte_count_hit.sum()) == package["chance"]["hits"] and len(mine) == 2


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
    assert main(["check", package["file"]]) == Exit.OK


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


def test_stopped_in_between_and_repeated_it_finds_the_same(met, tmp_path, monkeypatch):
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


def test_another_probability_runs_nothing_again_that_is_known_of_a_luck(met, monkeypatch):
    folder, words, _ = met
    known = {one["key"]: set(one["packages"]) for one in Store(folder).kept[tries.KIND].held()}
    again, real = [], tries.of_pair

    def of_pair(work):
        again.extend(tries.key_of(one) for one in work[1] if tries.key_of(one) in known[work[0].key])
        return real(work)

    monkeypatch.setattr(tries, "of_pair", of_pair)
    three = (word.replace("replications=2", "replications=3") for word in words)
    found = reach("hnte_count", *three, "probability=.6", workers=1)
    assert len(known) == 3 and all(len(packages) >= 5 for packages in known.values())
    assert again == [] and found["conditions"]["probability"] == 0.6


@pytest.fixture(scope="module")
def missed(region, tmp_path_factory):
    """A target that no package reaches; what is regressed on are the three things that are always told of."""
    folder = tmp_path_factory.mktemp("missed") / "r"
    words = (*SIZE, "replications=11", "levers=innovation_procurement", "pairs=3", "evaluations=22",
             region, "cap=100", f"results={folder}")  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(instead, "surroundings", named_alone)
        return folder, words, reach("sei_va", *words, workers=1)


def named_alone(spec):
    drawn = surroundings(spec)
    return {name: drawn[name] for name in NAMED}


def test_of_a_target_that_nothing_reaches_the_gap_and_the_bound_that_binds_are_named(missed):
    folder, _, found = missed
    package = found["package"]
    assert not found["reached"] and package["gap"] < 0.0
    assert package["reached_with"] == pytest.approx(found["conditions"]["wanted"] + package["gap"])
    assert "cap" in [one["bound"] for one in found["bounds"]]
    assert found["everything_at_most"]["reaches"] is False
    (held,) = kept_reaches(folder)
    spent = [cost for (cost, _), allowed in zip(held["tried"], held["allowed"], strict=True) if allowed]
    assert len(spent) > 3 and max(spent) <= 100.0 + 1e-9


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
    _, words, found = met
    assert main(["reach", "hnte_count", *words, "--workers=1", "--format", "json"]) == Exit.OK
    plain = json.loads(capsys.readouterr().out)
    assert plain["reached"] == found["reached"] and plain["words"] == paragraph(found)
    for answer in (found, missed[-1]):
        text = told(answer)
        assert paragraph(answer) in " ".join(text.split()) and answer["package"]["name"] in text


def test_where_what_is_in_force_reaches_the_target_nothing_is_searched(region, tmp_path, monkeypatch):
    monkeypatch.setattr(tries, "of_pair", only_the_base(tries.of_pair))
    found = reach("national_carriers", *TWO, region, f"results={tmp_path / 'r'}", workers=1)
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


def test_what_a_package_comes_to_is_the_same_alone_and_after_others(met):
    _, words, _ = met
    asked = question_of("hnte_count", list(words), "").asked
    room = asked.dials.room
    own, most = (asked.dials.package(point) for point in (room.doses, room.most))
    about = load_levers(region=asked.region), Home(asked.region)
    (pair,) = pairs_of(asked.plan, 1)
    scenarios = [asked.scenario, *(one.scenario("package", asked.scenario, *about) for one in (most, own))]
    together = of_pair((pair, scenarios))
    tries.past_with.cache_clear()
    assert of_pair((pair, scenarios[2:])) == together[2:] and of_pair((pair, scenarios[:1])) == together[:1]


def test_the_same_world_in_two_files_is_two_pasts_with_one_key(met, tmp_path):
    """What was known of one is true of the other, and neither is asked to go on from the other's past."""
    _, words, _ = met
    asked = question_of("hnte_count", list(words), "").asked
    (pair,) = pairs_of(asked.plan, 1)
    files = [tmp_path / f"{name}.yaml" for name in ("one", "other")]
    for file in files:
        file.write_text("base: as_known_in_august_2021\n", "utf-8")
    one, other = (in_world(pair, file) for file in files)
    assert one.key == other.key and of_pair((one, [asked.scenario])) == of_pair((other, [asked.scenario]))


# --- search ---


@pytest.fixture(scope="module")
def best(region, tmp_path_factory):
    folder = tmp_path_factory.mktemp("best") / "r"
    words = (*SIZE, "replications=2", "levers=startup_loans,supply_chain_completion", "pairs=3",
             "evaluations=20", "cap=12", region, f"results={folder}")  # fmt: skip
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
        assert world["chances"]["hnte_count"]["after"]["runs"] == 2
        for regret in one["regret"].values():
            assert regret["worst_regret"] >= regret["regret"] >= 0.0 and regret["worst"] <= regret["mean"]
    runs = load_runs(folder)
    assert set(runs.scenario) == {"as_in_2020", *(one["name"] for one in found["chosen"])}
    (held,) = kept_searches(folder)
    assert set(held["chosen"]) == {one["name"] for one in found["chosen"]}


def test_a_search_asked_again_runs_nothing_and_says_the_same(best, monkeypatch, capsys):
    _, words, found = best
    monkeypatch.setattr(tries, "of_pair", lambda _: pytest.fail("runs again"))
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
