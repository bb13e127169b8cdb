"""Regulation in a quarter: what is offered of shorter approval and of relief holds from now on."""

from agents.economy import Economy
from agents.founders.would_be import WouldBeFounders
from agents.money.families import APPROVAL, COMPLIANCE
from agents.regulation.regulation import Regulation
from sim.moment import Moment


def reform_rules(economy: Economy, now: Moment) -> None:
    """Approval takes as long, and compliance costs as much, as the rules of the quarter say."""
    regulation, offers, cells = economy.of(Regulation), economy.offers, economy.geography.cells
    shorter = offers.of(APPROVAL).cut > 0.0 or offers.differs(APPROVAL) or regulation.cut.any()
    if shorter and regulation.approve(offers.at(APPROVAL, "cut", cells)):
        economy.of(WouldBeFounders).approval = regulation.entry.copy()
    if offers.of(COMPLIANCE).relief > 0.0 or offers.differs(COMPLIANCE) or regulation.relief.any():
        regulation.spare(offers.at(COMPLIANCE, "relief", cells))
