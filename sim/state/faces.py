"""The province and its prefectures as agents of a Mesa model; they hold no state of their own."""

from collections.abc import Iterable

import mesa

from agents.economy import Economy
from agents.money.ledger import Ledger
from agents.money.programme import Programme
from agents.state.government import Governments
from scenarios.region.region import Region


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


def government_agents(
    model: mesa.Model, governments: Governments, ledger: Ledger, prefectures: Iterable[str]
) -> list[Government]:
    """The province and the prefectures, named in their order."""
    accounts = ledger.accounts
    numbers = [accounts.province, *accounts.numbers(accounts.prefectures).tolist()]
    names = ["province", *prefectures]
    pairs = zip(numbers, names, strict=True)
    return [Government(model, governments, ledger, account, name) for account, name in pairs]


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows all governments to Mesa."""
    government_agents(model, economy.governments, economy.ledger, region.prefectures.names)
