"""Evaluation in a quarter: audits of research grants, a register of reports, estimates, budgets that move."""

import numpy as np

from agents.economy import Economy
from agents.money.families import EVALUATION
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.state.evaluation import (
    INDICATORS,
    RESEARCH,
    SALES,
    Evaluation,
    Payments,
    Reports,
    chance_of_either,
    gains,
    gathered,
    misuse_left,
    usual_growth,
    weights_by_gap,
    with_error,
)
from agents.state.missions import take_back
from sim.luck.draws import Draws
from sim.moment import Moment
from sim.state.luck import EvaluationPurpose

SEAT = 0  # auditors and evaluators work in the capital, the first prefecture
YEARS_JUDGED = 2  # from the report before a payment to that of the year after it


# --- offers and budgets ----------------------------------------------------------------------------------


def hear_evaluation(economy: Economy, of_year: int) -> None:
    """Takes in what is offered of evaluation; moves budgets, once all levers have asked for theirs."""
    evaluation, offer = economy.of(Evaluation), economy.offers.of(EVALUATION)
    evaluation.audit, evaluation.limit, evaluation.gap = offer.audit, offer.reallocation, offer.gap
    if offer.reallocation <= 0.0:
        evaluation.forget_budgets()
        return
    judged = {one.name: one for one in programmes_judged(economy)}
    if of_year == 0:
        evaluation.plan({name: one.asked for name, one in judged.items()})
    for name, amount in evaluation.budgets.items():
        judged[name].redirect(amount)


def programmes_judged(economy: Economy) -> list[Programme]:
    """The programmes of levers, but for those that pay evaluators; accounts of blocks stay as they are."""
    payers = {one.name for one in economy.offers.payers(EVALUATION)}
    return [
        one for one in economy.governments.programmes.values() if not one.beside and one.name not in payers
    ]


def open_register(economy: Economy, now: Moment) -> None:
    """January: notes what every firm reports of the year before, and begins to note whom programmes pay."""
    evaluation = economy.of(Evaluation)
    if evaluation.limit <= 0.0:
        if evaluation.register is not None:
            close_register(economy, evaluation)
        return
    evaluation.earlier, evaluation.register = evaluation.register, reports(economy, now.draws)
    for programme in programmes_judged(economy):
        programme.watched = []


def close_register(economy: Economy, evaluation: Evaluation) -> None:
    """Nothing is judged any more: what was noted is forgotten."""
    evaluation.register = evaluation.earlier = None
    evaluation.paid, evaluation.estimates = {}, {}
    for programme in economy.governments.programmes.values():
        programme.watched = None


def reports(economy: Economy, draws: Draws) -> Reports:
    """What every firm reports of the year [yuan/year], with an error; certificates are known without one."""
    firms, p, quarter = economy.firms, economy.of(Evaluation).parameters, economy.quarter
    rows = firms.rows()
    rows = rows[np.argsort(firms.id[rows], kind="stable")]
    ids, found = firms.id[rows].astype(np.int64), np.empty((INDICATORS, len(rows)))
    found[RESEARCH], found[SALES] = firms.research_year[rows], firms.trailing_sales[rows]
    purposes = (EvaluationPurpose.REPORTED_RESEARCH, EvaluationPurpose.REPORTED_SALES)
    for indicator, purpose in zip((RESEARCH, SALES), purposes, strict=True):
        pairs = zip(found[indicator].tolist(), draws.uniforms(purpose, ids, quarter).tolist(), strict=True)
        found[indicator] = [with_error(value, luck, p.report_error) for value, luck in pairs]
    found[INDICATORS - 1] = firms.certificate_expiry[rows] > quarter
    return Reports(ids, firms.segment_of(rows), found)


# --- estimates -------------------------------------------------------------------------------------------


def evaluate(economy: Economy, now: Moment) -> None:
    """Judges programmes by the reports of those whom they paid the year before, as far as it is paid for."""
    evaluation = economy.of(Evaluation)
    if evaluation.limit <= 0.0:
        return
    if evaluation.earlier is not None and evaluation.paid:
        judge(economy, now.draws, evaluation, evaluation.earlier)
    programmes = programmes_judged(economy)
    evaluation.paid = {one.name: gathered(one.watched or [], one.disbursed) for one in programmes}
    for programme in programmes:
        programme.watched = []


def judge(economy: Economy, draws: Draws, evaluation: Evaluation, before: Reports) -> None:
    """Estimates of every programme, from the reports of the years before and after its payments."""
    paid = in_sample(economy, draws, evaluation.paid)
    if not paid:
        return
    p, latest = evaluation.parameters, reports(economy, draws)
    after, _ = latest.of(before.ids)
    everybody = np.concatenate([one.ids for one in evaluation.paid.values()])
    growth = usual_growth(before, after, np.isin(before.ids, everybody), economy.geography.industries)
    grown = [yearly_growth(before.indicators[n], latest.indicators[n]) for n in range(INDICATORS)]
    weights = weights_by_gap(p.weights, np.array(grown), p.needed, evaluation.gap)
    gain = gains(before, after, growth, weights)
    for name, one in paid.items():
        places = np.searchsorted(before.ids, one.ids)
        known = places < len(before.ids)
        known[known] = before.ids[places[known]] == one.ids[known]
        evaluation.learn(name, gain[places[known]], one.amounts[known].astype(np.float64), one.covered)


