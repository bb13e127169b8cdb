"""Half of some work in a copy of the process: the same results, in order, whatever becomes of the copy."""

import os
import signal
import sys
import threading
import time

import pytest

from experiments.compute import halves
from experiments.compute.halves import FEWEST, in_halves

HERE = os.getpid()
ITEMS = list(range(FEWEST + 1))

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies on this system"),
    # Another test may have loaded JAX, whose threads these copies do not wait for.
    pytest.mark.filterwarnings(r"ignore:os.fork\(\) was called:RuntimeWarning"),
]


@pytest.fixture(autouse=True)
def copied(monkeypatch):
    """A copy is made although pytest has threads of its own, on one processor, too."""
    monkeypatch.setattr(halves, "can_copy", lambda: True)


def with_place(item: int) -> tuple[int, int]:
    return item, os.getpid()


def test_results_are_in_order_and_every_second_one_is_from_the_copy():
    found = in_halves(with_place, ITEMS)
    assert [item for item, _ in found] == ITEMS
    assert {place for _, place in found[::2]} == {HERE}
    copy = {place for _, place in found[1::2]}
    assert len(copy) == 1 and HERE not in copy


def test_few_items_are_not_worth_a_copy():
    assert {place for _, place in in_halves(with_place, ITEMS[: FEWEST - 1])} == {HERE}


def test_what_passes_is_what_is_done_here():
    passed = []

    def passing(items):
        for item in items:
            passed.append(item)
            yield item

    in_halves(with_place, ITEMS, passing)
    assert passed == ITEMS[::2]


def test_what_fails_in_the_copy_is_raised_here():
    def odd_fails(item: int) -> int:
        if item % 2:
            raise ValueError(f"{item} in {'this process' if os.getpid() == HERE else 'the copy'}")
        return item

    with pytest.raises(ValueError, match="1 in this process"):
        in_halves(odd_fails, ITEMS)


@pytest.mark.parametrize("ending", ["killed", "hanging"])
def test_a_copy_that_dies_or_hangs_loses_nothing(ending, monkeypatch):
    monkeypatch.setattr(halves, "PATIENCE", 0.3)

    def lost(item: int) -> tuple[int, int]:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL) if ending == "killed" else time.sleep(60)
        return with_place(item)

    began = time.monotonic()
    assert in_halves(lost, ITEMS) == [(item, HERE) for item in ITEMS]
    assert time.monotonic() - began < 30


def test_the_copy_ends_with_what_it_was_made_for():
    copies = []

    def stopped(item: int) -> int:
        if os.getpid() == HERE and item == ITEMS[-1]:
            copies.extend(halves.multiprocessing.active_children())
            raise KeyboardInterrupt
        time.sleep(60 if os.getpid() != HERE else 0)
        return item

    with pytest.raises(KeyboardInterrupt):
        in_halves(stopped, ITEMS)
    assert copies and not any(copy.is_alive() for copy in copies)


def test_beside_a_thread_no_copy_is_made(monkeypatch):
    monkeypatch.undo()
    go = threading.Event()
    other = threading.Thread(target=go.wait)
    other.start()
    try:
        assert not halves.can_copy()
    finally:
        go.set()
        other.join()


def test_a_process_with_threads_that_python_does_not_count_is_not_copied(monkeypatch):
    monkeypatch.undo()  # as it is, and not as the other tests want it
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(halves, "processors", lambda: 2)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delitem(sys.modules, "jax", raising=False)
    assert halves.can_copy()
    monkeypatch.setitem(sys.modules, "jax", None)
    assert not halves.can_copy()
