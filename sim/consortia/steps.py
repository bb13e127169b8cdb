"""Research consortia: in January they end and are formed, each quarter they are paid and share knowledge."""

from typing import NamedTuple

import numpy as np

from agents.consortia.consortia import (
    NOBODY,
    Consortia,
    find_companions,
    joint_budget,
    mean_distance,
    weigh_members,
)
from agents.economy import Economy
from agents.money.families import RESEARCH_CONSORTIA
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, part_of
from agents.science.universities import KINDS
from agents.state.missions import best_partners
from sim.consortia.luck import ConsortiumPurpose
from sim.moment import Moment
from sim.science.transfer import part_of_quarter


def form(economy: Economy, now: Moment) -> None:
    """January: those whose years are over end; programmes form new ones with money that is not promised."""
    consortia = economy.of(Consortia)
    payers = economy.offers.payers(RESEARCH_CONSORTIA)
    if not len(consortia) and not any(one.appropriated + one.carried_in for one in payers):
        return
    before = consortia.members.firm
    consortia.end_old(now.quarter)
    leave(economy, before)
    for programme in payers:
        for share, number, meant in calls_of(economy, programme):
            call(economy, now, programme, (share, number), meant)


def leave(economy: Economy, before: np.ndarray) -> None:
    """Who is in no consortium any more does no joint research."""
    rows = economy.firms.rows_among(before[~np.isin(before, economy.of(Consortia).members.firm)])
    economy.firms.joint_research[rows[rows >= 0]] = 0.0


def calls_of(economy: Economy, programme: Programme) -> list[tuple[float, int, np.ndarray | None]]:
    """Share of the cost and number of consortia of each call, and whose firms may lead; None: all."""
    if not programme.beside:
        terms = economy.offers.of(RESEARCH_CONSORTIA)
        return [(terms.share, round(terms.number * economy.scale), None)]
    parts = economy.offers.parts_of(RESEARCH_CONSORTIA, programme)
    return [(one.terms.share, round(one.terms.number * economy.scale), one.cells) for one in parts]


# --- who forms one ---------------------------------------------------------------------------------------


def call(
    economy: Economy, now: Moment, programme: Programme, terms: tuple[float, int], meant: np.ndarray | None
) -> None:
    """Firms that lead form consortia, one by one, until the number or the year's money is used up."""
    consortia, firms, (share, number) = economy.of(Consortia), economy.firms, terms
    payer = consortia.number_of(programme.name)
    left = programme.can_commit() - int(consortia.due[consortia.payer == payer].sum())
    if number <= 0 or left <= 0 or share <= 0.0:
        return
    free = firms.research > 0.0
    busy = firms.rows_among(consortia.members.firm)
    free[busy[busy >= 0]] = False
    rows = firms.rows()
    rows = rows[free[rows]]
    keys = keys_of(economy, now, ConsortiumPurpose.CONSORTIUM_LEAD, rows)
    if meant is not None:
        keys = np.where(meant[economy.cells_of(rows)], keys, NOBODY)
    order = np.argsort(-keys, kind="stable")
    by_member = keys_of(economy, now, ConsortiumPurpose.CONSORTIUM_MEMBER, rows)
    joining = Joining(rows, by_member, firms.segment_of(rows), firms.prefecture[rows].astype(np.int64), free)
    for lead in order[keys[order] > NOBODY].tolist():
        if number == 0:
            return
        if free[rows[lead]]:  # it has not joined another since
            due = begin(economy, now, (lead, share, payer), joining, left)
            if due == 0:
                return
            left, number = left - due, number - 1


class Joining(NamedTuple):
    """Firms that may join: their rows, keys, industries and prefectures.

    free: whether each row of firms is in no consortium yet.
    """

    rows: np.ndarray
    keys: np.ndarray
    industry: np.ndarray
    prefecture: np.ndarray
    free: np.ndarray


def keys_of(economy: Economy, now: Moment, purpose: ConsortiumPurpose, rows: np.ndarray) -> np.ndarray:
    """The keys by which firms lead or join."""
    firms, keys = economy.firms, np.empty(len(rows))
    luck = now.draws.uniforms(purpose, firms.id[rows].astype(np.int64), now.quarter)
    weigh_members(firms.log_knowledge[rows], luck, economy.of(Consortia).parameters, keys)
    return keys


