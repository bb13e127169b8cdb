"""What is noted of one member quarter by quarter, and how universities, programmes and parks are followed."""

from abc import ABC, abstractmethod
from collections import Counter
from typing import NamedTuple

from agents.money.flows import Flow, Sector
from agents.parks.parks import Parks
from agents.science.new_institutes import ROOM, name_of
from scenarios.blocks import BUDGET, is_block
from scenarios.spec import FIRST_YEAR
from scenarios.values.errors import InputError, unknown
from sim.model import IndustrialPolicyModel

Values = dict[str, float | int]


class Payment(NamedTuple):
    """Money that a member received (above zero) or paid (below) under a flow [yuan]."""

    flow: str
    programme: str | None
    other: str  # who stands on the other side, where one account does
    amount: int


class TracedQuarter(NamedTuple):
    """One quarter of a member: what it had and decided, and its payments."""

    year: int
    quarter: int  # 1 to 4
    values: Values
    payments: list[Payment]


class Trace(ABC):
    """Looks at one member of a model."""

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        self.model = model
        self.name = name
        self.quarters: list[TracedQuarter] = []
        self.open_journal()

    def open_journal(self) -> None:
        """An empty journal for the next quarter."""
        self.model.economy.ledger.keep_journal()

    def close_quarter(self) -> None:
        """Notes the quarter that the model has just finished."""
        ended = self.model.economy.quarter - 1
        values, payments = self.values(), self.payments()
        self.open_journal()
        if values:
            self.quarters.append(TracedQuarter(FIRST_YEAR + ended // 4, ended % 4 + 1, values, payments))

    @abstractmethod
    def values(self) -> Values:
        """What the member has and decided at the end of the quarter; empty when there is no such member."""

    @abstractmethod
    def payments(self) -> list[Payment]:
        """The payments of the quarter; of a programme what it pays, and from whom to whom."""

    def lines(self) -> list[tuple[int, int, int, Flow, str | None]]:
        """Payer, payee, yuan, flow and programme of the quarter's postings."""
        return [line[1:] for line in self.model.economy.ledger.journal or ()]


class UniversityTrace(Trace):
    """One university or institute, by its number or its name."""

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        names = model.economy.universities.names
        names += tuple(name_of(number) for number in range(ROOM))  # those that may yet be founded
        if name not in names and not (name.isascii() and name.isdigit() and int(name) < len(names)):
            known = names[: model.economy.universities.core]
            raise InputError(f"{unknown('university', name, known)}; or a number from 0 to {len(known) - 1}")
        self.number = names.index(name) if name in names else int(name)
        super().__init__(model, names[self.number])

    def values(self) -> Values:
        held = self.model.economy.universities
        if self.number >= len(held):  # it is not founded yet
            return {"research": 0, "knowledge": 0.0, "patents": 0, "high_value_patents": 0}
        return {
            "research": int(held.research[self.number]),
            "knowledge": float(held.knowledge[self.number]),
            "patents": int(held.valid[self.number]),
            "high_value_patents": int(held.high_value[self.number]),
        }

    def payments(self) -> list[Payment]:
        accounts = self.model.economy.ledger.accounts
        own = accounts.first_university + self.number
        sums: Counter[tuple[str, str | None, str]] = Counter()
        for payer, payee, amount, code, programme in self.lines():
            if own in (payer, payee):
                other = accounts.name_of(payee if payer == own else payer)
                sums[code.name, programme, other] += amount if payee == own else -amount
        return [Payment(*key, amount) for key, amount in sums.items() if amount]


class ProgrammeTrace(Trace):
    """One programme: its budget, what was asked of it, and who paid and received it.

    The account of a block opens with its first money; until then there is nothing to see.
    """

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        programmes, levers = model.economy.governments.programmes, model.spec.scenario.levers
        known = [*programmes, *(block for block in levers if is_block(block) and BUDGET in levers[block])]
        if name not in known:
            raise InputError(unknown("programme", name, known))
        super().__init__(model, name)

    def values(self) -> Values:
        held = self.model.economy.governments.programmes.get(self.name)
        if held is None:
            return {}
        return {
            "appropriated": held.appropriated,
            "carried_in": held.carried_in,
            "released": held.released,
            "claimed": held.claimed_now,
            "paid": held.disbursed_now,
            "cut": held.cut_now,
            "withdrawn": held.withdrawn_now,
            "waiting": held.waiting,
            "paid_this_year": held.disbursed,
            "left": held.available(),
        }

    def payments(self) -> list[Payment]:
        sector = self.model.economy.ledger.accounts.sector
        sums: Counter[tuple[str, str, str]] = Counter()
        for payer, payee, amount, code, programme in self.lines():
            if programme == self.name:
                sums[code.name, _word(sector[payer]), _word(sector[payee])] -= amount
        return [
            Payment(code, self.name, f"{payer} to {payee}", amount)
            for (code, payer, payee), amount in sums.items()
        ]


class ParksTrace(Trace):
    """The parks of one prefecture, by its name: their land, and what was paid for more of it."""

    def __init__(self, model: IndustrialPolicyModel, name: str) -> None:
        names = model.economy.geography.place_names
        if name not in names:
            raise InputError(unknown("prefecture", name, names))
        self.place = names.index(name)
        super().__init__(model, name)

    def values(self) -> Values:
        parks = self.model.economy.of(Parks)
        held = {key: int(column[..., self.place].sum()) for key, column in parks.land._asdict().items()}
        return {
            **held,
            "spent": int(parks.spent[self.place]),
            "drawn": float(parks.drawn[self.place]),
            "found": float(parks.found[self.place]),
        }

    def payments(self) -> list[Payment]:
        return []  # works are paid to builders, by the programme: programme:clusters_and_parks


def _word(sector: Sector) -> str:
    return sector.name.lower()
