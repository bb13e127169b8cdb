"""A new lever of a known family is two files, and what firms claim on it is paid by its own programme."""

import sys
from dataclasses import replace
from importlib import import_module

import numpy as np
import pytest

import scenarios.levers
from agents.money.flows import AccountingError
from scenarios.lever import Lever, read_lever
from scenarios.load import load_levers
from sim.model import IndustrialPolicyModel, choose
from sim.quarter import PARTS, quarter
from sim.state import identities

BEGIN = import_module("sim.state.begin")  # by name: the package calls its function the same
NAME = "small_firm_voucher"
MODULE = '''"""A voucher for the research of small firms."""

from dataclasses import dataclass

from scenarios.lever import Lever


@dataclass(frozen=True)
class SmallFirmVoucher(Lever):
    rate: float
    largest_staff: float
    budget: float

    def offer(self, economy):
        small = economy.firms.labour <= self.largest_staff
        economy.offer("research_support", self.name, to=small, rate=self.rate, cap=1e6)
'''
FILE = """
id: L90
label: {en: voucher for small firms, zh: 小微企业创新券}
plan: []
measures: []
reason: an example of a test
thrust: none
authority: province
programme: {account: GRANT_RD, rule: alike}
evidence: []
rate: {unit: share, range: [0, 0.5], values: {"2016": 0.05}, status: assumption, source: a test}
largest_staff: {unit: workers, range: [0, 1000], values: {"2016": 100}, status: assumption, source: a test}
budget: {unit: yuan/year, range: [0, 1.0e10], values: {"2016": 5.0e9}, status: assumption, source: a test}
"""


@pytest.fixture
def with_voucher(tmp_path, monkeypatch):
    """The description of a run with the lever, once its module and its file lie in place."""
    (tmp_path / f"{NAME}.py").write_text(MODULE)
    (tmp_path / f"{NAME}.yaml").write_text(FILE)
    monkeypatch.setattr(scenarios.levers, "__path__", [*scenarios.levers.__path__, str(tmp_path)])
    monkeypatch.delitem(sys.modules, f"scenarios.levers.{NAME}", raising=False)
    lever = read_lever(tmp_path / f"{NAME}.yaml")
    monkeypatch.setattr(BEGIN, "load_levers", lambda: {**load_levers(), NAME: lever})
    spec = choose(scale=0.02)
    values = {key: number.dated for key, number in lever.fields.items()}
    levers = {**spec.scenario.levers, NAME: values}
    return replace(spec, scenario=replace(spec.scenario, levers=levers))


def seen(spec, quarters):
    """The model after some quarters, and what was claimed, paid, cut and withdrawn by programme."""
    model, sums = IndustrialPolicyModel(spec), {}
    for _ in range(quarters):
        model.step()
        for name, one in model.economy.governments.programmes.items():
            now = np.array([one.claimed_now, one.disbursed_now, one.cut_now, one.withdrawn_now])
            sums[name] = sums.get(name, 0) + now
    return model, sums


FIRST_PAID = 12  # quarters: firms know the increase of a year at the beginning of 2018
NO_SUBSIDY = {("rd_subsidy", field): ((2016, 0.0),) for field in ("rate", "cap", "budget")}


def test_what_is_claimed_on_a_new_lever_is_paid_by_its_programme_and_by_no_other(with_voucher):
    alone = replace(with_voucher, scenario=with_voucher.scenario.changed(NO_SUBSIDY))
    model, sums = seen(alone, FIRST_PAID)
    claimed, paid, cut, withdrawn = sums[NAME].tolist()
    assert claimed > 1e5 and paid > 0.5 * claimed
    assert claimed == paid + cut + withdrawn
    assert sums["rd_subsidy"].tolist() == [0, 0, 0, 0]
    counted = model.spec.scenario.public_cost() - choose().scenario.changed(NO_SUBSIDY).public_cost()
    assert counted == 5 * 5e9


