"""Institutions, carriers, the rest of the economy and the bank: what happens around the firms."""

import numpy as np

from agents.economy import Economy
from agents.firms.anchors import anchors
from agents.firms.totals import HIGH_VALUE, KNOWLEDGE
from agents.state.carriers import ask_for_support
from sim.luck.draws import Draws, Purpose

CARRIERS = "innovation_carriers"
OF_CANDIDATES, OF_CHOICE, OF_YEAR = 0, 100_000, 200_000  # numbers of draws for one purpose, kept apart


def open_books(economy: Economy) -> None:
    """A new quarter: empty flows, and the firms hold what the books say."""
    economy.forget_quarter()
    economy.ledger.open_quarter(economy.quarter, *economy.money_of_firms())


def settle_firms(economy: Economy) -> None:
    """Posts the other side of everything that firms paid and received."""
    economy.firm_flows = economy.ledger.settle_firms(economy.totals.flows)


def research_of_institutions(economy: Economy, draws: Draws, price: float) -> None:
    """Universities and institutes receive their money, spend it on research, and learn."""
    institutions = economy.universities
    institutions.receive_core(economy.ledger, economy.year)
    institutions.perform_research(economy.ledger)
    members = np.arange(4 * len(institutions))
    luck = draws.uniforms(Purpose.UNIVERSITY, members, economy.quarter).reshape(4, -1)
    institutions.learn(economy.quarter, price, luck)


def spread_knowledge(economy: Economy) -> None:
    """The knowledge within reach of each cell after the quarter; hosts of carriers radiate more."""
    weight = economy.carriers.host_weight()
    of_institutions = economy.universities.knowledge_cells(weight[: len(economy.universities)])
    of_firms = economy.totals.cells[:, KNOWLEDGE] * weight[len(economy.universities) :]
    economy.knowledge.update(of_firms, of_institutions.ravel(), economy.parameters.university_weight)


def hold_national_round(economy: Economy, draws: Draws, size: float) -> None:
    """The yearly round for national carriers: review, nomination, the province's money, titles.

    `size`: of the centre's rounds this year over a usual year's.
    """
    carriers, quarter = economy.carriers, economy.quarter

    def luck(purpose: Purpose, members: np.ndarray) -> np.ndarray:
        return draws.uniforms(purpose, members, quarter)

    n = np.arange(len(carriers.candidate_family))
    carriers.review(economy.year, luck(Purpose.CARRIER_REVIEW, carriers.id))
    knowledge, valued = standing_of_hosts(economy)
    carriers.nominate(knowledge, luck(Purpose.CARRIER_SCORE, n + OF_CHOICE))
    grants = ask_for_support(
        carriers,
        economy.governments.programmes[CARRIERS],
        economy.ledger,
        economy.firms,
        anchors(economy.firms),
        economy.prefecture_of_host,
    )
    families = np.arange(len(carriers.families.names)) + OF_YEAR
    scores, waves = luck(Purpose.CARRIER_SCORE, n + OF_CANDIDATES), luck(Purpose.CARRIER_SCORE, families)
    carriers.national_round(economy.year, knowledge, valued, grants, scores, waves, size)


def standing_of_hosts(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Knowledge [yuan at 2016Q1 prices] and high-value patents of institutions, then of cells.

    Per unit of scale, so that a small economy competes like the whole one.
    """
    cells, institutions = economy.totals.cells, economy.universities
    knowledge = np.concatenate([institutions.knowledge, cells[:, KNOWLEDGE].astype(np.float64)])
    valued = np.concatenate([institutions.high_value, cells[:, HIGH_VALUE]]).astype(np.float64)
    return knowledge / economy.scale, valued / economy.scale


def close_around_firms(economy: Economy) -> None:
    """The rest of the province, households, governments and the bank end their quarter, in this order."""
    ledger, rest, governments = economy.ledger, economy.rest, economy.governments
    rest.pay_wages(ledger, economy.rest_value_added)
    rest.tax_households(ledger)
    rest.pay_taxes(ledger, governments, economy.rest_value_added, economy.year)
    governments.spend(ledger)
    economy.bank.close(ledger, rest.weights)
    rest.consume(ledger)
    rest.close(ledger, economy.rest_value_added)


def close_books(economy: Economy) -> None:
    """The end of the quarter; firms hold what was posted, and nobody is in debt who may not."""
    economy.ledger.close_quarter(*economy.money_of_firms())
