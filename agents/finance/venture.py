"""The market for venture capital: firms that seek money, funds that choose among them, firms that refuse."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.finance.fund_books import FAILED, SOLD
from agents.numbers.elementary import exp_, normal_quantile, pow_, yuan
from agents.numbers.search import place_among

MARKS = 65536  # places of a table that tells most strangers apart by a mixture of the bits of their ids


class Seekers(NamedTuple):
    """Firms that seek money, one entry each; scratch of a round."""

    row: np.ndarray
    industry: np.ndarray
    performance: np.ndarray  # log points above the mean firm of the industry
    rank: np.ndarray  # of the performance among those who seek, in (0, 1)
    luck: np.ndarray  # of the answer to an offer
    fund: np.ndarray  # that looks at the firm, -1: none
    signal: np.ndarray  # performance as the fund sees it


class Deals(NamedTuple):
    """What came of each seeker's offer: yuan paid, share sold, 1 if it refused."""

    amount: np.ndarray
    share: np.ndarray
    refused: np.ndarray


class Candidates(NamedTuple):
    """Firms that may seek money, in the order of their rows, and their luck in it."""

    row: np.ndarray
    selection: np.ndarray
    acceptance: np.ndarray


class IndustryMeans(NamedTuple):
    """Means over the firms of each industry [log]."""

    productivity: np.ndarray
    quality: np.ndarray


def no_seekers(number: int) -> Seekers:
    """Room for a number of seekers."""
    row, industry, fund = np.zeros((3, number), np.int64)
    performance, rank, luck, signal = np.zeros((4, number))
    return Seekers(row, industry, performance, rank, luck, fund, signal)


def no_deals(number: int) -> Deals:
    """Nothing agreed with any of a number of seekers."""
    return Deals(np.zeros(number, np.int64), np.zeros(number), np.zeros(number, np.int64))


@rule
def need_of_money(deposits, trailing_sales, p):
    """How short of cash a firm is, in (0, 1]: 1 without any, less the more months of sales it holds."""
    return exp_(-max(float(deposits), 0.0) / max(p.seek_cash * trailing_sales, 1.0))


@rule
def acceptance(need, government_share, is_private, rank, p):
    """Chance that a firm takes an offer.

    Private firms dislike investors of the state, the best of them most.
    Source: Colonnelli, Li and Liu (2024), JPE 132.
    """
    score = p.accept_constant + p.accept_need * need - p.accept_dislike * government_share * is_private * rank
    return 1.0 / (1.0 + exp_(-score))


@rule
def value_added_by_fund(government_share, quality, p):
    """What an investor's advice and contacts add [log points]: most for mixed funds, least for the state.

    Source: Brander, Du and Hellmann (2015), Review of Finance 19.
    """
    share = government_share
    return quality * max(0.0, p.value_private + p.value_mixed * share - p.value_state * share * share)


@rule
def ticket(trailing_sales, cash, p):
    """What a fund puts into a firm [yuan]: by the firm's size, within bounds and the fund's cash."""
    return min(yuan(min(p.largest_ticket, max(p.smallest_ticket, p.ticket_share * trailing_sales))), cash)


@rule
def share_sold(amount, trailing_sales, p):
    """Share of a firm that an amount [yuan] of new equity buys at its price, a multiple of annual sales."""
    return amount / (amount + p.price_to_sales * max(trailing_sales, 1.0))


@rule
def proceeds_of(share, trailing_sales, luck, p):
    """What a stake brings when it is sold outside [yuan]: by the firm's sales, very unevenly.

    Log-normal around the price by sales: a tenth of the exits brings most of the money.
    """
    spread = p.proceeds_spread
    return (
        share
        * p.price_to_sales
        * trailing_sales
        * exp_(spread * normal_quantile(luck) - 0.5 * spread * spread)
    )


@stage
def list_seekers(firms, p, candidates, held, stops, means, seekers):
    """Who of the candidates seeks money; returns how many. They do research, are neither too small nor too
    large, and have no fund yet.

    held: rows of firms with a fund, rising. stops: where industries end.
    """
    seeking, fund, k = 0, 0, 0
    for j in range(len(candidates.row)):
        i = candidates.row[j]
        while fund < len(held) and held[fund] < i:
            fund += 1
        has_fund = fund < len(held) and held[fund] == i
        sales = firms.trailing_sales[i]
        fits = firms.does_research[i] == 1 and p.smallest_sales <= sales <= p.largest_sales
        chance = p.seek_rate * need_of_money(firms.deposits[i], sales, p)
        if has_fund or not fits or candidates.selection[j] >= chance:
            continue
        while i >= stops[k]:
            k += 1
        seekers.row[seeking] = i
        seekers.industry[seeking] = k
        seekers.luck[seeking] = candidates.acceptance[j]
        productivity = firms.log_productivity[i] - means.productivity[k]
        seekers.performance[seeking] = productivity + firms.log_quality[i] - means.quality[k]
        seeking += 1
    return seeking


def by_rank(values: np.ndarray) -> np.ndarray:
    """Places of the values in rising order, the earlier of equal ones first [int64]."""
    order = np.argsort(values)  # much faster than a stable sort, and the same unless two values are equal
    ranked = values[order]
    return np.argsort(values, kind="stable") if (ranked[1:] == ranked[:-1]).any() else order


def marks_of(ids: np.ndarray) -> np.ndarray:
    """1 at the marks of the ids, 0 elsewhere [int8]; shape (MARKS,)."""
    marks = np.zeros(MARKS, np.int8)
    set_marks(ids, marks)
    return marks


