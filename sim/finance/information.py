"""The credit-information platform in a quarter: it is paid for, firms join, the bank reads it."""

from agents.economy import Economy
from agents.finance.information import Information, constant_of_equal_risk
from agents.money.families import CREDIT_INFORMATION
from sim.moment import Moment
from sim.science.transfer import pay_for_platform


def inform(economy: Economy, now: Moment) -> None:
    """The platform is paid for and joined; in January the bank reads it, before it rates firms anew."""
    information, wanted = economy.of(Information), economy.offers.of(CREDIT_INFORMATION).information
    if not wanted and not information.level:
        return
    wanted = min(wanted, 1.0)
    yearly = round(information.parameters.information_cost * wanted * economy.scale)
    needed, paid = pay_for_platform(economy, CREDIT_INFORMATION, yearly, now.of_year)
    before = information.level
    information.join(wanted * (paid / needed) if needed else 0.0)
    at_work = bool(before or information.level)
    if at_work and (now.of_year == 0 or not information.level):
        read_ratings(economy, information)


def read_ratings(economy: Economy, information: Information) -> None:
    """The bank's way of rating follows what it can see; the mean risk of firms stays what it is."""
    firms, now = economy.firms, economy.credit
    constant = constant_of_equal_risk(firms.arrays(), firms.start, firms.stop, information.reread(now))
    economy.credit = information.rating(now, float(constant))
