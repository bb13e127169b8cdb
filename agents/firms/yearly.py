"""What a firm does in January: digitalise, and shift its mix of products."""

from agents.engine.rules import rule, stage
from agents.numbers.elementary import yuan

OF_DEDUCTION = ("trailing_sales", "labour", "super_deduction_addition")


@rule
def adopted_digital(digital, luck, peers, ease, p):
    """Share of processes digitalised after a year; faster the more peers have done it and the easier it is.

    Source: diffusion by imitation, Bass (1969). The draw lets firms differ: its mean is the hazard.
    """
    hazard = p.digital_hazard * (1.0 + p.digital_peer_weight * peers) * ease
    return min(1.0, digital + 2.0 * luck * hazard * (1.0 - digital))


@rule
def novel_revenue(research, sales, intensity):
    """Share of revenue from novel products: `intensity` times research as a share of sales, at most all."""
    return min(1.0, intensity * research / max(sales, 1.0))


@rule
def shifted_share(share, novel, p):
    """Emerging share of revenue after a year: drifts up to the share of novel revenue, never down."""
    return share + p.emerging_drift * max(0.0, novel - share)


@stage
def renew_firms(firms, luck, p, digital, ease, refund, claims, starts, stops):
    """January of all firms; `luck` in (0, 1) per row. `digital`: mean share by industry, updated.

    `ease`: of digitalisation by prefecture. `claims`: written, what vouchers refund [yuan per row] at
    `refund` yuan per yuan of yearly sales for full digitalisation.
    """
    for k in range(len(starts)):
        total = 0.0
        for i in range(starts[k], stops[k]):
            before = firms.digital[i]
            firms.digital[i] = adopted_digital(before, luck[i], digital[k], ease[firms.prefecture[i]], p)
            claims[i] = yuan(refund * firms.trailing_sales[i] * (firms.digital[i] - before))
            firms.log_productivity[i] += p.digital_gain * (firms.digital[i] - before)
            novel = novel_revenue(4.0 * firms.research[i], firms.trailing_sales[i], p.novelty_intensity)
            firms.emerging_share[i] = shifted_share(firms.emerging_share[i], novel, p)
            total += firms.digital[i]
        digital[k] = total / max(stops[k] - starts[k], 1)


@stage
def raise_deduction(firms, most_sales, most_staff, extra, starts, stops):
    """Lets small firms deduct more: `extra` [share of research] by industry, up to these sales and staff."""
    for k in range(len(starts)):
        low, high = starts[k], stops[k]
        sales, staff = firms.trailing_sales[low:high], firms.labour[low:high]
        addition = firms.super_deduction_addition[low:high]
        for i in range(high - low):
            small = (sales[i] <= most_sales) & (staff[i] <= most_staff)
            addition[i] += extra[k] if small else 0.0
