"""How large a region is: its places and industries, and the cells they make."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np


class Geography(NamedTuple):
    """Numbers of prefectures and of industries; a cell is one industry in one place, places side by side.

    Arrays over cells have one element per cell, industry by industry. Names are needed where a part is meant.
    """

    places: int
    industries: int
    place_names: tuple[str, ...] = ()
    industry_names: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        return self.places * self.industries

    @property
    def first_cells(self) -> range:
        """The cell of each industry in the first place."""
        return range(0, self.cells, self.places)

    @property
    def place_of_cell(self) -> np.ndarray:
        return np.arange(self.cells) % self.places

    def by_industry(self, cells: np.ndarray) -> np.ndarray:
        """What is told by cell as [industry, place], and whatever axes follow."""
        return cells.reshape(self.industries, self.places, *cells.shape[1:])

    def meant(self, places: Sequence[str], industries: Sequence[str]) -> np.ndarray:
        """Whether each cell lies in one of these places and industries; none named: all."""
        here = np.isin(self.place_names, places) if places else np.ones(self.places, bool)
        these = np.isin(self.industry_names, industries) if industries else np.ones(self.industries, bool)
        return np.outer(these, here).ravel()
