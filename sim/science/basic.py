"""Basic research in a quarter: the fund pays, results that were long under way come."""

import numpy as np

from agents.economy import Economy
from agents.firms.innovation import grant_quarters
from agents.money.families import BASIC_RESEARCH
from agents.numbers.search import highest
from agents.numbers.shares import split
from agents.science.basic_research import (
    NOBODY,
    BasicResearch,
    Results,
    count_results,
    describe_results,
    file_patents,
    number_results,
    rank_users,
)
from sim.moment import Moment
from sim.science.luck import SciencePurpose

SECOND = 1 << 61  # numbers of draws for one result, kept apart
OF_PATENTS = 1 << 20  # likewise for one institution


def fund_basic_research(economy: Economy, now: Moment) -> None:
    """Programmes pay institutions for basic research, in proportion to what they know."""
    basic, institutions = economy.of(BasicResearch), economy.universities
    institutions.basic = None
    payers = [one for one in economy.offers.payers(BASIC_RESEARCH) if one.can_pay(economy.ledger) > 0]
    if not payers:
        return
    basic.funded = np.zeros(len(institutions), np.int64)
    payees = economy.ledger.accounts.first_university + np.arange(len(institutions))
    for programme in payers:
        parts = split(programme.can_pay(economy.ledger), institutions.knowledge)
        programme.claim(int(parts.sum()))
        basic.funded += programme.support(economy.ledger, payees, parts, institutions.prefecture)
    institutions.basic, basic.idle = basic.funded, False


def see_results(economy: Economy, now: Moment) -> None:
    """What basic research of the quarter will bring is drawn; what was begun years ago comes."""
    basic, institutions = economy.of(BasicResearch), economy.universities
    if basic.idle:
        return
    if institutions.basic is not None:
        begin_research(economy, now, institutions.basic)
    institutions.knowledge += basic.knowledge_now(len(institutions))
    results = basic.due_now(now.quarter)
    if len(results.id):
        take_up(economy, now, results)


def begin_research(economy: Economy, now: Moment, funded: np.ndarray) -> None:
    """Draws number, time, field and quality of what the quarter's basic research [yuan] will bring."""
    basic, price = economy.of(BasicResearch), now.circumstances.material_price
    p, members = basic.parameters, economy.universities.members
    number, quarter = SciencePurpose.BASIC_NUMBER, now.quarter
    luck = now.draws.uniforms(number, np.concatenate([members, members + OF_PATENTS]), quarter)
    inventions, patents = np.zeros((2, len(funded)), np.int64)
    found = count_results(funded, price, p, luck.reshape(2, -1), inventions, patents)
    ids, owner, is_patent, due, field = np.zeros((5, found), np.int64)
    number_results(inventions, patents, quarter, ids, owner, is_patent)
    luck = np.array(
        [
            now.draws.uniforms(SciencePurpose.BASIC_NUMBER, ids, quarter),
            now.draws.uniforms(SciencePurpose.BASIC_RESULT, ids | SECOND, quarter),
            now.draws.uniforms(SciencePurpose.BASIC_RESULT, ids, quarter),
        ]
    )
    quality = np.zeros(found)
    describe_results(owner, economy.universities.fields, quarter, p, luck, due, field, quality)
    basic.begin(Results(ids, owner, field, due, is_patent, quality), funded / price)


def take_up(economy: Economy, now: Moment, results: Results) -> None:
    """Inventions are on offer from now on; firms file the patents that build on results of their field."""
    basic, own = economy.of(BasicResearch), results.chosen(results.is_patent == 0)
    economy.inventions.take_in(own.id, own.owner, own.field, own.quality, now.quarter)
    basic.inventions += len(own.id)
    fields = results.field[results.is_patent == 1]
    for k in np.unique(fields).tolist():
        rows = users_of(economy, now, k, int((fields == k).sum()))
        file_patents(economy.firms.arrays(), rows, now.quarter % int(grant_quarters(economy.behaviour)))
        basic.patents += len(rows)
    basic.lost += len(fields) - basic.patents


def users_of(economy: Economy, now: Moment, industry: int, number: int) -> np.ndarray:
    """Rows of so many firms of an industry that build on results, at most as many as do research."""
    firms, p = economy.firms, economy.of(BasicResearch).parameters
    start, stop = int(firms.start[industry]), int(firms.stop[industry])
    keys = np.full(stop - start, NOBODY)
    luck = now.draws.uniforms(SciencePurpose.BASIC_RESULT, firms.id[start:stop], now.quarter)
    rank_users(firms.arrays(), p, luck, start, stop, keys)
    order = highest(keys, number)
    return start + order[keys[order] > NOBODY]
