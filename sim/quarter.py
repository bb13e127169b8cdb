"""One quarter of the economy, in order. Read this first: every step of the model is called from here.

docs/ODD.md, section 3, tells the same in words.
"""

from agents.economy import Economy
from agents.products.markets import Circumstances
from scenarios.lever import Lever
from sim import public_steps
from sim.books import accounts
from sim.finance import steps as finance_steps
from sim.firms import steps as firm_steps
from sim.firms.entry import enter
from sim.firms.steps import All, Scratch
from sim.luck.draws import Draws, Purpose
from sim.luck.of_firms import FirmLuck
from sim.people import steps as talent_steps
from sim.science import transfer as transfer_steps
from sim.setting import Setting
from sim.state import missions as mission_steps
from sim.state import networks as digital_steps
from sim.state import policy as policy_steps
from sim.state import tiers as government_steps

FIRST, SECOND, THIRD, FOURTH = 0, 1, 2, 3  # quarters of the year


def quarter(
    economy: Economy, levers: list[Lever], setting: Setting, draws: Draws, luck: FirmLuck, scratch: Scratch
) -> None:
    """Moves the economy from the end of the last quarter to the end of `economy.quarter`.

    Raises:
        AccountingError: an identity fails; the message names account, quarter and amount.
    """
    now = setting.circumstances(economy.quarter, active=True)
    begin(economy, levers, setting, draws, now)
    apply_for_support(economy, draws, luck, now)
    expected = setting.conditions(economy.markets, now)
    raise_finance(economy, expected, draws)
    conditions = sell_and_produce(economy, expected, setting, luck, scratch, now)
    certify(economy, conditions, luck)
    talent_steps.count_people(economy, now.wage)
    if economy.quarter % 4 in (SECOND, FOURTH):
        transfer_steps.trade_technology(economy, draws, now.material_price)
    firm_steps.take_count(economy)
    end(economy, setting, draws, now)
    accounts.check(economy)


def begin(economy: Economy, levers: list[Lever], setting: Setting, draws: Draws, now: Circumstances) -> None:
    """The world moves on, governments decide, offer and release; firms and people come and move.

    January: prefectures decide, and firms from outside arrive.
    """
    last_cells = economy.totals.cells.copy()
    setting.move_markets(economy)
    economy.rest_value_added = setting.rest_value_added(economy.quarter)
    public_steps.open_books(economy)
    if economy.quarter % 4 == FIRST:
        government_steps.decide_prefectures(economy, draws)
    policy_steps.offer_policies(economy, levers, setting)
    transfer_steps.open_market(economy)
    spin_offs = transfer_steps.leave_to_found(economy, draws)
    conditions = setting.conditions(economy.markets, now)
    enter(economy, draws, last_cells, conditions, spin_offs)
    if economy.quarter % 4 == FIRST:
        government_steps.receive_movers(economy, draws, conditions, last_cells)
    talent_steps.move_people(economy, draws, last_cells, now.wage)


def apply_for_support(economy: Economy, draws: Draws, luck: FirmLuck, now: Circumstances) -> None:
    """What firms get from programmes, or sell to the state, before they plan the quarter.

    January: a census, renewal, claims for grants. Third quarter: mission projects. Fourth: grants are paid.
    Second and fourth: digital works. Always: public orders.
    """
    of_year = economy.quarter % 4
    if of_year == FIRST:
        due = luck.when_due(economy.firms, economy.quarter)
        economy.markets.take_stock(economy.firms)
        policy_steps.renew(economy, due)
        policy_steps.claim(economy, due, now.frontier)
    if of_year == THIRD:
        mission_steps.hold_call(economy, draws, now.frontier)
    if of_year == FOURTH:
        policy_steps.pay_grants(economy, luck.when_due(economy.firms, economy.quarter), now.frontier)
    policy_steps.order_novel_products(economy)
    if of_year in (SECOND, FOURTH):
        digital_steps.build_networks(economy, now.material_price)


def raise_finance(economy: Economy, conditions: All, draws: Draws) -> None:
    """January: the bank rates firms. Always: guaranteed loans. Second and fourth: the round of the funds."""
    of_year = economy.quarter % 4
    if of_year == FIRST:
        finance_steps.rate_firms(economy, conditions)
    finance_steps.guarantee_loans(economy, conditions)
    if of_year in (SECOND, FOURTH):
        finance_steps.hold_fund_round(economy, draws)


def sell_and_produce(
    economy: Economy, expected: All, setting: Setting, luck: FirmLuck, scratch: Scratch, now: Circumstances
) -> All:
    """Offers clear the national markets; then every firm's quarter; then some leave.

    `expected`: the conditions before the markets clear. Returns those after it.
    """
    drawn = luck.of_quarter(economy.firms, economy.quarter)
    firm_steps.make_offers(economy, drawn, expected, scratch)
    conditions = setting.conditions(economy.markets, now)
    leaving = firm_steps.run_firms(economy, drawn, conditions, scratch)
    firm_steps.leave(economy, leaving, now.material_price, scratch)
    return conditions


def certify(economy: Economy, conditions: All, luck: FirmLuck) -> None:
    """Second and fourth quarter: the round of certificates, and the award for each."""
    if economy.quarter % 4 not in (SECOND, FOURTH):
        return
    due = luck.when_due(economy.firms, economy.quarter)[Purpose.CERTIFICATION]
    policy_steps.pay_awards(economy, firm_steps.hold_certification(economy, due, conditions))


def end(economy: Economy, setting: Setting, draws: Draws, now: Circumstances) -> None:
    """The other side of firms' flows, institutions, the rest of the province, the books.

    Fourth quarter: the national round for carriers.
    """
    public_steps.settle_firms(economy)
    public_steps.research_of_institutions(economy, draws, now.material_price)
    transfer_steps.disclose(economy, draws, now.material_price)
    transfer_steps.register_contracts(economy)
    if economy.quarter % 4 == FOURTH:
        public_steps.hold_national_round(economy, draws, setting.carrier_round(economy.year))
    public_steps.spread_knowledge(economy)
    public_steps.close_around_firms(economy)
    government_steps.end_quarter(economy)
    finance_steps.value_funds(economy)
    public_steps.close_books(economy)
