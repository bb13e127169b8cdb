"""The yearly round for national innovation carriers."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import HIGH_VALUE, KNOWLEDGE
from agents.money.families import CARRIER_SUPPORT
from agents.state.carriers import anchors, ask_for_support
from sim.luck.draws import Purpose
from sim.moment import Moment
from sim.state.luck import StatePurpose

OF_CANDIDATES, OF_CHOICE, OF_YEAR = 0, 100_000, 200_000  # numbers of draws for one purpose, kept apart


def hold_national_round(economy: Economy, now: Moment) -> None:
    """Review, nomination, the province's money, titles."""
    carriers = economy.carriers

    def luck(purpose: Purpose, members: np.ndarray) -> np.ndarray:
        return now.draws.uniforms(purpose, members, now.quarter)

    n = np.arange(len(carriers.candidate_family))
    carriers.review(now.year, luck(StatePurpose.CARRIER_REVIEW, carriers.id))
    knowledge, valued = standing_of_hosts(economy)
    carriers.nominate(knowledge, luck(StatePurpose.CARRIER_SCORE, n + OF_CHOICE))
    grants = np.zeros(len(n), np.int64)
    for programme in economy.offers.payers(CARRIER_SUPPORT):
        hosts = anchors(economy.firms, len(economy.totals.cells)), economy.prefecture_of_host
        grants += ask_for_support(carriers, programme, economy.ledger, economy.firms, *hosts)
    families = np.arange(len(carriers.families.names)) + OF_YEAR
    scores = luck(StatePurpose.CARRIER_SCORE, n + OF_CANDIDATES)
    waves = luck(StatePurpose.CARRIER_SCORE, families)
    size = now.setting.carrier_round(now.year)
    carriers.national_round(now.year, knowledge, valued, grants, scores, waves, size)


def standing_of_hosts(economy: Economy) -> tuple[np.ndarray, np.ndarray]:
    """Knowledge [yuan at 2016Q1 prices] and high-value patents of institutions, then of cells.

    Per unit of scale, so that a small economy competes like the whole one.
    """
    cells, institutions = economy.totals.cells, economy.universities
    start = slice(institutions.core)  # who was founded later hosts none
    knowledge = np.concatenate([institutions.knowledge[start], cells[:, KNOWLEDGE].astype(np.float64)])
    valued = np.concatenate([institutions.high_value[start], cells[:, HIGH_VALUE]]).astype(np.float64)
    return knowledge / economy.scale, valued / economy.scale