@stage
def set_marks(ids, marks):
    """Sets the marks of the ids to 1."""
    for n in range(len(ids)):
        marks[mark_of(ids[n])] = 1


@rule
def mark_of(id):
    """The place of a firm's id in a table of marks: multiplicative hashing of two halves, Knuth (1973)."""
    low, high = id & 0xFFFFFF, (id >> 24) & 0xFFFFFFFFFF
    return ((low * 40503 ^ high * 60493) >> 8) & (MARKS - 1)


@rule
def place_of(ids, marks, wanted):
    """Where an id stands among sorted ids, -1 if nowhere. marks: those of the ids, and maybe others."""
    return place_among(ids, wanted) if marks[mark_of(wanted)] != 0 else -1


@stage
def find_members(ids, starts, stops, wanted, marks, rows):
    """Rows of the members with the sorted ids `wanted`, -1 for those who are gone."""
    for j in range(len(rows)):
        rows[j] = -1
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            place = place_of(wanted, marks, ids[i])
            if place >= 0:
                rows[place] = i


@stage
def meet_funds(p, luck, noise, of_industry, cash, quality, money, total, seekers):
    """Each seeker meets one of the funds that invest in its industry and have money, the richer the likelier.

    of_industry: industry of each fund, -1 any, -2 none. luck, noise: uniforms by seeker.
    money, total: scratch by industry, the former also by fund.
    """
    for k in range(len(total)):
        total[k] = 0.0
        for f in range(len(cash)):
            money[k, f] = money_for(of_industry[f], k, cash[f], p)
            total[k] += money[k, f]
    for s in range(len(seekers.row)):
        k = seekers.industry[s]
        left = luck[s] * total[k]
        seekers.fund[s] = -1
        for f in range(len(cash)):
            if money[k, f] > 0.0 and left >= 0.0:
                seekers.fund[s] = f
            left -= money[k, f]
        if seekers.fund[s] >= 0:
            error = p.selection_noise / quality[seekers.fund[s]] * normal_quantile(noise[s])
            seekers.signal[s] = seekers.performance[s] + error


@rule
def money_for(of_industry, industry, cash, p):
    """Cash [yuan] of a fund for a firm of an industry; nothing below the smallest ticket."""
    fits = of_industry == -1 or of_industry == industry
    return float(cash) if fits and float(cash) >= p.smallest_ticket else 0.0


@stage
def make_deals(firms, p, order, cash, government_share, seekers, deals):
    """Funds make offers, the most promising seeker first, until their cash is used; firms accept or refuse.

    order: seekers who met a fund, by falling signal. cash: of each fund, what deals take is taken off.
    """
    for j in range(len(order)):
        s = order[j]
        f, i = seekers.fund[s], seekers.row[s]
        if float(cash[f]) < p.smallest_ticket:
            continue
        sales = firms.trailing_sales[i]
        private = 1.0 if firms.ownership[i] == 0 else 0.0
        need = need_of_money(firms.deposits[i], sales, p)
        if seekers.luck[s] >= acceptance(need, government_share[f], private, seekers.rank[s], p):
            deals.refused[s] = 1
            continue
        deals.amount[s] = ticket(sales, cash[f], p)
        deals.share[s] = share_sold(float(deals.amount[s]), sales, p)
        cash[f] -= deals.amount[s]


@stage
def invest(firms, p, government_share, quality, seekers, deals):
    """Money and advice of the funds reach the firms: deposits, customers won, quality."""
    for s in range(len(seekers.row)):
        if deals.amount[s] == 0:
            continue
        i, f = seekers.row[s], seekers.fund[s]
        gain = value_added_by_fund(government_share[f], quality[f], p)
        firms.deposits[i] += deals.amount[s]
        firms.log_customer_capital[i] += p.value_on_customers * gain
        firms.log_quality[i] += (1.0 - p.value_on_customers) * gain


@stage
def end_stakes(p, luck, luck_of_price, sales, stakes):
    """Which stakes end in a half-year and what they bring.

    sales: trailing ones by row of the firms. Hazards are per quarter; a stake is looked at every second.
    """
    sold, failed = 1.0 - pow_(1.0 - p.exit_hazard, 2.0), 1.0 - pow_(1.0 - p.failure_hazard, 2.0)
    for n in range(len(luck)):
        if luck[n] < sold:
            stakes.ended[n] = SOLD
            proceeds = proceeds_of(stakes.share[n], sales[stakes.row[n]], luck_of_price[n], p)
            stakes.proceeds[n] = yuan(proceeds)
        elif luck[n] >= 1.0 - failed:
            stakes.ended[n] = FAILED


@stage
def liquidate_stakes(firms, rows, left, stakes, marks, liquidation):
    """Stakes in the leaving firms in `rows` fail, for their share in what all owners get, `left` [yuan].

    marks: of the firms with a stake. What funds get is taken from what owners get by prefecture,
    `liquidation` [yuan]. Returns how many stakes failed.
    """
    found = 0
    for j in range(len(rows)):
        i = rows[j]
        n = place_of(stakes.firm, marks, firms.id[i])
        if n >= 0:
            stakes.ended[n] = FAILED
            stakes.proceeds[n] = int(stakes.share[n] * float(left[j]))
            liquidation[firms.prefecture[i]] -= stakes.proceeds[n]
            found += 1
    return found
