"""The books of the funds, and the loops that write them: whole yuan, exactly divided.

What the loops do and when: agents/finance/funds.py and agents/finance/fund_money.py.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import stage
from agents.money.posting import pay
from agents.numbers.shares import MILLION, rounded_down

# Holders of shares, as columns: the master fund, province, prefectures, the rest of the province, outside
BY_MASTER, BY_PROVINCE, BY_REST, BY_OUTSIDE = 0, 1, -2, -1
SOLD, FAILED = 1, 2  # how a stake ends


@kept
class FundBooks(NamedTuple):
    """The arrays of the books, one entry a fund; the first is the master fund.

    account, holder_account: the ledger's numbers of funds and of holders.
    committed, paid_in, distributed: yuan since the beginning, shape (funds, holders).
    held: book value of each holder's shares [yuan], likewise.
    gains, fees_paid: yuan since the beginning. undistributed: proceeds not yet paid out [yuan].
    """

    account: np.ndarray
    holder_account: np.ndarray
    committed: np.ndarray
    paid_in: np.ndarray
    distributed: np.ndarray
    held: np.ndarray
    gains: np.ndarray
    fees_paid: np.ndarray
    undistributed: np.ndarray


class Endings(NamedTuple):
    """Stakes and how each ends, one entry a stake: columns of `Stakes`, and what is found.

    ended: SOLD, FAILED, 0 if it goes on. proceeds: yuan.
    """

    firm: np.ndarray
    fund: np.ndarray
    cost: np.ndarray
    share: np.ndarray
    row: np.ndarray
    ended: np.ndarray
    proceeds: np.ndarray


@stage
def divide(amount, weights, parts):
    """Divides an amount [yuan], a loss too, by whole weights; what rounding leaves goes to the largest."""
    whole, largest, left = 0, 0, amount
    for n in range(len(weights)):
        whole += weights[n]
    for n in range(len(weights)):
        share = weights[n] * MILLION // max(whole, 1)
        parts[n] = rounded_down(amount, share)
        left -= parts[n]
        if weights[n] > weights[largest]:
            largest = n
    parts[largest] += left


@stage
def add_up_cost(stakes_of, cost, total):
    """Adds the cost of every stake [yuan] to the `total` of its fund."""
    for n in range(len(cost)):
        total[stakes_of[n]] += cost[n]


@stage
def value(funds, worth, shares):
    """Sets what every holder's shares are worth, by what it paid in, and writes the ledger's `shares`.

    worth: deposits and cost of stakes of each fund [yuan]. The master fund gains what its shares in other
    funds are worth beyond what it put in and got back.
    """
    in_funds, put_in = 0, 0
    for fund in range(len(worth)):
        if fund > 0:
            divide(worth[fund], funds.paid_in[fund], funds.held[fund])
        in_funds += funds.held[fund, BY_MASTER]
        put_in += funds.paid_in[fund, BY_MASTER] - funds.distributed[fund, BY_MASTER]
    if len(worth) > 0:
        funds.gains[0] = in_funds - put_in
        divide(worth[0] + in_funds, funds.paid_in[0], funds.held[0])
    for account in range(len(shares)):
        shares[account] = 0
    for fund in range(len(worth)):
        for holder in range(len(funds.holder_account)):
            held = funds.held[fund, holder]
            shares[funds.holder_account[holder]] += held
            shares[funds.account[fund]] -= held


@stage
def charge(books, funds, due, at_home, home, outside, code, now):
    """Each fund pays what is `due`, the part `at_home` to one account [yuan]; adds it up in `now` by fund."""
    for fund in range(len(due)):
        pay(books, funds.account[fund], home, at_home[fund], code)
    for fund in range(len(due)):
        pay(books, funds.account[fund], outside, due[fund] - at_home[fund], code)
        funds.fees_paid[fund] += due[fund]
        now[fund] += due[fund]


@stage
def take_proceeds(books, funds, equity, endings, firms, outside, code, now):
    """Books the stakes that ended and their proceeds [yuan]; returns how many were sold and how many failed.

    firms, outside: their accounts. now: proceeds by fund. A buyer outside takes a stake over, a firm that
    fails pays what is left and its equity ends.
    """
    sold, failed = 0, 0
    for n in range(len(endings.ended)):
        if endings.ended[n] == 0:
            continue
        was_sold = endings.ended[n] == SOLD
        sold += was_sold
        failed += endings.ended[n] == FAILED
        payer = outside if was_sold else firms
        fund, cost, proceeds = endings.fund[n], endings.cost[n], endings.proceeds[n]
        account = funds.account[fund]
        pay(books, payer, account, proceeds, code)
        equity[account] -= cost
        equity[payer] += cost
        funds.gains[fund] += proceeds - cost
        funds.undistributed[fund] += proceeds
        now[fund] += proceeds
    return sold, failed


@stage
def buy_equity(books, funds, equity, buyers, amounts, firms, code, now):
    """Funds pay for new equity of firms [yuan], deal by deal; adds it up in `now` by fund."""
    for n in range(len(amounts)):
        account = funds.account[buyers[n]]
        pay(books, account, firms, amounts[n], code)
        equity[account] += amounts[n]
        equity[firms] -= amounts[n]
        now[buyers[n]] += amounts[n]


@stage
def share_proceeds(funds, balance, parts):
    """Parts of holders [yuan] in the proceeds of every fund but the master fund, by what they paid in."""
    for fund in range(1, len(funds.account)):
        amount = min(funds.undistributed[fund], balance[funds.account[fund]])
        divide(amount, funds.paid_in[fund], parts[fund])


@stage
def pay_out(books, funds, parts, code, now):
    """Pays the holders their parts [yuan], and adds them up in `now` by fund.

    The master fund passes on what it gets.
    """
    for fund in range(1, len(parts)):
        pay_holders(books, funds, fund, parts[fund], code, now)
    passed = 0
    for fund in range(1, len(parts)):
        passed += parts[fund, BY_MASTER]
        funds.undistributed[fund] = 0
    funds.undistributed[0] = 0
    divide(passed, funds.paid_in[0], parts[0])
    pay_holders(books, funds, 0, parts[0], code, now)


@stage
def pay_holders(books, funds, fund, parts, code, now):
    """Pays the holders of one fund."""
    for holder in range(len(parts)):
        pay(books, funds.account[fund], funds.holder_account[holder], parts[holder], code)
        funds.distributed[fund, holder] += parts[holder]
        now[fund] += parts[holder]


@stage
def call_due(funds, pace, due):
    """What each fund but the master fund calls of its promises [yuan]: `pace` millionths of what is left."""
    for fund in range(1, len(funds.account)):
        for holder in range(len(funds.holder_account)):
            left = funds.committed[fund, holder] - funds.paid_in[fund, holder]
            due[fund, holder] = rounded_down(left, pace)


@stage
def pay_calls(books, funds, due, code, now):
    """The master fund and private holders pay what is `due` [yuan]; adds it up in `now` by fund."""
    for holder in range(len(funds.holder_account)):
        if BY_MASTER < holder < len(funds.holder_account) + BY_REST:
            continue  # governments pay into the master fund alone
        for fund in range(len(funds.account)):
            pay(books, funds.holder_account[holder], funds.account[fund], due[fund, holder], code)
    for fund in range(len(funds.account)):
        for holder in range(len(funds.holder_account)):
            funds.paid_in[fund, holder] += due[fund, holder]
            now[fund] += due[fund, holder]
