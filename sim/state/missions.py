"""The yearly call for mission projects: what ran is audited and goes on or ends, new ones are awarded."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.finance.information import Information
from agents.money.families import MISSION_CALL
from agents.money.flows import Flow
from agents.money.programme import Programme
from agents.science.universities import KINDS
from agents.state.missions import (
    NOBODY,
    award_of,
    best_partners,
    hold_contests,
    judge_milestones,
    misuse_share,
    use_tranches,
    weigh_applicants,
    widest_gaps,
)
from sim.luck.draws import WORDS, Draws
from sim.luck.ids import ABOVE
from sim.moment import Moment
from sim.state.evaluation import audit_of_missions, claw_back, expected_audit, extra_audits
from sim.state.luck import StatePurpose

OF_MISUSE, OF_GAIN = ABOVE, 2 * ABOVE  # numbers of draws for one firm, kept apart


class Award(NamedTuple):
    """What one winner gets: row of the firm, partner university, yuan for each."""

    row: int
    partner: int
    firm: int
    university: int


def hold_call(economy: Economy, now: Moment) -> None:
    """The end of running tranches, then the call, with the money that is not promised.

    The lever's programme calls first, to all; then the account of each block those whom it means.
    """
    payers = economy.offers.payers(MISSION_CALL)
    if not payers:
        return
    rows = drop_those_who_left(economy)
    busy = end_tranches(economy, now.draws, rows)
    for programme in payers:
        for call in calls_of(economy, programme):
            awards = choose_winners(economy, now.draws, call, now.circumstances.frontier, busy)
            if awards:
                begin_missions(economy, now.draws, programme, awards)
                busy = np.concatenate([busy, [award.row for award in awards]])
        programme.committed = economy.missions.promised_by(programme.name)


class Call(NamedTuple):
    """Who calls whom: the programme, how many apply for a topic, and the cells that are meant; None: all."""

    programme: Programme
    entrants: int
    cells: np.ndarray | None


def calls_of(economy: Economy, programme: Programme) -> list[Call]:
    """One call of the lever's programme; of an account one for each part of its block with other terms."""
    if not programme.beside:
        return [Call(programme, economy.offers.of(MISSION_CALL).entrants, None)]
    parts = economy.offers.parts_of(MISSION_CALL, programme)
    return [Call(programme, one.terms.entrants, one.cells) for one in parts]


# --- what ran --------------------------------------------------------------------------------------------


def drop_those_who_left(economy: Economy) -> np.ndarray:
    """Forgets the missions of firms that are gone; returns the rows of the others, in the missions' order."""
    missions, firms = economy.missions, economy.firms
    if not len(missions):
        return np.zeros(0, np.int64)
    row_of = firms.rows_among(missions.firm)
    missions.keep(np.flatnonzero(row_of >= 0))
    return row_of[row_of >= 0]


def end_tranches(economy: Economy, draws: Draws, rows: np.ndarray) -> np.ndarray:
    """Audits the running missions; a first tranche may be followed by the second. Returns rows that go on."""
    missions, firms = economy.missions, economy.firms
    if not len(missions):
        return rows
    luck = draws.uniforms(StatePurpose.MISSION_AUDIT, missions.firm, economy.quarter)
    audited = audited_missions(economy, luck, rows)
    found = np.where(audited, missions.taken, 0)
    claw_back(economy, rows, found)
    reached = np.zeros(len(missions), np.int64)
    judge_milestones(
        firms.arrays(),
        rows,
        missions.misuse,
        missions.done.astype(np.float64),
        draws.uniforms(StatePurpose.MISSION_MILESTONE, missions.firm, economy.quarter),
        draws.uniforms(StatePurpose.MISSION_MILESTONE, missions.firm + OF_GAIN, economy.quarter),
        economy.behaviour.innovation.process_share,
        missions.parameters,
        reached,
    )
    economy.counts.milestones = int(reached[missions.stage == 1].sum())
    firms.mission_research[rows] = 0.0
    chosen = (missions.stage == 1) & (reached == 1) & (found == 0) & (missions.held > 0)
    go_on(economy, chosen, rows[chosen])
    return rows[chosen]


