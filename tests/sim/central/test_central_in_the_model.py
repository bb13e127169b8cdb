"""The centre's money, basic research, filing and pledges in the model: what is paid, won and told apart."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from whole_state import differences

from agents.central.investment import CentralInvestment
from agents.central.national_projects import NationalProjects
from agents.finance.pledges import Pledges
from agents.money.flows import AccountingError
from agents.science.basic_research import BasicResearch
from agents.science.filing import Filing
from scenarios.files.changes import lever_change
from scenarios.load import load_levers
from sim.central import identities
from sim.indicators import series_of
from sim.model import choose
from sim.run import past_of
from sim.science.identities import check_basic

SCALE = 0.05
COLUMN = series_of().column
LEVERS = load_levers()
INVESTMENT = {("central_funding_capture", "budget"): 2e9}
MATCH = {("national_programme_match", "ratio"): 0.5, ("national_programme_match", "budget"): 3e9}
BASIC = {("basic_research", "budget"): 2e9}
QUALITY = {("ip_quality", "quality"): 1.0, ("ip_quality", "budget"): 1e9}
PLEDGE = {("ip_quality", "pledge"): 0.8, ("ip_quality", "budget"): 1e9}


@pytest.fixture(scope="module")
def end_of_2020():
    """About 900 firms at the end of 2020."""
    return past_of(choose(scale=SCALE))


def branch(past, quarters, changes, **parameters):
    """Some quarters from the end of 2020 on with other values of levers, and of parameters."""
    spec = choose(scale=SCALE)
    dated = {key: lever_change(*key, value, LEVERS) for key, value in changes.items()}
    model = past.branch(replace(spec, scenario=spec.scenario.changed(dated)))
    for name, value in parameters.items():
        kinds = (CentralInvestment, NationalProjects, BasicResearch, Filing, Pledges)
        owners = [model.economy.of(kind) for kind in kinds]
        for one in (one for one in owners if name in one.parameters._fields):
            one.parameters = one.parameters._replace(**{name: value})
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def usual(end_of_2020):
    return branch(end_of_2020, 4, {})


def total(model, name):
    return float(model.series[20:, COLUMN[name]].sum())


def latest(model, name):
    return float(model.series[-1, COLUMN[name]])


@pytest.mark.parametrize(
    "nothing",
    [
        {("central_funding_capture", "budget"): 0.0},
        {("national_programme_match", "ratio"): 0.5},
        {("basic_research", "budget"): 0.0},
        {("ip_quality", "quality"): 0.0, ("ip_quality", "pledge"): 0.0},
    ],
    ids=lambda changes: next(iter(changes))[0],
)
def test_a_lever_without_money_is_the_baseline_to_the_last_bit(usual, end_of_2020, nothing):
    other = branch(end_of_2020, 4, nothing)
    assert [one for one in differences(usual, other) if "offers" not in one] == []
    assert (usual.series == other.series).all()


def test_index_and_pledges_without_money_do_nothing(usual, end_of_2020):
    other = branch(end_of_2020, 4, {("ip_quality", "quality"): 1.0, ("ip_quality", "pledge"): 0.8})
    assert (usual.series == other.series).all()


# --- central investment ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def invested(end_of_2020):
    return branch(end_of_2020, 4, INVESTMENT)


def test_what_is_won_comes_from_the_centre_and_only_its_cost_from_the_programme(invested):
    programme, won = invested.economy.governments.programmes["central_funding_capture"], 0.0
    won = total(invested, "central_money_won")
    p = invested.economy.of(CentralInvestment).parameters
    asked = total(invested, "central_money_asked") / (1.0 - p.institution_share)
    assert 0 < won < asked and total(invested, "central_plant") > 0
    assert programme.disbursed == pytest.approx(p.preparation * asked + p.cofinancing * won, rel=0.01)
    assert programme.disbursed <= programme.appropriated
    fields = [name for name in COLUMN if name.startswith("central_money_won_")]
    of_firms = won - total(invested, "central_money_institutions")
    assert sum(total(invested, name) for name in fields) == of_firms


def test_more_money_never_wins_or_spends_less(end_of_2020):
    """Of one round at its expectation: every project's chance is that of its field."""
    budgets = (3e8, 1e9, 3e9, 1e10)
    models = [branch(end_of_2020, 3, {("central_funding_capture", "budget"): one}) for one in budgets]
    asked = [total(one, "central_projects_asked") for one in models]
    spent = [total(one, "programme_central_funding_capture") for one in models]
    assert asked == sorted(asked) and asked[0] < asked[-1]
    assert spent == sorted(spent)


