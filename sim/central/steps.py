"""Central budget investment in a year: projects are prepared, some are won, money goes to who builds."""

from typing import NamedTuple

import numpy as np

from agents.central.investment import (
    NOBODY,
    CentralInvestment,
    chance_of_project,
    finish_plant,
    list_projects,
    pay_for_plant,
    success_share,
)
from agents.central.national_projects import ranks_of
from agents.economy import Economy
from agents.money.families import CENTRAL_CAPTURE
from agents.money.flows import Flow
from agents.money.ledger_firms import credit_by_prefecture
from agents.money.programme import Programme
from agents.numbers.shares import MILLION, part_of, parts_of, split
from sim.central.luck import CentralPurpose
from sim.luck.ids import ABOVE
from sim.moment import Moment

OF_RESULT = ABOVE  # numbers of draws for one firm, kept apart


class Asked(NamedTuple):
    """Projects of firms put forward, one element each: row, industry, and central money asked for [yuan]."""

    rows: np.ndarray
    industry: np.ndarray
    money: np.ndarray


def open_plants(economy: Economy, now: Moment) -> None:
    """Plant that central investment added is ready; what a firm that left was building is lost."""
    central, firms = economy.of(CentralInvestment), economy.firms
    if not len(central.builder):
        return
    builders, quantity = central.ready(now.quarter)
    if not len(builders):
        return
    rows = firms.rows_among(builders)
    finish_plant(firms.arrays(), rows[rows >= 0], quantity[rows >= 0])


def win_investment(economy: Economy, now: Moment) -> None:
    """Projects are put forward as far as the year's money prepares them; what is won goes to who builds."""
    for programme in economy.offers.payers(CENTRAL_CAPTURE):
        money = programme.can_pay(economy.ledger)
        if money > 0:
            hold_round(economy, now, programme, money)


def hold_round(economy: Economy, now: Moment, programme: Programme, money: int) -> None:
    """One round with so much money of the programme [yuan]."""
    central = economy.of(CentralInvestment)
    asked = put_forward(economy, now, money)
    if not len(asked.rows):
        return
    central.projects += len(asked.rows)
    np.add.at(central.asked, asked.industry, asked.money)
    prepare(economy, programme, asked)
    results = now.draws.uniforms(
        CentralPurpose.INVESTMENT, economy.firms.id[asked.rows].astype(np.int64) + OF_RESULT, now.quarter
    )
    won = results < chances(economy, asked)
    if won.any():
        build(economy, now, programme, Asked(*(column[won] for column in asked)))


def put_forward(economy: Economy, now: Moment, money: int) -> Asked:
    """The projects that the money prepares and is likely to be enough for, in the order of their keys."""
    central, firms = economy.of(CentralInvestment), economy.firms
    keys, asks = np.full(firms.capacity, NOBODY), np.zeros(firms.capacity, np.int64)
    luck, living = np.empty(firms.capacity), (firms.start, firms.stop)
    now.draws.fill_word(CentralPurpose.INVESTMENT, now.quarter, firms.id, luck, living)
    price = now.circumstances.material_price
    list_projects(firms.arrays(), central.parameters, price, luck, *living, keys, asks)
    able = ((keys > NOBODY) & (asks > 0)).nonzero()[0]
    order = able[(-keys[able]).argsort(kind="stable")]
    within = central.cost_of(with_institutions(central, asks[order])).cumsum() <= money
    chosen = order[within]
    return Asked(chosen, firms.segment_of(chosen), asks[chosen])


def with_institutions(central: CentralInvestment, of_firms: np.ndarray) -> np.ndarray:
    """Money asked for with the part that goes to research facilities of institutions [yuan]."""
    return of_firms / (1.0 - central.parameters.institution_share)


def prepare(economy: Economy, programme: Programme, asked: Asked) -> None:
    """The programme pays those of the rest of the province who prepare the projects."""
    central = economy.of(CentralInvestment)
    cost = np.rint(central.parameters.preparation * with_institutions(central, asked.money)).astype(np.int64)
    places = np.arange(economy.geography.places)
    by_place = np.zeros(len(places), np.int64)
    np.add.at(by_place, economy.firms.prefecture[asked.rows], cost)
    payees = np.full(len(places), economy.ledger.accounts.rest)
    programme.claim(int(by_place.sum()))
    programme.support(economy.ledger, payees, by_place, places)


