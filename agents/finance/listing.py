"""Listing on a stock exchange: who prepares for it, who is listed, and what a firm does with the money.

How many firms are listed in a year is rationed: exchanges and their regulator let in so many of a province
that has so many candidates. Who they are, profit, size, age and luck say. More firms that are counselled make
more listed ones, as far as counselling makes a candidate.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.numbers.elementary import log_, yuan

PRIVATE, COUNSELLED, LISTED = range(3)


class ListingParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/listing.yaml."""

    listed_2015: float
    usual_listings: float
    reserve: float
    least_profit: float
    least_age: float
    profit_weight: float
    size_weight: float
    age_weight: float
    counselling_years: float
    counselling_cost: float
    readiness: float
    float_share: float
    large_value: float
    large_float_share: float
    price_to_profit: float
    research_share: float
    capital_share: float


@rule
def standing(profit, log_sales, age, p):
    """Log odds of a firm among candidates: higher for the profitable, large and old ones.

    profit: yuan/year, above zero. age: years.
    """
    of_size = p.profit_weight * log_(profit / p.least_profit) + p.size_weight * log_sales
    return of_size + p.age_weight * min(age, 10.0)


@rule
def candidate_key(odds, luck):
    """The firms with the highest keys come first. The noise is Gumbel: sampling without replacement."""
    return odds - log_(-log_(luck))


@stage
def weigh_candidates(firms, p, quarter, rows, odds):
    """Writes the standing of each firm in `rows`; profits count from the least that is asked for."""
    for n in range(len(rows)):
        i = rows[n]
        age, profit = 0.25 * (quarter - firms.entry_quarter[i]), max(firms.profit[i], p.least_profit)
        odds[n] = standing(profit, firms.log_sales[i], age, p)


@stage
def draw_candidates(odds, luck, keys):
    """Writes the key of each firm from its standing and its luck."""
    for n in range(len(odds)):
        keys[n] = candidate_key(odds[n], luck[n])


@rule
def proceeds_of_listing(profit, p):
    """What new shares bring [yuan]: the share that is sold, of the firm's value with the money in it.

    profit: yuan/year, which the regulator lets be sold at a multiple. Large firms sell a smaller share.
    """
    value = p.price_to_profit * max(profit, 0.0)
    sold = p.float_share if value <= p.large_value else p.large_float_share
    return sold / (1.0 - sold) * value


@stage
def raise_equity(firms, p, arrival, price, rows, proceeds, spent):
    """Firms in `rows` are listed: buyers of shares pay; a part is tied to research and a part buys machines.

    price: of capital. arrival: quarter in which what is ordered arrives. Writes what each gets [yuan], and
    adds what is paid for machines to `spent` [prefecture]. What is left is cash, as the firm's other money.
    """
    for n in range(len(rows)):
        i = rows[n]
        firms.listing[i] = LISTED
        firms.counselled_until[i] = 0
        proceeds[n] = yuan(proceeds_of_listing(firms.profit[i], p))
        machines = yuan(p.capital_share * float(proceeds[n]))
        firms.deposits[i] += proceeds[n] - machines
        firms.pending_capital[i] += float(machines) / price
        firms.pending_due[i] = max(firms.pending_due[i], arrival)
        spent[firms.prefecture[i]] += machines
        firms.earmarked[i] += p.research_share * float(proceeds[n])


def usual_share(p: ListingParameters, counselled_beyond: float, scale: float) -> float:
    """Firms that are expected to be listed in a year, with so many counselled beyond the usual ones.

    A firm counselled because of a programme comes to be listed as often as the usual candidate, times how far
    counselling makes a candidate (`readiness`).
    """
    usual = p.usual_listings * scale
    return usual * (1.0 + p.readiness * counselled_beyond / max(p.reserve * scale, 1e-9))


class Listing:
    """Firms on their way to an exchange; their stage stands with the firm.

    beyond: ids of the firms that programmes counsel beyond the usual reserve.
    new, proceeds: of the quarter: firms listed, yuan raised. counselled_now: firms that programmes took in.
    listed, before: firms listed, as counted last and the quarter before. left: those that closed since.
    """

    def __init__(self, parameters: ListingParameters, scale: float) -> None:
        self.parameters = parameters
        self.scale = scale
        self.beyond = np.zeros(0, np.int64)
        self.new = self.proceeds = self.counselled_now = 0
        self.listed = self.before = self.left = 0

    def open_quarter(self) -> None:
        """Counts begin anew."""
        self.new = self.proceeds = self.counselled_now = self.left = 0
        self.before = self.listed

    def whole(self, number: float) -> int:
        """So many firms of the real province, at the model's scale and whole."""
        return round(number * self.scale)
