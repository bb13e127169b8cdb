"""One quarter of the economy, in order. Read this first: every step of the model stands in this table.

`sanxiang calendar` prints it with each step's file and share of time; docs/ODD.md, section 3, explains it.
"""

from collections.abc import Callable
from typing import NamedTuple

from agents.economy import Economy
from sim.books import steps as books
from sim.finance import steps as finance
from sim.firms import entry
from sim.firms import steps as firms
from sim.moment import Moment
from sim.people import steps as people
from sim.products import steps as products
from sim.rest import steps as rest
from sim.science import steps as science
from sim.science import transfer
from sim.state import carriers, missions, networks, policy, tiers

Step = Callable[[Economy, Moment], None]


class When(NamedTuple):
    """In which quarters of the year, from 0, a step is taken."""

    words: str
    quarters: tuple[int, ...]


ALWAYS = When("always", (0, 1, 2, 3))
JANUARY = When("January", (0,))
THIRD = When("third quarter", (2,))
FOURTH = When("fourth quarter", (3,))
HALF_YEARLY = When("second and fourth", (1, 3))

CALENDAR: tuple[tuple[When, Step], ...] = (
    (ALWAYS, products.move_markets),
    (ALWAYS, rest.produce),
    (ALWAYS, books.open_books),
    (JANUARY, tiers.decide_prefectures),
    (ALWAYS, policy.offer_policies),
    (ALWAYS, transfer.open_market),
    (ALWAYS, transfer.leave_to_found),
    (ALWAYS, entry.enter),
    (JANUARY, tiers.receive_movers),
    (ALWAYS, people.change_jobs),
    (THIRD, people.graduate),
    (FOURTH, people.come_and_go),
    (ALWAYS, people.set_pay),
    (JANUARY, products.take_stock),
    (JANUARY, firms.draw_due),
    (JANUARY, policy.renew),
    (JANUARY, policy.claim),
    (THIRD, missions.hold_call),
    (FOURTH, firms.draw_due),
    (FOURTH, policy.pay_grants),
    (ALWAYS, policy.order_novel_products),
    (HALF_YEARLY, networks.build_networks),
    (JANUARY, finance.rate_firms),
    (ALWAYS, finance.guarantee_loans),
    (HALF_YEARLY, finance.hold_fund_round),
    (ALWAYS, firms.draw),
    (ALWAYS, firms.make_offers),
    (ALWAYS, firms.run),
    (ALWAYS, firms.leave),
    (HALF_YEARLY, firms.draw_due),
    (HALF_YEARLY, firms.hold_certification),
    (HALF_YEARLY, policy.pay_awards),
    (ALWAYS, people.count_people),
    (HALF_YEARLY, transfer.trade_technology),
    (ALWAYS, firms.take_count),
    (ALWAYS, books.settle_firms),
    (ALWAYS, science.perform_research),
    (ALWAYS, science.age_patents),
    (ALWAYS, transfer.disclose),
    (ALWAYS, transfer.register_contracts),
    (FOURTH, carriers.hold_national_round),
    (ALWAYS, science.spread_knowledge),
    (ALWAYS, rest.pay_wages_and_taxes),
    (ALWAYS, tiers.spend),
    (ALWAYS, finance.close_bank),
    (ALWAYS, rest.consume),
    (ALWAYS, rest.look_at_demand),
    (ALWAYS, products.answer_of_rivals),
    (ALWAYS, tiers.remember_taxes),
    (ALWAYS, finance.value_funds),
    (ALWAYS, books.close_books),
    (ALWAYS, books.check),
)


def quarter(economy: Economy, now: Moment) -> None:
    """Moves the economy from the end of the last quarter to the end of `now.quarter`.

    Raises:
        AccountingError: an identity fails; the message names account, quarter and amount.
    """
    for when, step in CALENDAR:
        if now.of_year in when.quarters:
            step(economy, now)