def begin(
    economy: Economy, now: Moment, lead_terms: tuple[int, float, int], joining: Joining, left: int
) -> int:
    """A consortium around a leading firm, if what it is due in a year is left; returns that [yuan].

    lead_terms: the lead's place among those who may join, the share of the cost that is paid, and by whom.
    """
    consortia, firms, p = economy.of(Consortia), economy.firms, economy.of(Consortia).parameters
    lead, share, payer = lead_terms
    rows = joining.rows[[lead, *companions(consortia, lead, joining)]]
    price = now.circumstances.material_price
    yearly = np.array([int(joint_budget(one, price, p)) for one in firms.research[rows].tolist()], np.int64)
    due = part_of(int(yearly.sum()), round(share * MILLION))
    if len(rows) < 2 or due == 0 or due > left:
        return 0
    joining.free[rows] = False
    industries = firms.segment_of(rows).tolist()
    partner = partner_of(economy, industries[0], int(joining.prefecture[lead]))
    fields = economy.universities.fields[partner] if partner >= 0 else None
    distance = mean_distance(industries, fields, p)
    about = {"partner": partner, "since": now.quarter, "distance": distance, "payer": payer, "due": due}
    consortia.begin(firms.id[rows].astype(np.int64), yearly, **about)
    return due


def companions(consortia: Consortia, lead: int, joining: Joining) -> list[int]:
    """Who joins a lead, by place: half of them of its own industry, the others of any other."""
    wanted = int(consortia.parameters.members) - 1
    found, keys, half = np.empty(wanted, np.int64), np.empty(wanted), (wanted + 1) // 2
    reach = consortia.log_reach[joining.prefecture[lead]]
    own = find_companions(joining, lead, reach, True, found[:half], keys[:half])
    others = find_companions(joining, lead, reach, False, found[own:], keys[own:])
    joined: list[int] = found[: own + others].tolist()
    return joined


def partner_of(economy: Economy, industry: int, place: int) -> int:
    """The university with most knowledge of an industry within reach, -1 if there is none."""
    of = economy.universities
    reach = economy.knowledge.weights[place : place + 1, of.prefecture]
    near = np.where(of.kind == KINDS.index("university"), reach, 0.0)
    return best_partners(of.fields[:, industry] * of.knowledge, near)[0]


# --- what they do ----------------------------------------------------------------------------------------


def work(economy: Economy, now: Moment) -> None:
    """Members learn from each other, grants are paid, and joint research goes on as far as they are."""
    consortia, firms = economy.of(Consortia), economy.firms
    if not len(consortia):
        return
    before = consortia.members.firm
    rows = firms.rows_among(before)
    consortia.keep_members(rows >= 0)
    leave(economy, before)
    rows = firms.rows_among(consortia.members.firm)
    learnt = consortia.shared(firms.joint_research[rows])
    firms.knowledge[rows] += learnt / now.circumstances.material_price
    share = pay(economy, now, rows)
    firms.joint_research[rows] = 0.25 * share[consortia.place_of_members()] * consortia.members.yearly
    consortia.joint = int(firms.joint_research[rows].sum())


def pay(economy: Economy, now: Moment, rows: np.ndarray) -> np.ndarray:
    """Pays members by joint research and the university its part; returns the share of each due paid."""
    consortia = economy.of(Consortia)
    place, share = consortia.place_of_members(), np.zeros(len(consortia))
    for programme in economy.offers.payers(RESEARCH_CONSORTIA):
        own = np.flatnonzero(consortia.payer == consortia.number_of(programme.name))
        due = np.zeros(len(consortia), np.int64)
        due[own] = [part_of_quarter(programme, one, now.of_year) for one in consortia.due[own].tolist()]
        if due.any():
            paid = pay_by(economy, programme, rows, place, due)
            share[own] = paid / int(due.sum())
            consortia.paid += paid
    return share


def pay_by(
    economy: Economy, programme: Programme, rows: np.ndarray, place: np.ndarray, due: np.ndarray
) -> int:
    """A programme pays what is due [yuan, consortium]; returns what was paid."""
    consortia, every = economy.of(Consortia), economy.universities
    share = round(consortia.parameters.partner_share * MILLION)
    with_partner = consortia.partner >= 0
    of_partners = np.where(with_partner, [part_of(one, share) for one in due.tolist()], 0)
    joint = np.bincount(place, consortia.members.yearly, len(consortia))
    each = (due - of_partners)[place] * (consortia.members.yearly / joint[place])
    claims = each.astype(np.int64)
    programme.claim(int(claims.sum() + of_partners.sum()))
    paid = programme.disburse(economy.ledger, economy.firms, rows, claims)
    partners = consortia.partner[with_partner]
    payees = economy.ledger.accounts.first_university + partners
    got = programme.support(economy.ledger, payees, of_partners[with_partner], every.prefecture[partners])
    return int(paid.sum()) + int(got.sum())
