"""Bank, guarantor and funds as agents of a Mesa model; they hold no state of their own."""

import mesa

from agents.economy import Economy
from agents.finance.funds import Funds
from agents.finance.guarantee import GuaranteeCorporation
from agents.money.ledger import Ledger
from scenarios.region.region import Region


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


def fund_agents(model: mesa.Model, funds: Funds, ledger: Ledger) -> list[Fund]:
    """Every fund, in their order."""
    return [Fund(model, funds, ledger, number) for number in range(len(funds))]


def faces(model: mesa.Model, economy: Economy, region: Region) -> None:
    """Shows the bank, the guarantor and every fund to Mesa."""
    BankingSector(model, economy.ledger)
    Guarantor(model, economy.guarantee, economy.ledger)
    fund_agents(model, economy.funds, economy.ledger)
