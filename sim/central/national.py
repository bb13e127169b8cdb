"""National projects in a year: the match is announced, projects are won, matched and paid."""

import numpy as np

from agents.central.national_projects import (
    NOBODY,
    NationalProjects,
    added_share,
    count_added,
    rank_firms,
    ranks_of,
)
from agents.economy import Economy
from agents.money.families import NATIONAL_MATCH
from agents.money.flows import Flow
from agents.money.ledger_firms import credit_by_prefecture
from agents.money.programme import Programme
from agents.numbers.distributions import poisson_quantile
from agents.numbers.search import highest
from agents.numbers.shares import MILLION, parts_of
from agents.state.grants import use_grants
from sim.central.luck import CentralPurpose
from sim.luck.ids import ABOVE
from sim.moment import Moment

FIRMS_NUMBER = -1  # of the draw for how many firms win in addition, below those of institutions
SECOND_GRANT = ABOVE  # numbers of draws for one firm, kept apart


def hold_national_round(economy: Economy, now: Moment) -> None:
    """Firms get a year's money of their projects; what the match wins in addition is awarded and matched."""
    projects = economy.of(NationalProjects)
    if len(projects.firm):
        pay_firms_projects(economy, now)
    projects.match = 0.0
    ratio = economy.offers.of(NATIONAL_MATCH).ratio
    for programme in economy.offers.payers(NATIONAL_MATCH):
        if ratio > 0.0 and programme.can_pay(economy.ledger) > 0:
            award(economy, now, programme, ratio)


def award(economy: Economy, now: Moment, programme: Programme, ratio: float) -> None:
    """The match, as far as the money carries it for usual projects; who wins in addition; payment."""
    projects, p = economy.of(NationalProjects), economy.of(NationalProjects).parameters
    usual = parts_of(4 * economy.universities.usual_projects(now.year), round(MILLION * p.competitive))
    of_firms = p.firm_projects * economy.scale
    base = float(usual.sum()) + of_firms * p.firm_project
    projects.match = min(ratio, programme.can_pay(economy.ledger) / base) if base > 0.0 else 0.0
    share = added_share(p.response, projects.match)
    counts = won_by_institutions(economy, now, usual, share)
    projects.award_institutions(counts)
    luck = now.draws.uniform(CentralPurpose.NATIONAL, FIRMS_NUMBER, now.quarter)
    added = int(poisson_quantile(share * of_firms, luck))
    rows = best_firms(economy, now, round(of_firms) + added)
    new = rows[len(rows) - min(added, len(rows)) :]
    projects.award_firms(economy.firms.id[new].astype(np.int64))
    amounts = usual + counts * int(p.university_project)
    projects.matched += round(float(usual.sum()) / p.university_project) + int(counts.sum()) + len(rows)
    pay_match(economy, now, programme, rows, amounts)
    pay_first_year(economy, now, new)


def won_by_institutions(economy: Economy, now: Moment, usual: np.ndarray, share: float) -> np.ndarray:
    """How many projects each institution of the start wins in addition, more often who knows more.

    Those that a programme founded have no usual projects, of which a match could make more.
    """
    p, known = economy.of(NationalProjects).parameters, economy.universities.knowledge[: len(usual)]
    counts = np.zeros(len(usual), np.int64)
    luck = now.draws.uniforms(CentralPurpose.NATIONAL, np.arange(len(usual)), now.quarter)
    count_added(usual, ranks_of(known), p, share, luck, counts)
    return counts


def best_firms(economy: Economy, now: Moment, number: int) -> np.ndarray:
    """Rows of the firms that win, the best first; none of those whose project goes on."""
    firms, p = economy.firms, economy.of(NationalProjects).parameters
    keys, luck = np.full(firms.capacity, NOBODY), np.empty(firms.capacity)
    living = (firms.start, firms.stop)
    now.draws.fill_word(CentralPurpose.NATIONAL, now.quarter, firms.id, luck, living)
    rank_firms(firms.arrays(), p, luck, *living, keys)
    busy = firms.rows_among(economy.of(NationalProjects).firm)
    keys[busy[busy >= 0]] = NOBODY
    able = (keys > NOBODY).nonzero()[0]
    return able[highest(keys[able], number)]


def pay_match(
    economy: Economy, now: Moment, programme: Programme, rows: np.ndarray, money: np.ndarray
) -> None:
    """The match on what institutions [yuan] and the firms in `rows` win this year, paid at once."""
    projects, institutions = economy.of(NationalProjects), economy.universities
    of_firms = np.full(len(rows), int(projects.match * projects.parameters.firm_project), np.int64)
    of_institutions = (projects.match * money).astype(np.int64)
    programme.claim(int(of_firms.sum()) + int(of_institutions.sum()))
    payees = economy.ledger.accounts.first_university + np.arange(len(money))
    places = institutions.prefecture[: len(money)]
    programme.support(economy.ledger, payees, of_institutions, places)
    use(economy, now, rows, programme.disburse(economy.ledger, economy.firms, rows, of_firms), SECOND_GRANT)


def pay_first_year(economy: Economy, now: Moment, rows: np.ndarray) -> None:
    """The first year's money of the firms that have just won, which stand last among all."""
    if len(rows):
        credit(economy, now, rows, economy.of(NationalProjects).pay_first_year(len(rows)))


def pay_firms_projects(economy: Economy, now: Moment) -> None:
    """A further year's money of projects that firms have won; of firms that left nothing is paid."""
    projects, firms = economy.of(NationalProjects), economy.firms
    rows = firms.rows_among(projects.firm)
    projects.drop(rows < 0)
    credit(economy, now, rows[rows >= 0], projects.pay_year())


def credit(economy: Economy, now: Moment, rows: np.ndarray, amounts: np.ndarray) -> None:
    """The centre pays firms for their projects [yuan], and they use the money as other research grants."""
    ledger, firms = economy.ledger, economy.firms
    by_place = np.zeros(economy.geography.places, np.int64)
    credit_by_prefecture(firms.deposits, rows, amounts, firms.prefecture, by_place)
    ledger.post(ledger.accounts.central, ledger.accounts.firms, int(amounts.sum()), Flow.GRANT_RD)
    use(economy, now, rows, amounts, 0)


def use(economy: Economy, now: Moment, rows: np.ndarray, amounts: np.ndarray, which: int) -> None:
    """Owners take what is misused of a grant; of the rest a part is research on top of the plan."""
    firms = economy.firms
    luck = np.empty(firms.capacity)
    ids = firms.id[rows].astype(np.int64) + which
    luck[rows] = now.draws.uniforms(CentralPurpose.MISUSE, ids, now.quarter)
    dividends, taken = economy.totals.flows[Flow.DIVIDENDS], np.zeros(len(rows), np.int64)
    use_grants(firms.arrays(), luck, economy.behaviour, rows, amounts, 1.0, dividends, taken)


def pay_institutions_projects(economy: Economy, now: Moment) -> None:
    """The centre pays institutions the quarter's part of the projects that they have won in addition."""
    projects = economy.of(NationalProjects)
    if not projects.ahead.any():
        return
    accounts, due = economy.ledger.accounts, projects.due_now()
    economy.ledger.post_each(accounts.central, accounts.universities, due, Flow.UNIVERSITY_PROJECT)
