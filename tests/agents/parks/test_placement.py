"""Where founders go: what a place gains, what others lose, and what coordination changes."""

import numpy as np
import pytest

from agents.parks.placement import find_imitation, weigh_entry

WEIGHTS = np.array([0.4, 0.1, 0.1, 0.1, 0.2, 0.1])  # two industries in three places; the first leads
PULL = np.array([1.3, 1.0, 1.0])


def entry_with(pull, displacement, weights=WEIGHTS):
    entry = np.zeros(len(weights))
    weigh_entry(weights, pull, displacement, entry)
    return entry


def test_without_a_pull_the_weights_are_the_usual_ones_to_the_last_bit():
    awkward = np.array([0.1, 0.2, 0.3, 1 / 3, 1e-9, 0.7])
    assert entry_with(np.ones(3), 0.45, awkward).tobytes() == awkward.tobytes()


def test_a_share_of_what_a_place_gains_others_lose_in_the_same_industry():
    entry = entry_with(PULL, 0.5)
    assert entry[:3].sum() == pytest.approx(0.6 + 0.5 * 0.12)
    assert entry[0] > 0.4
    assert entry[1] < 0.1
    assert entry[3:].sum() == pytest.approx(0.4 + 0.5 * 0.03)


def test_where_all_is_displaced_nobody_is_founded_in_addition():
    assert entry_with(PULL, 1.0).sum() == pytest.approx(WEIGHTS.sum())
    assert entry_with(PULL, 0.0).sum() == pytest.approx(WEIGHTS.sum() + 0.3 * 0.5)


def test_of_those_without_room_a_share_goes_elsewhere():
    entry = entry_with(np.array([0.5, 1.0, 1.0]), 0.4)
    assert entry[1] > 0.1
    assert entry[:3].sum() == pytest.approx(0.6 - 0.6 * 0.2)


def imitation(share):
    followed, own = np.zeros(6), np.zeros(6)
    find_imitation(WEIGHTS, 3, share, followed, own)
    return followed, own


def test_the_leader_follows_nobody():
    followed, own = imitation(0.3)
    assert (followed[0], followed[3], own[0], own[3]) == (0.0, 0.0, 1.0, 1.0)


def test_others_follow_the_leaders_mix_of_industries():
    followed, own = imitation(0.25)
    assert followed[1] == pytest.approx(0.25 * 0.8 * 0.3 / 0.1)  # the leader has four fifths in the first
    assert followed[4] == pytest.approx(0.25 * 0.2 * 0.3 / 0.2)
    assert own[1] < 1.0 < own[4]  # the second place is specialised in the second industry
    assert (WEIGHTS * own).reshape(2, 3).sum(axis=0).tolist() == pytest.approx([0.5, 0.3, 0.2])


def test_without_imitation_there_is_nothing_to_coordinate(make_parks):
    parks = make_parks(imitated_share=0.0)
    parks.look(1.0)
    assert parks.entry.tobytes() == WEIGHTS.tobytes()
    assert not parks.lift.any()


def test_coordination_sends_founders_where_a_place_is_specialised_and_spares_their_loss(make_parks):
    parks = make_parks(imitated_share=0.25, match_loss=0.04)
    parks.look(1.0)
    assert parks.entry[4] > WEIGHTS[4]
    assert parks.entry[1] < WEIGHTS[1]
    assert parks.entry.sum() == pytest.approx(WEIGHTS.sum())
    assert parks.lift[1] == pytest.approx(0.04 * parks.followed[1])
    assert parks.lift[0] == 0.0


def test_half_coordinated_half_of_what_followed_still_does(make_parks):
    parks = make_parks(imitated_share=0.25, match_loss=0.04)
    parks.look(0.5)
    still = 0.5 * parks.followed[4] / parks.tilt[4]
    assert parks.lift[4] == pytest.approx(0.04 * (parks.followed[4] - still))


def test_no_coordination_changes_no_bit(make_parks):
    parks = make_parks()
    parks.look(0.0)
    assert parks.entry.tobytes() == WEIGHTS.tobytes()
    assert (parks.tilt == 1.0).all()


def test_parks_appeal_by_what_has_changed(make_parks):
    parks = make_parks()
    parks.look(0.0)
    assert not parks.appeal().any()
    parks.land.free[0] += 40_000_000
    parks.land.works_free[0] = 40_000_000
    parks.look(0.0)
    appeal = parks.appeal()
    assert appeal[0] == appeal[3] > 0.0
    assert appeal[1] == 0.0


def test_organisations_move_towards_what_is_paid_for(make_parks):
    parks = make_parks(organisation_years=2.0, organisation_gain=0.04)
    parks.organise(np.ones(6))
    assert parks.organised.tolist() == pytest.approx([0.25] * 6)
    assert parks.research.tolist() == pytest.approx([1.01] * 6)
    parks.organise(np.zeros(6))
    assert parks.organised.tolist() == pytest.approx([0.1875] * 6)
