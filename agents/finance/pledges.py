"""Loans on pledged inventions: who gets money that the bank would not have lent, who pledges for old loans.

A pledged invention may count as one of high value by the definition of the patent office. That makes nobody
invent: what comes into the count so is counted apart.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.distributions import stochastic_round
from agents.numbers.elementary import yuan


@kept
class PledgeParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/pledges.yaml."""

    invention_value: float
    pledged_each: float
    swapping: float
    service_cost: float
    counted: float
    quarters: float


@rule
def pledged_for(loan, each, free):
    """Inventions that a loan [yuan] needs at `each` yuan per invention, at most those that are free."""
    needed = int(loan / each)
    return min(free, needed + 1 if float(needed) * each < loan else needed)


@rule
def relabelled(pledged, held, valued, luck, p):
    """Pledged inventions that count as of high value from now on and did not before."""
    plain = held - valued
    if held <= 0:
        return 0
    return min(plain, stochastic_round(p.counted * pledged * float(plain) / float(held), luck))


@stage
def lend_on_pledges(firms, p, rows, loans, pledged, luck, new_loans):
    """Pays out loans [yuan] to the firms in `rows` and adds them to `new_loans` [prefecture].

    Returns how many of the pledged inventions count as of high value from now on and did not before.
    """
    counted = 0
    for j in range(len(rows)):
        i = rows[j]
        firms.deposits[i] += loans[j]
        firms.loans[i] += loans[j]
        new_loans[firms.prefecture[i]] += loans[j]
        new = relabelled(pledged[j], firms.patents[i], firms.high_value_patents[i], luck[j], p)
        firms.high_value_patents[i] += new
        counted += new
    return counted


@stage
def loans_within(wanted, free, each, loans, pledged):
    """Writes loan [yuan] and inventions pledged for what each firm wants, within what is free."""
    for j in range(len(wanted)):
        loans[j] = min(wanted[j], yuan(each * float(free[j])))
        pledged[j] = pledged_for(float(loans[j]), each, free[j])


class Pledges:
    """Pledges in force, one element each: firm (id), inventions, and the quarter in which it ends.

    Of the quarter: firms, inventions, lent (new money, yuan), swapped (old loans that pledges now back,
    yuan), counted (inventions that came into the count of high value by it).
    """

    def __init__(self, parameters: PledgeParameters) -> None:
        self.parameters = parameters
        self.firm, self.number, self.until = np.zeros((3, 0), np.int64)
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets the last round."""
        self.firms = self.inventions = self.lent = self.swapped = self.counted = 0

    def end(self, quarter: int) -> None:
        """Pledges whose time is over end."""
        on = self.until > quarter
        self.firm, self.number, self.until = self.firm[on], self.number[on], self.until[on]

    def add(self, firm: np.ndarray, number: np.ndarray, until: int) -> None:
        """New pledges."""
        self.firm, self.number = np.concatenate([self.firm, firm]), np.concatenate([self.number, number])
        self.until = np.concatenate([self.until, np.full(len(firm), until)])
        self.firms += len(firm)
        self.inventions += int(number.sum())