def test_what_two_programmes_offer_is_paid_by_both_as_they_offered_it(with_voucher):
    model, sums = seen(with_voucher, FIRST_PAID)
    of_voucher, of_all = (sums[name][0] for name in (NAME, "rd_subsidy"))
    assert 0 < of_voucher < 0.5 * of_all  # half the rate, and for small firms alone
    for name in (NAME, "rd_subsidy"):
        claimed, *decided = sums[name].tolist()
        assert claimed == sum(decided) and model.economy.governments.programmes[name].waiting == 0


def test_large_firms_are_offered_nothing_that_is_meant_for_small_ones(with_voucher):
    model, _ = seen(with_voucher, 1)
    offers, firms = model.economy.offers, model.economy.firms
    (voucher,) = [offer for offer in offers.made if offer.lever == NAME]
    meant = np.isin(firms.id[firms.rows()], voucher.to)
    rates = firms.research_support_rate[firms.rows()]
    assert set(rates[meant]) == {0.05} and set(rates[~meant]) == {0.0} and meant.any() and not meant.all()


def test_without_its_programme_the_model_refuses_the_lever_in_its_first_quarter(with_voucher, monkeypatch):
    monkeypatch.setattr(BEGIN, "load_levers", load_levers)
    with pytest.raises(ValueError, match=f"{NAME}: offers research_support, and has no programme that pays"):
        IndustrialPolicyModel(with_voucher).step()


# --- the identity ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_spring():
    """Two quarters of 2019: claims on the subsidy wait."""
    model = IndustrialPolicyModel(choose(scale=0.02))
    for _ in range(14):
        model.step()
    return model


@pytest.fixture
def economy(in_spring):
    return in_spring.branch(in_spring.spec).economy


def broken(message):
    return pytest.raises(AccountingError, match=f"^{message}$")


def test_claims_wait_from_january_until_they_are_decided(economy):
    programme = economy.governments.programmes["rd_subsidy"]
    assert programme.waiting == economy.standing.waiting == economy.firms.grant_claim.sum() > 0
    identities.check_claims(economy, 13)


def test_a_claim_that_came_to_nothing_is_found(economy):
    economy.governments.programmes["high_tech_award"].claimed_now += 5
    with broken("I4 claims fails: account high_tech_award, quarter 13: 5 off"):
        identities.check_claims(economy, 13)


def test_a_payment_that_nobody_claimed_is_found(economy):
    economy.governments.programmes["high_tech_award"].disbursed_now += 5
    with broken("I4 claims fails: account high_tech_award, quarter 13: -5 off"):
        identities.check_claims(economy, 13)


def test_a_claim_that_waits_with_nobody_is_found(economy):
    programme = economy.governments.programmes["high_tech_award"]
    programme.claim(5)
    with broken("I4 claims waiting fails: account high_tech_award, quarter 13: 5 off"):
        identities.check_claims(economy, 13)


def test_a_claim_of_a_firm_that_no_programme_knows_is_found(economy):
    economy.firms.grant_claim[economy.firms.rows()[0]] += 5
    with broken("I4 claims waiting fails: account firms, quarter 13: -5 off"):
        identities.check_claims(economy, 13)


def test_a_budget_on_which_nothing_was_offered_is_found(economy):
    programme = economy.governments.programmes["high_tech_award"]
    offers = economy.offers.by_family
    for family, made in offers.items():
        offers[family] = [one for one in made if one.programme is not programme]
    with broken(
        f"I4 budget without an offer fails: account high_tech_award, quarter 13: {programme.appropriated} off"
    ):
        identities.check_claims(economy, 13)


def test_the_check_of_a_quarter_includes_them(economy):
    economy.quarter -= 1  # the next has begun
    economy.governments.programmes["high_tech_award"].claimed_now += 5
    with broken("I4 claims fails: account high_tech_award, quarter 13: 5 off"):
        PARTS.check(economy)


class ByHand(Lever):
    """A lever that writes a column instead of offering."""

    def offer(self, economy):
        economy.firms.certification_award[:] += 1e5


def test_a_lever_that_writes_a_column_by_hand_is_refused(in_spring):
    model = in_spring.branch(in_spring.spec)
    with pytest.raises(AccountingError, match="certification_award was written by hand"):
        quarter(model.economy, model.moment([ByHand()]))
