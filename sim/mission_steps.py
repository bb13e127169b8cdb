"""The yearly call for mission projects: what ran is audited and goes on or ends, new ones are awarded."""

from typing import NamedTuple

import numpy as np

from agents.chart import PREFECTURES
from agents.economy import Economy
from agents.flows import Flow
from agents.markets.missions import (
    NOBODY,
    application_keys,
    award_of,
    best_partner,
    judge_milestones,
    judged_ability,
    misuse_share,
    take_back,
    use_tranches,
    widest_gaps,
)
from agents.universities import KINDS
from sim.draws import WORDS, Draws, Purpose

MISSIONS = "mission_projects"
OF_MISUSE, OF_GAIN = 2**33, 2**34  # numbers of draws for one firm, kept apart


class Award(NamedTuple):
    """What one winner gets: row of the firm, partner university, yuan for each."""

    row: int
    partner: int
    firm: int
    university: int


def hold_call(economy: Economy, draws: Draws, frontier: float) -> None:
    """Third quarter: the end of running tranches, then the call, with the money that is not promised."""
    end_tranches(economy, draws)
    awards = choose_winners(economy, draws, frontier)
    if awards:
        begin_missions(economy, draws, awards)
    economy.governments.programmes[MISSIONS].committed = economy.missions.promised


# --- what ran --------------------------------------------------------------------------------------------


def end_tranches(economy: Economy, draws: Draws) -> None:
    """Audits the running missions of living firms; a first tranche may be followed by the second."""
    missions, firms = economy.missions, economy.firms
    if not len(missions):
        return
    there = [firms.row_or_none(firm) is not None for firm in missions.firm.tolist()]
    missions.keep(np.flatnonzero(there))
    rows = firms.rows_of(missions.firm)
    audited = draws.uniforms(Purpose.MISSION_AUDIT, missions.firm, economy.quarter) < missions.audit
    found = np.where(audited, missions.taken, 0)
    claw_back(economy, rows, found)
    reached = np.zeros(len(missions), np.int64)
    judge_milestones(
        firms.arrays(),
        rows,
        missions.misuse,
        missions.done.astype(np.float64),
        draws.uniforms(Purpose.MISSION_MILESTONE, missions.firm, economy.quarter),
        draws.uniforms(Purpose.MISSION_MILESTONE, missions.firm + OF_GAIN, economy.quarter),
        economy.behaviour.quality_share,
        missions.parameters,
        reached,
    )
    economy.counts.milestones = int(reached[missions.stage == 1].sum())
    firms.mission_research[rows] = 0.0
    go_on(economy, (missions.stage == 1) & (reached == 1) & (found == 0) & (missions.held > 0))


def claw_back(economy: Economy, rows: np.ndarray, found: np.ndarray) -> None:
    """Firms pay what audits found [yuan] back to the province, as far as they can."""
    returned = np.zeros(len(rows), np.int64)
    take_back(economy.firms.arrays(), rows, found, returned)
    accounts = economy.ledger.accounts
    economy.ledger.post(accounts.firms, accounts.province, int(returned.sum()), Flow.CLAW_BACK)
    economy.counts.misuse_found = int(found.sum())
    economy.counts.clawed_back = int(returned.sum())


def go_on(economy: Economy, chosen: np.ndarray) -> None:
    """Pays the second tranche of the chosen missions; all others end, and what they were promised is free."""
    missions = economy.missions
    missions.keep(np.flatnonzero(chosen))
    missions.stage[:] = 2
    held, held_partner = missions.held.copy(), missions.held_partner.copy()
    missions.held[:] = missions.held_partner[:] = 0
    pay_tranche(economy, np.arange(len(missions)), held, held_partner)


def pay_tranche(economy: Economy, places: np.ndarray, amounts: np.ndarray, of_partners: np.ndarray) -> None:
    """Pays the missions in `places`, firms and partners [yuan]; owners take what is misused."""
    missions, firms, ledger = economy.missions, economy.firms, economy.ledger
    programme = economy.governments.programmes[MISSIONS]
    rows, taken = firms.rows_of(missions.firm[places]), np.zeros(len(places), np.int64)
    paid = programme.disburse(ledger, firms, rows, amounts)
    joint = np.flatnonzero(of_partners)
    payees = ledger.accounts.first_university + missions.partner[places[joint]]
    programme.support(ledger, payees, of_partners[joint], firms.prefecture[rows[joint]])
    dividends = economy.totals.flows[Flow.DIVIDENDS]
    use_tranches(firms.arrays(), rows, paid, missions.misuse[places], dividends, taken)
    missions.taken[places], missions.done[places] = taken, paid - taken
    economy.counts.mission_misused += int(taken.sum())


