"""Funds and their money: promises, calls, what is paid out, and whose the book value is; by hand."""

from types import SimpleNamespace

import numpy as np
import pytest

from agents.finance.fund_books import (
    BY_MASTER,
    BY_OUTSIDE,
    BY_PROVINCE,
    BY_REST,
    FAILED,
    SOLD,
    divide,
)
from agents.finance.fund_money import FundTerms, appetite, call_money, commit, distribute, private_supply
from agents.finance.funds import MARKET, MASTER, PRIVATE, SECTOR, FundData, FundParameters, Funds
from agents.money.flows import Flow, Sector
from agents.money.ledger import Accounts, Ledger
from agents.money.programme import Programme
from agents.numbers.shares import Shares
from scenarios.load import central_values, load_parameters

EVEN = Shares(np.ones(14))


@pytest.fixture(scope="module")
def p():
    return FundParameters(**central_values(load_parameters())["funds"])._replace(
        private_supply=2000.0, private_at_home=0.5, crowding_in=0.5, saturation=0.01, call_pace=0.5, fee=0.02,
        fee_at_home=0.5, appetite=0.0, appetite_state=2.0, appetite_restriction=1.0,
        appetite_compensation=1.0,
    )  # fmt: skip


class Province:
    """A master fund, two funds for an industry and one of the market; the treasuries are full."""

    def __init__(self, p, called=(0, 0, 0, 0)):
        self.accounts = Accounts(14, 0, 4)
        data = FundData(
            names=("master", "machines", "drugs", "venture"),
            kind=np.array([MASTER, SECTOR, SECTOR, MARKET]),
            industry=np.array([-1, 0, 4, -1]),
            weight=np.array([1.0, 0.75, 0.25, 1.0]),
            quality=np.ones(4),
            restriction=np.zeros(4),
            government_share=np.array([1.0, 0.3, 0.3, 0.0]),
            committed=np.array(called) * 2.0,
            called=np.array(called, np.float64),
        )
        self.funds = Funds(p, data, self.accounts, 1.0)
        self.ledger = Ledger(self.accounts, SimpleNamespace())
        a = self.accounts
        rich = [(a.province, 10**6), (a.prefectures, 10**6), (a.rest, 10**6)]
        self.ledger.set_opening([*rich, (a.funds, self.funds.open(self.ledger, EVEN))], 0, 10**6, 0)
        self.ledger.open_quarter(4, 10**6, 0)
        self.programme = Programme(
            "guidance_funds", Flow.FUND_CALL, (1.0, 0, 0, 0), 0.6, 14, carries_over=True
        )
        self.programme.open_quarter(2017)

    def budget(self, yuan):
        self.programme.appropriate(yuan, 2017)
        self.programme.release(0)

    def raise_money(self, budget, share, compensation=0.0, supply=1000.0):
        self.budget(2 * budget)
        commit(self.funds, FundTerms(budget, share, compensation), supply)
        call_money(self.funds, self.programme, self.ledger, EVEN)
        self.funds.revalue(self.ledger)

    def cash(self):
        return self.funds.cash(self.ledger).tolist()


@pytest.fixture
def province(p):
    return Province(p)


def test_private_partners_shun_the_state_and_its_rules_and_like_to_be_compensated(p):
    assert appetite(0.0, 0.0, 0.0, p) == 0.5
    assert appetite(0.5, 0.0, 0.0, p) == pytest.approx(1.0 / (1.0 + np.e))
    assert appetite(0.9, 0.0, 0.0, p) < appetite(0.5, 0.0, 0.0, p)
    assert appetite(0.5, 0.5, 0.0, p) < appetite(0.5, 0.0, 0.0, p) < appetite(0.5, 0.0, 0.5, p)


def test_public_money_draws_private_money_in_while_funds_are_few_and_out_when_they_are_many(province):
    assert private_supply(province.funds, 0, 1e6) == 1000.0
    province.funds.placed_by_governments = 100
    assert private_supply(province.funds, 0, 1e6) == 1050.0
    assert private_supply(province.funds, 5000, 1e6) == 1025.0
    assert private_supply(province.funds, 20_000, 1e6) == 950.0


