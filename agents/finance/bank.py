"""The banking sector: the own funds it must keep, and what becomes of its profit."""

from dataclasses import dataclass

from agents.money.flows import Flow, Sector
from agents.money.ledger import Ledger
from agents.numbers.shares import MILLION, Shares, part_of


@dataclass(frozen=True)
class BankParameters:
    """Values, units, ranges and sources: configs/parameters/bank.yaml."""

    own_funds_ratio: float
    cost_share: float
    dividends_at_home: float


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
        costs = part_of(interest, round(self.parameters.cost_share * MILLION))
        ledger.post_shared(accounts.bank, accounts.households, costs, households, Flow.BANK_COST)
        above = int(ledger.balance[accounts.bank]) - self.required_own_funds(ledger)
        ledger.post(accounts.outside, accounts.bank, max(0, -above), Flow.BANK_CAPITAL)
        home = part_of(max(0, above), round(self.parameters.dividends_at_home * MILLION))
        ledger.post_shared(accounts.bank, accounts.households, home, households, Flow.BANK_DIVIDENDS)
        ledger.post(accounts.bank, accounts.outside, max(0, above) - home, Flow.BANK_DIVIDENDS)
