"""Governments, bank, guarantor, funds and institutions as agents of a Mesa model, each with its own account.

They hold no state of their own, so a model may make them once and keep them.
"""

from collections.abc import Iterable

import mesa

from agents.finance.funds import Funds
from agents.finance.guarantee import GuaranteeCorporation
from agents.money.ledger import Ledger
from agents.money.programme import Programme
from agents.science.inventions import Inventions
from agents.science.technology_market import TechnologyMarket
from agents.science.universities import KINDS, Universities
from agents.state.government import Governments


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


class Guarantor(mesa.Agent):
    """The guarantee corporation with the risk-compensation pool."""

    def __init__(self, model: mesa.Model, corporation: GuaranteeCorporation, ledger: Ledger) -> None:
        super().__init__(model)
        self.corporation = corporation
        self.ledger = ledger

    @property
    def own_funds(self) -> int:
        """What it has beside the pool [yuan]."""
        return self.corporation.own_funds(self.ledger)

    @property
    def pool(self) -> int:
        """Money of the pool [yuan]."""
        return self.corporation.pool

    @property
    def guarantees(self) -> int:
        """Guarantees in force [yuan]."""
        return self.corporation.outstanding


class Fund(mesa.Agent):
    """One fund: the provincial master fund, a fund for an industry or a market venture fund."""

    def __init__(self, model: mesa.Model, funds: Funds, ledger: Ledger, number: int) -> None:
        super().__init__(model)
        self.funds = funds
        self.ledger = ledger
        self.number = number
        self.name = funds.data.names[number]

    @property
    def cash(self) -> int:
        """Deposits [yuan]."""
        return int(self.funds.cash(self.ledger)[self.number])

    @property
    def net_assets(self) -> int:
        """Book value [yuan]."""
        return int(self.funds.net_assets(self.funds.cash(self.ledger))[self.number])

    @property
    def portfolio(self) -> list[int]:
        """Ids of the firms it holds a stake of."""
        stakes = self.funds.stakes
        return stakes.firm[stakes.fund == self.number].tolist()

    @property
    def government_share(self) -> float:
        """The state's share in the terms on which it raised money last."""
        return float(self.funds.government_share[self.number])


class Institution(mesa.Agent):
    """One university or research institute."""

    def __init__(
        self,
        model: mesa.Model,
        universities: Universities,
        inventions: Inventions,
        market: TechnologyMarket,
        number: int,
    ) -> None:
        super().__init__(model)
        self.universities, self.inventions, self.market = universities, inventions, market
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

    @property
    def inventions_on_offer(self) -> int:
        """Inventions that nobody has taken yet."""
        return int((self.inventions.owner == self.number).sum())

    @property
    def licence_income(self) -> int:
        """Licence income of the quarter, the inventors' share included [yuan]."""
        return int(self.market.licence_income[self.number])


class RegionalCentre(mesa.Agent):
    """The technology market of one region group of prefectures."""

    def __init__(self, model: mesa.Model, market: TechnologyMarket, number: int, name: str) -> None:
        super().__init__(model)
        self.market = market
        self.number = number
        self.name = name

    @property
    def prefectures(self) -> list[int]:
        """Indices of its prefectures."""
        return [place for place, group in enumerate(self.market.group.tolist()) if group == self.number]

    @property
    def licences(self) -> int:
        """Licences of the quarter to firms of the region."""
        return int(self.market.deals[self.number])


def government_agents(
    model: mesa.Model, governments: Governments, ledger: Ledger, prefectures: Iterable[str]
) -> list[Government]:
    """The province and the prefectures, named in their order."""
    accounts = ledger.accounts
    numbers = [accounts.province, *accounts.numbers(accounts.prefectures).tolist()]
    names = ["province", *prefectures]
    pairs = zip(numbers, names, strict=True)
    return [Government(model, governments, ledger, account, name) for account, name in pairs]


def institution_agents(
    model: mesa.Model, universities: Universities, inventions: Inventions, market: TechnologyMarket
) -> list[Institution]:
    """Every university and institute, in their order."""
    numbers = range(len(universities))
    return [Institution(model, universities, inventions, market, number) for number in numbers]


def fund_agents(model: mesa.Model, funds: Funds, ledger: Ledger) -> list[Fund]:
    """Every fund, in their order."""
    return [Fund(model, funds, ledger, number) for number in range(len(funds))]


def centre_agents(model: mesa.Model, market: TechnologyMarket, groups: Iterable[str]) -> list[RegionalCentre]:
    """The regional centres, named after their groups of prefectures, in their order."""
    return [RegionalCentre(model, market, number, name) for number, name in enumerate(groups)]
