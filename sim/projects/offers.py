"""January: firms from outside and some of the province look for a place; who chooses one offers a project."""

from typing import NamedTuple

import numpy as np

from agents.economy import Economy
from agents.money.families import INVESTMENT_AID
from agents.money.programme import Programme
from agents.projects.choice import (
    ELSEWHERE,
    Candidates,
    Choices,
    Places,
    choose_places,
    count_candidates,
    list_promises,
)
from agents.projects.pipeline import draw_stages, level_of_year, plan_investments
from agents.projects.project import INSIDE, OFFERED, PAYERS
from agents.projects.projects import Projects
from sim.luck.draws import Draws
from sim.luck.ids import ABOVE, mover_id, mover_in, numbered
from sim.luck.of_firms import LASTING_QUARTER
from sim.moment import Moment
from sim.projects.luck import ProjectPurpose
from sim.projects.terms import appeal, cluster, cluster_with

NOBODY_STAYS = -1e300  # utility of another province to firms that do not think of leaving this one
APART = 1 << 16  # quarters between the draws for one place and the next: a run is shorter


class Aid(NamedTuple):
    """What programmes offer: what it is worth [utility] and costs [yuan per yuan] by cell.

    shares: of each programme in the cost [programme, cell].
    """

    programmes: list[Programme]
    worth: np.ndarray
    cost: np.ndarray
    shares: np.ndarray


class Looking(NamedTuple):
    """Who looks for a place. ids: of the projects; firms: of the firms that move, 0 for others."""

    ids: np.ndarray
    firms: np.ndarray
    planned: np.ndarray
    closing: np.ndarray
    candidates: Candidates


def offer_projects(economy: Economy, now: Moment) -> None:
    """Firms choose a place by what it offers, as far as the money of programmes goes, or go elsewhere."""
    worth, aid = appeal(economy, now.last_cells), aid_offered(economy, now.last_cells)
    for looking, staying in (
        (from_outside(economy, now.draws, now.quarter), economy.relocation.staying_away),
        (of_the_province(economy, now), NOBODY_STAYS),
    ):
        choices = choose(economy, worth, (looking.candidates, aid), staying)
        take_in(economy, now.draws, now.quarter, (looking, aid), choices)
        commit(economy)


# --- who looks for a place -------------------------------------------------------------------------------


def from_outside(economy: Economy, draws: Draws, quarter: int) -> Looking:
    """The year's candidates from other provinces, industry by industry."""
    projects, national = economy.of(Projects), economy.markets.national
    counts = np.zeros(len(national), np.int64)
    luck = draws.uniforms(ProjectPurpose.CANDIDATES, np.arange(len(national)), quarter)
    count_candidates(economy.scale * economy.relocation.candidates, national, luck, counts)
    industries, ordinal = numbered(counts)
    ids = mover_id((quarter + 1) & 0xFFFF, industries, ordinal)
    planned, invested = np.zeros((2, len(ids)), np.int64)
    p, growth = projects.parameters, economy.behaviour.entry.entry_size_growth
    size = draws.uniforms(ProjectPurpose.PLANNED, ids, LASTING_QUARTER)
    plan_investments(size, level_of_year(growth, 0.25 * quarter), p, planned, invested)
    closing = draws.uniforms(ProjectPurpose.CLOSING, ids, LASTING_QUARTER) < p.closing_share
    nobody = np.zeros(len(ids), np.int64)
    origins = origin_of(draws, ids, projects.grounds.origins)
    luck = luck_of_choices(draws, ids, economy.geography.places)
    outside = np.full(len(ids), ELSEWHERE)
    return Looking(ids, nobody, planned, closing, Candidates(industries, outside, origins, invested, luck))


