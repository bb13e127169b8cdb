"""What governments do to firms in a quarter: offers, research grants, public orders, awards."""

import numpy as np

from agents.economy import Economy
from agents.finance.information import Information
from agents.firms.january import Digitalisation, raise_deduction, renew_firms
from agents.money.families import (
    CERTIFICATION_AWARD,
    DIGITAL_VOUCHER,
    FIRST_COME,
    PUBLIC_ORDERS,
    RANK,
    RESEARCH_SUPPORT,
)
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.state.evaluation import Evaluation
from agents.state.grants import claim_grants, standings, use_grants
from agents.state.orders import place_orders, weigh_offers
from sim.luck.of_firms import FirmPurpose
from sim.moment import Moment
from sim.setting import Setting
from sim.state.claims import of_those_meant, order, pay_firms, pay_standing, register_claims, share_paid
from sim.state.evaluation import hear_evaluation, share_misused
from sim.state.networks import refund_vouchers, renew_by_cell


def offer_policies(economy: Economy, now: Moment) -> None:
    """Every lever offers anew; governments take in their money and release the quarter's part of budgets."""
    economy.offers.withdraw(economy.firms)
    economy.governments.open_quarter(now.year)
    for lever in now.levers:
        lever.apply(economy)
    economy.offers.post(economy.firms)
    hear_evaluation(economy, now.of_year)
    deduct_more_for_small_firms(economy, now.setting)
    growth = now.setting.transfers_after_2020(now.quarter)
    economy.governments.release(economy.ledger, now.year, now.of_year, growth)


def deduct_more_for_small_firms(economy: Economy, setting: Setting) -> None:
    """The centre's higher super-deduction for technology SMEs, in the years in which there is one."""
    extra = setting.small_firm_deduction(economy.quarter)
    firms, p = economy.firms, economy.parameters
    if not extra.any():
        return
    raise_deduction(
        firms.arrays(),
        p.technology_sme_sales,
        p.technology_sme_staff,
        extra,
        firms.start,
        firms.stop,
    )


def renew(economy: Economy, now: Moment) -> None:
    """Firms digitalise, those with vouchers are refunded; and all shift their mix of products."""
    firms, network = economy.firms, economy.network
    share = economy.offers.of(DIGITAL_VOUCHER).share
    if economy.offers.differs(DIGITAL_VOUCHER):
        refund_vouchers(economy, renew_by_cell(economy, now.due[FirmPurpose.DIGITALISATION], share))
        return
    network.look(share)
    refund = share * network.parameters.adoption_cost
    claims = np.zeros(firms.capacity, np.int64)
    around = Digitalisation(economy.markets.digital, network.ease, refund, claims)
    drawn, p = now.due[FirmPurpose.DIGITALISATION], economy.behaviour
    renew_firms(firms.arrays(), drawn, p, around, firms.start, firms.stop)
    if share > 0.0:
        refund_vouchers(economy, claims)


def claim(economy: Economy, now: Moment) -> None:
    """Firms claim research grants for last year's increase, and plan with what they may expect."""
    firms = economy.firms
    claim_grants(
        firms.arrays(),
        now.due[FirmPurpose.GRANT_APPLICATION],
        economy.behaviour,
        now.circumstances.frontier,
        economy.markets.log_median_sales,
        economy.claims_paid,
        firms.start,
        firms.stop,
    )
    register_claims(economy)


def pay_grants(economy: Economy, now: Moment) -> None:
    """When all is released, claims are selected by the programme's rule and paid."""
    firms = economy.firms
    rows = np.flatnonzero(firms.grant_claim != 0)
    claims = firms.grant_claim[rows]
    arrival, frontier = now.due[FirmPurpose.GRANT_APPLICATION], now.circumstances.frontier
    rules = {programme.rule for programme, _ in economy.standing.parts}
    scores_by = {rule: scores_of(economy, rule, rows, arrival, frontier) for rule in rules}
    paid = pay_standing(economy, rows, scores_by)
    economy.claims_paid = share_paid(economy, RESEARCH_SUPPORT, rows, (paid, claims)) if len(rows) else 1.0
    dividends, got = economy.totals.flows[Flow.DIVIDENDS], paid > 0
    luck, taken = now.due[FirmPurpose.MISUSE], np.zeros(int(got.sum()), np.int64)
    left, p = share_misused(economy), economy.of(Information).of_grants(economy.behaviour)
    economy.counts.misused = use_grants(firms.arrays(), luck, p, rows[got], paid[got], left, dividends, taken)
    if economy.of(Evaluation).audit > 0.0:
        economy.of(Evaluation).remember_misuse(firms.id[rows[got]].astype(np.int64), taken)


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
    for programme in economy.offers.payers(PUBLIC_ORDERS):
        budget = programme.can_pay(economy.ledger)
        if budget:
            order_for(economy, programme, budget)


def order_for(economy: Economy, programme: Programme, budget: int) -> None:
    """Public orders of one programme, by the sales of novel products in emerging industries."""
    firms = economy.firms
    arrays, weights = firms.arrays(), np.empty(firms.capacity)
    intensity = economy.behaviour.january.novelty_intensity
    total = weigh_offers(arrays, intensity, firms.start, firms.stop, weights)
    if programme.beside:
        weights, total = of_those_meant(economy, programme.cells, weights)
    paid = np.zeros(economy.geography.places, np.int64)
    before = None if programme.watched is None else firms.procurement.copy()
    place_orders(arrays, firms.start, firms.stop, weights, total, float(budget), paid)
    order(programme, paid, economy)
    if before is not None:
        rows = np.flatnonzero(firms.procurement - before)
        programme.note(firms.id[rows].astype(np.int64), (firms.procurement - before)[rows])


def pay_awards(economy: Economy, now: Moment) -> None:
    """The award for each certificate of the round, or all the same share of it."""
    rows = now.certified
    amounts = np.rint(economy.firms.certification_award[rows]).astype(np.int64)
    pay_firms(economy, CERTIFICATION_AWARD, rows, amounts)
