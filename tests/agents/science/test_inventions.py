"""What institutions disclose: more with more research, better with a larger share for inventors."""

import math

import numpy as np
import pytest

from agents.science.inventions import (
    DisclosureLuck,
    InventionParameters,
    Inventions,
    choose_founders,
    contract_share,
    effective_share,
    field_of,
    incentive,
    invention_id,
    invention_quality,
    spin_off_lift,
    spin_off_probability,
)
from agents.science.universities import Examination, Universities, UniversityParameters
from scenarios.load import central_values, load_parameters

VALUES = central_values(load_parameters())
P = InventionParameters(**VALUES["inventions"])._replace(
    disclosures_at_reference=250.0, disclosure_elasticity=0.6, shelf_life=4.0, reference_inventor_share=0.7
)


def universities(scale=1.0, research=10**9):
    found = Universities(
        UniversityParameters(**VALUES["universities"]),
        ("first", "second"),
        ("university", "university"),
        np.array([0, 2]),
        np.array([0.75, 0.25]),
        np.array([[1.0, 0.0], [0.5, 0.5]]),
        Examination(8, np.full(2, 0.35), (0.0, 0.0)),
        scale,
    )
    found.research[:] = [3 * research // 4, research // 4]
    return found


def luck(value):
    return lambda ids: np.full(len(ids), value)


def disclosed(of=None, share=0.7, quarter=0, number=0.5, field=0.5, quality=0.5, into=None, price=1.0):
    inventions = into or Inventions(P)
    drawn = DisclosureLuck(luck(number), luck(field), luck(quality))
    inventions.disclose(of or universities(), price, share, quarter, drawn)
    return inventions


@pytest.mark.parametrize(("offered", "share"), [(0.0, 0.5), (0.4, 0.5), (0.7, 0.7), (1.4, 1.0)])
def test_the_law_gives_inventors_half_at_least_and_nobody_more_than_all(offered, share):
    assert effective_share(offered, 0.5) == share


def test_the_larger_share_makes_better_inventions_by_the_elasticity():
    p = P._replace(quality_incentive=0.5)
    ratio = invention_quality(0.3, 0.8, p) / invention_quality(0.3, 0.7, p)
    assert ratio == pytest.approx((0.8 / 0.7) ** 0.5)
    assert incentive(0.7, p) == 0.0


def test_quality_has_mean_one_at_the_reference_share_and_half_of_it_in_the_best_tenth(even_luck):
    p = P._replace(quality_spread=1.3)
    found = sorted(invention_quality(u, 0.7, p) for u in even_luck)
    assert np.mean(found) == pytest.approx(1.0, abs=0.03)
    assert sum(found[-200:]) / sum(found) == pytest.approx(0.5, abs=0.04)


def test_the_share_does_not_change_how_many_are_disclosed():
    small, large = disclosed(share=0.5), disclosed(share=0.95)
    assert small.id.tolist() == large.id.tolist() and len(small) > 100
    assert (large.quality > small.quality).all()


def test_disclosures_rise_with_research_but_less_than_in_proportion():
    one, two = len(disclosed()), len(disclosed(universities(research=2 * 10**9)))
    assert two / one == pytest.approx(2**0.6, rel=0.02)


def test_dearer_research_discloses_less():
    assert len(disclosed(price=2.0)) / len(disclosed()) == pytest.approx(0.5**0.6, rel=0.02)


def test_half_the_province_discloses_half_as_much():
    assert len(disclosed(universities(0.5, 10**9 // 2))) / len(disclosed()) == pytest.approx(0.5, rel=0.02)


@pytest.mark.parametrize(("drawn", "field"), [(0.0, 0), (0.49, 0), (0.51, 1), (0.999, 1)])
def test_an_institution_invents_in_its_fields_by_their_weights(drawn, field):
    assert field_of(drawn, np.array([[1.0, 0.0], [0.5, 0.5]]), 1) == field


def test_no_two_inventions_have_the_same_id_nor_one_of_a_firm():
    inventions = disclosed(quarter=3)
    disclosed(into=inventions, quarter=4)
    assert len(set(inventions.id.tolist())) == len(inventions)
    assert inventions.id.min() >= 2**62 > 2**57
    assert invention_id(-12, 0, 0) > 2**62


def test_what_nobody_takes_ages_out_after_its_shelf_life():
    inventions = disclosed(quarter=0)
    first = len(inventions)
    for quarter in (1, 2, 3):
        disclosed(into=inventions, quarter=quarter, number=1e-9)
    assert int((inventions.since == 0).sum()) == first
    inventions.open_quarter()
    disclosed(into=inventions, quarter=4)
    assert int((inventions.since == 0).sum()) == 0
    assert inventions.moved["aged"] == first


def test_what_is_taken_out_is_counted_by_reason():
    inventions = disclosed()
    before = len(inventions)
    columns = ("id", "owner", "field", "since", "quality")
    kept = [np.delete(getattr(inventions, name), [1, 2, 5, before - 1]).tolist() for name in columns]
    inventions.take_out(licensed=np.array([1, 5]), spun_off=np.array([2, before - 1]))
    assert [getattr(inventions, name).tolist() for name in columns] == kept
    assert (inventions.moved["licensed"], inventions.moved["spun_off"]) == (2, 2)


def test_nothing_is_taken_out_if_nothing_went():
    inventions = disclosed()
    before = inventions.id.tolist()
    inventions.take_out(licensed=np.zeros(0, np.int64))
    assert inventions.id.tolist() == before and inventions.moved["licensed"] == 0


def test_the_places_and_lifts_of_inventions_on_which_firms_are_founded():
    p = P._replace(spin_off_rate=0.1, spin_off_gain=0.05, spin_off_largest_gain=0.4)
    places, lift = np.zeros(4, np.int64), np.zeros(4)
    luck = np.array([0.09, 0.11, 0.01])
    assert choose_founders(np.array([1.0, 1.0, 4.0]), 1.0, p, luck, places, lift) == 2
    assert places[:2].tolist() == [0, 2] and lift[:2] == pytest.approx([0.05, 0.2])


def test_firms_are_founded_more_often_on_better_inventions_and_at_a_larger_share():
    p = P._replace(spin_off_rate=0.01)
    assert spin_off_probability(2.0, 0.7, p) == pytest.approx(0.014)
    assert spin_off_probability(2.0, 0.5, p) == pytest.approx(0.010)
    assert spin_off_probability(1e6, 0.7, p) == 0.5


def test_a_better_invention_lifts_the_firm_founded_on_it_up_to_a_bound():
    p = P._replace(spin_off_gain=0.05, spin_off_largest_gain=0.4)
    assert [spin_off_lift(quality, p) for quality in (1.0, 4.0, 100.0)] == pytest.approx([0.05, 0.2, 0.4])


def test_contracts_follow_the_reputation_of_inventions():
    p = P._replace(contracts_by_reputation=0.5)
    assert contract_share(0.1, 0.0, p) == 0.1
    assert contract_share(0.1, 0.2, p) == pytest.approx(0.1 * math.exp(0.1))
    assert contract_share(0.1, 100.0, p) == 1.0


def test_reputation_follows_quality_slowly():
    inventions = disclosed(share=0.7)
    assert inventions.reputation == 0.0
    disclosed(share=0.9, into=inventions, quarter=1)
    step = P.reputation_memory * incentive(0.9, P)
    assert inventions.reputation == pytest.approx(step) and step > 0.0
