"""The banking sector: what it charges, how much it lends, and what becomes of its profit."""

from dataclasses import dataclass

import mesa

from agents.compiled import rule
from agents.division import MILLION, Shares, part_of
from agents.flows import Flow, Sector
from agents.ledger import Ledger


@dataclass(frozen=True)
class BankParameters:
    """Values, units, ranges and sources: configs/parameters/bank.yaml."""

    base_rate: float
    spread: float
    spread_per_default: float
    lending_limit: float
    collateral_value: float
    own_funds_ratio: float
    cost_share: float
    dividends_at_home: float


@rule
def loan_rate(default_probability, information, base_rate, spread, spread_per_default):
    """Interest [share of the loan per year]; better credit information lowers the charge for risk.

    default_probability: per year. information: 0 (today's) to 1 (the bank knows all).
    """
    return base_rate + spread + spread_per_default * default_probability * (1.0 - information)


@rule
def credit_limit(yearly_surplus, capital_value, lending_limit, collateral_value):
    """The most a firm may owe [yuan]: a multiple of its yearly surplus and a share of its capital."""
    return lending_limit * max(0.0, yearly_surplus) + collateral_value * max(0.0, capital_value)


@rule
def lent(wanted, loans, limit):
    """What the bank lends now [yuan]: what is wanted, as far as the limit allows."""
    return max(0, min(wanted, limit - loans))


class Bank:
    """Rules of the one bank; its own funds are the balance of its account."""

    def __init__(self, parameters: BankParameters) -> None:
        self.parameters = parameters

    def required_own_funds(self, ledger: Ledger) -> int:
        """Own funds that the claims on borrowers and governments ask for [yuan]."""
        claims = int(ledger.loans.sum()) + int(ledger.bonds[ledger.accounts.bank])
        return part_of(claims, round(self.parameters.own_funds_ratio * MILLION))

    def opening_own_funds(self, firm_loans: int, bonds: int) -> int:
        """Own funds at the beginning [yuan]: just what is required."""
        return part_of(firm_loans + bonds, round(self.parameters.own_funds_ratio * MILLION))

    def close(self, ledger: Ledger, households: Shares) -> None:
        """Pays its costs to households, then brings own funds to what is required.

        A surplus goes to its owners, at home and outside; a lack is made good by them from outside.
        """
        accounts = ledger.accounts
        interest = sum(ledger.received(code, Sector.BANK) for code in (Flow.INTEREST, Flow.BOND_SERVICE))
        costs = households.split(part_of(interest, round(self.parameters.cost_share * MILLION)))
        ledger.post_each(accounts.bank, accounts.households, costs, Flow.BANK_COST)
        above = int(ledger.balance[accounts.bank]) - self.required_own_funds(ledger)
        ledger.post(accounts.outside, accounts.bank, max(0, -above), Flow.BANK_CAPITAL)
        home = part_of(max(0, above), round(self.parameters.dividends_at_home * MILLION))
        ledger.post_each(accounts.bank, accounts.households, households.split(home), Flow.BANK_DIVIDENDS)
        ledger.post(accounts.bank, accounts.outside, max(0, above) - home, Flow.BANK_DIVIDENDS)


class BankAgent(mesa.Agent):
    """The bank as an agent of a model."""

    def __init__(self, model: mesa.Model, bank: Bank, ledger: Ledger) -> None:
        super().__init__(model)
        self.bank = bank
        self.ledger = ledger

    @property
    def own_funds(self) -> int:
        """Own funds [yuan]."""
        return int(self.ledger.balance[self.ledger.accounts.bank])

    @property
    def loans(self) -> int:
        """What borrowers owe [yuan]."""
        return int(self.ledger.loans.sum())
