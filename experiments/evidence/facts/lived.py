"""One baseline run as facts are measured on it: its past to 2020, its firms, and a few years of missions.

run = lived(choose())
run.moments["growth: Subbotin shape"]
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import nan

import pandas as pd

from experiments.evidence.firm_moments import MISSION_MOMENTS, Facts, facts_of, missions
from experiments.evidence.firm_panel import FirmYears, pairs
from experiments.evidence.past import YEARS, Past, lived_to_2020, past_of
from scenarios.spec import POLICY_YEAR, RunSpec
from sim.model import IndustrialPolicyModel

MISSION_YEARS = (2021, 2022, 2023)
MISSION_MONEY = {("mission_projects", "budget"): ((POLICY_YEAR, 6e8),)}
"""A call for missions in which a grant goes to whom a jury chooses: 600 million yuan a year."""


@dataclass(frozen=True)
class Lived:
    """A run. later: its panel to 2023 where money for missions begins in 2021; None where it was not run."""

    past: Past
    panel: pd.DataFrame
    later: pd.DataFrame | None = None

    @cached_property
    def by_year(self) -> dict[int, pd.DataFrame]:
        """The panel's rows of each year, which many measures read: to cut costs more than to read."""
        return {year: self.panel[self.panel["year"] == year] for year in YEARS}

    @cached_property
    def followed(self) -> pd.DataFrame:
        """The panel's firm-years beside the year before."""
        return pairs(self.panel)

    @cached_property
    def moments(self) -> Facts:
        """The moments of its firms by name; nan for those of missions where these were not run."""
        return facts_of(self.panel, self.followed) | (
            dict.fromkeys(MISSION_MOMENTS, nan) if self.later is None else missions(self.later, MISSION_YEARS)
        )


def lived(spec: RunSpec) -> Lived:
    """Runs a baseline to the end of 2020, and goes on for three years with money for missions.

    Nothing is published of such years: they say whom a jury of the model chooses, and no more.
    """
    model, firms = IndustrialPolicyModel(spec), FirmYears(spec)
    found = past_of(model, lived_to_2020(model, firms.look))
    panel = firms.panel()
    model.under(replace(spec, scenario=spec.scenario.changed(MISSION_MONEY)))
    for quarter in range(4 * len(YEARS), 4 * (len(YEARS) + len(MISSION_YEARS))):
        model.step()
        firms.look(model, quarter)
    model.__dict__.clear()  # it refers to itself: its memory is free now, not at some later collection
    return Lived(found, panel, firms.panel())
