"""Luck: every draw is a function of (seed, purpose, member, quarter), and of nothing else.

No stream is shared, so a draw more for one member, or a member more, changes nobody else's
luck, and scenarios with the same seed meet the same luck. The generator is Philox4x32-10.
Source: Salmon, Moraes, Dror and Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3".
"""

from enum import IntEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agents.engine.rules import rule, stage
from agents.numbers.elementary import float_of_bits

WORDS = 4  # uniforms that one counter gives: the size of a group of purposes
FIRST_QUARTER = -64  # the earliest quarter that can be drawn for; the warm-up begins at -8

type Members = NDArray[np.int64]  # the stable ids of members, at most 64 bits

_UNIT = 2.0**-32
BLOCK = 1024  # members drawn for together
_TAKEN: dict[int, str] = {}  # numbers of purposes, and whose each is


class Purpose(IntEnum):
    """What a draw is for. The value is 4 x group + word: one group is drawn at once; some words are free.

    Each part names its own in its luck.py, as such a class, by numbers of its own; from 115 on they are free.
    """

    def __init_subclass__(cls) -> None:
        """Refuses what would draw the same luck as something else. Raises: ValueError."""
        super().__init_subclass__()
        for name, purpose in cls.__members__.items():
            own = f"{cls.__module__}.{cls.__qualname__}.{name}"
            other = _TAKEN.setdefault(purpose.value, own)
            if other != own:
                raise ValueError(f"{own} and {other} draw the same luck: both are {purpose.value}")

    @property
    def group(self) -> int:
        """The group whose four words are drawn together."""
        return self.value // WORDS

    @property
    def word(self) -> int:
        """The place within the group: the row of what `Draws.fill` writes."""
        return self.value % WORDS


class Lucky(NamedTuple):
    """Room for members who draw less than a chance: their rows, and the four uniforms of their group.

    block: scratch for as many members as are drawn for together.
    """

    rows: NDArray[np.int64]
    uniforms: NDArray[np.float64]
    block: NDArray[np.float64]


class Counter(NamedTuple):
    """What all members' draws have in common: the two words of the key, the group and the quarter."""

    key_low: int
    key_high: int
    group: int
    quarter: int  # from 0, as Philox counts


