"""Sets of members, as Mesa knows them, kept as ids instead of objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from agents.population import Population


class MemberSet:
    def __init__(self, population: Population, ids: np.ndarray | None = None) -> None:
        self.population = population
        self.ids = ids
