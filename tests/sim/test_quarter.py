"""One quarter: what happens when, whose luck it is, and that nothing is created."""

import numpy as np
import pytest

import sim.firms.entry
from agents.money.flows import AccountingError
from agents.science.other_owners import OtherOwners
from agents.science.patent_ages import PatentAges
from sim.firms.entry import SPIN_OFFS, line_up
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose

COLUMN = series_of().column
YEARS = 6


def model_of(scenario="plan", **rest):
    return IndustrialPolicyModel(choose(scenario, **{"scale": 0.01, **rest}))


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


@pytest.fixture(scope="module")
def by_quarter():
    """Six years of series, shape (year, quarter of the year), by name."""
    series = after(4 * YEARS, model_of()).series
    return {name: series[:, place].reshape(YEARS, 4) for name, place in COLUMN.items()}


def with_one_more(cell, quarter, monkeypatch, quarters=6):
    """A model in which one quarter and cell sees one entrant more."""
    counted = sim.firms.entry.entrants

    def one_more(economy, draws, last_cells, beyond=1.0):
        counts = counted(economy, draws, last_cells, beyond)
        if economy.quarter == quarter:
            counts.reshape(-1)[cell] += 1
        return counts

    with monkeypatch.context() as patched:
        patched.setattr(sim.firms.entry, "entrants", one_more)
        return after(quarters, model_of())


def test_entrants_stand_by_industry_and_place_and_after_them_those_on_inventions():
    ordinary = np.zeros((9, 14), np.int64)
    ordinary[0, [0, 2]], ordinary[1, 0] = (2, 1), 1
    places, lift = np.empty((3, 7), np.int64), np.empty(7)
    usual = np.zeros((9, 14))
    usual[0, 2] = 0.05
    numbers = np.array([SPIN_OFFS, SPIN_OFFS + 1, SPIN_OFFS])
    line_up(ordinary, usual, np.array([2, 2, 15]), numbers, np.array([0.1, 0.2, 0.3]), places, lift)
    industries, prefectures, ordinals = places.tolist()
    assert industries == [0, 0, 0, 0, 0, 1, 1]
    assert prefectures == [0, 0, 2, 2, 2, 0, 1]
    assert ordinals == [0, 1, 0, SPIN_OFFS, SPIN_OFFS + 1, 0, SPIN_OFFS]
    assert lift.tolist() == [0.0, 0.0, 0.05, 0.1, 0.2, 0.0, 0.3]


def luck_by_id(model, quarter):
    """Every draw of a quarter of every firm."""
    firms = model.economy.firms
    drawn = np.array(model.luck.of_quarter(firms, quarter))
    due = np.array(list(model.luck.when_due(firms, quarter).values()))
    return {int(firms.id[row]): (*drawn[:, row].tolist(), *due[:, row].tolist()) for row in firms.rows()}


PERMANENT = (
    "log_research_propensity",
    "log_patent_propensity",
    "intellectual_property_test",
    "ownership",
    "prefecture",
)


def traits_by_id(model):
    firms = model.economy.firms
    return {int(firms.id[row]): [firms.columns[name][row] for name in PERMANENT] for row in firms.rows()}


@pytest.mark.parametrize("cell", [0, 40, 125])
def test_an_extra_entrant_changes_nobody_elses_luck(cell, monkeypatch):
    usual, fuller = after(12, model_of()), with_one_more(cell, 3, monkeypatch, 12)
    came = [model.series[3, COLUMN["entrants"]] for model in (usual, fuller)]
    assert came[1] == came[0] + 1
    ours, theirs = luck_by_id(usual, 12), luck_by_id(fuller, 12)
    common = ours.keys() & theirs.keys()
    assert len(common) > 100 and all(ours[member] == theirs[member] for member in common)


def test_an_extra_entrant_changes_nobody_elses_permanent_traits(monkeypatch):
    """Those who enter later, in its cell and elsewhere, included.

    Who begins research is inclined to what its size asks, and what it sells to others depends on all of them.
    """
    ours, theirs = traits_by_id(after(6, model_of())), traits_by_id(with_one_more(3, 1, monkeypatch))
    common = ours.keys() & theirs.keys()
    assert all(ours[member] == pytest.approx(theirs[member], rel=1e-5) for member in common)


def test_no_two_firms_share_their_luck():
    drawn = list(luck_by_id(after(6, model_of()), 6).values())
    assert len(set(drawn)) == len(drawn)


