"""An id names when, where, in which industry and as which of them a firm was founded, and nobody else."""

import itertools

import numpy as np
import pytest

from sim.luck.ids import ABOVE, has_moved, member_id, mover_id, mover_in

CORNERS = list(itertools.product((0, 40, 2**16 - 1), (0, 15, 16, 255), (0, 8, 255), (0, 1, 2**24 - 1)))
IDS = [member_id(*corner) for corner in CORNERS]


def test_entry_place_industry_and_ordinal_can_be_read_from_an_id():
    read = [(i >> 41, (i >> 32) & 255, (i >> 24) & 255, i & (2**24 - 1)) for i in IDS]
    assert read == CORNERS


def test_no_two_firms_of_256_places_and_256_industries_have_one_id():
    assert len(set(IDS)) == len(CORNERS)
    assert min(IDS) == 0 and max(IDS) < ABOVE < 2**63


@pytest.mark.parametrize("entry", [1, 40])
def test_a_firm_that_moved_here_is_none_that_was_founded_in_any_place(entry):
    industries, ordinals = (np.array(found) for found in zip(*[c[2:] for c in CORNERS], strict=True))
    movers = mover_id(entry, industries, ordinals).tolist()
    assert all(has_moved(one) for one in movers) and not any(has_moved(one) for one in IDS)
    assert not set(movers) & set(IDS) and max(movers) < ABOVE


def test_a_mover_draws_apart_for_each_of_256_places():
    movers = mover_id(3, np.arange(4), np.arange(4))
    drawn_for = mover_in(movers[:, None], np.arange(256)[None, :])
    assert np.unique(drawn_for).size == 4 * 256
    assert drawn_for[:, 0].tolist() == movers.tolist()
