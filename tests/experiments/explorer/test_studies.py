"""Studies behind a page: computed run by run, they are what the command line computes, to the last bit."""

import asyncio
import json

import numpy as np
import pytest
from explored_site import complete, on_a_site, text, told
from soon import FEW, until

from experiments.answer import dose_runs
from experiments.answer.dose_response import responses
from experiments.answer.kept_responses import kept
from experiments.explorer import dosing, explaining, kept_pasts, pool, studies
from experiments.explorer.asked import Asked
from experiments.explorer.dosing import Dosing
from experiments.explorer.explaining import Explaining, explaining_of
from experiments.explorer.kept import folder_of
from experiments.explorer.question import read
from experiments.explorer.studies import AHEAD, Part, Study
from experiments.plan.drawn_sets import ALL_CENTRAL
from experiments.why.explanation import explanation_of
from experiments.why.kept import kept_explanations
from experiments.why.measured import measures as all_measures
from experiments.why.question import Wanted, question_of
from experiments.why.runs import Coalition, of_unit

SMALL = 0.01
OWN = "base=as_in_2020&parameters=central&lever.rd_subsidy.rate=0.2&lever.high_tech_award.award=200000"


@pytest.fixture
def small(monkeypatch):
    """Studies of two pairs in a hundredth of the province."""
    monkeypatch.setattr(kept_pasts, "_pasts", type(kept_pasts._pasts)())
    for module in (explaining, dosing):
        monkeypatch.setattr(module, "SCALE", SMALL)
        monkeypatch.setattr(module, "UNITS", 2)
    monkeypatch.setattr("experiments.explorer.question.SCALE", SMALL)


def carried_out(study, lanes=2):
    """The study once all its runs are made, by workers that take turns."""
    done = [0] * lanes
    while (part := study.next_part(lane := done.index(min(done)), lanes)) is not None:
        done[lane] += 1
        study.flying.add(part)
        function, what = study.job(part)
        study.take(part, function(what))
    return study


def test_an_explanation_run_by_run_is_that_of_the_command_line_to_the_last_bit(small, tmp_path):
    question = explaining_of(Asked(read(OWN).question, ALL_CENTRAL), tmp_path)
    study = carried_out(Explaining("why", question))
    whole = [of_unit(question.game, unit) for unit in question.units]
    assert len(question.game.players) == 2 and study.done == 2
    for ours, theirs in zip(study._units.values(), whole, strict=True):
        assert ours.values.tobytes() == theirs.values.tobytes()
        assert ours.ends.tobytes() == theirs.ends.tobytes()
        assert ours[:5] == theirs[:5] and ours.members == theirs.members
    assert explanation_of(study.record()).part("sei_va", "industry").mean != 0.0


def test_a_response_run_by_run_is_that_of_the_command_line_to_the_last_bit(small, monkeypatch):
    monkeypatch.setattr(dosing, "DOSES", 4)
    monkeypatch.setattr(dose_runs, "in_parallel", lambda function, items: list(map(function, items)))
    study = carried_out(Dosing("rd_subsidy.rate"))
    ours, (theirs,) = study.response(2), responses(["rd_subsidy.rate"], 2, SMALL, 4)
    assert study.is_whole and study.round == 4 and ours.doses.tolist() == theirs.doses.tolist()
    assert list(ours.values) == list(theirs.values)
    for name, values in theirs.values.items():
        assert ours.values[name].tobytes() == values.tobytes()
        assert ours.in_force[name].tobytes() == theirs.in_force[name].tobytes()
    assert ours.appropriated.tolist() == theirs.appropriated.tolist() and ours.rows() == theirs.rows()


class Counted(Study):
    """A study of three runs a unit that are made at once."""

    def parts_of(self, number):
        return range(3)

    def job(self, part):
        return len, "ab"

    def command(self, responses):
        return f"study in {responses}"