def audited_missions(economy: Economy, luck: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Whose misuse is found: by the call's audits or credit information, or by audits of evaluation.

    Evaluation pays for those that find what nobody else would.
    """
    audits = economy.missions.audit
    if expected_audit(economy) <= 0.0:
        return luck < audits
    own = np.minimum(1.0, terms_at(economy, "audit", rows))
    return extra_audits(economy, luck, economy.of(Information).of_audits(own), audits)


def go_on(economy: Economy, chosen: np.ndarray, rows: np.ndarray) -> None:
    """Pays the second tranche of the chosen missions; all others end, and what they were promised is free."""
    missions = economy.missions
    missions.keep(np.flatnonzero(chosen))
    missions.stage[:] = 2
    held, held_partner = missions.held.copy(), missions.held_partner.copy()
    missions.held[:] = missions.held_partner[:] = 0
    pay_tranche(economy, np.arange(len(missions)), rows, held, held_partner)


def pay_tranche(
    economy: Economy, places: np.ndarray, rows: np.ndarray, amounts: np.ndarray, of_partners: np.ndarray
) -> None:
    """Pays the missions in `places`, their firms in `rows` and partners [yuan]; owners misuse part."""
    missions, firms = economy.missions, economy.firms
    taken, paid = np.zeros((2, len(places)), np.int64)
    for programme in economy.offers.payers(MISSION_CALL):
        own = np.flatnonzero(missions.payer[places] == missions.number_of(programme.name))
        paid[own] = pay_by(economy, programme, rows[own], amounts[own])
        joint = own[of_partners[own] > 0]
        payees = economy.ledger.accounts.first_university + missions.partner[places[joint]]
        programme.claim(int(of_partners[joint].sum()))
        programme.support(economy.ledger, payees, of_partners[joint], firms.prefecture[rows[joint]])
    dividends = economy.totals.flows[Flow.DIVIDENDS]
    use_tranches(firms.arrays(), rows, paid, missions.misuse[places], dividends, taken)
    missions.taken[places], missions.done[places] = taken, paid - taken
    economy.counts.mission_misused += int(taken.sum())


def pay_by(economy: Economy, programme: Programme, rows: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """A programme pays firms their tranches; returns what each got [yuan]."""
    programme.claim(int(amounts.sum()))
    return programme.disburse(economy.ledger, economy.firms, rows, amounts)


# --- the call --------------------------------------------------------------------------------------------


def choose_winners(
    economy: Economy, draws: Draws, call: Call, frontier: float, busy: np.ndarray
) -> list[Award]:
    """Topics are dealt among the industries furthest behind, one by one, until the money is promised.

    `busy`: rows of firms whose missions go on.
    """
    p, programme = economy.missions.parameters, call.programme
    programme.committed = economy.missions.promised_by(programme.name)
    left = programme.can_promise(economy.ledger)
    if call.entrants == 0 or left < p.award_lowest:
        return []
    industries = topics_of(economy, call, frontier)
    fields = [winners_of(economy, draws, k, call, busy) for k in industries]
    partners = partners_of(economy, industries)
    awards: list[Award] = []
    for topic in range(max(len(field) for field in fields)):
        for partner, field in zip(partners, fields, strict=True):
            if topic < len(field):
                award = award_to(economy, int(field[topic]), partner, left)
                if award.firm == 0:
                    return awards
                awards.append(award)
                left -= award.firm + award.university
    return awards


def topics_of(economy: Economy, call: Call, frontier: float) -> list[int]:
    """The industries furthest behind among those that are meant."""
    means, number = economy.markets.mean_productivity, int(economy.missions.parameters.topic_industries)
    if call.cells is None:
        return widest_gaps(means, frontier, number)
    called = economy.geography.by_industry(call.cells).any(axis=1)
    return [k for k in widest_gaps(means, frontier, len(means)) if called[k]][:number]


def winners_of(economy: Economy, draws: Draws, industry: int, call: Call, busy: np.ndarray) -> np.ndarray:
    """Rows of the winners of an industry's topics, in order: the best of each few applicants."""
    firms, entrants = economy.firms, call.entrants
    p = economy.of(Information).of_juries(economy.missions.parameters)
    start, stop = int(firms.start[industry]), int(firms.stop[industry])
    there = stop - start
    luck, keys, merits = np.empty((WORDS, there)), np.empty(there), np.empty(there)
    draws.fill(StatePurpose.MISSION_CONTEST.group, economy.quarter, firms.id[start:stop], luck, 0, there)
    applied, judged = luck[StatePurpose.MISSION_APPLICATION.word], luck[StatePurpose.MISSION_CONTEST.word]
    weigh_applicants(firms.arrays(), p, applied, judged, start, stop, keys, merits)
    keys[busy[(busy >= start) & (busy < stop)] - start] = NOBODY
    if call.cells is not None:
        keys[~call.cells[economy.cells_of(np.arange(start, stop))]] = NOBODY
    ranked = np.argsort(-keys, kind="stable")[: int((keys > NOBODY).sum())]
    winners = np.zeros(-(-len(ranked) // entrants), np.int64)
    hold_contests(ranked, merits, entrants, winners)
    return start + winners


def award_to(economy: Economy, row: int, partners: list[int], left: int) -> Award:
    """The award of a winner and its partner university, within what is left; none if that is too little."""
    firms, p = economy.firms, economy.missions.parameters
    amount = int(award_of(4.0 * float(firms.research[row]), float(left), p))
    partner = partners[int(firms.prefecture[row])]
    university = int(p.partner_share * amount) if partner >= 0 else 0
    return Award(row, partner, amount - university, university)


def partners_of(economy: Economy, industries: list[int]) -> list[list[int]]:
    """For each industry the university that a firm of each prefecture works with."""
    of = economy.universities
    reach = economy.knowledge.weights[: economy.geography.places, of.prefecture]
    near = np.where(of.kind == KINDS.index("university"), reach, 0.0)
    return [best_partners(of.fields[:, k] * of.knowledge, near) for k in industries]


def begin_missions(economy: Economy, draws: Draws, programme: Programme, awards: list[Award]) -> None:
    """Registers the awards, holds back the second tranches and pays the first."""
    missions, rows = economy.missions, np.array([award.row for award in awards])
    gates, audits = (np.minimum(1.0, terms_at(economy, term, rows)) for term in ("stage_gate", "audit"))
    audits = audit_of_missions(economy, economy.of(Information).of_audits(audits))
    firm, university = (np.array([getattr(a, who) for a in awards]) for who in ("firm", "university"))
    held, held_partner = ((gates * amounts).astype(np.int64) for amounts in (firm, university))
    ids = economy.firms.id[rows].astype(np.int64)
    luck = draws.uniforms(StatePurpose.MISSION_AUDIT, ids + OF_MISUSE, economy.quarter).tolist()
    terms = zip(luck, gates.tolist(), audits.tolist(), strict=True)
    shares = [misuse_share(u, gate, audit, missions.parameters) for u, gate, audit in terms]
    places, nothing = len(missions) + np.arange(len(awards)), np.zeros(len(awards), np.int64)
    missions.begin(
        firm=ids,
        partner=np.array([award.partner for award in awards]),
        stage=nothing + 1,
        held=held,
        held_partner=held_partner,
        taken=nothing,
        done=nothing,
        payer=nothing + missions.number_of(programme.name),
        misuse=np.array(shares),
        audit=audits,
    )
    economy.counts.mission_awards += len(awards)
    pay_tranche(economy, places, rows, firm - held, university - held_partner)


def terms_at(economy: Economy, term: str, rows: np.ndarray) -> np.ndarray:
    """A term of the call as it holds where each firm is."""
    if not economy.offers.differs(MISSION_CALL):
        return np.full(len(rows), float(getattr(economy.offers.of(MISSION_CALL), term)))
    return economy.offers.at(MISSION_CALL, term, economy.geography.cells)[economy.cells_of(rows)]
