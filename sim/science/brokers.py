"""Technology brokers in a quarter: they are hired as far as a lever wants them, and paid."""

from agents.economy import Economy
from agents.money.families import TRANSFER_STAFF
from agents.science.brokers import Brokers
from sim.moment import Moment
from sim.science.transfer import pay_for_platform


def keep_brokers(economy: Economy, now: Moment) -> None:
    """Brokers are hired towards those offered and paid their quarter; who is not paid leaves."""
    brokers, wanted = economy.of(Brokers), economy.offers.of(TRANSFER_STAFF).brokers * economy.scale
    if not wanted and not brokers.heads.any():
        return
    brokers.employ(brokers.wanted(wanted))
    yearly = round(brokers.parameters.broker_cost * sum(brokers.heads.tolist()))
    needed, paid = pay_for_platform(economy, TRANSFER_STAFF, yearly, now.of_year)
    brokers.keep_paid(paid / needed if needed else 0.0)
