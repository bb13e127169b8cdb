"""Novel products in a quarter: who is shown and supported, and what buyers make of it."""

import numpy as np

from agents.buyers.novelty import (
    NovelFirms,
    Novelty,
    bought_anyhow,
    favour,
    in_order_of_luck,
    look_at_products,
    mean_references,
    remember_references,
    served,
    spent_more,
)
from agents.economy import Economy
from agents.money.families import DEMONSTRATION, FIRST_SETS, PUBLIC_ORDERS
from agents.money.flows import Flow
from agents.money.ledger_firms import credit_by_prefecture
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, parts_of
from agents.state.government import LAST_KNOWN_YEAR
from sim.buyers.luck import BuyerPurpose
from sim.moment import Moment
from sim.state.claims import buy_works


def novel_firms(economy: Economy) -> NovelFirms:
    """What of the sales of every firm is novel; nobody comes, goes or learns while the quarter asks."""
    firms, novelty = economy.firms, economy.of(Novelty)
    if novelty.seen is None:
        novelty.seen = NovelFirms(*np.zeros((4, firms.capacity)))
        intensity, p = economy.behaviour.january.novelty_intensity, novelty.parameters
        look_at_products(firms.arrays(), intensity, p, firms.start, firms.stop, novelty.seen)
    return novelty.seen


def drawn(
    economy: Economy, now: Moment, purpose: BuyerPurpose, novel: NovelFirms, programme: Programme
) -> np.ndarray:
    """Rows of the firms with novel products that a programme means, in the order of luck.

    The more of a firm's products nobody has tried, the sooner its turn comes.
    """
    firms, rows = economy.firms, np.flatnonzero(novel.untried > 0.0)
    if programme.beside:
        rows = rows[programme.cells[economy.cells_of(rows)]]
    luck = now.draws.uniforms(purpose, firms.id[rows], now.quarter)
    return rows[in_order_of_luck(luck, novel.untried[rows])]


def demonstrate(economy: Economy, now: Moment) -> None:
    """Demonstration sites are built, one for each firm whose turn it is: a reference for one product."""
    novelty, firms = economy.of(Novelty), economy.firms
    for programme in economy.offers.payers(DEMONSTRATION):
        money = programme.can_pay(economy.ledger)
        if not money:
            continue
        novel = novel_firms(economy)
        rows = drawn(economy, now, BuyerPurpose.DEMONSTRATION, novel, programme)
        cost = max(1, round(novelty.parameters.demonstration_cost * now.circumstances.material_price))
        paid = served(money, np.full(len(rows), cost, np.int64))
        kept = paid > 0
        rows, paid = rows[kept], paid[kept]
        build(economy, programme, firms.prefecture[rows], paid)
        novelty.earn(firms.capacity, rows, paid / cost / novel.products[rows])
        novelty.demonstrations += sum((paid / cost).tolist())
        novelty.works += int(paid.sum())


def build(economy: Economy, programme: Programme, places: np.ndarray, paid: np.ndarray) -> None:
    """Pays for sites in these prefectures [yuan]: builders and other makers at home, and outside."""
    by_place = np.zeros(economy.geography.places, np.int64)
    np.add.at(by_place, places, paid)
    at_home = parts_of(by_place, round(economy.rest.parameters.equipment_at_home * MILLION))
    buy_works(economy, programme, at_home, by_place - at_home)


def support_first_sets(economy: Economy, now: Moment) -> None:
    """Public orders beyond those of 2020 are references; first sets are sold cheaper while money lasts."""
    refer_by_orders(economy)
    rate = economy.offers.of(FIRST_SETS).rate
    for programme in economy.offers.payers(FIRST_SETS) if rate > 0.0 else ():
        money = programme.can_pay(economy.ledger)
        if money:
            sell_first_sets(economy, now, programme, rate, money)


def refer_by_orders(economy: Economy) -> None:
    """Firms gain references by what the state orders of them beyond its orders of 2020."""
    if economy.year <= LAST_KNOWN_YEAR:
        return
    payers = economy.offers.payers(PUBLIC_ORDERS)
    ordered = sum(one.disbursed_now for one in payers)
    beyond = sum(one.disbursed_now * beyond_2020(one) for one in payers)
    if beyond <= 0.0 or not ordered:
        return
    novelty, firms, novel = economy.of(Novelty), economy.firms, novel_firms(economy)
    rows = np.flatnonzero((firms.procurement > 0) & (novel.products > 0.0))
    sets = firms.procurement[rows] * (beyond / ordered) / novelty.parameters.set_price
    novelty.earn(firms.capacity, rows, sets / novel.products[rows])
    novelty.by_orders = sum(sets.tolist())