def test_ids_are_never_given_twice():
    model, seen = model_of(replication=3), set()
    firms = model.economy.firms
    for _ in range(12):
        before = set(firms.id[firms.rows()].tolist())
        model.step()
        came = set(firms.id[firms.rows()].tolist()) - before
        assert not came & seen
        seen |= before | came


def test_certificates_are_given_in_the_second_and_fourth_quarter(by_quarter):
    new = by_quarter["hnte_new"].sum(axis=0)
    assert (new[[0, 2]] == 0).all() and (new[[1, 3]] > 0).all()


def test_awards_are_paid_when_certificates_are_given(by_quarter):
    assert (by_quarter["programme_high_tech_award"].sum(axis=0)[[0, 2]] == 0).all()
    assert (by_quarter["programme_high_tech_award"][:, [1, 3]].sum(axis=0) > 0).all()


def test_research_grants_are_paid_in_the_fourth_quarter_from_2018_on(by_quarter):
    paid = by_quarter["programme_rd_subsidy"]
    assert paid[:, :3].sum() == 0 and paid[:2].sum() == 0 and (paid[2:, 3] > 0).all()


def test_public_orders_are_placed_in_every_quarter(by_quarter):
    assert (by_quarter["programme_innovation_procurement"] > 0).all()


def test_carriers_change_in_the_fourth_quarter_only(by_quarter):
    carriers = by_quarter["carriers_wide"]
    assert (carriers[:, :3] == carriers[:, :1]).all()
    assert (np.diff(carriers[:, 3]) != 0).any()


def test_firms_come_and_go_in_every_year(by_quarter):
    assert (by_quarter["entrants"].sum(axis=1) > 0).all() and (by_quarter["exits"].sum(axis=1) > 0).all()


def test_offers_lapse_at_the_end_of_a_scheme():
    model = after(21, model_of("no_policy"))
    assert not model.economy.firms.certification_award.any()
    assert not model.economy.firms.research_support_rate.any()


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("deposits", "firms, quarter 2: opening deposits differ from the books by 1000 yuan"),
        ("loans", "firms, quarter 2: opening loans differ from the books by 1000 yuan"),
        ("patents", "I8 count fails: account patents, quarter 2: -1000 off"),
    ],
)
def test_what_appears_from_nowhere_between_two_quarters_is_found(column, message):
    model = after(2, model_of())
    firms = model.economy.firms
    chosen = firms.rows()[np.argmax(firms.trailing_sales[firms.rows()])]
    firms.columns[column][chosen] += 1_000
    with pytest.raises(AccountingError, match=message):
        model.step()


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("valid", "I8 count fails: account patents of others, quarter 2: -3 off"),
        ("high_value", "I8 count fails: account high-value patents of others, quarter 2: -3 off"),
    ],
)
def test_an_invention_of_other_owners_from_nowhere_is_found(what, message):
    model = after(2, model_of())
    others = model.economy.of(OtherOwners)
    move = others.pass_quarter

    def with_more(*arguments):
        move(*arguments)
        setattr(others, what, getattr(others, what) + 3)

    others.pass_quarter = with_more
    with pytest.raises(AccountingError, match=message):
        model.step()


def test_inventions_of_each_owner_add_up_to_those_in_force():
    model = after(4, model_of())
    economy = model.economy
    others, institutions = economy.of(OtherOwners), economy.universities
    held = (economy.firms.patents[economy.firms.rows()].sum(), institutions.valid.sum(), others.valid)
    assert others.valid > 0
    assert model.latest("patents_valid") == sum(held)
    assert model.latest("patents_other_owners") == others.valid


def test_ages_of_inventions_add_to_one_and_more_turn_ten_each_year():
    model = model_of(scale=0.05)  # every kind of owner holds some that are not of high value
    first = model.economy.of(PatentAges).maturing.copy()
    after(4, model)
    ages = model.economy.of(PatentAges)
    assert ages.shares.sum(axis=1) == pytest.approx(np.ones(4))
    assert (ages.maturing != first).all() and (ages.maturing > 0.0).all()


def test_a_firm_added_from_outside_is_found():
    model = after(2, model_of())
    model.economy.firms.add(0, [2**31 - 5], prefecture=np.array([1]), trailing_sales=1e6, log_sales=13.8)
    with pytest.raises(AccountingError, match="I8"):
        model.step()
