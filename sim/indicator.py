"""What an indicator is, and the readings that several share."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from agents.economy import Economy
from agents.money.flows import Flow
from sim.setting import Setting


class Kind(StrEnum):
    """How a series becomes yearly: the sum, the last or the mean of its quarters."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


Read = Callable[[Economy, Setting], float]


@dataclass(frozen=True)
class CellIndicator:
    """One series by prefecture and industry, and its column in the firms' totals."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str
    column: int


@dataclass(frozen=True)
class Indicator:
    """One recorded series: what it is."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str


@dataclass(frozen=True)
class Single(Indicator):
    """A series that is read on its own, off the economy at the end of a quarter."""

    read: Read


@dataclass(frozen=True)
class Group:
    """Series that are read together: what they are, and their values in the same order."""

    entries: Mapping[str, Indicator]
    read: Callable[[Economy, Setting], Sequence[float]]


def one_by_one(entries: Mapping[str, Single]) -> Group:
    """Series of which each has its own reading."""
    readings = tuple(one.read for one in entries.values())
    return Group(entries, lambda economy, setting: [read(economy, setting) for read in readings])


def cells(name: int) -> Read:
    """The sum over all cells of one column of the firms' totals."""
    return lambda economy, setting: float(economy.province[name])


def counted(name: str) -> Read:
    """One count of the quarter."""
    return lambda economy, setting: float(getattr(economy.counts, name))


def firm_flow(code: Flow) -> Read:
    """The sum over prefectures of one flow of the firms."""
    return lambda economy, setting: float(economy.firm_flows[code])


F, S, R = Kind.FLOW, Kind.STOCK, Kind.RATE
