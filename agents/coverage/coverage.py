"""Statistical coverage: published value added and research over those that firms have.

A statistical office sees units that it lists, under the industries that it counts them in. When it lists
more of them, or counts more of what they sell as emerging, the published series grows and nothing else does.
Source, for the distance between local statistics and activity: Chen, Chen, Hsieh and Song (2019), Brookings
Papers on Economic Activity. No study was found that measures what drives of coverage do.
"""

from dataclasses import dataclass

import numpy as np


@dataclass
class Coverage:
    """Published over activity: 1 in 2020, the year to which targets are scaled.

    of_value_added: of emerging industries. of_research: of enterprises' research. No rule of any actor reads
    either.
    """

    of_value_added: float = 1.0
    of_research: float = 1.0

    def drift(self, a_year: float, of_research: float, research_alone: float = 0.0) -> None:
        """Moves both to the next year.

        a_year: growth of the coverage of value added [share]. of_research: the part of it with which the
        coverage of research moves. research_alone: what its coverage grows by besides [share].
        """
        self.of_value_added *= 1.0 + a_year
        self.of_research *= 1.0 + (of_research * a_year + research_alone)

    def beside(self, emerging: np.ndarray) -> np.ndarray:
        """What is published beyond what firms made [yuan, cell], in whole yuan, so that parts add up."""
        return np.rint((self.of_value_added - 1.0) * emerging).astype(np.int64)
