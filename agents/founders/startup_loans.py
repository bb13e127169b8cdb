"""Start-up loans: who applies, what is lent at the founding, and what the programme pays of the interest.

The bank lends, the guarantee corporation stands for a part, the programme pays a share of the interest of the
loan's term. Who could not found without it founds a smaller firm that fails more often; who would have
founded anyhow applies, too, and begins with more money.
"""

from typing import NamedTuple

import numpy as np

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.firms.credit import covered_share, rate_for
from agents.firms.entry import MARGINAL
from agents.money.flows import Flow
from agents.numbers.distributions import poisson_quantile
from agents.numbers.elementary import yuan

FOUNDER_CAPITAL, LOAN_NEW = int(Flow.FOUNDER_CAPITAL), int(Flow.LOAN_NEW)


@kept
class StartupLoanParameters(NamedTuple):
    """Values, units, ranges and sources: configs/parameters/startup_loans.yaml."""

    reach: float
    applying: float
    loan_share: float
    largest_loan: float
    years: float
    guaranteed: float


class Borrowers(NamedTuple):
    """Founders with a loan, one element each: row, loan, its guaranteed part, what is paid of its interest.

    interest: share that is paid. Money in yuan.
    """

    rows: np.ndarray
    interest: np.ndarray
    loans: np.ndarray
    guarantees: np.ndarray
    subsidies: np.ndarray


@stage
def count_applicants(waiting, interest, s, luck, counts):
    """Draws, by cell, who of those held back by credit [persons] would found with a loan this quarter.

    interest: share that the programme pays: without it nobody is reached.
    """
    for cell in range(len(waiting)):
        mean = s.reach * interest[cell] * float(waiting[cell])
        counts[cell] = min(poisson_quantile(mean, luck[cell]), waiting[cell])


@rule
def startup_loan(cost, s):
    """Loan [yuan] for a founding that costs so much: a share of it up to the largest loan."""
    return yuan(min(s.largest_loan, s.loan_share * float(cost)))


@stage
def lend_to_founders(firms, s, b, material_price, borrowers, flows):
    """Lends to new firms; fills in loans, guarantees and subsidies of `borrowers`, adds to `flows`.

    Founders of the marginal kind have no other money for this part; others put the loan on top of their own.
    """
    for j in range(len(borrowers.rows)):
        i = borrowers.rows[j]
        place = firms.prefecture[i]
        cost = firms.deposits[i] + yuan(firms.capital[i] * material_price)
        loan = startup_loan(cost, s)
        guarantee = yuan(s.guaranteed * float(loan))
        if (firms.id[i] & MARGINAL) != 0:
            flows[FOUNDER_CAPITAL, place] -= loan
        else:
            firms.deposits[i] += loan
        flows[LOAN_NEW, place] += loan
        firms.loans[i] += loan
        firms.guaranteed[i] += guarantee
        rate = rate_for(firms.default_risk[i], covered_share(firms.guaranteed[i], firms.loans[i]), b)
        firms.loan_rate[i] = rate
        borrowers.loans[j], borrowers.guarantees[j] = loan, guarantee
        borrowers.subsidies[j] = yuan(borrowers.interest[j] * rate * s.years * float(loan))


class StartupLoans:
    """Counts of the quarter: who applied, who got a loan and of what kind, and how much [firms, yuan]."""

    def __init__(self, parameters: StartupLoanParameters) -> None:
        self.parameters = parameters
        self.open_quarter()

    def open_quarter(self) -> None:
        """Forgets what happened in the last quarter."""
        self.applied = self.served = self.marginal = 0
        self.lent = self.guaranteed = self.subsidies = 0

    def dearest(self, highest_rate: float) -> float:
        """The most that the whole interest of one loan can cost [yuan]."""
        return self.parameters.largest_loan * self.parameters.years * highest_rate