def test_promises_of_state_and_private_partners_stand_in_the_shares_of_the_terms(province):
    province.raise_money(100, 0.4)
    committed = province.funds.committed
    # 100 yuan of the state beside 150 private ones, by the weights of the funds; the market gets the rest
    assert committed[1:3, BY_MASTER].tolist() == [75, 25]
    assert committed[1:3, PRIVATE].sum(axis=1).tolist() == pytest.approx([112, 38], abs=1)
    assert committed[3, PRIVATE].sum() == 850


def test_where_private_partners_are_few_the_state_cannot_place_its_money(province, p):
    province.raise_money(1000, 0.1)
    willing = 1000.0 * appetite(0.1, 0.0, 0.0, p)
    assert province.funds.committed[1:3, PRIVATE].sum() == pytest.approx(willing, abs=2)
    assert province.funds.committed[1:3, BY_MASTER].sum() == pytest.approx(willing / 9.0, abs=2)


@pytest.mark.parametrize(("share", "state", "private"), [(1.0, 100, 0), (0.0, 0, 500)])
def test_the_extremes_of_the_states_share(province, share, state, private):
    province.raise_money(100, share)
    assert province.funds.committed[1:3, BY_MASTER].sum() == state
    assert province.funds.committed[1:3, PRIVATE].sum() == private


def test_half_of_what_is_promised_is_called_and_every_yuan_of_the_state_leaves_its_deposits(province):
    before = province.ledger.balance.copy()
    province.raise_money(100_000, 0.4, supply=1e6)
    moved, a = province.ledger.balance - before, province.accounts
    called = int(province.funds.paid_in[1:3, BY_MASTER].sum())
    assert called == 50_000
    assert int(moved[a.province] + moved[a.prefectures].sum()) == -called
    assert moved[a.province] == -province.funds.paid_in[0, BY_PROVINCE] == pytest.approx(-30_000, abs=14)
    assert province.programme.disbursed_now == province.programme.received_now == called
    assert province.cash()[0] == 0
    assert province.cash()[3] == province.funds.paid_in[3].sum() == 425_000


def test_the_states_money_shows_as_shares_it_holds(province):
    province.raise_money(100_000, 0.4, supply=1e6)
    ledger, a = province.ledger, province.accounts
    held = int(ledger.shares[a.province] + ledger.shares[a.prefectures].sum())
    assert held == pytest.approx(province.programme.disbursed_now, abs=3)
    assert ledger.shares.sum() == 0
    assert ledger.shares[a.rest] == pytest.approx(province.funds.paid_in[:, BY_REST].sum(), abs=3)


def test_a_master_fund_without_budget_pays_what_it_has_and_no_more(province):
    commit(province.funds, FundTerms(100, 0.4, 0.0), 1000.0)
    call_money(province.funds, province.programme, province.ledger, EVEN)
    assert province.funds.paid_in[:, BY_MASTER].sum() == 0
    assert province.funds.paid_in[1:3, PRIVATE].sum() > 0


def buy(province, cost):
    """Fund 1 buys a tenth of firm 7."""
    province.funds.buy(province.ledger, np.array([1]), np.array([cost]))
    province.funds.stakes.add(firm=[7], fund=[1], cost=[cost], quarter=[0], row=[3], share=[0.1])


def ended(funds, how, proceeds):
    """All stakes end in the same way."""
    endings = funds.stakes.endings()
    endings.ended[:], endings.proceeds[:] = how, proceeds
    return endings


def with_proceeds(p, amount, compensation=0.0):
    """A fund, paid in 30,000 by the state and 70,000 by others, sold a stake that cost 60,000."""
    province = Province(p, called=(60_000, 100_000, 0, 0))
    funds, ledger = province.funds, province.ledger
    buy(province, 60_000)
    funds.receive(ledger, ended(funds, SOLD, amount), Flow.EQUITY_EXIT)
    distribute(funds, ledger, compensation)
    funds.revalue(ledger)
    return province


