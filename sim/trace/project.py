"""Follows one project: its stage, what is built of it, and who pays for that."""

from typing import Any

from agents.money.flows import Flow
from agents.projects.project import STAGES
from agents.projects.projects import Projects
from scenarios.values.errors import InputError, quoted
from sim.model import IndustrialPolicyModel
from sim.trace.member import Payment, Trace, Values

SEEN = ("due", "origin", "industry", "prefecture", "left", "planned", "invested", "built", "firm")


class ProjectTrace(Trace):
    """One project, by its id: the same in every scenario of a replication.

    The firm that produces in it has the same id and is followed as `firm:ID`.
    """

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        if not (name.isascii() and name.isdigit()):
            raise InputError(f"project {quoted(name)} is no id; see model.agents_by_type[Project]")
        super().__init__(model, name)
        self.id = int(name)
        self.known: dict[str, int] = {}  # what had been paid until the last quarter [yuan]

    @property
    def row(self) -> int | None:
        """Where the project stands in the table; None when nobody has offered it yet or it is over."""
        return self.table.row_or_none(self.id)

    @property
    def table(self) -> Any:
        """All projects under way."""
        return self.model.economy.of(Projects).table

    def values(self) -> Values:
        """Stage, sums and place at the end of the quarter."""
        if self.row is None:
            return {}
        seen: Values = {name: getattr(self.table, name)[self.row].item() for name in SEEN}
        return {"stage": int(self.table.stage[self.row]), **seen}

    def payments(self) -> list[Payment]:
        """What the prefecture, programmes and owners have paid for the plant since the last quarter."""
        if self.row is None:
            return []
        paid = self._paid()
        news = {name: amount - self.known.get(name, 0) for name, amount in paid.items()}
        self.known = paid
        grant, owners = Flow.GRANT_INVESTMENT.name, Flow.INWARD_INVESTMENT.name
        return [
            Payment(owners if name == "owners" else grant, None, name, amount)
            for name, amount in news.items()
            if amount
        ]

    def _paid(self) -> dict[str, int]:
        """What each has paid so far [yuan]; owners, what nobody else paid of what is built."""
        table, row = self.table, self.row
        found = {"prefecture": int(table.paid[row])}
        payers = self.model.economy.of(Projects).payers
        for number, amount in zip(table.payer[:, row].tolist(), table.aid_paid[:, row].tolist(), strict=True):
            if number >= 0:
                found[payers[number]] = amount
        if STAGES[table.stage[row]] == "building" and table.origin[row] >= 0:
            found["owners"] = int(table.built[row]) - sum(found.values())
        return found
