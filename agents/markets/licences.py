"""Licences: what an invention is worth to its buyer, the price that is bargained, what the buyer gains."""

from typing import NamedTuple

import numpy as np

from agents.compiled import rule, stage
from agents.elementary import log_, yuan
from agents.firms.innovation import absorption

OF_BUYERS = (
    "deposits", "log_productivity", "log_quality", "knowledge", "log_knowledge", "research", "trailing_sales",
)  # fmt: skip


class Deals(NamedTuple):
    """Licences of a quarter to firms of the province, one element each, and to buyers outside.

    place: of the invention in the inventory. row: of the buyer. price: yuan. gain: log productivity.
    """

    place: np.ndarray
    row: np.ndarray
    price: np.ndarray
    gain: np.ndarray
    place_outside: np.ndarray
    price_outside: np.ndarray


@rule
def licence_gain(quality, fit, absorbed, sales, price, p):
    """Rise of the buyer's log productivity: an invention serves a part of the sales of a large firm.

    quality: 1 is the mean. fit: 1 in its own field. absorbed: absorptive capacity. sales: yuan a year.
    """
    served = p.invention_reach * price
    return min(p.largest_gain, p.invention_gain * quality * fit * absorbed * served / (served + sales))


@rule
def value_to_buyer(gain, sales, p):
    """What a gain in productivity is worth to the buyer [yuan]: the cost it saves until it is obsolete."""
    return p.valuation_years * gain * sales


@rule
def reservation_value(quality, price, p):
    """Least price [yuan] at which the university gives a licence away."""
    return p.reservation * p.valuation_years * p.invention_gain * quality * p.invention_reach * price


@rule
def bargained_price(value, least, subsidy, power):
    """Licence price [yuan], or 0 if there is nothing to gain: the seller gets `power` of the joint surplus.

    value: to the buyer after search cost, of which a subsidy on the price leaves more for both.
    Source: Nash (1950), the bargaining problem.
    """
    most = value / (1.0 - subsidy)
    return least + power * (most - least) if most > least else 0.0


@stage
def agree(offers, seekers, partner, firms, meeting, p, prices, gains):
    """Bargains between each offer and its seeker: price [yuan], 0 where there is no deal, and gain.

    There is none if the joint surplus is not positive, or the buyer's cash does not reach.
    """
    for j in range(len(partner)):
        n = partner[j]
        if n < 0:
            continue
        i, v = seekers.row[n], offers.quality[j]
        fit = 1.0 if seekers.field[n] == offers.field[j] else p.other_field
        sales = firms.trailing_sales[i]
        gains[j] = licence_gain(v, fit, seekers.absorbed[n], sales, meeting.price, p)
        cost = meeting.search_cost[offers.prefecture[j], seekers.prefecture[n]]
        value = value_to_buyer(gains[j], sales, p) - cost
        least = reservation_value(v, meeting.price, p)
        price = bargained_price(value, least, meeting.subsidy, p.bargaining_power)
        affordable = price <= p.cash_share * max(float(firms.deposits[i]), 0.0)
        prices[j] = yuan(price) if affordable else 0


@stage
def sell_outside(offers, outside, price, p, prices):
    """Price [yuan] of each invention marked with 1, taken by a firm of the usual size outside."""
    for j in range(len(outside)):
        if outside[j] == 1:
            sales = p.invention_reach * price
            gain = licence_gain(offers.quality[j], 1.0, p.outside_absorption, sales, price, p)
            least = reservation_value(offers.quality[j], price, p)
            prices[j] = yuan(bargained_price(value_to_buyer(gain, sales, p), least, 0.0, p.bargaining_power))


@stage
def use_licences(firms, rows, prices, gains, behaviour, p, price):
    """Buyers pay out of their deposits; productivity, quality and knowledge rise by what they absorb."""
    for n in range(len(rows)):
        i = rows[n]
        firms.deposits[i] -= prices[n]
        firms.log_productivity[i] += gains[n]
        firms.log_quality[i] += behaviour.quality_share * gains[n]
        absorbed = absorption(firms.research[i], firms.trailing_sales[i], behaviour)
        firms.knowledge[i] += p.licensed_knowledge * absorbed * float(prices[n]) / price
        firms.log_knowledge[i] = log_(max(firms.knowledge[i], 1.0))
