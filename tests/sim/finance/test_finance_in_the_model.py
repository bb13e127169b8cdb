"""What guarantees and funds do in the model as a whole: 700 firms, branched off the end of 2020."""

from dataclasses import replace

import pytest

from experiments.evidence.trials.finance import endow, trial, without_funds
from experiments.evidence.trials.replication import Replication
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

COLUMN = series_of().column
SCALE = 0.05
SEED = 5  # with seed 0 no guaranteed firm of 877 fails within the year


@pytest.fixture(scope="module")
def end_of_2020():
    model = IndustrialPolicyModel(choose("no_policy", scale=SCALE, seed=SEED))
    model.run_for(20)
    return model


def branch(model, quarters, **levers):
    """The model some quarters on, with no lever but these, named LEVER__FIELD."""
    changes = {tuple(name.split("__")): ((2021, value),) for name, value in levers.items()}
    spec = choose("no_policy", scale=SCALE, seed=SEED)
    other = model.branch(replace(spec, scenario=spec.scenario.changed(changes)))
    other.run_for(quarters)
    return other


def total(model, name, quarters):
    return float(model.series[-quarters:, COLUMN[name]].sum())


GUARANTEE = {"credit_guarantee__share": 0.8, "credit_guarantee__fee": 0.01, "credit_guarantee__budget": 1e9}


def test_guarantees_are_given_when_the_lever_offers_them_and_run_off_when_it_does_not(end_of_2020):
    offered, ended = branch(end_of_2020, 4, **GUARANTEE), branch(end_of_2020, 4)
    assert total(offered, "guaranteed_lending", 4) > 0.0
    assert total(ended, "guaranteed_lending", 4) == 0.0
    before, left = end_of_2020.latest("loans_guaranteed"), ended.latest("loans_guaranteed")
    assert left < before and left < offered.latest("loans_guaranteed")


def test_a_guaranteed_firm_pays_less_interest_for_its_risk(end_of_2020):
    economy = branch(end_of_2020, 2, **GUARANTEE).economy
    firms, b = economy.firms, economy.credit
    rows = firms.rows()
    plain = b.base_rate + b.loss_given_default * firms.default_risk
    held = rows[(firms.guaranteed[rows] > 0) & (plain[rows] < b.highest_rate)]
    assert len(held) > 3 and (firms.loan_rate[held] < plain[held]).all()


def test_the_pool_takes_what_guarantees_need_and_the_rest_lapses(end_of_2020):
    model = branch(end_of_2020, 4, **GUARANTEE)
    paid_in, paid_out = total(model, "programme_credit_guarantee", 4), total(model, "risk_compensation", 4)
    assert 0.0 < paid_in < 1e9 * SCALE
    assert model.latest("compensation_pool") == end_of_2020.latest("compensation_pool") + paid_in - paid_out
    model.step()
    of_2021 = model.economy.governments.programmes["credit_guarantee"].history[-1]
    assert of_2021.lapsed == 1e9 * SCALE - paid_in and of_2021.carried_out == 0


FUNDS = {"guidance_funds__budget": 2e9, "guidance_funds__government_share": 0.3}


def test_what_the_state_pays_for_funds_is_what_the_master_fund_calls_and_more_is_invested(end_of_2020):
    funded, without = branch(end_of_2020, 4, **FUNDS), branch(end_of_2020, 4)
    assert total(funded, "programme_guidance_funds", 4) == total(funded, "funds_master_called", 4) > 0.0
    assert total(funded, "funds_sector_invested", 4) > total(without, "funds_sector_invested", 4)
    assert total(funded, "private_capital", 4) >= total(without, "private_capital", 4)


def test_the_money_of_the_market_is_what_funds_of_the_state_do_not_take(end_of_2020):
    funded, without = branch(end_of_2020, 2, **FUNDS), branch(end_of_2020, 2)
    assert total(funded, "funds_market_called", 2) < total(without, "funds_market_called", 2)


def of_baseline(number, scale):
    return Replication(choose().parameters, number, scale)


def test_firms_refuse_a_fund_of_the_state_more_often(end_of_2020):
    deals, refusals = [], []
    for share in (0.0, 0.9):
        model = without_funds(of_baseline(0, SCALE))
        endow(model.economy, share, round(2e9 * SCALE))
        model.run_for(2)
        deals.append(total(model, "fund_deals", 2))
        refusals.append(total(model, "fund_refusals", 2))
    assert deals[0] > 3 and refusals[1] > refusals[0]


def test_a_trial_without_money_changes_nothing_and_one_with_money_keeps_the_books():
    before = without_funds(of_baseline(1, 0.01))
    assert trial(before, None) == trial(before, None)
    model = before.branch(before.spec)
    endow(model.economy, 0.3, 50_000_000)
    model.run_for(2)  # the model checks every identity
    assert model.economy.funds.paid_in.sum() >= 50_000_000
