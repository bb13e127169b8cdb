"""Licences: what an invention is worth to its buyer, the price that is bargained, what the buyer gains."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.firms.innovation import absorption
from agents.numbers.elementary import log_, yuan

NOBODY, OUTSIDE = -1, -2  # partners of an invention that no firm of the province takes


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


@rule
def agree(quality, fit, absorbed, sales, deposits, search_cost, subsidy, price, p):
    """Price [yuan] and gain that an offer and its seeker agree on, a price of 0 if there is no deal.

    There is none if the joint surplus is not positive, or the buyer's cash does not reach.
    """
    gain = licence_gain(quality, fit, absorbed, sales, price, p)
    value = value_to_buyer(gain, sales, p) - search_cost
    asked = bargained_price(value, reservation_value(quality, price, p), subsidy, p.bargaining_power)
    return yuan(asked) if asked <= p.cash_share * max(float(deposits), 0.0) else 0, gain


@rule
def price_outside(quality, price, p):
    """Price [yuan] at which a firm of the usual size outside takes an invention, 0 if it does not."""
    sales = p.invention_reach * price
    value = value_to_buyer(licence_gain(quality, 1.0, p.outside_absorption, sales, price, p), sales, p)
    return yuan(bargained_price(value, reservation_value(quality, price, p), 0.0, p.bargaining_power))


@stage
def bargain(offers, seekers, partner, firms, meeting, p, deals):
    """Writes what offers and their partners agree on; returns how many deals here, and how many outside."""
    agreed, sold = 0, 0
    for j in range(len(partner)):
        n = partner[j]
        if n >= 0:
            i = seekers.row[n]
            deals.price[agreed], deals.gain[agreed] = agree(
                offers.quality[j],
                1.0 if seekers.field[n] == offers.field[j] else p.other_field,
                seekers.absorbed[n],
                firms.trailing_sales[i],
                firms.deposits[i],
                meeting.search_cost[offers.prefecture[j], seekers.prefecture[n]],
                meeting.subsidy,
                meeting.price,
                p,
            )
            deals.place[agreed], deals.row[agreed] = j, i
            agreed += 1 if deals.price[agreed] > 0 else 0
        elif n == OUTSIDE:
            deals.place_outside[sold] = j
            deals.price_outside[sold] = price_outside(offers.quality[j], meeting.price, p)
            sold += 1 if deals.price_outside[sold] > 0 else 0
    return agreed, sold


@stage
def count_deals(deals, owner, prefecture, group, by_group, income, income_outside):
    """Adds licences by region group of the buyer, and income [yuan] by institution, from here and outside."""
    for n in range(len(deals.place)):
        by_group[group[prefecture[deals.row[n]]]] += 1
        income[owner[deals.place[n]]] += deals.price[n]
    for n in range(len(deals.place_outside)):
        income_outside[owner[deals.place_outside[n]]] += deals.price_outside[n]


@stage
def use_licences(firms, rows, prices, gains, behaviour, p, price):
    """Buyers pay out of their deposits; productivity, quality and knowledge rise by what they absorb."""
    for n in range(len(rows)):
        i = rows[n]
        firms.deposits[i] -= prices[n]
        process = behaviour.innovation.process_share
        firms.log_productivity[i] += process * gains[n]
        firms.log_quality[i] += (1.0 - process) * gains[n]
        absorbed = absorption(firms.research[i], firms.trailing_sales[i], behaviour)
        firms.knowledge[i] += p.licensed_knowledge * absorbed * float(prices[n]) / price
        firms.log_knowledge[i] = log_(max(firms.knowledge[i], 1.0))