def beyond_2020(programme: Programme) -> float:
    """Share of a programme's year beyond what 2020 appropriated; an account of a block is all of it."""
    if programme.beside:
        return 1.0
    then = next((one for one in programme.history if one.year == LAST_KNOWN_YEAR), None)
    if then is None or programme.appropriated <= then.appropriated:
        return 0.0
    return 1.0 - then.appropriated / programme.appropriated


def sell_first_sets(economy: Economy, now: Moment, programme: Programme, rate: float, money: int) -> None:
    """Pays a share of the price of first sets to those whose turn it is; a part of it lowers the price."""
    novelty, firms, novel = economy.of(Novelty), economy.firms, novel_firms(economy)
    p, price_weight = novelty.parameters, economy.behaviour.demand.price_weight
    rows = drawn(economy, now, BuyerPurpose.FIRST_SET, novel, programme)
    quarter = 0.25 * novel.sold[rows]
    most = np.minimum(p.set_price * novel.products[rows], quarter)
    paid = served(money, np.rint(rate * most).astype(np.int64))
    kept = paid > 0
    rows, quarter, paid = rows[kept], quarter[kept], paid[kept]
    price = parts_of(paid, round(p.passed_on * MILLION))
    pay_for_sets(economy, programme, rows, price, paid - price)
    sold, off = paid / rate, rate * p.passed_on
    if novelty.cheaper is None:
        novelty.cheaper = np.zeros(firms.capacity)
    novelty.cheaper[rows] += sold * spent_more(off, price_weight) / quarter
    further = sold * (1.0 - bought_anyhow(off, price_weight)) / p.set_price
    novelty.earn(firms.capacity, rows, further / novel.products[rows])
    novelty.set_sales += sum(sold.tolist())
    novelty.first_sets += sum((sold / p.set_price).tolist())


def pay_for_sets(
    economy: Economy, programme: Programme, rows: np.ndarray, price: np.ndarray, award: np.ndarray
) -> None:
    """The state pays its part of the price, as for an order; makers keep the rest of the support [yuan]."""
    novelty, firms = economy.of(Novelty), economy.firms
    firms.procurement[rows] += price
    totals = np.zeros(economy.geography.places, np.int64)
    credit_by_prefecture(firms.deposits, rows, price, firms.prefecture, totals)
    programme.claim(int(price.sum()))
    programme.account_for(economy.ledger, totals, Flow.PROCUREMENT)
    programme.claim(int(award.sum()))
    programme.disburse(economy.ledger, firms, rows, award)
    novelty.price_support += int(price.sum())
    novelty.awards += int(award.sum())


def favour_novel_products(economy: Economy, now: Moment) -> None:
    """Buyers turn to novel products that are known, shown, opened to or cheaper; the markets clear anew."""
    novelty, firms, markets = economy.of(Novelty), economy.firms, economy.markets
    opened = opened_markets(economy)
    if opened is None and not novelty.known and novelty.cheaper is None:
        remember(economy)
        return
    novel = novel_firms(economy)
    mean, starts, stops = np.zeros(len(firms.start)), firms.start, firms.stop
    mean_references(firms.arrays(), novel, starts, stops, mean)
    cheaper = np.zeros(firms.capacity) if novelty.cheaper is None else novelty.cheaper
    before = sum((markets.home * markets.demand_per_attraction).tolist())
    around = (mean, np.zeros(economy.geography.cells) if opened is None else opened, cheaper)
    favour(firms.arrays(), novel, around, novelty.parameters, starts, stops, markets.home)
    markets.clear()
    after = sum((markets.home * markets.demand_per_attraction).tolist())
    novelty.lift = after / before if before > 0.0 else 1.0
    remember(economy)


def opened_markets(economy: Economy) -> np.ndarray | None:
    """Share of the discount that open markets of the province take away, by cell; None where none are open.

    They are the buyers of a part of what firms sell.
    """
    offers = economy.offers
    if not offers.of(DEMONSTRATION).openness and not offers.differs(DEMONSTRATION):
        return None
    openness = np.minimum(offers.at(DEMONSTRATION, "openness", economy.geography.cells), 1.0)
    effect = economy.of(Novelty).parameters.opening_effect * economy.rest.parameters.sales_at_home
    return effect * openness if openness.any() else None


def remember(economy: Economy) -> None:
    """References fade, and those of the quarter speak for a product from the next on."""
    novelty, firms = economy.of(Novelty), economy.firms
    if novelty.known or novelty.earned is not None:
        earned = np.zeros(firms.capacity) if novelty.earned is None else novelty.earned
        remember_references(firms.arrays(), earned, novelty.fading, firms.start, firms.stop)
        novelty.known = True
    novelty.forget_firms()
