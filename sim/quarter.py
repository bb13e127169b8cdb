"""One quarter of the economy, in order. Read this first: every part and every step of the model stands here.

`sanxiang calendar` prints the steps with file and share of time; docs/ODD.md, section 3, explains them.
A new institution or market is a folder in sim/ and three lines here: its import, its part, its steps.
"""

from collections.abc import Callable
from typing import NamedTuple

from agents.economy import Economy
from sim.books import BOOKS, steps as books
from sim.buyers import BUYERS, consumers, steps as buyers
from sim.central import CENTRAL, national, steps as central
from sim.change import CHANGE, steps as change
from sim.consortia import CONSORTIA, steps as consortia
from sim.coverage import COVERAGE, steps as coverage
from sim.finance import FINANCE, information, listing, pledges, steps as finance
from sim.data_market import DATA_MARKET, steps as data_market
from sim.firms import FIRMS, entry, steps as firms
from sim.founders import FOUNDERS, loans, seats, steps as founders
from sim.institutes import INSTITUTES, steps as institutes
from sim.moment import Moment
from sim.outward import OUTWARD, steps as outward
from sim.parks import PARKS, steps as parks
from sim.parts import Parts
from sim.people import PEOPLE, amenities, education, steps as people
from sim.pilots import PILOTS, steps as pilots
from sim.products import PRODUCTS, steps as products
from sim.projects import PROJECTS, calls, steps as projects
from sim.regulation import REGULATION, steps as regulation
from sim.rest import REST, steps as rest
from sim.science import SCIENCE, basic, brokers, filing, steps as science, transfer
from sim.state import STATE, carriers, evaluation, missions, networks, policy, tiers
from sim.supply import SUPPLY, steps as supply

# A part may use what those before it have brought: carriers look for hosts among universities.
PARTS = Parts(
    FIRMS,
    CHANGE,
    PRODUCTS,
    SCIENCE,
    INSTITUTES,
    PILOTS,
    CONSORTIA,
    STATE,
    FINANCE,
    PEOPLE,
    PARKS,
    SUPPLY,
    FOUNDERS,
    PROJECTS,
    BUYERS,
    CENTRAL,
    REGULATION,
    DATA_MARKET,
    OUTWARD,
    REST,
    COVERAGE,
    BOOKS,
)

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


def begin_anew(economy: Economy, now: Moment) -> None:
    """Sums and counts of every part begin anew."""
    PARTS.forget(economy)


def check(economy: Economy, now: Moment) -> None:
    """Every identity must hold to the yuan, the piece and the person. Raises: AccountingError."""
    PARTS.check(economy)


CALENDAR: tuple[tuple[When, Step], ...] = (
    (ALWAYS, products.move_markets),
    (ALWAYS, rest.produce),
    (ALWAYS, begin_anew),
    (ALWAYS, books.open_books),
    (JANUARY, tiers.decide_prefectures),
    (JANUARY, projects.move_firms),
    (ALWAYS, policy.offer_policies),
    (ALWAYS, filing.turn_filing),
    (JANUARY, evaluation.open_register),
    (ALWAYS, regulation.reform_rules),
    (JANUARY, coverage.move_coverage),
    (ALWAYS, parks.offer_land),
    (ALWAYS, central.open_plants),
    (JANUARY, institutes.begin_year),
    (ALWAYS, transfer.open_market),
    (ALWAYS, brokers.keep_brokers),
    (ALWAYS, transfer.leave_to_found),
    (ALWAYS, entry.count_founders),
    (ALWAYS, loans.seek_loans),
    (ALWAYS, entry.enter),
    (ALWAYS, founders.found),
    (ALWAYS, loans.lend),
    (ALWAYS, seats.take_seats),
    (JANUARY, calls.call_projects),
    (ALWAYS, projects.go_on),
    (ALWAYS, people.change_jobs),
    (ALWAYS, amenities.open_amenities),
    (THIRD, people.graduate),
    (FOURTH, education.teach),
    (FOURTH, people.come_and_go),
    (ALWAYS, people.set_pay),
    (ALWAYS, founders.come_and_give_up),
    (JANUARY, seats.grow_tenants),
    (JANUARY, firms.meet_shocks),
    (JANUARY, parks.grow_dense),
    (JANUARY, products.take_stock),
    (JANUARY, supply.look_around),
    (JANUARY, firms.draw_due),
    (JANUARY, policy.renew),
    (JANUARY, data_market.use_data),
    (JANUARY, policy.claim),
    (THIRD, evaluation.audit_grants),
    (THIRD, missions.hold_call),
    (THIRD, central.win_investment),
    (THIRD, national.hold_national_round),
    (FOURTH, firms.draw_due),
    (FOURTH, policy.pay_grants),
    (FOURTH, supply.support),
    (FOURTH, buyers.demonstrate),
    (JANUARY, consortia.form),
    (ALWAYS, consortia.work),
    (ALWAYS, policy.order_novel_products),
    (ALWAYS, buyers.support_first_sets),
    (HALF_YEARLY, networks.build_networks),
    (HALF_YEARLY, parks.build_parks),
    (HALF_YEARLY, amenities.build_amenities),
    (ALWAYS, information.inform),
    (HALF_YEARLY, outward.enter_markets),
    (JANUARY, finance.rate_firms),
    (JANUARY, listing.list_firms),
    (ALWAYS, finance.guarantee_loans),
    (FOURTH, pledges.pledge_patents),
    (HALF_YEARLY, finance.hold_fund_round),
    (FOURTH, listing.counsel),
    (ALWAYS, firms.draw),
    (ALWAYS, firms.make_offers),
    (ALWAYS, buyers.favour_novel_products),
    (ALWAYS, consumers.subsidise),
    (ALWAYS, supply.place_orders),
    (ALWAYS, firms.run),
    (ALWAYS, founders.see_leavers),
    (ALWAYS, outward.see_leavers),
    (ALWAYS, firms.leave),
    (ALWAYS, change.add_quarter),
    (FOURTH, change.divide_change),
    (HALF_YEARLY, firms.draw_due),
    (HALF_YEARLY, firms.hold_certification),
    (HALF_YEARLY, policy.pay_awards),
    (FOURTH, evaluation.evaluate),
    (ALWAYS, people.count_people),
    (HALF_YEARLY, transfer.trade_technology),
    (ALWAYS, pilots.run_pilots),
    (ALWAYS, data_market.open_data),
    (ALWAYS, firms.take_count),
    (ALWAYS, parks.use_land),
    (ALWAYS, supply.deliver),
    (ALWAYS, institutes.pay),
    (ALWAYS, books.settle_firms),
    (ALWAYS, national.pay_institutions_projects),
    (ALWAYS, basic.fund_basic_research),
    (ALWAYS, science.perform_research),
    (ALWAYS, institutes.remember_research),
    (ALWAYS, rest.perform_research),
    (ALWAYS, science.age_patents),
    (ALWAYS, transfer.disclose),
    (ALWAYS, basic.see_results),
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
    (ALWAYS, check),
)


def quarter(economy: Economy, now: Moment) -> None:
    """Moves the economy from the end of the last quarter to the end of `now.quarter`.

    Raises:
        AccountingError: an identity fails; the message names account, quarter and amount.
    """
    for when, step in CALENDAR:
        if now.of_year in when.quarters:
            step(economy, now)
