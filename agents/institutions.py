"""Governments, the bank and institutions as agents of a Mesa model: each looks at its own account.

They hold no state of their own, so a model may make them once and keep them.
"""

from collections.abc import Iterable

import mesa

from agents.government import Governments
from agents.ledger import Ledger
from agents.programmes import Programme
from agents.universities import KINDS, Universities


class Government(mesa.Agent):
    """One government: its name, its treasury, its debt and the programmes it takes part in."""

    def __init__(
        self, model: mesa.Model, governments: Governments, ledger: Ledger, account: int, name: str
    ) -> None:
        super().__init__(model)
        self.governments = governments
        self.ledger = ledger
        self.account = account
        self.name = name

    @property
    def treasury(self) -> int:
        """Deposits [yuan]."""
        return int(self.ledger.balance[self.account])

    @property
    def bonds(self) -> int:
        """Debt in bonds [yuan]; the province borrows for all."""
        return -int(self.ledger.bonds[self.account])

    @property
    def programmes(self) -> dict[str, Programme]:
        """All programmes: the province decides them, prefectures pay their share."""
        return self.governments.programmes


class BankingSector(mesa.Agent):
    """The bank: its own funds and what it is owed."""

    def __init__(self, model: mesa.Model, ledger: Ledger) -> None:
        super().__init__(model)
        self.ledger = ledger

    @property
    def own_funds(self) -> int:
        """Own funds [yuan]."""
        return int(self.ledger.balance[self.ledger.accounts.bank])

    @property
    def loans(self) -> int:
        """What borrowers owe [yuan]."""
        return int(self.ledger.loans.sum())


class Institution(mesa.Agent):
    """One university or research institute."""

    def __init__(self, model: mesa.Model, universities: Universities, number: int) -> None:
        super().__init__(model)
        self.universities = universities
        self.number = number
        self.name = universities.names[number]
        self.kind = KINDS[universities.kind[number]]

    @property
    def prefecture(self) -> int:
        """Index of the prefecture."""
        return int(self.universities.prefecture[self.number])

    @property
    def research(self) -> int:
        """Research performed this quarter [yuan]."""
        return int(self.universities.research[self.number])

    @property
    def patents(self) -> int:
        """Inventions in force."""
        return int(self.universities.valid[self.number])

    @property
    def knowledge(self) -> float:
        """Knowledge stock [yuan at prices of 2016Q1]."""
        return float(self.universities.knowledge[self.number])


def government_agents(
    model: mesa.Model, governments: Governments, ledger: Ledger, prefectures: Iterable[str]
) -> list[Government]:
    """The province and the prefectures, named in their order."""
    accounts = ledger.accounts
    numbers = [accounts.province, *accounts.numbers(accounts.prefectures).tolist()]
    names = ["province", *prefectures]
    pairs = zip(numbers, names, strict=True)
    return [Government(model, governments, ledger, account, name) for account, name in pairs]


def institution_agents(model: mesa.Model, universities: Universities) -> list[Institution]:
    """Every university and institute, in their order."""
    return [Institution(model, universities, number) for number in range(len(universities))]
