"""Rivals in the rest of China: they get what a national rule gives, and imitate what the province does.

Rivals are taken to be like the firms of the province. What makes research cheaper for all makes them research
more by the same share; what other provinces add to their programmes, once this one has added to its own, does
for rivals what so much research does. Both raise their knowledge as research does here, and their attraction
with it. Nothing that comes out for the firms is read, so that luck and the firms' own doing provoke nobody.
"""

from collections.abc import Iterable

import numpy as np

from agents.firms import FirmParameters
from agents.firms.conditions import Conditions
from agents.firms.research import user_cost
from agents.numbers.elementary import pow_
from agents.products.markets import ProductMarkets


def encouraged(
    addition: float, elasticity: float, p: FirmParameters, conditions: Iterable[Conditions]
) -> np.ndarray:
    """What a national addition to the super-deduction adds to research, by industry [share].

    That of certified firms with cash: they do most of research.
    """
    if addition == 0.0:
        return np.zeros(sum(1 for _ in conditions))
    costs = ([user_cost(True, 0.0, more, 0.0, p, c) for more in (addition, 0.0)] for c in conditions)
    return np.array([pow_(cost / usual, -elasticity) - 1.0 for cost, usual in costs])


def adjust(markets: ProductMarkets, wanted: np.ndarray, p: FirmParameters) -> None:
    """Rivals' research moves to what national rules make them want, as slowly as that of firms here.

    wanted: by industry [share of what they would do otherwise].
    """
    gap = wanted - markets.rivals_encouraged
    markets.rivals_encouraged = markets.rivals_encouraged + p.research.research_adjustment * gap


def learn(markets: ProductMarkets, imitated: float, turnover: float, rival_yield: float) -> None:
    """A quarter of rivals' research; their attraction grows with their knowledge.

    imitated: research that other provinces' programmes add [share of a quarter's]. turnover: share of a
    quarter's research in the stock of knowledge at its end. rival_yield: elasticity of attraction to it.
    """
    ahead = (1.0 - turnover) * markets.rivals_ahead + turnover * (markets.rivals_encouraged + imitated)
    growth = ((1.0 + ahead) / (1.0 + markets.rivals_ahead)).tolist()
    attracts = {ratio: pow_(ratio, rival_yield) for ratio in set(growth)}  # one for many industries
    markets.outside = markets.outside * np.array([attracts[ratio] for ratio in growth])
    markets.rivals_ahead = ahead
