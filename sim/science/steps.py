"""Universities and institutes in a quarter, and the knowledge within reach of firms."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import HIGH_VALUE, KNOWLEDGE, PATENTS
from agents.science.filing import Filing
from agents.science.other_owners import OtherOwners
from agents.science.patent_ages import ENTERPRISES, INSTITUTIONS, OTHERS, PatentAges
from agents.science.universities import PatentClimate
from sim.luck.ids import ABOVE
from sim.moment import Moment
from sim.science.luck import SciencePurpose


def perform_research(economy: Economy, now: Moment) -> None:
    """Universities and institutes receive their money, spend it on research, and learn."""
    institutions = economy.universities
    institutions.receive_core(economy.ledger, now.year)
    institutions.perform_research(economy.ledger)
    luck = learning_luck(economy, now)
    around, ages = now.circumstances, economy.of(PatentAges)
    climate = PatentClimate(
        around.patent_applications,
        around.high_value_shift,
        ages.maturing[INSTITUTIONS],
        around.high_value_factor,
    )
    institutions.learn(now.quarter, around.material_price, luck, climate)


def learning_luck(economy: Economy, now: Moment) -> np.ndarray:
    """Four uniforms for each institution, of those that were founded by their own ids, shape (4, n)."""
    institutions = economy.universities
    members = np.arange(4 * institutions.core)
    luck = now.draws.uniforms(SciencePurpose.UNIVERSITY, members, now.quarter).reshape(4, -1)
    founded = institutions.members[institutions.core :]
    if not len(founded):
        return luck
    numbers = founded + ABOVE * np.arange(4)[:, None]
    own = now.draws.uniforms(SciencePurpose.NEW_INSTITUTE, numbers.ravel(), now.quarter)
    return np.concatenate([luck, own.reshape(4, -1)], axis=1)


def age_patents(economy: Economy, now: Moment) -> None:
    """Other owners' inventions come and go, and everybody's are a quarter older."""
    ages, others, institutions = economy.of(PatentAges), economy.of(OtherOwners), economy.universities
    luck = now.draws.uniform(SciencePurpose.OTHER_OWNERS, 0, now.quarter)
    others.pass_quarter(now.quarter, now.circumstances.high_value_shift, float(ages.maturing[OTHERS]), luck)
    held = [
        economy.province[PATENTS] - economy.province[HIGH_VALUE],
        *institutions.by_kind(institutions.valid - institutions.high_value),
        others.valid - others.high_value,
    ]
    economy.of(Filing).plain = plain = granted_to_firms(economy)
    ages.pass_quarter(
        held,
        [plain, *institutions.by_kind(institutions.granted_plain), others.granted_plain],
    )


def granted_to_firms(economy: Economy) -> float:
    """Of the inventions granted to firms in the quarter those that are not of high value, as expected.

    New ones of high value are among the granted or have turned ten.
    """
    counts, held, valued = economy.counts, economy.province[PATENTS], economy.province[HIGH_VALUE]
    others_now, lapsed = held - valued, counts.patents_lapsed - counts.high_value_lapsed
    others_before = others_now - (counts.patents_granted - counts.high_value_new) + lapsed
    matured = float(economy.of(PatentAges).maturing[ENTERPRISES]) * others_before
    return counts.patents_granted - (counts.high_value_new - matured)


def spread_knowledge(economy: Economy, now: Moment) -> None:
    """The knowledge within reach of each cell after the quarter; hosts of carriers radiate more."""
    weight = economy.carriers.host_weight()
    hosts, founded = economy.universities.core, len(economy.universities) - economy.universities.core
    own = np.concatenate([weight[:hosts], np.ones(founded)])
    of_institutions = economy.universities.knowledge_cells(economy.geography.places, own)
    of_firms = economy.totals.cells[:, KNOWLEDGE] * weight[hosts:]
    economy.knowledge.update(of_firms, of_institutions.ravel(), economy.parameters.university_weight)
