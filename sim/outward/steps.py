"""Twice a year tries succeed or not, small firms ask for support, and programmes refund a part."""

import numpy as np

from agents.economy import Economy
from agents.money.families import OUTWARD_SUPPORT
from agents.outward.outward import Outward, list_applicants, sell_abroad, sum_abroad
from sim.moment import Moment
from sim.outward.luck import OutwardPurpose
from sim.state.claims import pay_firms


def enter_markets(economy: Economy, now: Moment) -> None:
    """Firms win and lose markets abroad; then others ask for support to enter one, as far as money goes."""
    outward = economy.of(Outward)
    if outward.active:
        settle_markets(economy, now, outward)
    refunded = min(economy.offers.of(OUTWARD_SUPPORT).share, 1.0)
    money = sum(one.can_pay(economy.ledger) for one in economy.offers.payers(OUTWARD_SUPPORT))
    if refunded > 0.0 and money > 0:
        support(economy, now, outward, refunded)


def settle_markets(economy: Economy, now: Moment, outward: Outward) -> None:
    """What became of the tries of the last half-year and of the markets that firms had."""
    firms, moves = economy.firms, np.zeros(2, np.int64)
    rows = abroad(economy)
    ids = firms.id[rows]
    tried, kept = (
        now.draws.uniforms(purpose, ids, now.quarter)
        for purpose in (OutwardPurpose.SUCCESS, OutwardPurpose.LOSS)
    )
    sell_abroad(firms.arrays(), rows, tried, kept, outward.parameters, moves)
    outward.note_moves(moves)
    rows = abroad(economy)
    outward.firms, outward.active = len(rows), bool(len(rows))
    outward.sales = float(sum_abroad(firms.arrays(), rows, outward.parameters))


def abroad(economy: Economy) -> np.ndarray:
    """Rows of the firms that have a market abroad by support, or try to enter one."""
    firms = economy.firms
    return ((firms.destinations > 0) | (firms.entering > 0)).nonzero()[0]


def see_leavers(economy: Economy, now: Moment) -> None:
    """Counts markets abroad of firms that are about to close."""
    outward, firms = economy.of(Outward), economy.firms
    if now.leaving and outward.markets:
        rows = firms.exit_reason.nonzero()[0]
        outward.note_closed(int(firms.destinations[rows].astype(np.int64).sum()))


def support(economy: Economy, now: Moment, outward: Outward, refunded: float) -> None:
    """Firms that ask are served in an order of luck while the money lasts."""
    firms = economy.firms
    cost = economy.behaviour.bill.market_entry_cost * now.circumstances.material_price
    rows, because = applicants(economy, now, (economy.parameters.technology_sme_sales, refunded, cost))
    order = now.draws.uniforms(OutwardPurpose.SERVED, firms.id[rows], now.quarter).argsort(kind="stable")
    each = round(refunded * cost)
    places = sum(one.can_pay(economy.ledger) for one in economy.offers.payers(OUTWARD_SUPPORT)) // max(
        each, 1
    )
    served = np.sort(order[:places])
    outward.applied, outward.served = len(rows), len(served)
    if not len(served):
        return
    claims = np.full(len(served), each, np.int64)
    outward.refunded = int(pay_firms(economy, OUTWARD_SUPPORT, rows[served], claims).sum())
    entering = rows[served[because[served]]]
    firms.entering[entering] = 1
    outward.additional, outward.active = len(entering), outward.active or bool(len(entering))


def applicants(
    economy: Economy, now: Moment, bounds: tuple[float, float, float]
) -> tuple[np.ndarray, np.ndarray]:
    """Rows of the firms that ask for support, and whether each enters because of it."""
    firms = economy.firms
    luck, living = np.empty(firms.capacity), (firms.start, firms.stop)
    now.draws.fill_word(OutwardPurpose.APPLYING, now.quarter, firms.id, luck, living)
    rows = np.zeros((2, firms.capacity), np.int64)
    s = economy.of(Outward).parameters
    number = list_applicants(firms.arrays(), *living, luck, now.quarter, bounds, s, rows)
    return rows[0, :number], rows[1, :number] == 1
