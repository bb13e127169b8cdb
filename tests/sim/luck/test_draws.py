"""Luck is keyed by seed, purpose, member and quarter, and by nothing else."""

import math

import numpy as np
import pytest

from sim.finance.luck import FundPurpose
from sim.firms.luck import EntryPurpose
from sim.luck.draws import WORDS, Draws, Purpose, philox, philox_round, uniform_of
from sim.luck.of_firms import FirmPurpose
from sim.people.luck import PeoplePurpose
from sim.science.luck import SciencePurpose
from sim.setting import WorldPurpose
from sim.start.luck import StartPurpose
from sim.state.luck import StatePurpose

MEMBERS = np.arange(20_000, dtype=np.int64) * 977
KINDS = (
    FirmPurpose,
    EntryPurpose,
    SciencePurpose,
    StatePurpose,
    FundPurpose,
    PeoplePurpose,
    StartPurpose,
    WorldPurpose,
)
PURPOSES = [purpose for kind in KINDS for purpose in kind]


def filled(draws: Draws, group: int, quarter: int, ids: np.ndarray) -> np.ndarray:
    out = np.empty((WORDS, ids.size))
    draws.fill(group, quarter, ids, out, 0, ids.size)
    return out


# Random123, kat_vectors, philox4x32 with 10 rounds: counter, key, words.
KNOWN_ANSWERS = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_philox_gives_the_published_words(counter, key, words):
    assert philox(*counter, *key) == words


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN_ANSWERS)
def test_philox_in_plain_python_gives_the_published_words(counter, key, words):
    """The sources of Philox, with Python's unbounded integers."""
    state = (*counter, *key)
    for _ in range(10):
        state = philox_round.py_func(*state)
    assert state[:4] == words


