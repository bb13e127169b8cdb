"""What January brings a firm: shocks to its productivity, digitalisation, a shift of its mix of products."""

from typing import NamedTuple

import numpy as np

from agents.engine.block import block_of
from agents.engine.rules import rule, stage
from agents.numbers.distributions import spread_normal
from agents.numbers.elementary import yuan


class JanuaryParameters(NamedTuple):
    """What changes once a year. Values, units, ranges and sources: configs/parameters/firms.yaml."""

    digital_gain: float
    digital_hazard: float
    digital_peer_weight: float
    emerging_drift: float
    novelty_intensity: float
    shock_persistence: float
    lasting_shock_spread: float
    brief_shock_spread: float


@rule
def adopted_digital(digital, luck, peers, ease, p):
    """Share of processes digitalised after a year; faster the more peers have done it and the easier it is.

    Source: diffusion by imitation, Bass (1969). The draw lets firms differ: its mean is the hazard.
    """
    hazard = p.january.digital_hazard * (1.0 + p.january.digital_peer_weight * peers) * ease
    return min(1.0, digital + 2.0 * luck * hazard * (1.0 - digital))


@rule
def lasting_shock(before, luck, p):
    """Deviation of log productivity that fades: first-order autoregression, one step a year.

    Source of the form: persistent and transitory shocks to firms' productivity, Gabler and Poschke (2013),
    Review of Economic Dynamics 16; persistence in Syverson (2011), JEL 49.
    """
    return p.january.shock_persistence * before + spread_normal(0.0, p.january.lasting_shock_spread, luck)


@rule
def novel_revenue(research, sales, intensity):
    """Share of revenue from novel products: `intensity` times research as a share of sales, at most all."""
    return min(1.0, intensity * research / max(sales, 1.0))


@rule
def shifted_share(share, novel, p):
    """Emerging share of revenue after a year: drifts up to the share of novel revenue, never down."""
    return share + p.january.emerging_drift * max(0.0, novel - share)


class Digitalisation(NamedTuple):
    """What helps firms to digitalise in a year."""

    peers: np.ndarray  # mean share of processes digitalised, by industry
    ease: np.ndarray  # by prefecture
    refund: float  # by voucher, yuan per yuan of yearly sales for full digitalisation
    claims: np.ndarray  # what vouchers refund, yuan by row of the firms


@stage
def renew_firms(firms, luck, p, around, starts, stops):
    """January of all firms; `luck` in (0, 1) per row.

    around: what helps to digitalise; its claims are written, its peers are what they are afterwards.
    """
    for k in range(len(starts)):
        total = 0.0
        for i in range(starts[k], stops[k]):
            before = firms.digital[i]
            ease = around.ease[firms.prefecture[i]]
            firms.digital[i] = adopted_digital(before, luck[i], around.peers[k], ease, p)
            around.claims[i] = yuan(around.refund * firms.trailing_sales[i] * (firms.digital[i] - before))
            firms.log_productivity[i] += p.january.digital_gain * (firms.digital[i] - before)
            sales, intensity = firms.trailing_sales[i], p.january.novelty_intensity
            novel = novel_revenue(4.0 * firms.research[i], sales, intensity)
            share = shifted_share(firms.emerging_share[i], novel, p)
            firms.emerging_shift[i] = share - firms.emerging_share[i]
            firms.emerging_share[i] = share
            total += firms.digital[i]
        around.peers[k] = total / max(stops[k] - starts[k], 1)


@stage
def shock_firms(firms, lasting, brief, p, starts, stops):
    """January of all firms: productivity moves with its shocks; two uniforms in (0, 1) per row."""
    for k in range(len(starts)):
        for i in range(starts[k], stops[k]):
            # Added to a number of 64 bits one by one: two of 32 would be added in 32 where compiled.
            settled = firms.log_productivity[i] - firms.log_lasting_shock[i] - firms.log_brief_shock[i]
            firms.log_lasting_shock[i] = lasting_shock(float(firms.log_lasting_shock[i]), lasting[i], p)
            firms.log_brief_shock[i] = spread_normal(0.0, p.january.brief_shock_spread, brief[i])
            firms.log_productivity[i] = settled + firms.log_lasting_shock[i] + firms.log_brief_shock[i]


@stage
def raise_deduction(firms, most_sales, most_staff, extra, starts, stops):
    """Lets small firms deduct more: `extra` [share of research] by industry, up to these sales and staff."""
    for k in range(len(starts)):
        firm = block_of(firms, starts[k], stops[k])
        for i in range(len(firm.labour)):
            small = (firm.trailing_sales[i] <= most_sales) & (firm.labour[i] <= most_staff)
            firm.super_deduction_addition[i] += extra[k] if small else 0.0