class Draws:
    """The luck of one run: uniforms in (0, 1), keyed by the seed."""

    def __init__(self, seed: int):
        if not 0 <= seed < 2**64:
            raise ValueError(f"seed is {seed}, outside 0 to 2**64 - 1")
        self.seed = seed
        self._key = (seed & 0xFFFFFFFF, seed >> 32)

    def fill(
        self, group: int, quarter: int, ids: Members, out: NDArray[np.float64], start: int, stop: int
    ) -> None:
        """Write the four uniforms of members `ids[start:stop]` to `out[0:4, start:stop]`."""
        _fill(*self._key, group, quarter - FIRST_QUARTER, ids, out, start, stop)

    def fill_groups(self, first: int, quarter: int, ids: Members, out: NDArray[np.float64]) -> None:
        """`fill` for all `ids` and the groups from `first` on, one in each `out[g]`."""
        _fill_groups(*self._key, first, quarter - FIRST_QUARTER, ids, out)

    def fill_segments(
        self,
        group: int,
        quarter: int,
        ids: Members,
        out: NDArray[np.float64],
        starts: NDArray[np.int64],
        stops: NDArray[np.int64],
    ) -> None:
        """`fill` for rows `starts[k]` to `stops[k]` of every k."""
        _fill_segments(*self._key, group, quarter - FIRST_QUARTER, ids, out, starts, stops)

    def list_lucky(
        self,
        purpose: Purpose,
        chance: float,
        quarter: int,
        ids: Members,
        segments: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The rows whose members draw less than the chance, and the four uniforms of their group.

        segments: first rows and stops of those that are looked at.
        """
        starts, stops = segments
        most = int((stops - starts).sum())
        lucky = Lucky(np.empty(most, np.int64), np.empty((WORDS, most)), np.empty((WORDS, BLOCK)))
        counter = Counter(*self._key, purpose.group, quarter - FIRST_QUARTER)
        found = _list_lucky(counter, purpose.word, chance, ids, starts, stops, lucky)
        return lucky.rows[:found], lucky.uniforms[:, :found]

    def fill_word(
        self,
        purpose: Purpose,
        quarter: int,
        ids: Members,
        out: NDArray[np.float64],
        segments: tuple[NDArray[np.int64], NDArray[np.int64]],
    ) -> None:
        """Write the uniforms of one purpose of rows from first ones to stops, by segment, to `out`."""
        counter = (*self._key, purpose.group, quarter - FIRST_QUARTER)
        _fill_word_of_segments(*counter, ids, purpose.word, out, *segments)

    def uniform(self, purpose: Purpose, member: int, quarter: int) -> float:
        """One member's uniform in (0, 1)."""
        return float(self.uniforms(purpose, np.array([member], np.int64), quarter)[0])

    def uniforms(self, purpose: Purpose, members: Members, quarter: int) -> NDArray[np.float64]:
        """The uniforms in (0, 1) of several members for one purpose."""
        members = np.ascontiguousarray(members, np.int64)
        out = np.empty(members.size)
        group, word = divmod(int(purpose), WORDS)
        _fill_word(*self._key, group, quarter - FIRST_QUARTER, members, word, out)
        return out


@rule
def philox_round(c0, c1, c2, c3, k0, k1):
    """One of ten rounds: two products of 32 bits, crossed and mixed with the key; and the next key."""
    # Compiled, a product may wrap around in int64; the masks take only bits that are right.
    left = c0 * 0xD2511F53
    right = c2 * 0xCD9E8D57
    return (
        ((right >> 32) & 0xFFFFFFFF) ^ c1 ^ k0,
        right & 0xFFFFFFFF,
        ((left >> 32) & 0xFFFFFFFF) ^ c3 ^ k1,
        left & 0xFFFFFFFF,
        (k0 + 0x9E3779B9) & 0xFFFFFFFF,
        (k1 + 0xBB67AE85) & 0xFFFFFFFF,
    )


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Four random 32-bit words from a counter of four and a key of two words [int64 in 0 to 2**32 - 1]."""
    # Written out: with a loop in here the compiler would not draw for several members at once.
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    c0, c1, c2, c3, k0, k1 = philox_round(c0, c1, c2, c3, k0, k1)
    return c0, c1, c2, c3


@rule
def uniform_of(word):
    """The uniform (word + 1/2) / 2**32 of a 32-bit word, exactly."""
    # The word as the last bits of 2**52 + word: converting integers does not vectorise everywhere.
    return (float_of_bits(word | 0x4330000000000000) - 4503599627370495.5) * _UNIT


@stage
def _fill(k0, k1, group, quarter, ids, out, start, stop):
    # Narrowed first: the compiler does several members at once only if rows count from 0.
    ids = ids[start:stop]
    first, second = out[0][start:stop], out[1][start:stop]
    third, fourth = out[2][start:stop], out[3][start:stop]
    for i in range(len(ids)):
        id_low, id_high = ids[i] & 0xFFFFFFFF, (ids[i] >> 32) & 0xFFFFFFFF
        w0, w1, w2, w3 = philox(id_low, id_high, quarter, group, k0, k1)
        first[i] = uniform_of(w0)
        second[i] = uniform_of(w1)
        third[i] = uniform_of(w2)
        fourth[i] = uniform_of(w3)


@stage
def _fill_word(k0, k1, group, quarter, ids, word, out):
    for i in range(len(ids)):
        id_low, id_high = ids[i] & 0xFFFFFFFF, (ids[i] >> 32) & 0xFFFFFFFF
        w0, w1, w2, w3 = philox(id_low, id_high, quarter, group, k0, k1)
        out[i] = uniform_of((w0 if word == 0 else w1) if word < 2 else (w2 if word == 2 else w3))


@stage
def _fill_word_of_segments(k0, k1, group, quarter, ids, word, out, starts, stops):
    for k in range(len(starts)):
        _fill_word(k0, k1, group, quarter, ids[starts[k] : stops[k]], word, out[starts[k] : stops[k]])


@stage
def _fill_groups(k0, k1, first, quarter, ids, out):
    for g in range(len(out)):
        _fill(k0, k1, first + g, quarter, ids, out[g], 0, len(ids))


@stage
def _fill_segments(k0, k1, group, quarter, ids, out, starts, stops):
    for k in range(len(starts)):
        _fill(k0, k1, group, quarter, ids, out, starts[k], stops[k])


@stage
def _list_lucky(counter, word, chance, ids, starts, stops, lucky):
    low_key, high_key, group, quarter = counter
    found, block, deciding = 0, lucky.block, lucky.block[word]
    for k in range(len(starts)):
        for low in range(starts[k], stops[k], len(deciding)):
            number = min(len(deciding), stops[k] - low)
            _fill(low_key, high_key, group, quarter, ids[low : low + number], block, 0, number)
            for j in range(number):
                if deciding[j] < chance:
                    lucky.rows[found] = low + j
                    for other in range(WORDS):
                        lucky.uniforms[other, found] = block[other, j]
                    found += 1
    return found
