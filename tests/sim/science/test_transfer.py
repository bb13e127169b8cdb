"""Technology transfer in the model as a whole: who gets the money, who is founded, and what must add up."""

from dataclasses import replace

import numpy as np
import pytest
from another_calendar import exchange

from agents.money.families import TECHNOLOGY_TRANSFER
from agents.money.flows import AccountingError, Flow, Sector
from agents.numbers.shares import MILLION, parts_of
from experiments.evidence.trials.replication import Replication, log_percent
from sim.firms.entry import SPIN_OFFS
from sim.indicators import series_of
from sim.luck.ids import ORDINAL_BITS
from sim.model import IndustrialPolicyModel, choose
from sim.science import transfer as transfer_steps
from sim.science.identities import check_inventions, check_licences, check_transfer
from sim.science.luck import SciencePurpose

COLUMN = series_of().column
SCALE = 0.05
POLICY = "technology_market"


def spec_with(since=2016, parameters=(), **levers):
    """A baseline run with other values of levers, named lever__field, and of parameters, by file."""
    spec = choose(scale=SCALE)
    values = {group: dict(known) for group, known in spec.parameters.items()}
    for group, changes in dict(parameters).items():
        values[group].update(changes)
    changed = {tuple(name.split("__")): ((since, value),) for name, value in levers.items()}
    return replace(spec, scenario=spec.scenario.changed(changed), parameters=values)


def after(quarters, model):
    for _ in range(quarters):
        model.step()
    return model


def last(model, name):
    return model.series[-1, COLUMN[name]]


BUSY = {POLICY: {"matching_rate": 0.2, "outside_rate": 0.1}, "inventions": {"spin_off_rate": 0.02}}


@pytest.fixture(scope="module")
def busy():
    """A market in which much happens every quarter, after six of them."""
    return after(6, IndustrialPolicyModel(spec_with(parameters=BUSY)))


@pytest.fixture(scope="module")
def series():
    """Five years of the baseline, mean over replications: who sells what where hangs on luck in one."""
    runs = [after(20, IndustrialPolicyModel(choose(scale=SCALE, replication=n))) for n in range(4)]
    recorded = np.mean([model.series for model in runs], axis=0)
    return {name: recorded[:, place] for name, place in COLUMN.items()}


# --- money -----------------------------------------------------------------------------------------------


def test_licence_income_is_what_firms_and_buyers_outside_paid(busy):
    ledger = busy.economy.ledger
    paid = [ledger.paid(payer, Sector.UNIVERSITIES, Flow.LICENCE) for payer in (Sector.FIRMS, Sector.OUTSIDE)]
    assert min(paid) > 0
    assert last(busy, "licence_income") == sum(paid)
    assert last(busy, "licence_income_in_province") == paid[0]


def test_inventors_get_their_share_and_live_where_their_institution_stands(busy):
    economy = busy.economy
    income = economy.technology.licence_income
    share = transfer_steps.inventor_share(economy)
    assert share == 0.7
    assert economy.technology.of_inventors.tolist() == parts_of(income, round(share * MILLION)).tolist()
    assert last(busy, "inventor_income") == pytest.approx(0.7 * last(busy, "licence_income"), rel=1e-4)


def test_what_inventors_do_not_get_is_spent_on_research(busy, monkeypatch):
    kept = busy.economy.technology.income + busy.economy.technology.income_outside
    kept = int((kept - busy.economy.technology.of_inventors).sum())
    traded = after(5, IndustrialPolicyModel(spec_with(parameters=BUSY)))
    exchange(monkeypatch, transfer_steps.trade_technology, lambda *_: None)
    without = traded.branch(traded.spec)
    without.step()
    assert last(busy, "rd_universities") + last(busy, "rd_institutes") == kept + (
        last(without, "rd_universities") + last(without, "rd_institutes")
    )


def test_a_licence_adds_to_no_value_added(busy, monkeypatch):
    traded = after(5, IndustrialPolicyModel(spec_with(parameters=BUSY)))
    exchange(monkeypatch, transfer_steps.trade_technology, lambda *_: None)
    without = traded.branch(traded.spec)
    without.step()
    assert last(without, "technology_value_added") == last(busy, "technology_value_added")
    assert last(without, "licence_income") == 0.0


