"""Experiments with the technology market: what its levers do to licences, in pairs of runs of equal luck.

    from experiments.in_silico_transfer import licence_income_by_share, technology_market_effects
    print(licence_income_by_share(replications=10))       # inventors get ten points more

Each returns a table: sums over 2021-25 without the change, and the relative effect with its 95 % interval.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import stats

from experiments.model import FIRST_YEAR, INDICATORS, simulate
from scenarios.spec import POLICY_YEAR
from sim.indicators import Kind
from sim.model import choose

Field = tuple[str, str]  # lever and field
SCENARIO = "as_in_2020"
OF_LICENCES = (
    "licence_income", "licence_income_in_province", "licences", "licences_outside", "invention_quality",
    "disclosures", "inventor_income", "spin_offs", "contracts_registered_universities", "rd_universities",
)  # fmt: skip
OF_MARKET = (*OF_LICENCES, "programme_technology_market", "rd_firms_real", "sei_value_added")
FULL_MARKET = {
    ("technology_market", "platform"): 1.0,
    ("technology_market", "centres"): 4.0,
    ("technology_market", "deal_subsidy"): 0.2,
    ("technology_market", "budget"): 2e8,
}


def licence_income_by_share(
    share: float = 0.8, replications: int = 10, scale: float = 0.2, names: Sequence[str] = OF_LICENCES
) -> pd.DataFrame:
    """Licence income and its parts when inventors get `share` of it from 2021 on, against the baseline."""
    return paired_effects({("inventor_share", "share"): share}, names, replications, scale)


def technology_market_effects(
    changes: Mapping[Field, float] = FULL_MARKET, replications: int = 10, scale: float = 0.2
) -> pd.DataFrame:
    """What a working platform, four regional centres and a subsidy on licences change from 2021 on."""
    return paired_effects(changes, OF_MARKET, replications, scale)


def paired_effects(
    changes: Mapping[Field, float], names: Sequence[str], replications: int, scale: float
) -> pd.DataFrame:
    """2021-25 in the baseline and the relative effect of `changes` with its 95 % interval, by indicator."""
    pairs = np.array([of_pair(changes, names, scale, number) for number in range(replications)])
    base, effect = pairs[:, 0].mean(axis=0), pairs[:, 1] - pairs[:, 0]
    mean, error = effect.mean(axis=0), effect.std(axis=0, ddof=1) / np.sqrt(replications)
    reach = stats.t.ppf(0.975, replications - 1) * error
    bounds = {"effect_percent": mean, "low": mean - reach, "high": mean + reach}
    relative = {name: 100.0 * values / np.where(base == 0.0, np.nan, base) for name, values in bounds.items()}
    return pd.DataFrame({"baseline": base, **relative}, index=pd.Index(list(names), name="indicator"))


def of_pair(changes: Mapping[Field, float], names: Sequence[str], scale: float, number: int) -> np.ndarray:
    """2021-25 of the baseline and of the changed scenario, with the same luck: shape (2, names)."""
    usual = choose(SCENARIO, scale=scale, replication=number)
    dated = {field: ((POLICY_YEAR, value),) for field, value in changes.items()}
    changed = replace(usual, scenario=usual.scenario.changed(dated))
    runs = simulate([usual, changed])
    return np.array([[over_the_plan(run.series, name) for name in names] for run in runs])


def over_the_plan(series: np.ndarray, name: str) -> float:
    """A series over 2021-25: the sum of a flow, the mean of a rate, the last value of a stock."""
    values = series[4 * (POLICY_YEAR - FIRST_YEAR) :, list(INDICATORS).index(name)]
    match INDICATORS[name].kind:
        case Kind.FLOW:
            return float(values.sum())
        case Kind.RATE:
            return float(values.mean())
        case Kind.STOCK:
            return float(values[-1])