def chances(economy: Economy, asked: Asked) -> np.ndarray:
    """The chance of each project: the share of its field that is won, more for the more productive firms."""
    central = economy.of(CentralInvestment)
    p, ranks = central.parameters, np.empty(len(asked.rows))
    pools = central.pools(economy.markets.national, economy.scale)
    chance = np.empty(len(asked.rows))
    for k in sorted(set(asked.industry.tolist())):
        ours = asked.industry == k
        total = float(with_institutions(central, asked.money[ours]).sum())
        share = success_share(float(pools[k]), p.oversubscription * float(pools[k]), total)
        ranks[ours] = ranks_of(economy.firms.log_productivity[asked.rows[ours]])
        chance[ours] = [chance_of_project(share, rank, p.quality_weight) for rank in ranks[ours].tolist()]
    return chance


def build(economy: Economy, now: Moment, programme: Programme, won: Asked) -> None:
    """The province adds its part, the centre's money follows in the same proportion, and winners build."""
    central, firms = economy.of(CentralInvestment), economy.firms
    p, facilities = central.parameters, int(with_institutions(central, won.money).sum() - won.money.sum())
    wanted = p.cofinancing * (int(won.money.sum()) + facilities)
    share = min(MILLION, int(MILLION * programme.can_pay(economy.ledger) / wanted)) if wanted else MILLION
    grants, given = parts_of(won.money, share), part_of(facilities, share)
    pass_on_to_firms(economy, won.rows, grants)
    pass_on_to_institutions(economy, given)
    own = (p.cofinancing * grants).astype(np.int64)
    programme.claim(int(own.sum()))
    own = programme.disburse(economy.ledger, firms, won.rows, own)
    add_to_facilities(economy, programme, int(p.cofinancing * given))
    np.add.at(central.won, won.industry, grants)
    central.winners += len(won.rows)
    spent, invested = np.zeros(len(won.rows), np.int64), economy.totals.flows[Flow.CAPITAL_EXPENDITURE]
    pay_for_plant(firms.arrays(), won.rows, grants + own, p, spent, invested)
    central.plant += int(spent.sum())
    ready = now.quarter + int(economy.behaviour.production.investment_lag)
    built = spent / now.circumstances.material_price
    central.begin_plant(firms.id[won.rows].astype(np.int64), built, ready)


def pass_on_to_firms(economy: Economy, rows: np.ndarray, grants: np.ndarray) -> None:
    """The centre's money for firms [yuan] goes through the province."""
    ledger, firms = economy.ledger, economy.firms
    accounts, total = ledger.accounts, int(grants.sum())
    by_place = np.zeros(economy.geography.places, np.int64)
    credit_by_prefecture(firms.deposits, rows, grants, firms.prefecture, by_place)
    ledger.post(accounts.central, accounts.province, total, Flow.TRANSFER)
    ledger.post(accounts.province, accounts.firms, total, Flow.GRANT_INVESTMENT)
    economy.of(CentralInvestment).to_firms += total


def pass_on_to_institutions(economy: Economy, money: int) -> None:
    """The centre's money for facilities [yuan] goes through the province, to institutions by knowledge."""
    ledger, accounts = economy.ledger, economy.ledger.accounts
    ledger.post(accounts.central, accounts.province, money, Flow.TRANSFER)
    parts = split(money, economy.universities.knowledge)
    ledger.post_each(accounts.province, accounts.universities, parts, Flow.PLATFORM)
    economy.of(CentralInvestment).to_institutions += money


def add_to_facilities(economy: Economy, programme: Programme, money: int) -> None:
    """The programme's part of facilities [yuan]."""
    institutions, first = economy.universities, economy.ledger.accounts.first_university
    parts = split(money, institutions.knowledge)
    programme.claim(money)
    payees = first + np.arange(len(institutions))
    programme.support(economy.ledger, payees, parts, institutions.prefecture)
