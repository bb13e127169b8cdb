"""The population that experiments act on: read off the baseline to 2020, without an arm."""

from __future__ import annotations

from math import log

import numpy as np

from experiments.evidence.trials.replication import Replication, lived
from experiments.evidence.trials.trial import Trial
from scenarios.spec import FIRST_YEAR
from sim.model import IndustrialPolicyModel

YEARS = 5  # 2016 to 2020


def population(one: Replication) -> dict[str, float]:
    """Debt, return to capital, bad loans, life, survival and entry of firms; mark-ups."""
    model = one.past
    economy, column = model.economy, model.recorded.column
    firms, rows = economy.firms, economy.firms.rows()
    yearly = {
        name: model.series[:, column[name]].reshape(YEARS, 4)
        for name in ("entrants", "relocations", "exits", "firms", "defaults", "firm_loans",
                     "technology_value_added", "wages_paid")
    }  # fmt: skip
    price = model.setting.circumstances(economy.quarter - 1, active=True).material_price
    capital = float(firms.capital[rows].sum()) * price
    assets = float(firms.deposits[rows].sum() + firms.inventory_value[rows].sum()) + capital
    surplus = yearly["technology_value_added"][-1].sum() - yearly["wages_paid"][-1].sum()
    leaving = yearly["exits"][1:].sum() / yearly["firms"][1:].mean() / (YEARS - 1)
    entry = yearly["entrants"].sum(axis=1)
    return {
        "debt": float(firms.loans[rows].sum()) / assets,
        "bad_loans": 100.0
        * float(yearly["defaults"][1:].sum() / yearly["firm_loans"][1:].mean() / (YEARS - 1)),
        "return_to_capital": float(surplus) / capital,
        "median_life": log(2.0) / float(leaving) if leaving > 0.0 else float("nan"),
        "entry_growth": 100.0 * float((entry[-1] / entry[0]) ** (1.0 / (YEARS - 1)) - 1.0),
        "markup": 1.0 + float(firms.markup[rows].mean()),
    } | of_cohorts(one)


def of_cohorts(one: Replication) -> dict[str, float]:
    """Firms founded in 2016 that are there at the end of 2020; mark-ups that last four years."""
    firms, later = lived(IndustrialPolicyModel(one.spec), 4).economy.firms, one.past.economy.firms
    rows = firms.rows()
    born = firms.entry_quarter[rows] >= 0
    there = np.array([later.row_or_none(member) is not None for member in firms.id[rows].tolist()], bool)
    stayed = rows[there]
    now = later.rows_of(firms.id[stayed])
    lasting = np.corrcoef(np.log(1.0 + firms.markup[stayed]), np.log(1.0 + later.markup[now]))[0, 1]
    return {
        "survival": float(there[born].mean()) if born.any() else float("nan"),
        "lasting_markup": float(lasting),
    }


TRIAL = Trial(
    "population",
    f"Read off the baseline of {FIRST_YEAR} to 2020; no arm. Survival: of the firms founded in {FIRST_YEAR} "
    "that lived to its end, those there four years later.",
    population,
    {
        "debt": "share", "bad_loans": "% a year", "return_to_capital": "share a year", "median_life": "years",
        "entry_growth": "% a year", "markup": "ratio", "survival": "share", "lasting_markup": "share",
    },
)  # fmt: skip