def test_a_filled_uniform_is_the_word_of_its_counter():
    seed = 0x0123456789ABCDEF
    member, quarter = 2**40 + 3, -8
    words = philox(3, 2**8, quarter + 64, FirmPurpose.EXIT // WORDS, 0x89ABCDEF, 0x01234567)
    expected = (words[FirmPurpose.EXIT % WORDS] + 0.5) / 2**32
    assert Draws(seed).uniform(FirmPurpose.EXIT, member, quarter) == expected


def test_the_smallest_and_the_largest_uniform_lie_inside_zero_and_one():
    assert uniform_of(0) == 2.0**-33
    assert uniform_of(2**32 - 1) == 1.0 - 2.0**-33


def test_an_extra_member_changes_nobody_elses_luck():
    draws = Draws(7)
    alone = filled(draws, 1, 12, MEMBERS)
    with_entrant = filled(draws, 1, 12, np.insert(MEMBERS, 5, 123_456_789))
    assert np.array_equal(np.delete(with_entrant, 5, axis=1), alone)


def test_groups_filled_together_are_those_filled_one_by_one():
    ids, out = np.arange(20) + 2**33, np.zeros((3, 4, 20))
    Draws(7).fill_groups(4, 5, ids, out)
    assert np.array_equal(out, np.array([filled(Draws(7), 4 + g, 5, ids) for g in range(3)]))


def test_only_the_rows_asked_for_are_written():
    out = np.full((WORDS, 10), -1.0)
    Draws(7).fill(0, 0, np.arange(10), out, 3, 5)
    assert ((out == -1.0).sum(axis=0) == [4, 4, 4, 0, 0, 4, 4, 4, 4, 4]).all()


@pytest.mark.parametrize("purpose", PURPOSES[::7])
def test_one_member_and_many_draw_the_same(purpose):
    draws = Draws(3)
    row = filled(draws, purpose.group, 5, MEMBERS)[purpose.word]
    assert np.array_equal(draws.uniforms(purpose, MEMBERS, 5), row)
    assert draws.uniform(purpose, int(MEMBERS[11]), 5) == row[11]


def test_those_who_draw_less_than_a_chance_are_listed_with_their_luck():
    ids = np.arange(10_000, 13_000)  # more than are drawn for at once, in two segments with a gap
    segments, draws = (np.array([0, 1700]), np.array([1600, 3000])), Draws(7)
    rows, luck = draws.list_lucky(FirmPurpose.PATENTS, 0.05, 3, ids, segments)
    everybody = draws.uniforms(FirmPurpose.PATENTS, ids, 3)
    expected = np.flatnonzero(everybody < 0.05)
    assert rows.tolist() == expected[(expected < 1600) | (expected >= 1700)].tolist()
    assert (luck[FirmPurpose.PATENTS.word] == everybody[rows]).all()
    assert (luck[FirmPurpose.INNOVATION.word] == draws.uniforms(FirmPurpose.INNOVATION, ids[rows], 3)).all()


def test_uniforms_are_uniform():
    counts = np.histogram(filled(Draws(1), 0, 0, MEMBERS), bins=64, range=(0, 1))[0]
    expected = counts.sum() / 64
    chi_square = ((counts - expected) ** 2 / expected).sum()
    assert abs(chi_square - 63) < 4 * math.sqrt(2 * 63)


@pytest.mark.parametrize(
    "other",
    [
        filled(Draws(2), 0, 0, MEMBERS),
        filled(Draws(1 + 2**32), 0, 0, MEMBERS),
        filled(Draws(1), 1, 0, MEMBERS),
        filled(Draws(1), 0, 1, MEMBERS),
        filled(Draws(1), 0, 0, MEMBERS + 1),
        filled(Draws(1), 0, 0, MEMBERS + 2**32),
        np.roll(filled(Draws(1), 0, 0, MEMBERS), 1, axis=0),
        np.roll(filled(Draws(1), 0, 0, MEMBERS), 1, axis=1),
    ],
    ids=[
        "seed",
        "high half of seed",
        "group",
        "quarter",
        "member",
        "high half of member",
        "word",
        "neighbour",
    ],
)
def test_luck_that_differs_in_one_part_of_its_key_is_uncorrelated(other):
    first = filled(Draws(1), 0, 0, MEMBERS)
    correlation = np.corrcoef(first.ravel(), other.ravel())[0, 1]
    assert abs(correlation) < 4 / math.sqrt(first.size)


def test_every_purpose_of_every_part_has_its_own_word():
    assert len({int(purpose) for purpose in PURPOSES}) == len(PURPOSES) > 40
    assert all(4 * purpose.group + purpose.word == purpose for purpose in PURPOSES)


def test_two_parts_that_would_draw_the_same_luck_are_refused_as_they_are_imported():
    said = r"STAYING and sim\.science\.luck\.SciencePurpose\.SPIN_OFF draw the same luck: both are 55$"
    with pytest.raises(ValueError, match=said):

        class Incubation(Purpose):
            STAYING = 55


def test_two_names_for_one_number_are_refused():
    with pytest.raises(ValueError, match=r"Double\.SECOND and .*Double\.FIRST draw the same luck"):

        class Double(Purpose):
            FIRST = 100_000
            SECOND = 100_000


@pytest.mark.parametrize("seed", [-1, 2**64])
def test_a_seed_beyond_64_bits_is_refused(seed):
    with pytest.raises(ValueError, match="outside 0 to"):
        Draws(seed)


def test_one_word_of_some_rows_is_drawn_as_for_each_member():
    draws, purpose = Draws(5), FirmPurpose.CERTIFICATE_DOUBT
    out = np.zeros(100)
    draws.fill_word(purpose, 3, MEMBERS[:100], out, (np.array([2, 50]), np.array([7, 90])))
    expected = np.zeros(100)
    for rows in (slice(2, 7), slice(50, 90)):
        expected[rows] = draws.uniforms(purpose, MEMBERS[rows], 3)
    assert out.tolist() == expected.tolist()