def test_a_study_tells_how_far_it_is_and_how_long_it_takes(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(studies.time, "monotonic", lambda: now[0])
    study = Counted("k", 4)
    study.follow(print)
    assert study.progress() == (0, 4, 0, 12, None) and study.step == 0
    for part in [Part(0, 0), Part(0, 1), Part(0, 2), Part(1, 0)]:
        now[0] += 2.0
        study.found[part] = 1
    assert study.progress() == (1, 4, 4, 12, 16.0)
    study.found |= {Part(n, name): 1 for n in range(3) for name in range(3)}
    assert study.done == 3 and study.step == 3
    study.listeners.clear()
    now[0] += 1000.0
    study.follow(print)  # whoever comes back is told nothing of the time that nobody waited
    study.found[Part(3, 0)] = 1
    now[0] += 3.0
    assert study.progress().seconds == pytest.approx(6.0)


def test_workers_keep_to_the_pasts_they_have():
    study, order = Counted("k", 4), []
    for lane in (0, 1, 1, 1, 0, 1):
        part = study.next_part(lane, 2)
        study.flying.add(part)
        order.append(part.number)
    assert order == [0, 1, 1, 1, 0, 0]  # the last is of another past: nothing of its own is near


def test_before_its_first_figure_a_study_comes_before_later_pairs(stand_in):
    async def work(crew):
        asked = await crew.take_in(Asked(read("").question, ALL_CENTRAL))
        asked.kept = True
        await until(lambda: asked.done == FEW)
        study = Counted("k", 4)
        crew.studies["k"] = study
        had = []
        study.follow(lambda one: had.append(len(other.records)))
        other = await crew.take_in(Asked(read("base=talent_led").question, ALL_CENTRAL))
        other.kept = True
        await until(lambda: study.done == 4 and other.done == FEW)
        return had

    had = asyncio.run(in_a_crew(work))
    assert max(had[:6]) <= AHEAD + 1


async def in_a_crew(work):
    crew = pool.Pool(1)
    crew.start()
    try:
        return await work(crew)
    finally:
        await crew.stop()


def test_what_nobody_looks_at_is_not_run_and_what_fails_says_so(stand_in):
    async def work(crew):
        alone, failed, looked_at = Counted("a", 2), Counted("b", 2), Counted("c", 2)
        crew.studies |= {"a": alone, "b": failed, "c": looked_at}
        told = []
        failed.listeners.add(lambda one: told.append(one.error))
        failed.fail(Part(0, 0), "a worker died")
        looked_at.follow(lambda one: None)
        await crew.look()
        await until(lambda: looked_at.done == 2)
        return alone.found, failed.found, told

    assert asyncio.run(in_a_crew(work)) == ({}, {}, ["a worker died"])


@pytest.fixture
def made_up(monkeypatch):
    """Runs of coalitions and of doses that are made up at once; how many were."""
    made = []

    def explained(asked):
        game, unit, mask = asked
        made.append((unit.replication, mask))
        luck = np.random.default_rng([unit.replication, mask])
        names = {one: float(luck.normal(mask, 1.0)) for one in all_measures()}
        ends = {"sector__households__money": 1.0} if mask in (0, (1 << len(game.players)) - 1) else {}
        return Coalition(names, ends)

    def dosed(spec):
        made.append((spec.replication, spec.scenario.name))
        luck = np.random.default_rng(spec.replication)
        return {name: float(luck.normal()) for name in dose_runs.units_of_measures()}

    monkeypatch.setattr(explaining, "explained", explained)
    monkeypatch.setattr(dosing, "dosed", dosed)
    return made


def finished(message, parts):
    return "kept" in text(parts.get("study", ""))


async def until_drawn(page, pairs):
    """The page once a study is kept and drawn of so many pairs, and what it said of the study on the way."""
    seen = []

    def enough(message, parts):
        seen.append(text(message.get("parts", {}).get("study", "")))
        return finished(message, parts) and f"pairs={pairs}" in parts["body"]

    return await told(page, enough), seen


def test_looking_at_why_begins_it_and_its_folder_keeps_it_as_explain_does(tmp_path, stand_in, made_up):
    async def first(site):
        page = await site.page("parameters=central&view=why")
        parts, seen = await until_drawn(page, explaining.UNITS)
        figure = await site.get(
            f"figure/attribution.svg?parameters=central&view=why&pairs={explaining.UNITS}"
        )
        early = await site.get("figure/attribution.svg?parameters=central&view=why&pairs=4")
        return parts, figure, early.code, seen

    parts, figure, early, seen = on_a_site(tmp_path, first)
    assert f"{explaining.UNITS} pairs of runs with equal luck, kept" in text(parts["study"])
    assert "sanxiang explain " in text(parts["study"]) and "figure/attribution.svg" in parts["body"]
    assert any(f"of {explaining.UNITS} pairs of runs with equal luck;" in line for line in seen)
    assert figure.code == 200 and b"<svg" in figure.body and early == 404
    folder = folder_of(tmp_path / "explore", read("parameters=central").question)
    (record,) = kept_explanations(folder)
    assert len(record["units"]) == explaining.UNITS and record["by"] == "thrust"
    asked = Wanted(
        f"{folder}:plan", f"{folder}:as_in_2020", "thrust", explaining.UNITS, 0.1, None, explaining.ORDERS
    )
    assert question_of(asked).key == record["key"]  # the command line finds it, and runs nothing

    made = len(made_up)

    async def again(site):
        await told(await site.page("parameters=central&view=why"), finished)

    on_a_site(tmp_path, again)
    assert len(made_up) == made


def test_a_page_that_looks_elsewhere_ends_its_study(tmp_path, stand_in, made_up):
    async def work(site):
        page = await site.page("parameters=central&view=response")
        await until(lambda: made_up)
        await page.write_message(json.dumps({"query": "parameters=central"}))
        study = site.explorer.known_study("response", read("").question, "rd_subsidy.rate")
        await until(lambda: not study.listeners)
        await asyncio.sleep(0.1)
        made = len(made_up)
        await asyncio.sleep(0.1)
        return made, len(made_up)

    before, after = on_a_site(tmp_path, work)
    assert before == after


def test_looking_at_a_lever_begins_its_response_with_progress_and_keeps_it(tmp_path, stand_in, made_up):
    async def work(site):
        page = await site.page("parameters=central&view=response")
        _, seen = await until_drawn(page, 10)
        figure = await site.get("figure/response.svg?parameters=central&view=response&pairs=10&round=7")
        await until(lambda: list((tmp_path / "explore" / "responses").glob("**/*.json")))
        return figure, seen

    figure, seen = on_a_site(tmp_path, work)
    assert figure.code == 200 and b"<svg" in figure.body
    assert any("of 10 pairs of runs with equal luck;" in line for line in seen)
    (found,) = kept(tmp_path / "explore" / "responses")
    assert found.key == "rd_subsidy.rate" and found.pairs == 10


def test_a_policy_that_is_its_own_comparison_has_no_parts(tmp_path, stand_in, made_up):
    async def work(site):
        return await told(await site.page("base=as_in_2020&view=why"), complete)

    parts = on_a_site(tmp_path, work)
    assert "the same: nothing differs" in text(parts["study"]) and parts["body"] == "" and made_up == []
