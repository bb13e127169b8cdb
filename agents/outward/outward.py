"""Markets outside the country that firms enter with support: who asks for it, what it brings, what is lost.

What firms sell abroad without support is in their sales already. Twice a year a programme refunds a share of
what it costs small firms to try one more market for half a year. Not every try succeeds; customers won there
are customers, which price and quality keep or lose as at home, and some markets are lost every year.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.distributions import low_half
from agents.numbers.elementary import exp_

OLD_ENOUGH = 4  # quarters
MOST_MARKETS = 20  # of one firm
HALF = 0.5  # of a year, from one call to the next
PATIENCE = 0.1  # share/year at which firms discount what a market brings


@kept
class OutwardParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/outward.yaml."""

    reach: float
    success: float
    customers: float
    lost: float
    learning: float
    anyway: float


@rule
def worth_of_market(sales, markup, s):
    """What a try is worth to a firm [yuan]: the margin on sales won, as long as they last.

    sales: yuan/year.
    """
    won = s.success * s.customers * sales
    return won * markup / (1.0 + markup) / (s.lost + PATIENCE)


@rule
def applies(luck, sales, markup, refunded, cost, s):
    """0 if the firm does not ask for support, 1 if it does and enters because of it, 2 if it would anyway.

    refunded: share of the cost [yuan] of entering a market. Who gains without support would partly have gone
    without it; a programme cannot tell. Selection by expected gain: Roberts and Tybout (1997), AER 87.
    """
    worth = worth_of_market(sales, markup, s)
    if luck >= HALF * s.reach * refunded or worth < (1.0 - refunded) * cost:
        return 0
    return 2 if worth >= cost and low_half(luck) < s.anyway else 1


@stage
def list_applicants(firms, starts, stops, luck, quarter, bounds, s, rows):
    """Writes the rows of the small firms that ask for support, and whether they enter because of it.

    bounds: most sales, share refunded, cost of a market. Firms of their industry's mean productivity and more
    alone come: exporters are the better ones (Melitz 2003, Econometrica 71). Returns how many there are.
    """
    most_sales, refunded, cost = bounds
    found = 0
    for k in range(len(starts)):
        mean = 0.0
        for i in range(starts[k], stops[k]):
            mean += firms.log_productivity[i]
        mean /= float(max(stops[k] - starts[k], 1))
        for i in range(starts[k], stops[k]):
            young = quarter - firms.entry_quarter[i] < OLD_ENOUGH
            small = firms.trailing_sales[i] <= most_sales
            if young or not small or firms.log_productivity[i] < mean:
                continue
            answer = applies(luck[i], firms.trailing_sales[i], firms.markup[i], refunded, cost, s)
            if answer > 0:
                rows[0, found], rows[1, found] = i, answer
                found += 1
    return found


@rule
def markets_lost(markets, luck, s):
    """How many of its markets a firm loses in half a year: their expected number, whole by the draw."""
    return min(markets, int(HALF * s.lost * float(markets) + luck))


@stage
def sell_abroad(firms, rows, tried, kept, s, moves):
    """Half a year in markets abroad of the firms in `rows`: tries succeed or not, some markets are lost.

    tried, kept: draws. moves: adds up markets won and lost.
    """
    for n in range(len(rows)):
        i = rows[n]
        before = firms.destinations[i]
        lost = markets_lost(before, kept[n], s)
        succeeded = (firms.entering[i] > 0) & (tried[n] < s.success) & (before < MOST_MARKETS)
        won = 1 if succeeded else 0
        firms.destinations[i] = before - lost + won
        firms.entering[i] = 0
        firms.log_customer_capital[i] += s.customers * float(won - lost)
        firms.log_quality[i] += s.learning if (won == 1) & (before == 0) else 0.0
        moves[0] += won
        moves[1] += lost


@rule
def sold_abroad(sales, markets, s):
    """The part of its sales [yuan] that a firm makes in the markets it has won with support."""
    return sales * (1.0 - exp_(-s.customers * float(markets)))


@stage
def sum_abroad(firms, rows, s):
    """Yearly sales [yuan] of the firms in `rows` in the markets they have won with support."""
    total = 0.0
    for n in range(len(rows)):
        i = rows[n]
        total += sold_abroad(firms.trailing_sales[i], firms.destinations[i], s)
    return total


class Outward:
    """Support for markets abroad.

    active: whether any firm may have a market or try to enter one. markets: how many firms should have.
    Of the quarter: applied, served and additional, firms that asked, got support and enter because of it;
    won, lost, closed: markets, the last with firms that close. refunded: yuan.
    sales: yearly sales in markets won with support [yuan], firms: how many have one or try, when last seen.
    """

    def __init__(self, parameters: OutwardParameters) -> None:
        self.parameters, self.active = parameters, False
        self.sales, self.firms, self.markets = 0.0, 0, 0
        self.open_quarter()

    def open_quarter(self) -> None:
        """Counts begin anew."""
        self.applied = self.served = self.additional = self.refunded = 0
        self.won = self.lost = self.closed = 0

    def note_moves(self, moves: np.ndarray) -> None:
        """Markets won and lost in half a year."""
        self.won, self.lost = (int(one) for one in moves.tolist())
        self.markets += self.won - self.lost

    def note_closed(self, markets: int) -> None:
        """Markets that go with firms that close."""
        self.closed += markets
        self.markets -= markets
