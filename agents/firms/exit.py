"""Exit: who gives up, and the winding-up of what a firm leaves."""

from typing import NamedTuple

import numpy as np

from agents.engine.rules import rule, stage
from agents.firms.credit import YOUNG, guaranteed_loss
from agents.firms.entry import MARGINAL
from agents.firms.settle import CLOSED, INSOLVENT
from agents.money.flows import Flow
from agents.numbers.elementary import log_, yuan

LIQUIDATION, ASSET_SALES, WRITE_OFF = int(Flow.LIQUIDATION), int(Flow.ASSET_SALES), int(Flow.WRITE_OFF)
LOAN_REPAID, FOUNDER_CAPITAL = int(Flow.LOAN_REPAID), int(Flow.FOUNDER_CAPITAL)


class ExitParameters(NamedTuple):
    """Who gives up, and what is left. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    exit_hazard: float
    exit_young_factor: float
    marginal_exit: float
    tenant_exit: float
    former_tenant_exit: float
    liquidation_recovery: float


@rule
def frailty(id, seat_until, quarter, p):
    """Factor on the chance to give up: of firms founded on a start-up loan alone, of tenants of incubators.

    seat_until: first quarter after a firm's time in an incubator, 0 if it never sat in one.
    """
    kind = p.exit.marginal_exit if (id & MARGINAL) != 0 else 1.0
    after = p.exit.former_tenant_exit if seat_until > 0 else 1.0
    return kind * (p.exit.tenant_exit if seat_until > quarter else after)


@rule
def closes(luck, log_sales, log_median_sales, age, factor, p):
    """Whether a firm below the median size of its industry gives up this quarter; factor: `frailty`."""
    hazard = p.exit.exit_hazard * factor * (p.exit.exit_young_factor if age < YOUNG else 1.0)
    return (log_sales < log_median_sales) & (luck < hazard)


@stage
def update_sizes(firm):
    """Log of trailing sales of a block."""
    for i in range(len(firm.id)):
        firm.log_sales[i] = log_(firm.trailing_sales[i])


@stage
def close_block(firm, luck, p, c, totals):
    """Marks who of a block gives up, counts certificates that ended; returns how many firms leave."""
    n, leaving, lapsed = len(firm.id), 0, 0
    if c.quarter > 0:
        for i in range(n):
            lapsed += 1 if firm.certificate_expiry[i] == c.quarter else 0
    totals.certificates_lapsed[0] += lapsed
    if c.active > 0.0:
        for i in range(n):
            age, reason = c.quarter - firm.entry_quarter[i], firm.exit_reason[i]
            factor = frailty(firm.id[i], firm.seat_until[i], c.quarter, p)
            gives_up = closes(luck.exit[i], firm.log_sales[i], c.log_median_sales, age, factor, p)
            firm.exit_reason[i] = CLOSED if gives_up & (reason == 0) else reason
    for i in range(n):
        leaving += 1 if firm.exit_reason[i] != 0 else 0
    return leaving


class Estates(NamedTuple):
    """What firms leave that are wound up in a quarter, one element each."""

    rows: np.ndarray  # where they stand
    left: np.ndarray  # what owners get, yuan
    claims: np.ndarray  # what the bank may claim from the guarantee, yuan


@stage
def wind_up(firms, p, estates, places, quarter, material_price, totals):
    """Sells the assets of firms at `places` of `estates`, pays the bank, writes off the rest, pays owners.

    Writes what is left and claimed, adds to the flows and counts of `totals`. Leaves no deposits and loans.
    """
    flows = totals.flows
    for j in range(len(places)):
        n = places[j]
        i = estates.rows[n]
        place = firms.prefecture[i]
        capital = (firms.capital[i] + firms.pending_capital[i]) * material_price
        assets = yuan(p.exit.liquidation_recovery * (capital + float(firms.inventory_value[i])))
        cash = firms.deposits[i] + assets
        paid = min(cash, firms.loans[i])
        flows[ASSET_SALES, place] += assets
        flows[LOAN_REPAID, place] += paid
        flows[WRITE_OFF, place] += firms.loans[i] - paid
        flows[LIQUIDATION, place] += cash - paid
        estates.left[n] = cash - paid
        estates.claims[n] = guaranteed_loss(firms.guaranteed[i], firms.loans[i], firms.loans[i] - paid)
        firms.deposits[i] = 0
        firms.loans[i] = 0
        count_leaver(firms, i, quarter, totals)


@stage
def count_leaver(firms, i, quarter, totals):
    """Counts why firm `i` leaves, and the patents and the certificate that go with it."""
    totals.insolvent[0] += 1 if firms.exit_reason[i] == INSOLVENT else 0
    totals.closed[0] += 1 if firms.exit_reason[i] == CLOSED else 0
    totals.lapsed[0] += firms.patents[i]
    totals.high_value_lapsed[0] += firms.high_value_patents[i]
    totals.certificates_left[0] += 1 if firms.certificate_expiry[i] > quarter else 0
