"""Rules by which the post-subsidy selects: do grants go to those who had them, and to the productive?

from experiments.evidence.selection_rules import grants_by_rule
print(grants_by_rule())        # S14 of the stylised facts under each rule
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from agents.money.families import SELECTIONS
from experiments.evidence.firm_moments import revenue_productivity
from experiments.evidence.firm_panel import firm_panel, pairs
from sim.model import IndustrialPolicyModel, choose


class Ruled(IndustrialPolicyModel):
    """A model whose post-subsidy selects by another rule."""

    rule = SELECTIONS[0]

    def _take(self, economy: Any) -> None:
        economy.governments.programmes["rd_subsidy"].rule = self.rule
        super()._take(economy)


def grants_by_rule(scale: float = 0.2, replications: int = 2) -> pd.DataFrame:
    """S14 under each rule of selection: persistence of grants, and whether they seek productivity.

    The correlation is also given among firms of like size and equally many earlier grants, which is what
    studies with covariates measure.
    """
    found = {}
    for rule in SELECTIONS:
        ruled = type("Ruled", (Ruled,), {"rule": rule})
        panels = [
            firm_panel(choose(scale=scale, replication=n), model_class=ruled) for n in range(replications)
        ]
        found[rule] = pd.DataFrame([seeking(pairs(panel)) for panel in panels]).mean()
    return pd.DataFrame(found).T


def seeking(both: pd.DataFrame) -> dict[str, float]:
    """Persistence and the two correlations of one panel's pairs of years."""
    granted = (both["grants_received"] > both["grants_received_before"]).astype(float)
    before = revenue_productivity(both, "_before")
    known = before.notna().to_numpy()
    size = np.log(both["sales_before"].clip(lower=1.0))
    earlier = both["grants_received_before"].clip(upper=3)
    controls = np.column_stack([np.ones(len(both)), size, earlier])[known]
    rest = [
        values[known] - controls @ np.linalg.lstsq(controls, values[known], rcond=None)[0]
        for values in (granted.to_numpy(), before.to_numpy())
    ]
    return {
        "granted": float(granted.mean()),
        "granted after a grant": float(granted[both["grants_received_before"] > 0].mean()),
        "correlation with productivity": float(granted.corr(before)),
        "given size and earlier grants": float(np.corrcoef(*rest)[0, 1]),
    }
