"""A block view reads and writes the rows of a record, compiled and plain."""

from typing import NamedTuple

import numpy as np
import pytest
from numba.core.errors import TypingError

from agents.engine.block import block_of, plain_view
from agents.engine.records import kept
from agents.engine.rules import PLAIN, Rows, _plain, stage


@kept
class Herd(NamedTuple):
    """Weights, ages, and what each had in three years."""

    weight: np.ndarray
    age: np.ndarray
    had: np.ndarray


class OfOneKind(NamedTuple):
    first: np.ndarray
    second: np.ndarray


def herd_of(count):
    return Herd(np.arange(float(count)), np.arange(count, dtype=np.int16), np.zeros((3, count), np.int16))


@stage
def feed(herd, low, high, year):
    one = block_of(herd, low, high)
    for i in range(len(one.weight)):
        one.weight[i] += 100.0
        one.had[year, i] += one.age[i]
    return len(one.age), one.had.shape[1]


def test_a_stage_reads_and_writes_the_rows_of_a_view_and_no_others():
    herd = herd_of(6)
    assert feed(herd, 2, 5, 1) == (3, 3)
    assert herd.weight.tolist() == [0, 1, 102, 103, 104, 5]
    assert herd.had.tolist() == [[0] * 6, [0, 0, 2, 3, 4, 0], [0] * 6]


def test_a_plain_view_does_the_same():
    herd, compiled = herd_of(6), herd_of(6)
    one = plain_view(_plain(herd), 1, 6)
    for i in range(len(one.weight)):
        one.weight[i] += 100.0
        one.had[2, i] += one.age[i]
    feed(compiled, 1, 6, 2)
    for name in Herd._fields:
        assert getattr(herd, name).tolist() == getattr(compiled, name).tolist()


@stage
def feed_within(herd, low, high):
    return feed(block_of(herd, low, high), 1, high - low, 0)


def test_a_view_has_views():
    herd = herd_of(6)
    assert feed_within(herd, 2, 5) == (2, 2)
    assert herd.had[0].tolist() == [0, 0, 0, 3, 4, 0]


@stage
def add_second(record, low, high):
    one = block_of(record, low, high)
    for i in range(len(one.first)):
        one.first[i] += one.second[i]


def test_a_record_of_equal_arrays_has_views_too():
    record = OfOneKind(np.zeros(4), np.arange(4.0))
    add_second(record, 1, 3)
    assert record.first.tolist() == [0, 1, 2, 0]


def test_in_plain_mode_a_view_reads_pythons_own_numbers():
    wide = Rows(np.arange(8.0).reshape(2, 4)).between(1, 3)
    assert wide.shape == (2, 2)
    assert [wide[1, 0], type(wide[1, 0])] == [5.0, float]
    deep = Rows(np.arange(16.0).reshape(2, 2, 4)).between(1, 3)
    assert (deep.shape, deep[1, 1, 1]) == ((2, 2, 2), 14.0)


@pytest.mark.skipif(PLAIN, reason="nothing is compiled")
def test_a_record_that_holds_a_number_has_no_views():
    class Mixed(NamedTuple):
        first: np.ndarray
        rate: float

    with pytest.raises(TypingError, match="a block view is of arrays, not of float64"):
        stage(lambda record, low, high: block_of(record, low, high).rate)(Mixed(np.zeros(3), 0.5), 0, 2)
