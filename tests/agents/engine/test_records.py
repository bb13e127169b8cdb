"""Kept records: unpacked once, and a stage reads and writes the same as with any other NamedTuple."""

import copy
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import numba
import numpy as np
import pytest

from agents.engine.records import Kept, Listed, image_of, kept, type_of, words_of
from agents.engine.rules import PLAIN, stage

ROOT = Path(__file__).resolve().parents[3]


class Nested(NamedTuple):
    weight: float
    table: np.ndarray


@kept
class Wallet(NamedTuple):
    """Money and how it grows."""

    money: np.ndarray
    flags: np.ndarray
    nested: Nested
    years: int


@kept
class Swapped(NamedTuple):
    """As many words of the same types as Wallet, in another order."""

    flags: np.ndarray
    money: np.ndarray
    nested: Nested
    years: int


def test_the_type_of_a_record_is_numbas_whatever_its_arrays_are_like():
    line, table = np.arange(6.0), np.arange(6.0).reshape(2, 3)
    fixed = line.copy()
    fixed.flags.writeable = False
    arrays = [line, line[::2], fixed, line.astype(np.int16), line.astype(np.int64), line[:1]]
    for money in arrays:
        for of_nested in (table, table.T, table[:, ::2], table[:1]):
            for years in (3, 3.0):
                one = Wallet(money, line, Nested(0.5, of_nested), years)
                assert type_of(one) == type_of(one) == numba.typeof(one)


@stage
def grow(wallet, share):
    for i in range(len(wallet.money)):
        wallet.money[i] += share * wallet.nested.table[1, i] * wallet.nested.weight
        wallet.flags[i] += wallet.years
    return wallet.money.shape[0]


def wallet_of(kind=Wallet):
    arrays = {"money": np.zeros(3), "flags": np.zeros(3, np.int64)}
    return kind(nested=Nested(2.0, np.arange(6.0).reshape(2, 3)), years=7, **arrays)


@pytest.mark.parametrize("kind", [Wallet, Swapped])
def test_a_stage_reads_and_writes_a_kept_record_whatever_the_order_of_its_fields(kind):
    wallet = wallet_of(kind)
    assert grow(wallet, 0.5) == 3
    assert grow(wallet, 0.5) == 3
    assert wallet.money.tolist() == [6.0, 8.0, 10.0]
    assert wallet.flags.tolist() == [14, 14, 14]


def test_a_kept_record_is_the_named_tuple_it_was():
    wallet = wallet_of()
    assert isinstance(wallet, Kept)
    assert (Wallet.__name__, Wallet.__doc__) == ("Wallet", "Money and how it grows.")
    assert wallet._replace(years=8).years == 8


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda record: pickle.loads(pickle.dumps(record))])
def test_a_copy_has_words_of_its_own(copied):
    wallet = wallet_of()
    grow(wallet, 1.0)
    other = copied(wallet)
    grow(other, 1.0)
    assert wallet.flags.tolist() == [7, 7, 7]
    assert other.flags.tolist() == [14, 14, 14]


@pytest.mark.parametrize("value", [True, np.float32(1.0), "a"])
def test_what_has_another_width_than_a_word_is_refused(value):
    with pytest.raises(TypeError, match=type(value).__name__):
        words_of((1.0, value))


class Price(NamedTuple):
    cell: int
    level: float


class Prices(tuple, Kept):
    """Prices of any number of markets."""

    @property
    def image(self):
        return image_of(Listed(numba.typeof(Price(1, 1.0))), words_of((len(self), *self)))


@stage
def price_of(prices, k):
    return prices[k].cell, prices[k].level


def test_one_compilation_serves_any_number_of_listed_records():
    for count in (1, 2, 9):
        prices = Prices(Price(14 * k, 0.5 * k) for k in range(count))
        assert [price_of(prices, k) for k in range(count)] == list(map(tuple, prices))
    assert PLAIN or len(price_of.signatures) == 1


@pytest.mark.parametrize("k", [2, -3])
def test_a_record_that_is_not_listed_is_an_error(k):
    with pytest.raises(IndexError):
        price_of(Prices([Price(0, 1.0)] * 2), k)


CACHED = """
from tests.agents.engine.test_records import Swapped, Wallet, grow, wallet_of
for kind in (Wallet, Swapped):
    wallet = wallet_of(kind)
    grow(wallet, 0.5)
    print(wallet.money.tolist(), wallet.flags.tolist())
print(sum(sum(outer.stats.cache_hits.values()) for outer in grow.outers))
"""


@pytest.mark.skipif(PLAIN, reason="nothing is compiled")
def test_the_cache_on_disk_tells_records_apart(tmp_path):
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    command = [sys.executable, "-c", "import agents\n" + CACHED]
    for hits in (0, 2):
        printed = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
        )
        *lines, found = printed.stdout.split("\n")[:-1]
        assert lines == ["[3.0, 4.0, 5.0] [7, 7, 7]"] * 2
        assert int(found) == hits
