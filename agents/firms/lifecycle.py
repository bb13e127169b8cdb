"""Exit, the winding-up of what a firm leaves, and the endowment of those who enter."""

from agents.engine.rules import rule, stage
from agents.firms.credit import YOUNG, guaranteed_loss
from agents.firms.money import CLOSED, INSOLVENT
from agents.money.flows import Flow
from agents.numbers.elementary import exp_, log_, normal_quantile, yuan

LIQUIDATION, ASSET_SALES, WRITE_OFF = int(Flow.LIQUIDATION), int(Flow.ASSET_SALES), int(Flow.WRITE_OFF)
LOAN_REPAID, FOUNDER_CAPITAL = int(Flow.LOAN_REPAID), int(Flow.FOUNDER_CAPITAL)


@rule
def closes(luck, log_sales, log_median_sales, age, p):
    """Whether a firm below the median size of its industry gives up this quarter."""
    hazard = p.exit_hazard * (p.exit_young_factor if age < YOUNG else 1.0)
    return (log_sales < log_median_sales) & (luck < hazard)


@stage
def update_sizes(firms, start, stop):
    """Log of trailing sales of rows `start` to `stop`."""
    trailing = firms.trailing_sales[start:stop]
    log_sales = firms.log_sales[start:stop]
    for i in range(stop - start):
        log_sales[i] = log_(trailing[i])


@stage
def close_block(firms, luck, p, c, counts, low, high):
    """Marks the firms of rows `low` to `high` that give up; returns how many leave for any reason.

    `counts`: [5] certificates that lapsed with the last quarter.
    """
    n, leaving, lapsed = high - low, 0, 0
    expiry, entry = firms.certificate_expiry[low:high], firms.entry_quarter[low:high]
    sizes, reason = firms.log_sales[low:high], firms.exit_reason[low:high]
    luck_exit = luck.exit[low:high]
    if c.quarter > 0:
        for i in range(n):
            lapsed += 1 if expiry[i] == c.quarter else 0
    counts[5] += lapsed
    if c.active > 0.0:
        for i in range(n):
            gives_up = closes(luck_exit[i], sizes[i], c.log_median_sales, c.quarter - entry[i], p)
            reason[i] = CLOSED if gives_up & (reason[i] == 0) else reason[i]
    for i in range(n):
        leaving += 1 if reason[i] != 0 else 0
    return leaving


@stage
def wind_up(firms, rows, places, p, quarter, material_price, flows, counts, left, claims):
    """Sells the assets of the firms at `places` in `rows`, pays the bank, writes off the rest, pays owners.

    Adds to `flows` [code, prefecture]; `counts`: [0] insolvent, [1] closed, [2] patents and [3] high-value
    patents that lapse with them, [4] valid certificates among them. `left`, `claims`: by place, what owners
    get and what the bank may claim from the guarantee [yuan]. Leaves no deposits and loans.
    """
    for j in range(len(places)):
        n = places[j]
        i = rows[n]
        place = firms.prefecture[i]
        capital = (firms.capital[i] + firms.pending_capital[i]) * material_price
        assets = yuan(p.liquidation_recovery * (capital + float(firms.inventory_value[i])))
        cash = firms.deposits[i] + assets
        paid = min(cash, firms.loans[i])
        flows[ASSET_SALES, place] += assets
        flows[LOAN_REPAID, place] += paid
        flows[WRITE_OFF, place] += firms.loans[i] - paid
        flows[LIQUIDATION, place] += cash - paid
        left[n] = cash - paid
        claims[n] = guaranteed_loss(firms.guaranteed[i], firms.loans[i], firms.loans[i] - paid)
        firms.deposits[i] = 0
        firms.loans[i] = 0
        counts[0] += 1 if firms.exit_reason[i] == INSOLVENT else 0
        counts[1] += 1 if firms.exit_reason[i] == CLOSED else 0
        counts[2] += firms.patents[i]
        counts[3] += firms.high_value_patents[i]
        counts[4] += 1 if firms.certificate_expiry[i] > quarter else 0


@rule
def spread_normal(mean, spread, luck):
    """A normal value with this mean and standard deviation."""
    return mean + spread * normal_quantile(luck)


@rule
def markup_of(luck, p):
    """Markup on normal unit cost, log-normal around its mean, within the bounds of firms."""
    spread = p.markup_spread
    value = p.markup_mean * exp_(spread_normal(-0.5 * spread * spread, spread, luck))
    return min(p.markup_highest, max(p.markup_lowest, value))
