"""How the bank sees a firm: its risk of default, the interest for it, and how much of a line it gets."""

from typing import NamedTuple

from agents.engine.records import kept
from agents.engine.rules import rule, stage
from agents.numbers.elementary import exp_, yuan

YOUNG = 12  # quarters: in the first three years exit is more frequent, and a bank has no record to go by


@kept
class CreditParameters(NamedTuple):
    """How the bank rates and prices. Values, units, ranges and sources: configs/parameters/credit.yaml."""

    base_rate: float
    loss_given_default: float
    highest_rate: float
    risk_constant: float
    risk_leverage: float
    risk_profit: float
    risk_size: float
    risk_youth: float
    highest_leverage: float
    widest_margin: float
    largest_size: float


@rule
def default_probability(leverage, margin, relative_log_size, young, b):
    """Probability of default a year, from debt over assets, profit over sales, size and youth.

    Source of the form: logit of default on balance-sheet ratios, Ohlson (1980).
    """
    score = b.risk_constant + b.risk_leverage * min(leverage, b.highest_leverage)
    score += b.risk_profit * min(b.widest_margin, max(-b.widest_margin, margin))
    score += b.risk_size * min(b.largest_size, max(-b.largest_size, relative_log_size))
    score += b.risk_youth if young else 0.0
    return 1.0 / (1.0 + exp_(-score))


@rule
def covered_share(guaranteed, loans):
    """Share of a firm's loans that is guaranteed."""
    return min(1.0, float(guaranteed) / max(float(loans), 1.0))


@rule
def rate_for(default_risk, covered, b):
    """Interest [share/year]: the rate without risk, and the expected loss on what is not guaranteed."""
    return min(b.highest_rate, b.base_rate + b.loss_given_default * default_risk * (1.0 - covered))


@rule
def approved_share(default_risk, p):
    """Share of a safe firm's credit line that the bank grants; half at a risk of `risk_appetite`."""
    return 1.0 / (1.0 + default_risk / p.risk_appetite)


@rule
def line_on_sales(trailing_sales, default_risk, p):
    """Unsecured credit [yuan] that a firm may count on."""
    return 0.25 * p.credit_to_sales * trailing_sales * approved_share(default_risk, p)


@rule
def guaranteed_loss(guaranteed, loans, lost):
    """What of a loss [yuan] falls on the guarantee: the guaranteed share of it."""
    return min(guaranteed, yuan(covered_share(guaranteed, loans) * float(lost)))


@rule
def risk_of(deposits, capital, loans, profit, trailing_sales, log_sales, entry_quarter, b, c):
    """Probability of default a year of a firm, from its columns."""
    leverage = float(loans) / max(float(deposits) + capital * c.material_price, 1.0)
    size = log_sales - c.log_median_sales
    return default_probability(leverage, profit / trailing_sales, size, c.quarter - entry_quarter < YOUNG, b)


@stage
def assess_block(firms, b, c, risk, low, high):
    """Writes risk and interest of rows `low` to `high`; `risk` is scratch."""
    deposits, capital, loans = firms.deposits[low:high], firms.capital[low:high], firms.loans[low:high]
    profit, trailing = firms.profit[low:high], firms.trailing_sales[low:high]
    log_sales, entry = firms.log_sales[low:high], firms.entry_quarter[low:high]
    for j in range(len(deposits)):
        risk[j] = risk_of(
            deposits[j], capital[j], loans[j], profit[j], trailing[j], log_sales[j], entry[j], b, c
        )
    guaranteed, default_risk = firms.guaranteed[low:high], firms.default_risk[low:high]
    loan_rate = firms.loan_rate[low:high]
    for j in range(len(deposits)):
        default_risk[j] = risk[j]
        loan_rate[j] = rate_for(risk[j], covered_share(guaranteed[j], loans[j]), b)


@stage
def assess_all(firms, b, conditions, starts, stops, risk):
    """January: the bank rates every firm; `risk` is scratch for as many as are rated together."""
    for k in range(len(starts)):
        for low in range(starts[k], stops[k], len(risk)):
            assess_block(firms, b, conditions[k], risk, low, min(low + len(risk), stops[k]))


@stage
def assess_new(firms, b, conditions, rows, industries):
    """The first rating of the firms in `rows`."""
    for j in range(len(rows)):
        i = rows[j]
        risk = risk_of(
            firms.deposits[i], firms.capital[i], firms.loans[i], firms.profit[i], firms.trailing_sales[i],
            firms.log_sales[i], firms.entry_quarter[i], b, conditions[industries[j]],
        )  # fmt: skip
        firms.default_risk[i] = risk
        firms.loan_rate[i] = rate_for(risk, covered_share(firms.guaranteed[i], firms.loans[i]), b)
