"""Research of enterprises that are no technology firms: a part of what the rest of the province makes.

It is a statistic beside the accounts: the rest pays for it out of the value added and the purchases that
it has anyway, so no money moves and nothing else in the model reads it. It is a share of value added that
answers its user cost as firms' research does, and as slowly; who does it is an ordinary enterprise without
certificate or grant.
"""

import numpy as np

from agents.numbers.elementary import exp_, log_


class RestResearch:
    """What enterprises of the rest spend on research.

    intensity: yuan per yuan of value added of the rest at the user cost of the first quarter.
    by_place: share of each prefecture.
    answer: what the user cost makes of it, 1 in the first quarter.
    performed: in the quarter [yuan]. by_prefecture: the same, parted.
    """

    def __init__(self, intensity: float, by_place: np.ndarray) -> None:
        self.intensity, self.by_place = intensity, by_place
        self.answer, self.performed = 1.0, 0
        self.first_cost: float | None = None

    @property
    def by_prefecture(self) -> np.ndarray:
        """Research of the quarter by prefecture [yuan]."""
        return self.performed * self.by_place

    def perform(self, value_added: int, user_cost: float, elasticity: float, adjustment: float) -> None:
        """Research of the quarter, given the rest's value added [yuan] and the user cost of research [ratio].

        elasticity: of wanted research to its user cost. adjustment: share of the gap closed in a quarter.
        """
        if self.first_cost is None:
            self.first_cost = user_cost
        wanted = exp_(-elasticity * log_(user_cost / self.first_cost))
        self.answer += adjustment * (wanted - self.answer)
        self.performed = round(self.intensity * value_added * self.answer)


def intensity_of(share: float, published: float, value_added: int) -> float:
    """Research per yuan of the rest's value added, where the rest does a `share` of what is published.

    published: research of all enterprises in a year, value_added: of the rest in the same year [yuan].
    """
    return share * published / value_added if value_added > 0 else 0.0


def shares_by_place(gdp: np.ndarray, of_firms: np.ndarray, research: np.ndarray | None) -> np.ndarray:
    """Share of each prefecture in the rest's research: as industry's, or its output where none is published.

    gdp, of_firms: GDP and value added of technology firms by prefecture [yuan]. research: of industry.
    """
    output = [max(0.0, all_of - own) for all_of, own in zip(gdp.tolist(), of_firms.tolist(), strict=True)]
    weights = output if research is None else research.tolist()
    total = sum(weights)
    return np.array([weight / total if total > 0.0 else 1.0 / len(weights) for weight in weights])