def test_added_plant_stands_after_the_lag_and_value_added_of_the_quarter_stays(usual, end_of_2020):
    third = branch(end_of_2020, 3, INVESTMENT)
    same = branch(end_of_2020, 3, {})
    bought = total(third, "central_plant")
    assert latest(third, "technology_value_added") - latest(same, "technology_value_added") <= bought
    lag = int(third.economy.behaviour.production.investment_lag)
    under_way = third.economy.of(CentralInvestment)
    assert len(under_way.builder) and (under_way.due == 22 + lag).all()
    third.economy.of(CentralInvestment).due[:] = 23
    third.step()
    assert not len(third.economy.of(CentralInvestment).builder)


def test_central_money_that_goes_nowhere_is_found(invested):
    economy = invested.economy
    central, ledger = economy.of(CentralInvestment), SimpleNamespace(quarter=5, paid=lambda *_: 0)
    empty = type(central)(central.parameters, central.industries)
    identities.check_investment(empty, ledger, 0)
    empty.to_firms = 3
    with pytest.raises(AccountingError, match="I4 central investment fails: account province"):
        identities.check_investment(empty, ledger, 0)


# --- national projects -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def matched(end_of_2020):
    return branch(end_of_2020, 4, MATCH, response=1.0)


def test_a_match_wins_projects_whose_money_the_centre_pays(usual, matched):
    assert total(usual, "national_projects_matched") == 0
    assert total(matched, "national_projects_added") > 0
    assert total(matched, "national_money_added") > 0 and latest(matched, "national_money_to_come") > 0
    assert total(matched, "rd_universities") > total(usual, "rd_universities")


def test_without_a_response_the_match_is_paid_and_wins_nothing(end_of_2020):
    model = branch(end_of_2020, 4, MATCH, response=0.0)
    assert total(model, "national_projects_added") == 0 == total(model, "national_money_added")
    assert total(model, "programme_national_programme_match") > 0


def test_the_match_is_what_the_money_carries_and_at_most_the_ratio(end_of_2020):
    budgets = (1e8, 1e9, 1e10)
    found = []
    for budget in budgets:
        changes = {**MATCH, ("national_programme_match", "budget"): budget}
        model = branch(end_of_2020, 3, changes)
        programme = model.economy.governments.programmes["national_programme_match"]
        found.append((latest(model, "national_match"), programme.disbursed))
        assert programme.disbursed <= programme.appropriated
    assert found == sorted(found) and found[0][0] < found[-1][0] == 0.5


def test_money_of_a_project_from_nowhere_is_found(matched):
    projects, ledger = matched.economy.of(NationalProjects), matched.economy.ledger
    usual = matched.economy.universities.projects_received
    identities.check_projects(projects, ledger, usual)
    with pytest.raises(AccountingError, match="I4 national projects fails: account who won"):
        identities.check_projects(projects, ledger, usual - 1)
    projects.opening += 1
    with pytest.raises(AccountingError, match="I4 national projects fails: account still to come"):
        identities.check_projects(projects, ledger, usual)
    projects.opening -= 1


# --- basic research --------------------------------------------------------------------------------------


def test_the_fund_is_research_of_the_year_and_brings_nothing_at_once(usual, end_of_2020):
    model = branch(end_of_2020, 4, BASIC)
    added = sum(total(model, name) - total(usual, name) for name in ("rd_universities", "rd_institutes"))
    spent = total(model, "programme_basic_research")
    assert spent == pytest.approx(2e9 * SCALE) == pytest.approx(added)
    assert total(model, "basic_research_funded") == spent
    assert latest(model, "basic_results_under_way") > 0
    for name in ("disclosures", "patents_valid", "high_value_patents", "technology_value_added"):
        assert (model.series[20:24, COLUMN[name]] == usual.series[20:24, COLUMN[name]]).all()


