"""What levers do, and do not do, in the model as a whole."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
from another_calendar import exchange
from whole_state import differences

import sim.model
from agents.state.grants import increment_claim
from scenarios.lever import Lever
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.state import policy as policy_steps
from sim.state.carriers import standing_of_hosts
from sim.state.luck import StatePurpose

COLUMN = series_of().column
TO_2021 = 20  # quarters
OFF = {
    ("rd_subsidy", "rate"): 0.0, ("rd_subsidy", "cap"): 0.0, ("rd_subsidy", "budget"): 0.0,
    ("high_tech_award", "award"): 0.0, ("high_tech_award", "budget"): 0.0,
    ("innovation_procurement", "budget"): 0.0, ("innovation_carriers", "budget"): 0.0,
    ("technology_market", "platform"): 0.0, ("technology_market", "centres"): 0.0,
    ("technology_market", "deal_subsidy"): 0.0, ("technology_market", "budget"): 0.0,
    ("inventor_share", "share"): 0.0,
    ("mission_projects", "budget"): 0.0,
    ("talent_introduction", "award"): 0.0, ("talent_introduction", "budget"): 0.0,
    ("digital_infrastructure", "voucher"): 0.0, ("digital_infrastructure", "budget"): 0.0,
    ("guidance_funds", "budget"): 0.0, ("guidance_funds", "government_share"): 0.0,
    ("incubation", "budget"): 0.0, ("startup_loans", "interest"): 0.0, ("startup_loans", "budget"): 0.0,
    ("credit_guarantee", "share"): 0.0, ("credit_guarantee", "fee"): 0.0, ("credit_guarantee", "budget"): 0.0,
    ("supply_chain_completion", "budget"): 0.0, ("spatial_coordination", "coordination"): 0.0,
    ("clusters_and_parks", "organisation"): 0.0, ("clusters_and_parks", "budget"): 0.0,
    ("investment_attraction", "rate"): 0.0, ("investment_attraction", "budget"): 0.0,
    ("statistical_coverage", "drift"): 0.0, ("central_funding_capture", "budget"): 0.0,
    ("national_programme_match", "ratio"): 0.0, ("national_programme_match", "budget"): 0.0,
    ("basic_research", "budget"): 0.0, ("ip_quality", "quality"): 0.0, ("ip_quality", "pledge"): 0.0,
    ("ip_quality", "budget"): 0.0,
    ("pilot_platforms", "budget"): 0.0,
    ("new_research_institutes", "number"): 0.0, ("new_research_institutes", "budget"): 0.0,
    ("research_consortia", "share"): 0.0, ("research_consortia", "number"): 0.0,
    ("research_consortia", "budget"): 0.0,
    ("education_and_training", "enrolment"): 0.0, ("education_and_training", "training"): 0.0,
    ("education_and_training", "technician_pay"): 0.0, ("education_and_training", "budget"): 0.0,
    ("talent_amenities", "budget"): 0.0,
    ("transfer_professionals", "brokers"): 0.0, ("transfer_professionals", "budget"): 0.0,
    ("credit_information", "information"): 0.0, ("credit_information", "budget"): 0.0,
    ("direct_finance", "budget"): 0.0,
    ("evaluation", "audit"): 0.0, ("evaluation", "reallocation"): 0.0, ("evaluation", "budget"): 0.0,
    ("approval_reform", "cut"): 0.0, ("compliance_relief", "relief"): 0.0,
    ("data_market", "platform"): 0.0, ("data_market", "budget"): 0.0,
    ("outward_links", "share"): 0.0, ("outward_links", "budget"): 0.0,
    ("first_set_support", "rate"): 0.0, ("first_set_support", "budget"): 0.0,
    ("demonstration_zones", "openness"): 0.0, ("demonstration_zones", "budget"): 0.0,
    ("consumer_subsidy", "rate"): 0.0, ("consumer_subsidy", "budget"): 0.0,
}  # fmt: skip
LEVERS = sorted({lever for lever, _ in OFF})
ON = {("mission_projects", "budget"): 2e9, ("mission_projects", "stage_gate"): 0.4,
      ("mission_projects", "audit"): 0.3, ("incubation", "budget"): 4e8,
      ("supply_chain_completion", "budget"): 2e9, ("spatial_coordination", "coordination"): 0.5,
      ("clusters_and_parks", "budget"): 2e9, ("investment_attraction", "rate"): 0.1,
      ("investment_attraction", "budget"): 2e9, ("statistical_coverage", "drift"): 0.01,
      ("central_funding_capture", "budget"): 2e9, ("national_programme_match", "ratio"): 0.5,
      ("national_programme_match", "budget"): 4e9, ("basic_research", "budget"): 2e9,
      ("ip_quality", "quality"): 1.0, ("ip_quality", "pledge"): 0.8, ("ip_quality", "budget"): 1e9,
      ("pilot_platforms", "budget"): 1e9, ("new_research_institutes", "number"): 8.0,
      ("new_research_institutes", "budget"): 1e9, ("research_consortia", "share"): 0.3,
      ("research_consortia", "number"): 200.0, ("research_consortia", "budget"): 1e9,
      ("education_and_training", "training"): 60_000, ("education_and_training", "budget"): 2e9,
      ("talent_amenities", "budget"): 2e9,
      ("transfer_professionals", "brokers"): 400, ("transfer_professionals", "budget"): 1e8,
      ("credit_information", "information"): 1.0, ("credit_information", "budget"): 1e8,
      ("evaluation", "audit"): 0.3, ("evaluation", "reallocation"): 0.2,
      ("evaluation", "budget"): 1e8, ("direct_finance", "budget"): 5e8,
      ("approval_reform", "cut"): 0.5, ("compliance_relief", "relief"): 0.3,
      ("data_market", "platform"): 1.0, ("data_market", "budget"): 1e8,
      ("outward_links", "share"): 0.5, ("outward_links", "budget"): 1e9,
      ("first_set_support", "rate"): 0.1, ("first_set_support", "budget"): 1e9,
      ("demonstration_zones", "openness"): 0.5, ("demonstration_zones", "budget"): 1e9,
      ("consumer_subsidy", "rate"): 0.1, ("consumer_subsidy", "budget"): 1e9}  # fmt: skip
NOBODY_SCARCE = {"pay_response": 0.0, "lowest_hiring": 1.0, "talent_effect": 0.0, "learning_loss": 0.0}
NO_FUNDS = {"private_supply": 0.0, "seek_rate": 0.0}
NO_MOVERS = {"candidates": 0.0, "reconsidering": 0.0}
CASH_MOVES_NOTHING = {"liquidity_premium": 0.0, "credit_to_sales": 1e6, "highest_rate": 0.0}


def spec_with(levers, scenario="as_in_2020", since=2016, scale=0.01, **values):
    """A run with other values of levers, and of parameters, which need not lie within their ranges."""
    spec = choose(scenario, scale=scale)
    parameters = {group: dict(held) for group, held in spec.parameters.items()}
    for name, value in values.items():
        groups = [group for group, held in parameters.items() if name in held and group != "carriers"]
        assert len(groups) == 1, name
        parameters[groups[0]][name] = value
    changes = {field: ((since, value),) for field, value in levers.items()}
    return replace(spec, scenario=spec.scenario.changed(changes), parameters=parameters)


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


def ids_of(model):
    """Ids of the living firms, row by row."""
    firms = model.economy.firms
    return firms.id[firms.rows()].tolist()


def columns_that_differ(one, other):
    """{column: ids of the firms in which it differs}, for two populations of the same firms."""
    ours, theirs = one.economy.firms, other.economy.firms
    rows, other_rows = ours.rows(), theirs.rows()
    assert ids_of(one) == ids_of(other)
    found = {}
    for name, column in ours.columns.items():
        unequal = np.atleast_2d(column[..., rows] != theirs.columns[name][..., other_rows]).any(axis=0)
        if unequal.any():
            found[name] = ours.id[rows][unequal].tolist()
    return found


# --- nothing where nothing is given ----------------------------------------------------------------------


@pytest.mark.parametrize("name", LEVERS)
def test_a_lever_at_its_value_is_not_the_model_without_it(name):
    """To the first quarter of 2020, when the last of them begins."""
    zero = spec_with({**ON, **{field: value for field, value in OFF.items() if field[0] == name}})
    on = after(17, IndustrialPolicyModel(spec_with(ON)))
    assert differences(after(17, IndustrialPolicyModel(zero)), on)


def test_offers_without_a_budget_pay_nobody():
    spec = spec_with(
        {**OFF, ("rd_subsidy", "rate"): 0.3, ("rd_subsidy", "cap"): 1e7, ("high_tech_award", "award"): 1e6}
    )
    model = after(9, IndustrialPolicyModel(spec))
    assert (
        model.series[:, [place for name, place in COLUMN.items() if name.startswith("programme_")]].sum() == 0
    )


# --- a grant moves cash only -----------------------------------------------------------------------------


def given_grants(spec, quarters, monkeypatch):
    """A run in which every third firm receives 100,000 yuan out of a programme, in three quarters."""
    order = policy_steps.order_novel_products

    def order_and_give(economy, now):
        order(economy, now)
        if economy.quarter in (2, 3, 6):
            rows = economy.firms.rows()[::3]
            programme = economy.governments.programmes["rd_subsidy"]
            programme.claim(100_000 * len(rows))
            paid = programme.disburse(economy.ledger, economy.firms, rows, np.full(len(rows), 100_000))
            assert paid.tolist() == [100_000] * len(rows)

    with monkeypatch.context() as patched:
        exchange(patched, order, order_and_give)
        return after(quarters, IndustrialPolicyModel(spec))


A_BUDGET = {("rd_subsidy", "rate"): 0.0, ("rd_subsidy", "cap"): 0.0, ("rd_subsidy", "budget"): 2e10}


def test_a_grant_moves_cash_only_when_cash_moves_no_decision(monkeypatch):
    """Value added, research and patents are the same to the yuan and the piece, firm by firm.

    Cash decides nothing when research costs no more for want of it, credit is never short and free, and
    nobody is there to be won by what prefectures can afford.
    """
    spec = spec_with(A_BUDGET, **CASH_MOVES_NOTHING, **NO_FUNDS, **NO_MOVERS)
    without, given = after(12, IndustrialPolicyModel(spec)), given_grants(spec, 12, monkeypatch)
    assert set(columns_that_differ(without, given)) == {"deposits", "loans", "default_risk"}
    moved = {
        name for name, place in COLUMN.items() if (without.series[:, place] != given.series[:, place]).any()
    }
    of_money = {"programmes_by_province", "programmes_by_prefectures", "flow_rd_subsidy_firms"}
    own = ("spending_", "revenue_", "matching_", "incentive_", "matched_")  # what prefectures can afford
    of_money |= {"home_demand_firms", "home_demand_firms_implied"}  # owners spend what closed firms leave
    moved.add("defaults")  # of so few firms the same may fail either way
    assert {name for name in moved if not name.startswith(own)} == of_money | {
        "firm_deposits", "firm_loans", "loans_new", "defaults", "programme_rd_subsidy", "budget_spending"
    }  # fmt: skip


@pytest.mark.parametrize("behaviour", CASH_MOVES_NOTHING)
def test_each_channel_from_cash_to_research_is_open_unless_it_is_shut(behaviour, monkeypatch):
    shut = {name: value for name, value in CASH_MOVES_NOTHING.items() if name != behaviour}
    spec = spec_with(A_BUDGET, **shut, **NO_FUNDS)
    without, given = after(12, IndustrialPolicyModel(spec)), given_grants(spec, 12, monkeypatch)
    other_firms_live = ids_of(without) != ids_of(given)
    assert other_firms_live or {"profit", "research"} & set(columns_that_differ(without, given))


# --- one firm: alone when markets are frozen, see tests/battery ------------------------------------------


def run_with(lever, spec, quarters, monkeypatch):
    known = sim.model.levers_in
    with monkeypatch.context() as patched:
        patched.setattr(sim.model, "levers_in", lambda scenario, year: [*known(scenario, year), lever])
        return after(quarters, IndustrialPolicyModel(spec))


class DeductionForOne(Lever):
    """A deduction that one firm alone is offered."""

    def __init__(self, member):
        self.member = member

    def offer(self, economy):
        economy.offer("super_deduction", self.name, to=economy.firms.id == self.member, addition=0.5)


def largest_researcher(spec):
    """Id of the firm that cannot move the median of its industry."""
    firms = IndustrialPolicyModel(spec).economy.firms
    rows = firms.rows()[firms.does_research[firms.rows()] == 1]
    return int(firms.id[rows[np.argmax(firms.trailing_sales[rows])]])


def test_a_lever_for_one_firm_reaches_others_through_markets_and_knowledge(monkeypatch):
    spec = spec_with(OFF)
    member = largest_researcher(spec)
    changed = run_with(DeductionForOne(member), spec, 3, monkeypatch)
    moved = columns_that_differ(after(3, IndustrialPolicyModel(spec)), changed)
    assert len(moved["log_productivity"]) > 50


# --- what each lever is for ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def end_of_2020():
    """700 firms at the end of 2020; tests branch off it."""
    return after(TO_2021, IndustrialPolicyModel(choose("no_policy", scale=0.05)))


def branch(model, quarters=1, **levers):
    """The model some quarters on, with no lever but these."""
    values = {tuple(name.split("__")): value for name, value in levers.items()}
    return after(quarters, model.branch(spec_with(values, "no_policy", since=2021, scale=0.05)))


def last(model, name):
    return model.series[-1, COLUMN[name]]


def test_a_higher_award_certifies_the_same_firms_and_more(end_of_2020):
    without = branch(end_of_2020, 2)
    award = branch(end_of_2020, 2, high_tech_award__award=2e6, high_tech_award__budget=1e10)
    certified = [
        {
            firm
            for firm, expiry in zip(firms.id.tolist(), firms.certificate_expiry.tolist(), strict=True)
            if expiry > 21
        }
        for firms in (without.economy.firms, award.economy.firms)
    ]
    assert certified[0] < certified[1]
    assert last(award, "hnte") > last(without, "hnte")


def test_a_subsidy_supports_the_margin_of_growing_uncapped_firms_and_of_no_other(end_of_2020):
    rate, cap = 0.3, 2e6
    firms = end_of_2020.economy.firms
    increase = dict(
        zip(firms.id.tolist(), (firms.research_year - firms.research_last_year).tolist(), strict=True)
    )
    known = {int(firms.id[row]) for row in firms.rows() if firms.research_last_year[row] > 0.0}
    later = branch(end_of_2020, rd_subsidy__rate=rate, rd_subsidy__cap=cap, rd_subsidy__budget=1e10)
    after_january, supported, uncapped = later.economy.firms, set(), set()
    for row in after_january.rows().tolist():
        member = int(after_january.id[row])
        if after_january.marginal_research_support[row] > 0.0:
            supported.add(member)
        if member in known and 0.0 < increment_claim.py_func(increase[member], rate, cap) < cap:
            uncapped.add(member)
    assert supported == uncapped and len(supported) > 100


def test_a_subsidy_raises_the_research_of_those_it_supports(end_of_2020):
    without = branch(end_of_2020, 3)
    subsidy = branch(end_of_2020, 3, rd_subsidy__rate=0.5, rd_subsidy__cap=1e8, rd_subsidy__budget=1e11)
    assert last(subsidy, "rd_firms_real") > last(without, "rd_firms_real")


def test_public_orders_raise_the_sales_of_the_firms_that_are_ordered_from(end_of_2020):
    without, ordered = branch(end_of_2020), branch(end_of_2020, innovation_procurement__budget=1e10)
    ours, theirs = without.economy.firms, ordered.economy.firms
    chosen = theirs.id[theirs.procurement > 0]
    living = chosen[[ours.row_or_none(int(member)) is not None for member in chosen]]
    sold = [firms.sales[firms.living_rows_of(living)].sum() for firms in (ours, theirs)]
    assert len(living) > 100 and sold[1] > sold[0]


def test_public_orders_raise_value_added_by_no_more_than_the_demand_they_buy(end_of_2020):
    without, ordered = branch(end_of_2020), branch(end_of_2020, innovation_procurement__budget=1e10)
    added = last(ordered, "technology_value_added") - last(without, "technology_value_added")
    assert 0.0 < added <= last(ordered, "programme_innovation_procurement")


FULL_MARKET = {
    "technology_market__platform": 1.0, "technology_market__centres": 4.0,
    "technology_market__deal_subsidy": 0.5, "technology_market__budget": 1e10,
}  # fmt: skip


@pytest.mark.parametrize(
    ("quarters", "levers", "paid_by"),
    [
        (2, {"high_tech_award__award": 1e6, "high_tech_award__budget": 1e10}, "high_tech_award"),
        (4, {"innovation_carriers__budget": 1e10}, "innovation_carriers"),
        (4, {"talent_introduction__award": 5e5, "talent_introduction__budget": 1e10}, "talent_introduction"),
        (2, FULL_MARKET, "technology_market"),
    ],
)
def test_money_paid_after_production_moves_no_value_added_of_its_quarter(
    quarters, levers, paid_by, end_of_2020
):
    without, paid = branch(end_of_2020, quarters), branch(end_of_2020, quarters, **levers)
    assert last(paid, f"programme_{paid_by}") > 0.0
    assert last(paid, "technology_value_added") == last(without, "technology_value_added")


AWARDS = {"talent_introduction__award": 3e5, "talent_introduction__budget": 1e10}


def test_awards_bring_talent_from_outside_and_every_one_of_those_promised_is_paid(end_of_2020):
    without, paid = branch(end_of_2020, 4), branch(end_of_2020, 4, **AWARDS)
    assert last(paid, "talent_arrived") > last(without, "talent_arrived") > 0.0
    assert last(paid, "talent_granted") == last(paid, "talent_arrived")
    assert last(paid, "programme_talent_introduction") == 3e5 * last(paid, "talent_granted")


def test_awards_go_to_as_many_as_the_money_pays_for_and_the_rest_is_carried_over(end_of_2020):
    few = branch(end_of_2020, 4, **{**AWARDS, "talent_introduction__budget": 1e8})  # 5 million at this scale
    programme = few.economy.governments.programmes["talent_introduction"]
    year = programme.close_year()
    heads, left = divmod(5_000_000 + year.carried_in, 300_000)
    assert last(few, "talent_granted") == heads >= 16
    assert year.carried_out == left


def test_where_nobody_learns_or_graduates_firms_with_research_hire_less():
    nobody = {"graduates_to_technology": 0.0, "training": 0.0, "lowest_hiring": 0.0}
    scarce = after(12, IndustrialPolicyModel(spec_with({}, **nobody)))
    plenty = after(12, IndustrialPolicyModel(spec_with({}, **NOBODY_SCARCE)))
    assert last(scarce, "skilled_workers") < last(plenty, "skilled_workers")
    assert last(scarce, "employment") < last(plenty, "employment")


def test_public_works_raise_value_added_by_no_more_than_they_buy_from_firms(end_of_2020):
    without, built = branch(end_of_2020, 2), branch(end_of_2020, 2, digital_infrastructure__budget=2e10)
    added = last(built, "technology_value_added") - last(without, "technology_value_added")
    bought = 0.2 * last(built, "programme_digital_infrastructure")
    assert bought > 0.0
    assert 0.0 < added <= bought


@pytest.mark.parametrize("how", ["budget", "voucher"])
def test_networks_and_vouchers_digitalise_firms(how, end_of_2020):
    """Two Januaries: vouchers act at once, works once they stand."""
    value = {"digital_infrastructure__budget": 2e10}
    value |= {"digital_infrastructure__voucher": 0.5} if how == "voucher" else {}
    without, more = branch(end_of_2020, 5), branch(end_of_2020, 5, **value)
    assert last(more, "digitalised") > last(without, "digitalised")


def test_a_higher_deduction_raises_research_and_tax_forgone_and_a_lower_one_the_reverse(end_of_2020):
    found = [branch(end_of_2020, 3, super_deduction__addition=value) for value in (-0.5, 0.0, 0.5)]
    for name in ("rd_firms_real", "tax_expenditure"):
        lower, usual, higher = (last(model, name) for model in found)
        assert lower < usual < higher


def test_grants_paid_raise_no_value_added_of_their_quarter(end_of_2020):
    """The plan's share of claims that is paid is known beforehand; only the payment differs here.

    A firm that the money saves goes on selling: those are compared that live on either way.
    """
    claimed = {"rd_subsidy__rate": 0.2, "rd_subsidy__cap": 1e7}
    unpaid, paid = (
        branch(end_of_2020, 4, **claimed),
        branch(end_of_2020, 4, **claimed, rd_subsidy__budget=1e10),
    )
    assert last(paid, "programme_rd_subsidy") > 0.0 == last(unpaid, "programme_rd_subsidy")
    alive = sorted(set(ids_of(paid)) & set(ids_of(unpaid)))
    firms = [model.economy.firms for model in (paid, unpaid)]
    with_grants, without = (sum(one.value_added[one.rows_of(alive)].tolist()) for one in firms)
    assert with_grants <= without


def test_matching_money_wins_more_national_carriers_on_average(end_of_2020):
    """400 rounds of 2021 with the same luck, with 10 million yuan for every candidate and with nothing."""
    economy, promoted = end_of_2020.economy, {0: 0, 10_000_000: 0}
    knowledge, valued = standing_of_hosts(economy)
    candidates = np.arange(len(economy.carriers.candidate_family))
    families = np.arange(len(economy.carriers.families.names))
    for number in range(400):
        luck = [end_of_2020.draws.uniforms(StatePurpose.CARRIER_SCORE, members + 1000 * number, 100 + place)
                for place, members in enumerate((candidates, candidates, families))]  # fmt: skip
        for grant in promoted:
            carriers = deepcopy(economy.carriers)
            carriers.nominate(knowledge, luck[0])
            carriers.national_round(
                2021, knowledge, valued, np.full(len(candidates), grant), luck[1], luck[2]
            )
            promoted[grant] += int(carriers.promoted.sum())
    assert promoted[10_000_000] > 1.02 * promoted[0] > 0.0
