"""Universities and institutes in a quarter, and the knowledge within reach of firms."""

import numpy as np

from agents.economy import Economy
from agents.firms.totals import KNOWLEDGE
from sim.moment import Moment
from sim.science.luck import SciencePurpose


def perform_research(economy: Economy, now: Moment) -> None:
    """Universities and institutes receive their money, spend it on research, and learn."""
    institutions = economy.universities
    institutions.receive_core(economy.ledger, now.year)
    institutions.perform_research(economy.ledger)
    members = np.arange(4 * len(institutions))
    luck = now.draws.uniforms(SciencePurpose.UNIVERSITY, members, now.quarter).reshape(4, -1)
    institutions.learn(now.quarter, now.circumstances.material_price, luck)


def spread_knowledge(economy: Economy, now: Moment) -> None:
    """The knowledge within reach of each cell after the quarter; hosts of carriers radiate more."""
    weight = economy.carriers.host_weight()
    of_institutions = economy.universities.knowledge_cells(
        economy.geography.places, weight[: len(economy.universities)]
    )
    of_firms = economy.totals.cells[:, KNOWLEDGE] * weight[len(economy.universities) :]
    economy.knowledge.update(of_firms, of_institutions.ravel(), economy.parameters.university_weight)
