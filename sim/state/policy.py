"""What governments do to firms in a quarter: offers, research grants, public orders, awards."""

import numpy as np

from agents.economy import Economy
from agents.firms.yearly import OF_DEDUCTION, raise_deduction, renew_firms
from agents.money.chart import PREFECTURES
from agents.money.flows import Flow
from agents.state.grants import FIRST_COME, RANK, claim_grants, select, standings, use_grants
from agents.state.orders import OF_ORDERS, place_orders, weigh_offers
from scenarios.lever import Lever
from sim.luck.draws import Purpose
from sim.setting import Setting
from sim.state.networks import refund_vouchers

RD_SUBSIDY, AWARD, PROCUREMENT = "rd_subsidy", "high_tech_award", "innovation_procurement"


def offer_policies(economy: Economy, levers: list[Lever], setting: Setting) -> None:
    """Every lever offers anew; governments take in their money and release the quarter's part of budgets."""
    economy.withdraw_offers()
    deduct_more_for_small_firms(economy, setting)
    economy.governments.open_quarter(economy.year)
    for lever in levers:
        lever.apply(economy, economy.quarter)
    growth = setting.transfers_after_2020(economy.quarter)
    economy.governments.release(economy.ledger, economy.year, economy.quarter % 4, growth)


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


def renew(economy: Economy, luck: dict[Purpose, np.ndarray]) -> None:
    """January: firms digitalise, those with vouchers are refunded; and all shift their mix of products."""
    firms, network = economy.firms, economy.network
    network.look()
    claims = np.zeros(firms.capacity, np.int64)
    renew_firms(
        firms.arrays(),
        luck[Purpose.DIGITALISATION],
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


def claim(economy: Economy, luck: dict[Purpose, np.ndarray], frontier: float) -> None:
    """January: firms claim research grants for last year's increase, and plan with what they may expect."""
    firms = economy.firms
    claim_grants(
        firms.arrays(),
        luck[Purpose.GRANT_APPLICATION],
        economy.behaviour,
        frontier,
        economy.markets.log_median_sales,
        economy.claims_paid,
        firms.start,
        firms.stop,
    )


def pay_grants(economy: Economy, luck: dict[Purpose, np.ndarray], frontier: float) -> None:
    """Fourth quarter, when all is released: claims are selected by the programme's rule and paid."""
    firms, programme = economy.firms, economy.governments.programmes[RD_SUBSIDY]
    rows = np.flatnonzero(firms.grant_claim)
    claims = firms.grant_claim[rows]
    scores = scores_of(economy, programme.rule, rows, luck[Purpose.GRANT_APPLICATION], frontier)
    granted = select(claims, scores, programme.can_pay(economy.ledger))
    paid = programme.disburse(economy.ledger, firms, rows, granted)
    economy.claims_paid = float(paid.sum()) / float(claims.sum()) if len(rows) else 1.0
    dividends, got = economy.totals.flows[Flow.DIVIDENDS], paid > 0
    taken = use_grants(
        firms.arrays(), luck[Purpose.MISUSE], economy.behaviour, rows[got], paid[got], dividends
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


def order_novel_products(economy: Economy) -> None:
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


def pay_awards(economy: Economy, rows: np.ndarray) -> None:
    """The award for each certificate of the round, or all the same share of it."""
    amounts = np.rint(economy.firms.certification_award[rows]).astype(np.int64)
    economy.governments.programmes[AWARD].disburse(economy.ledger, economy.firms, rows, amounts)
