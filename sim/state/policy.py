"""What governments do to firms in a quarter: offers, research grants, public orders, awards."""

import numpy as np

from agents.economy import Economy
from agents.firms.yearly import OF_DEDUCTION, raise_deduction, renew_firms
from agents.money.chart import PREFECTURES
from agents.money.flows import Flow
from agents.state.grants import FIRST_COME, RANK, RD_SUBSIDY, claim_grants, select, standings, use_grants
from agents.state.orders import OF_ORDERS, place_orders, weigh_offers
from sim import parts
from sim.luck.draws import Purpose
from sim.moment import Moment
from sim.setting import Setting
from sim.state.networks import refund_vouchers

AWARD, PROCUREMENT = "high_tech_award", "innovation_procurement"


def offer_policies(economy: Economy, now: Moment) -> None:
    """Every lever offers anew; governments take in their money and release the quarter's part of budgets."""
    parts.withdraw_offers(economy)
    deduct_more_for_small_firms(economy, now.setting)
    economy.governments.open_quarter(now.year)
    for lever in now.levers:
        lever.apply(economy, now.quarter)
    growth = now.setting.transfers_after_2020(now.quarter)
    economy.governments.release(economy.ledger, now.year, now.of_year, growth)


def deduct_more_for_small_firms(economy: Economy, setting: Setting) -> None:
    """The centre's higher super-deduction for technology SMEs, in the years in which there is one."""
    extra = setting.small_firm_deduction(economy.quarter)
    firms, p = economy.firms, economy.parameters
    if not extra.any():
        return
    raise_deduction(
        firms.arrays(*OF_DEDUCTION),
        p.technology_sme_sales,
        p.technology_sme_staff,
        extra,
        firms.start,
        firms.stop,
    )


def renew(economy: Economy, now: Moment) -> None:
    """Firms digitalise, those with vouchers are refunded; and all shift their mix of products."""
    firms, network = economy.firms, economy.network
    network.look()
    claims = np.zeros(firms.capacity, np.int64)
    renew_firms(
        firms.arrays(),
        now.due[Purpose.DIGITALISATION],
        economy.behaviour,
        economy.markets.digital,
        network.ease,
        network.voucher * network.parameters.adoption_cost,
        claims,
        firms.start,
        firms.stop,
    )
    if network.voucher > 0.0:
        refund_vouchers(economy, claims)


def claim(economy: Economy, now: Moment) -> None:
    """Firms claim research grants for last year's increase, and plan with what they may expect."""
    firms = economy.firms
    claim_grants(
        firms.arrays(),
        now.due[Purpose.GRANT_APPLICATION],
        economy.behaviour,
        now.circumstances.frontier,
        economy.markets.log_median_sales,
        economy.claims_paid,
        firms.start,
        firms.stop,
    )


def pay_grants(economy: Economy, now: Moment) -> None:
    """When all is released, claims are selected by the programme's rule and paid."""
    firms, programme = economy.firms, economy.governments.programmes[RD_SUBSIDY]
    rows = np.flatnonzero(firms.grant_claim)
    claims = firms.grant_claim[rows]
    arrival, frontier = now.due[Purpose.GRANT_APPLICATION], now.circumstances.frontier
    scores = scores_of(economy, programme.rule, rows, arrival, frontier)
    granted = select(claims, scores, programme.can_pay(economy.ledger))
    paid = programme.disburse(economy.ledger, firms, rows, granted)
    economy.claims_paid = float(paid.sum()) / float(claims.sum()) if len(rows) else 1.0
    dividends, got = economy.totals.flows[Flow.DIVIDENDS], paid > 0
    taken = use_grants(
        firms.arrays(), now.due[Purpose.MISUSE], economy.behaviour, rows[got], paid[got], dividends
    )
    economy.counts.misused = taken


def scores_of(
    economy: Economy, rule: str, rows: np.ndarray, arrival: np.ndarray, frontier: float
) -> np.ndarray | None:
    """By what a rule puts the claims of `rows` in order, the highest first; None for all alike."""
    if rule == FIRST_COME:
        return -arrival[rows]
    if rule != RANK:
        return None
    firms, scores = economy.firms, np.zeros(len(rows))
    medians, industries = economy.markets.log_median_sales, firms.segment_of(rows)
    standings(firms.arrays(), economy.behaviour, frontier, medians, industries, rows, scores)
    return scores


def order_novel_products(economy: Economy, now: Moment) -> None:
    """Public orders for what the quarter's budget pays; last quarter's orders are delivered or lapsed."""
    firms = economy.firms
    firms.procurement[:] = 0
    programme = economy.governments.programmes[PROCUREMENT]
    budget = programme.can_pay(economy.ledger)
    if not budget:
        return
    arrays, weights = firms.arrays(*OF_ORDERS), np.empty(firms.capacity)
    total = weigh_offers(arrays, economy.behaviour.novelty_intensity, firms.start, firms.stop, weights)
    paid = np.zeros(PREFECTURES, np.int64)
    place_orders(arrays, firms.start, firms.stop, weights, total, float(budget), paid)
    programme.account_for(economy.ledger, paid)


def pay_awards(economy: Economy, now: Moment) -> None:
    """The award for each certificate of the round, or all the same share of it."""
    rows = now.certified
    amounts = np.rint(economy.firms.certification_award[rows]).astype(np.int64)
    economy.governments.programmes[AWARD].disburse(economy.ledger, economy.firms, rows, amounts)