# --- platform and subsidy --------------------------------------------------------------------------------

PLATFORM = {"technology_market__platform": 1.0, "technology_market__deal_subsidy": 0.0}


@pytest.mark.parametrize(("budget", "works"), [(1e8, 1.0), (5e7, 0.5), (0.0, 0.0), (1e9, 1.0)])
def test_the_platform_works_as_far_as_it_is_paid_for(budget, works):
    levers = {**PLATFORM, "technology_market__budget": budget}
    model = after(3, IndustrialPolicyModel(spec_with(parameters={POLICY: {"platform_cost": 1e8}}, **levers)))
    assert model.economy.technology.platform == pytest.approx(works, abs=1e-6)
    spent = model.series[:, COLUMN["programme_technology_market"]].sum()
    assert spent == pytest.approx(min(budget, 1e8) * 0.7 * SCALE, rel=1e-6)  # 15, 25 and 30 % of the year


def test_buyers_get_back_the_share_of_the_price(busy):
    levers = {"technology_market__deal_subsidy": 0.2, "technology_market__budget": 1e10}
    model = after(4, IndustrialPolicyModel(spec_with(parameters=BUSY, **levers)))
    paid = model.series[:, COLUMN["licence_income_in_province"]]
    back = model.series[:, COLUMN["programme_technology_market"]]
    assert back == pytest.approx(0.2 * paid, abs=200) and back.sum() > 0


def test_a_subsidy_that_runs_out_is_divided_and_expected_so_the_next_time():
    levers = {"technology_market__deal_subsidy": 0.2, "technology_market__budget": 1e6}
    economy = after(4, IndustrialPolicyModel(spec_with(parameters=BUSY, **levers))).economy
    assert 0.0 < economy.technology.subsidy_paid < 1.0
    assert economy.technology.meeting(economy.offers.of(TECHNOLOGY_TRANSFER), 1.0).subsidy < 0.2


# --- firms founded on inventions -------------------------------------------------------------------------


def is_spin_off(ids):
    return (ids & ((1 << ORDINAL_BITS) - 1)) >= SPIN_OFFS


def test_firms_founded_on_inventions_are_entrants_apart_from_all_others(busy):
    firms = busy.economy.firms
    ours = firms.rows()[is_spin_off(firms.id[firms.rows()])]
    founded = busy.series[:, COLUMN["spin_offs"]].sum()
    assert 0 < len(ours) <= founded
    assert (firms.entry_quarter[ours] >= 0).all()
    assert (busy.series[:, COLUMN["spin_offs"]] <= busy.series[:, COLUMN["entrants"]]).all()


def test_they_do_research_in_a_field_of_an_institution_of_the_place(busy):
    economy, firms = busy.economy, busy.economy.firms
    ours = firms.rows()[is_spin_off(firms.id[firms.rows()])]
    assert (firms.does_research[ours] == 1).all()
    for row, industry in zip(ours.tolist(), firms.segment_of(ours).tolist(), strict=True):
        here = economy.universities.prefecture == firms.prefecture[row]
        assert economy.universities.fields[here, industry].max() > 0.0


def test_they_are_better_by_what_they_were_founded_on(busy):
    """Beside the same firms founded on inventions of hardly any use."""
    plain = {**BUSY, "inventions": {**BUSY["inventions"], "spin_off_gain": 1e-6}}
    firms = [busy.economy.firms, after(6, IndustrialPolicyModel(spec_with(parameters=plain))).economy.firms]
    ids = [set(one.id[one.rows()][is_spin_off(one.id[one.rows()])].tolist()) for one in firms]
    common = np.array(sorted(ids[0] & ids[1]))
    assert len(common) > 3
    for trait in ("log_productivity", "log_quality"):
        lifted, usual = (getattr(one, trait)[one.rows_of(common)] for one in firms)
        assert (lifted - usual).mean() > 0.0


