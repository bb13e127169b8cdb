"""Research consortia in the model: members add research, are paid a share and learn from each other."""

import numpy as np
import pytest
from branched import branch, past, series, total
from whole_state import differences

from agents.consortia.consortia import Consortia
from agents.money.flows import AccountingError
from sim.consortia import identities

LEVER = "research_consortia"
FORM = {(LEVER, "share"): 0.3, (LEVER, "number"): 200.0, (LEVER, "budget"): 1e9}


@pytest.fixture(scope="module")
def end_of_2020():
    return past()


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 8, {})


@pytest.fixture(scope="module")
def formed(end_of_2020):
    return branch(end_of_2020, 8, FORM)


def test_without_money_the_baseline_stays_to_the_last_bit(end_of_2020, usual):
    nothing = branch(end_of_2020, 8, {**FORM, (LEVER, "budget"): 0.0})
    assert total(nothing, "consortia") == 0
    assert (nothing.series == usual.series).all()
    assert not [path for path in differences(nothing, usual) if ".firms." in path]


def test_without_a_number_nothing_is_formed_and_the_money_stays(end_of_2020):
    nothing = branch(end_of_2020, 8, {**FORM, (LEVER, "number"): 0.0})
    assert total(nothing, "consortia") == total(nothing, f"programme_{LEVER}") == 0


def test_members_do_joint_research_and_nobody_else_does(formed):
    firms, own = formed.economy.firms, formed.economy.of(Consortia)
    rows = firms.rows()
    joint = rows[firms.joint_research[rows] > 0.0]
    assert set(firms.id[joint].tolist()) <= set(own.members.firm.tolist())
    assert total(formed, "joint_research") > 0
    assert series(formed, "consortia")[4] == 8


def test_members_add_research_beside_what_they_give_up(formed, usual):
    more = total(formed, "rd_firms_real") - total(usual, "rd_firms_real")
    assert 0.0 < more < total(formed, "joint_research")


def test_grants_are_a_share_of_the_cost(formed):
    share = total(formed, f"programme_{LEVER}") / total(formed, "joint_research")
    assert 0.2 < share < 0.45  # the year's rest is released in the third and fourth quarter


def test_without_sharing_members_learn_nothing_from_each_other(end_of_2020, formed):
    alone = branch(end_of_2020, 8, FORM, Consortia, sharing=0.0)
    rows = formed.economy.firms.rows_among(formed.economy.of(Consortia).members.firm)
    other = alone.economy.firms.rows_among(formed.economy.of(Consortia).members.firm)
    both = (rows >= 0) & (other >= 0)
    known = formed.economy.firms.knowledge[rows[both]], alone.economy.firms.knowledge[other[both]]
    assert known[0].sum() > known[1].sum()


def test_consortia_end_and_their_members_stop(end_of_2020):
    changes = {**FORM, (LEVER, "number"): {2021: 200.0, 2022: 0.0}}
    model = branch(end_of_2020, 8, changes, Consortia, years=1.0)
    assert series(model, "consortia")[[3, 4]].tolist() == [4, 0]
    firms = model.economy.firms
    assert not firms.joint_research[firms.rows()].any()


def test_money_bounds_how_many_are_formed(end_of_2020, formed):
    few = branch(end_of_2020, 4, {**FORM, (LEVER, "budget"): 1e7})
    assert series(few, "consortia")[-1] < series(formed, "consortia")[3]
    assert total(few, f"programme_{LEVER}") <= 1e7


def test_a_block_lets_its_own_firms_lead(end_of_2020):
    block = [{"where": ["changsha"], "share": {2021: 0.3}, "number": {2021: 100}, "budget": {2021: 5e8}}]
    model = branch(end_of_2020, 4, {(LEVER, "blocks"): block})
    own, firms = model.economy.of(Consortia), model.economy.firms
    assert len(own)
    leads = own.members.firm[np.searchsorted(own.members.number, own.number)]
    rows = firms.rows_among(leads)
    assert (firms.prefecture[rows[rows >= 0]] == 0).all()


@pytest.mark.parametrize("what", ["formed", "ended", "paid"])
def test_a_broken_count_is_found(formed, what):
    own = formed.economy.of(Consortia)
    setattr(own, what, getattr(own, what) + 1)
    with pytest.raises(AccountingError, match="consortia"):
        identities.check(formed.economy, None)
    setattr(own, what, getattr(own, what) - 1)
    identities.check(formed.economy, None)