def test_proceeds_go_to_the_holders_by_what_they_paid_in_and_through_the_master_fund_to_governments(p):
    province = with_proceeds(p, 200_000)
    funds, ledger = province.funds, province.ledger
    assert funds.distributed[1, [BY_MASTER, BY_REST, BY_OUTSIDE]].tolist() == [60_000, 70_000, 70_000]
    assert funds.distributed[0].sum() == 60_000
    assert funds.distributed[0, BY_PROVINCE] == pytest.approx(30_000, abs=14)
    assert funds.gains[1] == 140_000
    assert ledger.paid(Sector.OUTSIDE, Sector.FUNDS, Flow.EQUITY_EXIT) == 200_000
    assert (
        ledger.paid(Sector.FUNDS, Sector.PROVINCE, Flow.FUND_DISTRIBUTION)
        == funds.distributed[0, BY_PROVINCE]
    )
    assert ledger.equity.sum() == ledger.shares.sum() == 0


def test_book_value_is_what_was_paid_in_less_paid_out_plus_gains(p):
    funds = (province := with_proceeds(p, 200_000)).funds
    worth = funds.net_assets(funds.cash(province.ledger))
    # the fund: 100 - 60 + 200 - 200; the master fund: 60 - 30 in cash, and three tenths of the fund
    assert worth[:2].tolist() == [42_000, 40_000]
    assert (worth == funds.paid_in.sum(axis=1) - funds.distributed.sum(axis=1) + funds.gains).all()


def test_with_compensation_the_state_waits_until_private_partners_have_their_money_back(p):
    plain, compensated = with_proceeds(p, 40_000), with_proceeds(p, 40_000, compensation=0.5)
    assert plain.funds.distributed[1, BY_MASTER] == 12_000
    assert compensated.funds.distributed[1, BY_MASTER] == 6000
    assert compensated.funds.distributed[1].sum() == plain.funds.distributed[1].sum() == 40_000
    rich = with_proceeds(p, 400_000, compensation=0.5)
    assert rich.funds.distributed[1, BY_MASTER] == 120_000  # nobody lacks anything


def test_a_stake_that_is_written_off_is_a_loss_and_ends_the_equity(p):
    province = Province(p, called=(30, 100, 0, 0))
    funds, ledger = province.funds, province.ledger
    buy(province, 60)
    assert (ledger.equity[funds.account[1]], ledger.equity[province.accounts.firms]) == (60, -60)
    funds.receive(ledger, ended(funds, FAILED, 0), Flow.EQUITY_EXIT)
    assert funds.gains[1] == -60 and len(funds.stakes) == 0
    assert (funds.count.exits, funds.count.failures) == (0, 1)
    assert not ledger.equity.any()


def test_managers_take_half_a_years_fee_of_what_stakes_cost_but_not_more_than_there_is(p):
    province = Province(p, called=(30_000, 100_000, 0, 0))
    funds, ledger, a = province.funds, province.ledger, province.accounts
    funds.stakes.add(firm=[7], fund=[1], cost=[50_000], quarter=[0], row=[3], share=[0.1])
    funds.pay_fees(ledger, a.households.start)
    assert funds.fees_paid[1] == 500 and ledger.balance[a.households.start] == 250
    ledger.post(int(funds.account[1]), a.rest, 99_400, Flow.FUND_FEE)
    funds.pay_fees(ledger, a.households.start)
    assert funds.fees_paid[1] == 600 and province.cash()[1] == 0


@pytest.mark.parametrize(
    ("amount", "divided"), [(100, [34, 33, 33]), (-100, [-32, -34, -34]), (1, [1, 0, 0]), (0, [0, 0, 0])]
)
def test_amounts_are_divided_exactly_also_losses(amount, divided):
    weights, parts = np.zeros((2, 18), np.int64)
    weights[[1, 5, 17]] = 1
    divide(amount, weights, parts)
    assert parts.sum() == amount
    assert parts[[1, 5, 17]].tolist() == divided


def test_stakes_stay_sorted_by_firm_and_those_that_end_are_forgotten(province):
    stakes = province.funds.stakes
    stakes.add(firm=[9, 4], fund=[1, 2], cost=[5, 6], quarter=[0, 0], share=[0.1, 0.2], row=[1, 0])
    stakes.add(firm=[7], fund=[3], cost=[8], quarter=[1], share=[0.3], row=[2])
    assert (stakes.firm.tolist(), stakes.share.tolist()) == ([4, 7, 9], [0.2, 0.3, 0.1])
    stakes.keep(np.array([True, False, True]))
    assert (stakes.fund.tolist(), stakes.cost.tolist(), stakes.row.tolist()) == ([2, 1], [6, 5], [0, 1])