def test_a_firm_founded_on_an_invention_changes_nobody_elses_luck_or_traits(busy):
    none = {**BUSY, "inventions": {"spin_off_rate": 0.0}}
    other = after(6, IndustrialPolicyModel(spec_with(parameters=none)))
    firms, theirs = busy.economy.firms, other.economy.firms
    assert not is_spin_off(theirs.id[theirs.rows()]).any()
    common = [i for i in firms.id[firms.rows()].tolist() if theirs.row_or_none(i) is not None]
    assert len(common) > 500
    rows, others = firms.living_rows_of(np.array(common)), theirs.living_rows_of(np.array(common))
    for name in ("log_patent_propensity", "ownership", "emerging_share", "intellectual_property_test"):
        assert (firms.columns[name][rows] == theirs.columns[name][others]).all()
    drawn = (firms.does_research[rows] == 0) & (theirs.does_research[others] == 0)
    assert drawn.sum() > 300  # whoever takes up research is lifted to what its size asks
    assert (firms.log_research_propensity[rows] == theirs.log_research_propensity[others])[drawn].all()


# --- the inventors' share --------------------------------------------------------------------------------


def test_a_larger_share_makes_the_same_inventions_better():
    usual = after(1, IndustrialPolicyModel(spec_with()))
    more = after(1, IndustrialPolicyModel(spec_with(inventor_share__share=0.8)))
    new = [model.economy.inventions.since == 0 for model in (usual, more)]
    ids = [model.economy.inventions.id[mine] for model, mine in zip((usual, more), new, strict=True)]
    assert ids[0].tolist() == ids[1].tolist() and len(ids[0]) > 2
    quality = [m.economy.inventions.quality[mine] for m, mine in zip((usual, more), new, strict=True)]
    assert (quality[1] > quality[0]).all()


def test_better_inventions_are_sold_to_the_same_firms_for_more(busy):
    """Quality moves prices and lets more pairs agree, and never whom an invention meets."""
    economy = busy.economy
    market, inventions = economy.technology, economy.inventions
    luck = transfer_steps.luck_for(busy.draws, SciencePurpose.TECHNOLOGY_MATCH, 6)
    deals = []
    for factor in (1.0, 1.05):
        offers = transfer_steps.offers_of(economy)._replace(quality=factor * inventions.quality)
        meeting = market.meeting(economy.offers.of(TECHNOLOGY_TRANSFER), 1.0)
        seekers = market.seekers(economy.firms, economy.behaviour, 6, 1.0, luck)
        partner = market.pair(offers, seekers, meeting, luck(inventions.id))
        deals.append((partner, market.bargain(offers, seekers, partner, economy.firms, meeting)))
    (met, usual), (same, better) = deals
    assert met.tolist() == same.tolist()
    now = dict(zip(better.place.tolist(), better.price.tolist(), strict=True))
    before = dict(zip(usual.place.tolist(), usual.price.tolist(), strict=True))
    assert before and all(now[place] > price for place, price in before.items())
    assert (better.price_outside > usual.price_outside).all()


def test_ten_points_more_raise_quality_and_not_the_number_of_inventions():
    """By how much licence income rises, `sanxiang evidence inventors` says."""
    p, share, found = choose().parameters, log_percent(0.8, 0.7), []
    for number in range(4):
        one = Replication(p, number, scale=0.1)
        base, more = one.usual, one.course({("inventor_share", "share"): 0.8})
        better = log_percent(more.mean("invention_quality"), base.mean("invention_quality"))
        names = ("disclosures", "licence_income", "inventor_income")
        found.append([better, *(log_percent(more.total(name), base.total(name)) for name in names)])
    quality, count, income, theirs = np.mean(found, axis=0)
    assert quality == pytest.approx(p["inventions"]["quality_incentive"] * share, abs=0.5)
    assert abs(count) < 2.0
    assert theirs - income == pytest.approx(share, abs=0.5)


def test_without_a_rule_of_the_province_the_law_holds():
    model = after(1, IndustrialPolicyModel(spec_with(inventor_share__share=0.0)))
    assert transfer_steps.inventor_share(model.economy) == 0.5


