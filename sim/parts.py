"""The parts of the economy together, and what is done with each of them in turn."""

from collections.abc import Iterator
from typing import Any

from agents.economy import Economy
from scenarios.region.region import Region
from sim.mesa.layer import PopulationModel
from sim.part import Balance, Part, Start, nothing
from sim.setting import Setting


class Parts:
    """Parts in the order in which they begin: each may use what those before it have brought."""

    def __init__(self, *members: Part) -> None:
        self.members = members

    def __iter__(self) -> Iterator[Part]:
        return iter(self.members)

    def begin(self, start: Start) -> dict[Any, Any]:
        """What all parts bring, each with what those before it have made in hand."""
        for part in self.members:
            start.made.update(part.begin(start))
        return start.made

    def balances(self, economy: Economy, setting: Setting) -> list[Balance]:
        """What every account but those of firms and outside holds at the end of 2015."""
        return [balance for part in self.members for balance in part.balances(economy, setting)]

    def show(self, model: PopulationModel, economy: Economy, region: Region) -> None:
        """Mesa learns of everybody who is an ordinary agent."""
        for part in self.members:
            part.faces(model, economy, region)

    def show_newcomers(self, model: PopulationModel, economy: Economy) -> None:
        """Mesa learns of ordinary agents that a quarter has brought."""
        for part in self.members:
            if part.newcomers is not nothing:
                part.newcomers(model, economy)

    def forget(self, economy: Economy) -> None:
        """Sums and counts begin anew each quarter."""
        for part in self.members:
            part.forget(economy)

    def check(self, economy: Economy) -> None:
        """All identities of the quarter that the ledger has just closed.

        Raises:
            AccountingError: names identity, account, quarter and amount.
        """
        sums = economy.ledger.add_up()
        # The books first, on which all rest; firms last, who remember counts
        for part in reversed(self.members):
            part.check(economy, sums)
