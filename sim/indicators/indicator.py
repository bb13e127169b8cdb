"""What an indicator is, and the readings that several share."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from agents.economy import Economy
from agents.flows import Flow
from sim.circumstances import Setting


class Kind(StrEnum):
    """How a series becomes yearly: the sum, the last or the mean of its quarters."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


@dataclass(frozen=True)
class Indicator:
    """One recorded series: what it is, and how it is read off the economy at the end of a quarter."""

    unit: str
    kind: Kind
    label_en: str
    label_zh: str
    read: Callable[[Economy, Setting], float]


def cells(name: int) -> Callable[[Economy, Setting], float]:
    """The sum over all cells of one column of the firms' totals."""
    return lambda economy, setting: float(economy.province[name])


def firm_flow(code: Flow) -> Callable[[Economy, Setting], float]:
    """The sum over prefectures of one flow of the firms."""
    return lambda economy, setting: float(sum(economy.totals.flows[code].tolist()))


def paid_by(programme: str) -> Callable[[Economy, Setting], float]:
    """What a programme disbursed in the quarter."""
    return lambda economy, setting: float(economy.governments.programmes[programme].disbursed_now)


F, S, R = Kind.FLOW, Kind.STOCK, Kind.RATE