# --- published figures -----------------------------------------------------------------------------------


def by_year(values):
    return values.reshape(5, 4).sum(axis=1) / SCALE / 1e8


def test_registered_contracts_of_2020_have_the_published_order(series):
    published = {2016: 105.62, 2017: 203.11, 2018: 281.7, 2019: 490.69, 2020: 735.95}
    assert by_year(series["contracts_registered"]) == pytest.approx(list(published.values()), rel=0.25)
    of_universities = by_year(series["contracts_registered_universities"])
    assert of_universities[2:] == pytest.approx([7.83, 11.69, 14.46], rel=0.3)


def test_regions_add_up_to_all_registered_contracts_and_the_core_has_most_of_them(series):
    groups = [by_year(values) for name, values in series.items() if name.startswith("contracts_registered_")
              and not name.endswith("universities")]  # fmt: skip
    total = by_year(series["contracts_registered"])
    assert sum(groups) == pytest.approx(total)
    assert (groups[0] > 0.6 * total).all()


def test_the_core_has_the_published_share_of_the_contracts_of_2019():
    """In the whole province, where the share differs by a point between runs; in a small one by five."""
    model = after(16, IndustrialPolicyModel(choose()))
    registered, core = (
        model.series[12:, COLUMN[name]].sum()
        for name in ("contracts_registered", "contracts_registered_changzhutan")
    )
    assert core / registered == pytest.approx(0.8256, abs=0.03)


def test_licences_by_region_add_up(series):
    groups = [values for name, values in series.items() if name.startswith("licences_")
              and name != "licences_outside"]  # fmt: skip
    assert (sum(groups) == series["licences"]).all() and series["licences"].sum() > 10


def test_a_shelf_of_inventions_is_there_when_2016_begins():
    economy = IndustrialPolicyModel(choose(scale=SCALE)).economy
    since = economy.inventions.since
    assert since.min() == -12 and since.max() == -1
    assert economy.universities.research.sum() == 0


# --- identities ------------------------------------------------------------------------------------------


def test_every_identity_holds_in_a_busy_market(busy):
    check_transfer(busy.economy)
    assert busy.economy.inventions.moved["licensed"] > 0 < busy.economy.inventions.moved["licensed_outside"]


@pytest.mark.parametrize(
    ("part", "name", "message"),
    [
        ("technology", "income", "I2 licences fails: account firms, quarter 5: -7 off"),
        ("technology", "income_outside", "I2 licences fails: account outside, quarter 5: -7 off"),
        ("technology", "of_inventors", "I2 inventors' share fails: account universities, quarter 5: -7 off"),
        ("technology", "deals", "I8 count fails: account licences, quarter 5: 7 off"),
    ],
)
def test_licences_counted_wrongly_are_reported(part, name, message, busy):
    economy = IndustrialPolicyModel.branch(busy, busy.spec).economy
    economy.quarter = 5
    getattr(getattr(economy, part), name)[0] += 7
    with pytest.raises(AccountingError, match=message):
        check_transfer(economy)


def test_licence_money_that_nobody_received_is_reported(busy):
    economy = IndustrialPolicyModel.branch(busy, busy.spec).economy
    ledger = economy.ledger
    first = ledger.accounts.first_university
    ledger.post(ledger.accounts.outside, first, 11, Flow.LICENCE)
    with pytest.raises(AccountingError, match="I2 licences fails: account outside, quarter 5: 11 off"):
        check_licences(ledger, economy.technology, 5)


def test_an_invention_that_vanished_is_reported(busy):
    inventions = IndustrialPolicyModel.branch(busy, busy.spec).economy.inventions
    inventions.opening += 1
    with pytest.raises(AccountingError, match="I8 count fails: account inventions, quarter 5: 1 off"):
        check_inventions(inventions, 5)


def test_a_spin_off_that_was_not_founded_is_reported(busy):
    economy = IndustrialPolicyModel.branch(busy, busy.spec).economy
    economy.counts.spin_offs -= 1
    with pytest.raises(AccountingError, match="account firms on inventions, quarter 6: -1 off"):
        check_transfer(economy)