def test_results_come_after_their_lag_and_firms_file_patents_on_them(end_of_2020):
    early = {"shortest_lag": 2.0, "longest_lag": 2.0}
    many = {"research_per_invention": 1e6, "patents_per_research": 2e-7, "kept_here": 1.0}
    model = branch(end_of_2020, 6, BASIC, **early, **many)
    inventions, patents = (model.series[20:, COLUMN[f"basic_{kind}"]] for kind in ("inventions", "patents"))
    assert inventions[:2].sum() == 0 == patents[:2].sum()
    assert inventions[2:].sum() > 10 and patents[2:].sum() > 5


def test_a_result_from_nowhere_is_found(end_of_2020):
    basic = branch(end_of_2020, 1, BASIC).economy.of(BasicResearch)
    check_basic(basic, 20)
    basic.begun += 1
    with pytest.raises(AccountingError, match="I8 count fails: account results of basic research"):
        check_basic(basic, 20)


# --- filing and pledges ----------------------------------------------------------------------------------


def test_support_by_value_files_less_at_once_and_shows_in_the_share_two_years_later(usual, end_of_2020):
    model = branch(end_of_2020, 4, QUALITY)
    applied = [one.economy.firms.pending_patents.sum() for one in (model, usual)]
    assert applied[0] < applied[1]
    assert (latest(model, "filing_quality"), latest(usual, "filing_quality")) == (1.0, 0.0)
    assert latest(model, "high_value_share_granted") == latest(usual, "high_value_share_granted")
    assert total(model, "programme_ip_quality") == pytest.approx(1e8 * SCALE)
    later = branch(end_of_2020, 10, QUALITY, fewer_filings=0.0, real_gain=0.3)
    plain = branch(end_of_2020, 10, {})
    assert latest(later, "high_value_patents") > latest(plain, "high_value_patents")


def test_the_index_works_as_far_as_its_platform_is_paid_for(end_of_2020):
    half = branch(end_of_2020, 2, {**QUALITY, ("ip_quality", "budget"): 5e7})
    assert latest(half, "filing_quality") == pytest.approx(0.5, abs=0.01)


def test_pledges_lend_and_what_they_add_to_high_value_is_told_apart(usual, end_of_2020):
    model = branch(end_of_2020, 4, PLEDGE, swapping=0.5, counted=1.0)
    by_pledge = total(model, "high_value_by_pledge")
    assert total(model, "pledging_firms") > 0 and total(model, "pledge_loans_swapped") > 0
    assert 0 < by_pledge <= total(model, "pledged_inventions")
    gained = latest(model, "high_value_patents") - latest(usual, "high_value_patents")
    assert gained == pytest.approx(by_pledge, abs=2)
    assert latest(model, "patents_valid") == latest(usual, "patents_valid")
    nobody = branch(end_of_2020, 4, PLEDGE, swapping=0.5, counted=0.0)
    assert total(nobody, "high_value_by_pledge") == 0 < total(nobody, "pledged_inventions")


def test_nobody_pledges_more_inventions_than_the_firm_holds(end_of_2020):
    model = branch(end_of_2020, 8, PLEDGE, swapping=0.9)
    pledges, firms = model.economy.of(Pledges), model.economy.firms
    rows = firms.rows_among(pledges.firm)
    held = np.bincount(rows[rows >= 0], pledges.number[rows >= 0], firms.capacity)
    over = held - firms.patents
    assert (over[over > 0] <= 2).all() and (over > 0).sum() < 0.2 * (held > 0).sum()  # some have lapsed since


def test_little_money_serves_few_pledges(end_of_2020):
    few = branch(end_of_2020, 4, {**PLEDGE, ("ip_quality", "budget"): 2e6}, swapping=0.5)
    many = branch(end_of_2020, 4, PLEDGE, swapping=0.5)
    assert total(few, "pledging_firms") < total(many, "pledging_firms")
    programme = few.economy.governments.programmes["ip_quality"]
    assert 0 < programme.disbursed <= programme.appropriated