def yearly_growth(before: np.ndarray, after: np.ndarray) -> float:
    """Growth a year of what all firms report, over the years judged [share]."""
    first = sum(before.tolist())
    return (sum(after.tolist()) / first - 1.0) / YEARS_JUDGED if first > 0.0 else 0.0


def in_sample(economy: Economy, draws: Draws, paid: dict[str, Payments]) -> dict[str, Payments]:
    """The recipients who are judged: all if the money pays for it, else a drawn share of them."""
    wanted = sum(int(one.amounts.sum()) for one in paid.values())
    cost = round(economy.of(Evaluation).parameters.judging_cost * wanted)
    share = pay_evaluators(economy, cost) / cost if cost else 1.0
    found = {}
    for name, one in paid.items():
        luck = draws.uniforms(EvaluationPurpose.SAMPLE, one.ids, economy.quarter)
        found[name] = Payments(one.ids[luck < share], one.amounts[luck < share], one.covered)
    return found if share > 0.0 else {}


# --- audits ----------------------------------------------------------------------------------------------


def expected_audit(economy: Economy) -> float:
    """The chance of an audit that firms reckon with: as offered, as far as it was paid for last time."""
    evaluation = economy.of(Evaluation)
    return evaluation.audit * evaluation.reach


def share_misused(economy: Economy) -> float:
    """Share of the usual misuse of research grants that is left; 1 where nobody audits."""
    audit = expected_audit(economy)
    return float(misuse_left(audit, economy.of(Evaluation).parameters)) if audit > 0.0 else 1.0


def audit_of_missions(economy: Economy, audits: np.ndarray) -> np.ndarray:
    """Chance that a tranche is audited, by the call's own audits [share] or by those of evaluation."""
    other = expected_audit(economy)
    return audits if other <= 0.0 else np.array([chance_of_either(one, other) for one in audits.tolist()])


def audit_grants(economy: Economy, now: Moment) -> None:
    """Audits a drawn part of last year's research grants; who misused pays back what is found."""
    evaluation, firms = economy.of(Evaluation), economy.firms
    if evaluation.audit <= 0.0 or not len(evaluation.ids):
        evaluation.remember_misuse(*np.zeros((2, 0), np.int64))
        return
    row_of = firms.rows_among(evaluation.ids)
    here = row_of >= 0
    luck = now.draws.uniforms(EvaluationPurpose.AUDIT, evaluation.ids[here], now.quarter)
    chosen = luck < evaluation.audit
    made = as_paid_for(economy, luck, chosen)
    evaluation.reach = int(made.sum()) / int(chosen.sum()) if chosen.any() else 1.0
    rows, taken = row_of[here][made], evaluation.taken[here][made]
    found = np.floor(evaluation.parameters.audit_detection * taken).astype(np.int64)
    claw_back(economy, rows, found)
    evaluation.remember_misuse(*np.zeros((2, 0), np.int64))


def as_paid_for(economy: Economy, luck: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Which of the wanted audits take place: all if the money pays for them, else those drawn first."""
    evaluation = economy.of(Evaluation)
    number, price = int(wanted.sum()), max(1, round(evaluation.parameters.audit_cost))
    if not number:
        return wanted
    affordable = sum(one.can_pay(economy.ledger) for one in economy.offers.payers(EVALUATION)) // price
    most = min(number, affordable)
    pay_evaluators(economy, number * price, most * price)
    evaluation.audits += most
    order = np.flatnonzero(wanted)
    order = order[np.argsort(luck[order], kind="stable")][:most]
    made = np.zeros(len(wanted), bool)
    made[order] = True
    return made


def pay_evaluators(economy: Economy, claimed: int, within: int | None = None) -> int:
    """Pays auditors and evaluators, firms of the rest of the province; returns what they got [yuan].

    within: the most that is taken of it, where a part of an audit is none.
    """
    paid, payee = 0, np.array([economy.ledger.accounts.rest])
    for programme in economy.offers.payers(EVALUATION):
        programme.claim(claimed)
        due = claimed if within is None else within
        programme.cut(claimed - due)
        paid += int(programme.support(economy.ledger, payee, np.array([due]), np.array([SEAT])).sum())
    return paid


def claw_back(economy: Economy, rows: np.ndarray, found: np.ndarray) -> None:
    """Firms pay what audits found [yuan] back to the province, as far as they can."""
    returned = np.zeros(len(rows), np.int64)
    take_back(economy.firms.arrays(), rows, found, returned)
    accounts = economy.ledger.accounts
    economy.ledger.post(accounts.firms, accounts.province, int(returned.sum()), Flow.CLAW_BACK)
    economy.counts.misuse_found += int(found.sum())
    economy.counts.clawed_back += int(returned.sum())


def extra_audits(economy: Economy, luck: np.ndarray, own: np.ndarray, audits: np.ndarray) -> np.ndarray:
    """Which missions are audited: those of the call's own chance, and of evaluation's those paid for."""
    audited = luck < audits
    extra = audited & (luck >= own)
    if not extra.any():
        return audited
    return (audited & ~extra) | as_paid_for(economy, luck, extra)
