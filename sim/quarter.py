"""One quarter of the economy, in order. Read this first: every step of the model is called from here."""

from agents.economy import Economy
from scenarios.lever import Lever
from sim import accounts, firm_steps, policy_steps, public_steps
from sim.circumstances import Setting
from sim.draws import Draws, Purpose
from sim.entry import enter
from sim.luck import FirmLuck

SECOND_AND_FOURTH = (1, 3)  # quarters of the year in which certificates are given
FOURTH = 3


def quarter(
    economy: Economy,
    levers: list[Lever],
    setting: Setting,
    draws: Draws,
    luck: FirmLuck,
    scratch: firm_steps.Scratch,
) -> None:
    """Moves the economy by one quarter: from the end of the last one to the end of `economy.quarter`.

    Raises:
        AccountingError: an identity fails; the message names account, quarter and amount.
    """
    markets, of_year = economy.markets, economy.quarter % 4
    now = setting.circumstances(economy.quarter, active=True)
    setting.move_markets(economy)
    economy.rest_value_added = setting.rest_value_added(economy.quarter)

    entry_margins = economy.totals.cells.copy()  # of the last quarter
    public_steps.open_books(economy)
    policy_steps.offer_policies(economy, levers, setting)
    enter(economy, draws, entry_margins, setting.conditions(markets, now))

    drawn = luck.of_quarter(economy.firms, economy.quarter)
    if of_year == 0:
        due = luck.when_due(economy.firms, economy.quarter)
        markets.take_stock(economy.firms)
        policy_steps.renew(economy, due)
        policy_steps.claim(economy, due, now.frontier)
    if of_year == FOURTH:
        policy_steps.pay_grants(economy, luck.when_due(economy.firms, economy.quarter))
    policy_steps.order_novel_products(economy)

    firm_steps.make_offers(economy, drawn, setting.conditions(markets, now), scratch)
    conditions = setting.conditions(markets, now)
    leaving = firm_steps.run_firms(economy, drawn, conditions, scratch)
    firm_steps.leave(economy, leaving, now.material_price)
    if of_year in SECOND_AND_FOURTH:
        due = luck.when_due(economy.firms, economy.quarter)
        awarded = firm_steps.hold_certification(economy, due[Purpose.CERTIFICATION], conditions)
        policy_steps.pay_awards(economy, awarded)
    firm_steps.take_count(economy)

    public_steps.settle_firms(economy)
    public_steps.research_of_institutions(economy, draws, now.material_price)
    if of_year == FOURTH:
        public_steps.hold_national_round(economy, draws)
    public_steps.spread_knowledge(economy)
    public_steps.close_around_firms(economy)
    public_steps.close_books(economy)
    accounts.check(economy)
