"""Listing in the model as a whole: the usual rate, the money, and what a programme adds."""

from dataclasses import replace

import numpy as np
import pytest
from whole_state import differences

from agents.finance.listing import COUNSELLED, LISTED, Listing
from agents.money.flows import AccountingError, Flow, Sector
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of

COLUMN = series_of().column
SCALE = 0.05


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def end_of_2020():
    """1,150 firms at the end of 2020; tests branch off it."""
    return past_of(choose(scale=SCALE))


def branch(model, quarters, budget=0.0, **parameters):
    scenario = model.spec.scenario.changed({("direct_finance", "budget"): ((2021, budget),)})
    other = model.branch(replace(model.spec, scenario=scenario))
    listing = other.economy.of(Listing)
    listing.parameters = listing.parameters._replace(**parameters)
    return after(quarters, other)


def total(model, name, first=20):
    return float(model.series[first:, COLUMN[name]].sum())


def last(model, name):
    return float(model.series[-1, COLUMN[name]])


def test_in_the_baseline_as_many_are_listed_as_usual_and_the_reserve_is_full(end_of_2020):
    listing = end_of_2020.economy.of(Listing)
    new, p = total(end_of_2020, "listings", 0), listing.parameters
    assert new <= 5 * p.usual_listings * SCALE + 5  # of Poisson draws of 0.3 a year
    assert (np.flatnonzero(end_of_2020.series[:, COLUMN["listings"]]) % 4 == 0).all()
    first = end_of_2020.series[0]
    assert first[COLUMN["listed_firms"]] == round(p.listed_2015 * SCALE)
    assert first[COLUMN["counselled_firms"]] == round(p.reserve * SCALE)
    assert total(end_of_2020, "counselled_by_programmes", 0) == 0.0


def test_buyers_outside_pay_for_new_shares_and_hold_them(end_of_2020):
    before = end_of_2020.branch(end_of_2020.spec)
    held = int(before.economy.ledger.equity[before.economy.ledger.accounts.outside])
    model = branch(end_of_2020, 1, usual_listings=200.0)
    ledger, raised = model.economy.ledger, last(model, "listing_proceeds")
    assert raised == ledger.paid(Sector.OUTSIDE, Sector.FIRMS, Flow.EQUITY_PURCHASE) > 0
    assert int(ledger.equity[ledger.accounts.outside]) - held >= raised


def test_a_listed_firm_has_more_capital_research_and_money(end_of_2020):
    model, usual = (branch(end_of_2020, 6, usual_listings=n) for n in (200.0, 0.0))
    firms, others = model.economy.firms, usual.economy.firms
    rows, before = firms.rows(), end_of_2020.economy.firms
    ids = firms.id[rows[firms.listing[rows] == LISTED]]
    new = [i for i in ids.tolist() if before.row_or_none(i) is not None and others.row_or_none(i) is not None]
    new = [i for i in new if before.listing[before.row_of(i)] != LISTED]
    assert len(new) > 3
    for column in ("capital", "research"):
        here, there = (getattr(one, column)[one.rows_of(np.array(new))].sum() for one in (firms, others))
        assert here > there, column


def test_money_counsels_more_firms_and_lists_more_of_them(end_of_2020):
    counselled, listed = [], []
    for budget in (0.0, 1e8, 1e9):
        model = branch(end_of_2020, 9, budget, usual_listings=20.0)
        counselled.append(total(model, "counselled_by_programmes"))
        listed.append(total(model, "listings"))
        firms = model.economy.firms
        stages = firms.listing[firms.rows_among(model.economy.of(Listing).beyond)]
        assert (stages == COUNSELLED).all()
    assert counselled[0] == 0.0 < counselled[1] < counselled[2]
    assert listed[0] <= listed[1] <= listed[2] > listed[0]


def test_each_firm_counselled_costs_what_is_stated_and_the_rest_lapses(end_of_2020):
    model = branch(end_of_2020, 5, 1e8)
    (account,) = [
        one for one in model.economy.governments.programmes["direct_finance"].history if one.year == 2021
    ]
    assert account.disbursed == 1e6 * total(model, "counselled_by_programmes") > 0
    assert account.appropriated == account.disbursed + account.lapsed
    assert total(model, "flow_direct_finance_rest") == account.disbursed


def test_without_readiness_counselling_lists_nobody_more(end_of_2020):
    some, none = (branch(end_of_2020, 9, budget, usual_listings=20.0, readiness=0.0) for budget in (1e9, 0.0))
    assert total(some, "counselled_by_programmes") > 0 and total(some, "listings") == total(none, "listings")


def test_counselling_ends_after_its_years(end_of_2020):
    model = branch(end_of_2020, 13, 1e9, usual_listings=0.0, counselling_years=1.0)
    of_last_autumn = model.series[-2, COLUMN["counselled_by_programmes"]]
    assert (
        0 < len(model.economy.of(Listing).beyond) <= of_last_autumn < total(model, "counselled_by_programmes")
    )


def test_no_budget_is_the_baseline_to_the_last_bit(end_of_2020):
    assert differences(branch(end_of_2020, 5), after(5, end_of_2020.branch(end_of_2020.spec))) == []


def test_a_firm_listed_by_hand_and_money_raised_by_nobody_are_found(end_of_2020):
    other = end_of_2020.branch(end_of_2020.spec)
    firms = other.economy.firms
    firms.listing[firms.rows()[:1]] = LISTED
    with pytest.raises(AccountingError, match="I8 listed"):
        other.step()
