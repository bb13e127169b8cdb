"""Sessions share workers fairly; what nobody waits for is not worked on."""

import asyncio

import pytest
from soon import FEW, until

from experiments.compute.engines.engine import Job, Outcome
from experiments.explorer.asked import Asked
from experiments.explorer.pool import ATTEMPTS, MOST_IDLE, Pool
from experiments.explorer.question import read
from experiments.plan.drawn_sets import ALL_CENTRAL

NOBODY = Outcome(Job(None), None, "lost", "its worker process was killed by SIGKILL")


def asked_for(query):
    return Asked(read(query).question, ALL_CENTRAL)


def in_a_pool(workers, work):
    """Runs a coroutine function of a pool that is at work."""

    async def run():
        pool = Pool(workers)
        pool.start()
        try:
            return await work(pool)
        finally:
            await pool.stop()

    return asyncio.run(run())


def waits(asked, told=None):
    asked.listeners.add(told or (lambda one: None))
    return asked


def test_a_question_is_answered_up_to_all_its_pairs_and_no_further(stand_in):
    async def work(pool):
        asked = await pool.take_in(waits(asked_for("")))
        await until(lambda: asked.done == FEW)
        await asyncio.sleep(0.05)
        return asked

    asked = in_a_pool(2, work)
    assert sorted(asked.records) == list(range(FEW))
    assert len({run for call in stand_in.calls for run in call}) == 2 * FEW
    assert [one.run["n"] for one in asked.records[7]] == [7, 7]


def test_what_policies_are_held_against_is_run_once(stand_in):
    async def work(pool):
        first = await pool.take_in(waits(asked_for("")))
        await until(lambda: first.done == FEW)
        before = len(stand_in.calls)
        second = await pool.take_in(waits(asked_for("base=talent_led")))
        await until(lambda: second.done == FEW)
        return first, second, stand_in.calls[before:]

    first, second, later = in_a_pool(2, work)
    assert {len(call) for call in later} == {1}
    assert first.records[3][0].run["run_id"] == second.records[3][0].run["run_id"]


def test_idle_workers_begin_with_what_the_next_change_needs(stand_in):
    async def work(pool):
        await pool.warm(asked_for(""))
        await until(lambda: len(stand_in.calls) == 2)
        changed = await pool.take_in(waits(asked_for("base=talent_led")))
        await until(lambda: changed.done == FEW)
        return changed

    changed = in_a_pool(2, work)
    held = [run for call in stand_in.calls[:2] for run in call]
    assert sorted(held) == sorted(changed.records[n][0].run["run_id"] for n in range(2))
    assert sum(call.count(run) for call in stand_in.calls for run in held) == 2


def test_a_new_question_is_served_before_one_that_has_pairs_already(stand_in):
    async def work(pool):
        old = await pool.take_in(waits(asked_for("")))
        await until(lambda: len(old.records) >= 15)
        told = []
        new = asked_for("base=talent_led")
        await pool.take_in(waits(new, lambda one: told.append(len(old.records))))
        had = len(old.records)
        await until(lambda: len(told) >= 5)
        return [count - had for count in told[:5]]

    assert max(in_a_pool(1, work)) <= 1


def test_ten_questions_come_on_side_by_side(stand_in):
    async def work(pool):
        many = [await pool.take_in(waits(asked_for(f"seed={n}"))) for n in range(10)]
        await until(lambda: sum(len(one.records) for one in many) >= 100)
        return [len(one.records) for one in many]

    counts = in_a_pool(2, work)
    assert max(counts) - min(counts) <= 2


def test_two_questions_on_two_workers_have_no_gaps_for_long(stand_in):
    async def work(pool):
        both = [await pool.take_in(waits(asked_for(f"seed={n}"))) for n in (1, 2)]
        gaps = []
        for one in both:
            one.listeners.add(lambda one: gaps.append(len(one.records) - one.done))
        await until(lambda: all(one.done == FEW for one in both))
        return gaps

    assert max(in_a_pool(2, work)) <= 2


def test_a_question_that_everybody_left_is_not_worked_on_and_remembered(stand_in):
    async def work(pool):
        asked = await pool.take_in(waits(asked_for("")))
        await until(lambda: asked.done >= 3)
        asked.listeners.clear()
        await pool.look()
        await asyncio.sleep(0.1)
        had = len(stand_in.calls)
        await asyncio.sleep(0.1)
        assert len(stand_in.calls) == had and asked.done < FEW
        again = await pool.take_in(waits(asked_for("")))
        return asked is again

    assert in_a_pool(2, work)


def test_only_some_idle_questions_are_remembered(stand_in):
    async def work(pool):
        for n in range(MOST_IDLE + 5):
            await pool.take_in(asked_for(f"seed={n}"))
        return len(pool.asked)

    assert in_a_pool(1, work) == MOST_IDLE


@pytest.mark.parametrize(("deaths", "status"), [(ATTEMPTS - 1, "ok"), (ATTEMPTS, "lost")])
def test_a_pair_whose_worker_dies_is_tried_again_and_then_told(stand_in, deaths, status):
    stand_in.ends = [NOBODY] * deaths

    async def work(pool):
        asked = await pool.take_in(waits(asked_for("")))
        await until(lambda: asked.done >= 2)
        return asked

    found = in_a_pool(1, work)
    assert found.records[0][0].run["status"] == status
    assert found.records[1][0].run["status"] == "ok"


def test_what_is_shown_are_the_first_pairs_without_a_gap():
    asked = asked_for("")
    for number in (0, 1, 3):
        asked.records[number] = []
    assert asked.done == 2
    assert asked.next_pair(0, 2) == 2 and asked.next_pair(1, 2) == 2
    asked.flying = {2}
    assert asked.next_pair(0, 2) == 4 and asked.next_pair(1, 2) == 5