def origin_of(draws: Draws, ids: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Where each candidate comes from, by the shares of the origins."""
    luck = draws.uniforms(ProjectPurpose.ORIGIN, ids, LASTING_QUARTER)
    return np.minimum(np.searchsorted(np.cumsum(shares), luck, side="right"), len(shares) - 1)


def luck_of_choices(draws: Draws, ids: np.ndarray, places: int) -> np.ndarray:
    """Draws of each candidate for every place in turn, and then for not coming."""
    members = mover_in(ids[:, None], np.arange(places)[None, :])
    there = draws.uniforms(ProjectPurpose.CHOICE, members.ravel(), LASTING_QUARTER)
    away = draws.uniforms(ProjectPurpose.STAYING, ids, LASTING_QUARTER)
    return np.column_stack([there.reshape(members.shape), away]).ravel()


def of_the_province(economy: Economy, now: Moment) -> Looking:
    """The firms that think of moving this year; what they would leave behind they would build anew."""
    projects, firms = economy.of(Projects), economy.firms
    p, purpose = projects.parameters, ProjectPurpose.RECONSIDERING
    found, _ = now.draws.list_lucky(
        purpose, p.reconsidering, now.quarter, firms.id, (firms.start, firms.stop)
    )
    known = set(projects.table.firm[projects.span].tolist())
    rows = found[np.array([one not in known for one in firms.id[found].tolist()], bool)]
    own, homes = firms.id[rows], firms.prefecture[rows].astype(np.int64)
    ids = own | (ABOVE * (now.quarter // 4 + 1))
    price = now.circumstances.material_price
    invested = np.rint(p.left_behind * firms.capital[rows] * price).astype(np.int64)
    places = range(economy.geography.places)
    luck = [now.draws.uniforms(ProjectPurpose.NEW_PLACE, own, now.quarter + APART * (a + 1)) for a in places]
    never = np.full(len(rows), 0.5)  # as good as any: no other province is thought of
    drawn = np.column_stack([*luck, never]).ravel()
    industries, origins = firms.segment_of(rows), len(projects.grounds.origins) + homes
    candidates = Candidates(industries, homes, origins, invested, drawn)
    return Looking(ids, own, invested, np.zeros(len(rows), bool), candidates)


# --- what they choose ------------------------------------------------------------------------------------


def aid_offered(economy: Economy, cells: np.ndarray) -> Aid:
    """What programmes add to the incentives of places, and how they divide the cost.

    An enclave costs, too, where it draws anybody: what it takes to run the park is paid with the investment
    in it. Where an account of a block stands beside the lever's programme it pays what the terms there add.
    """
    every, programmes = np.arange(len(cells)), economy.offers.payers(INVESTMENT_AID)
    (worth, cost), shares = np.zeros((2, len(cells))), np.zeros((len(programmes), len(cells)))
    names = [one.name for one in programmes]
    for offer in economy.offers.by_family.get(INVESTMENT_AID.name, ()):
        rate, enclave = (offer.sizes(term, every, None) for term in (0, 1))
        pull = np.zeros(len(cells))
        if enclave.any():
            pull = cluster_with(economy, cells, enclave) - cluster(economy, cells)
        worth = economy.relocation.incentive_weight * rate + pull
        running = np.where(pull > 0.0, economy.of(Projects).parameters.enclave_cost, 0.0)
        cost = rate + running * enclave
        usual = offer.usual(0, every, None) + running * offer.usual(1, every, None)
        added, some = np.maximum(cost - usual, 0.0), cost > 0.0
        added = np.divide(added, cost, out=np.zeros(len(cells)), where=some)
        shares[names.index(offer.lever)] = 1.0
        for here in offer.here:
            if here.account is not None:
                shares[names.index(here.account.name)] += np.where(here.cells, added, 0.0)
                shares[names.index(offer.lever)] -= np.where(here.cells, added, 0.0)
    return Aid(programmes, worth, cost, shares)


def no_aid(economy: Economy) -> Aid:
    """No programme offers anything."""
    cells = economy.geography.cells
    return Aid([], np.zeros(cells), np.zeros(cells), np.zeros((0, cells)))


def choose(economy: Economy, worth: np.ndarray, asking: tuple[Candidates, Aid], staying: float) -> Choices:
    """The prefecture that each candidate chooses, or ELSEWHERE. worth: of each cell, incentives apart."""
    candidates, aid = asking
    projects, number = economy.of(Projects), len(candidates.industry)
    left = np.array([one.can_commit() for one in aid.programmes], np.int64)
    places = Places(
        worth,
        economy.prefectures.incentive,
        aid.worth,
        aid.cost,
        aid.shares,
        left,
        projects.grounds.distance,
    )
    choices = Choices(*(np.zeros(number, np.int64) for _ in Choices._fields))
    choose_places(candidates, places, staying, economy.relocation, choices)
    return choices


def take_in(
    economy: Economy, draws: Draws, quarter: int, asked: tuple[Looking, Aid], choices: Choices
) -> None:
    """Who has chosen a place offers a project there; what it is promised there it keeps."""
    looking, aid = asked
    projects, candidates = economy.of(Projects), looking.candidates
    moves = choices.place != candidates.home
    count_choices(projects, candidates, choices)
    coming = moves.nonzero()[0]
    places, invested = choices.place[coming], candidates.invested[coming]
    cells = candidates.industry[coming] * economy.geography.places + places
    promised = np.zeros((len(aid.programmes), len(coming)), np.int64)
    list_promises(cells, invested, choices.aided[coming], aid.cost, aid.shares, promised)
    money, payer = two_payers(projects, aid.programmes, promised)
    fails, due = np.zeros((2, len(coming)), np.int64)
    p, ids = projects.parameters, looking.ids[coming]
    luck = draws.uniforms(ProjectPurpose.SIGNING, ids, LASTING_QUARTER)
    draw_stages(luck, p.sign_odds, np.full(len(luck), p.sign_quarters), quarter, p, fails, due)
    inside = looking.firms[coming] != 0
    rows = projects.table.add(
        0,
        ids,
        stage=OFFERED,
        due=due,
        fails=fails,
        origin=np.where(inside, INSIDE, candidates.origin[coming]),
        industry=candidates.industry[coming],
        prefecture=places,
        left=candidates.home[coming],
        closes_elsewhere=looking.closing[coming],
        without_lever=choices.without_lever[coming],
        without_incentives=choices.without_incentives[coming],
        planned=looking.planned[coming],
        invested=invested,
        incentive=economy.prefectures.incentive[places],
        aid=money,
        payer=payer,
        firm=looking.firms[coming],
    )
    projects.note("offered", rows)


def count_choices(projects: Projects, candidates: Candidates, choices: Choices) -> None:
    """Of those from outside: who goes elsewhere, and whom incentives won or drew to another prefecture."""
    outside = candidates.home == ELSEWHERE
    here = (outside & (choices.place != ELSEWHERE)).nonzero()[0]
    place, bare = choices.place[here], choices.without_incentives[here]
    projects.elsewhere += int(np.count_nonzero(outside)) - len(here)
    projects.tipped += int(np.count_nonzero(bare == ELSEWHERE))
    projects.tipped_by_lever += int(np.count_nonzero(choices.without_lever[here] == ELSEWHERE))
    projects.drawn_within += int(np.count_nonzero((bare != ELSEWHERE) & (bare != place)))


def two_payers(
    projects: Projects, programmes: list[Programme], promised: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Promises [programme, project] as what at most two programmes promise each project, and which."""
    money, payer = np.zeros((PAYERS, promised.shape[1]), np.int64), np.full((PAYERS, promised.shape[1]), -1)
    for programme, amounts in zip(programmes, promised, strict=True):
        own, number = amounts.nonzero()[0], projects.number_of(programme.name)
        if len(own):
            slot = (payer[0, own] >= 0).astype(np.int64)
            money[slot, own], payer[slot, own] = amounts[own], number
    return money, payer


def commit(economy: Economy) -> None:
    """What programmes have promised and not paid is held back."""
    projects = economy.of(Projects)
    for name in projects.payers:
        economy.governments.programmes[name].committed = projects.promised_by(name)