# --- the call --------------------------------------------------------------------------------------------


def choose_winners(economy: Economy, draws: Draws, frontier: float) -> list[Award]:
    """Topics are dealt among the industries furthest behind, one by one, until the money is promised."""
    offer, p = economy.mission_offer, economy.missions.parameters
    programme = economy.governments.programmes[MISSIONS]
    programme.committed = economy.missions.promised
    left = programme.can_promise(economy.ledger)
    if offer.entrants == 0 or left < p.award_lowest:
        return []
    industries = widest_gaps(economy.markets.mean_productivity, frontier, int(p.topic_industries))
    fields = [applicants(economy, draws, k, offer.entrants) for k in industries]
    reach = reach_of_universities(economy)
    awards = []
    for topic in range(max(len(field) for field in fields)):
        for k, field in zip(industries, fields, strict=True):
            if topic < len(field):
                award = award_to(economy, field[topic], k, reach, left)
                awards += [award] if award.firm > 0 else []
                left -= award.firm + award.university
    return awards


def applicants(economy: Economy, draws: Draws, industry: int, entrants: int) -> list[int]:
    """Rows of the winners of an industry's topics, in order: the best of each `entrants` applicants."""
    firms, p = economy.firms, economy.missions.parameters
    start, stop = int(firms.start[industry]), int(firms.stop[industry])
    luck, keys = np.zeros((WORDS, firms.capacity)), np.zeros(stop - start)
    draws.fill(Purpose.MISSION_CONTEST.group, economy.quarter, firms.id, luck, start, stop)
    application_keys(
        firms.arrays(), p.ability_weight, luck[Purpose.MISSION_APPLICATION.word], start, stop, keys
    )
    running = firms.rows_of(economy.missions.firm)
    keys[running[(running >= start) & (running < stop)] - start] = NOBODY
    order = np.argsort(-keys, kind="stable")
    ranked = (start + order[keys[order] > NOBODY]).tolist()
    jury = luck[Purpose.MISSION_CONTEST.word].tolist()
    merit = {i: judged_ability(float(firms.log_knowledge[i]), jury[i], p) for i in ranked}
    fields = [ranked[first : first + entrants] for first in range(0, len(ranked), entrants)]
    return [max(field, key=lambda i: merit[i]) for field in fields]


def award_to(economy: Economy, row: int, industry: int, reach: np.ndarray, left: int) -> Award:
    """The award of a winner and its partner university, within what is left; none if that is too little."""
    firms, p = economy.firms, economy.missions.parameters
    amount = int(award_of(4.0 * float(firms.research[row]), float(left), p))
    of = economy.universities
    partner = best_partner(industry, int(firms.prefecture[row]), of.fields, of.knowledge, reach)
    university = int(p.partner_share * amount) if partner >= 0 else 0
    return Award(row, partner, amount - university, university)


def reach_of_universities(economy: Economy) -> np.ndarray:
    """Weight of the knowledge of each institution for each prefecture, 0 for institutes."""
    of = economy.universities
    reach = economy.knowledge.weights[:PREFECTURES, of.prefecture]
    return np.where(of.kind == KINDS.index("university"), reach, 0.0)


def begin_missions(economy: Economy, draws: Draws, awards: list[Award]) -> None:
    """Registers the awards, holds back the second tranches and pays the first."""
    missions, offer = economy.missions, economy.mission_offer
    firm, university = (np.array([getattr(a, who) for a in awards]) for who in ("firm", "university"))
    gate = min(1.0, offer.stage_gate)
    held, held_partner = ((gate * amounts).astype(np.int64) for amounts in (firm, university))
    ids = economy.firms.id[[award.row for award in awards]].astype(np.int64)
    luck = draws.uniforms(Purpose.MISSION_AUDIT, ids + OF_MISUSE, economy.quarter).tolist()
    shares = [misuse_share(u, offer.stage_gate, offer.audit, missions.parameters) for u in luck]
    places, nothing = len(missions) + np.arange(len(awards)), np.zeros(len(awards), np.int64)
    missions.begin(
        firm=ids,
        partner=np.array([award.partner for award in awards]),
        stage=nothing + 1,
        held=held,
        held_partner=held_partner,
        taken=nothing,
        done=nothing,
        misuse=np.array(shares),
        audit=np.full(len(awards), min(1.0, offer.audit)),
    )
    economy.counts.mission_awards = len(awards)
    pay_tranche(economy, places, firm - held, university - held_partner)
