"""Experiments with talent, digital networks and the super-deduction, in pairs of runs of equal luck.

    from experiments.in_silico_talent import newcomers_by_top_up, research_by_deduction
    print(newcomers_by_top_up(0.10))        # a top-up of a tenth of net pay for every newcomer
    print(research_by_deduction(0.25))      # 25 points more are deducted

Each returns a table by indicator: without and with the change, and the effect with its 95 % interval.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log

import numpy as np
import pandas as pd
from scipy import stats

from agents.markets.talent import TalentParameters
from scenarios.spec import FIRST_YEAR, LAST_YEAR, POLICY_YEAR, RunSpec
from sim.indicators import INDICATORS, Kind
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

Field = tuple[str, str]  # lever and field
SCENARIO = "as_in_2020"
OF_TALENT = (
    "talent_arrived", "talent_granted", "talent", "talent_left", "talent_yield", "rd_firms_real",
    "patents_valid", "sei_value_added", "programme_talent_introduction",
)  # fmt: skip
OF_DEDUCTION = (
    "rd_firms_real", "rd_firms", "hnte", "tax_expenditure", "corporate_tax_paid", "patents_valid",
    "sei_value_added",
)  # fmt: skip
OF_NETWORKS = (
    "digitalised", "network_works", "technology_value_added", "sei_value_added",
    "digital_core_value_added", "programme_digital_infrastructure",
)  # fmt: skip


def newcomers_by_top_up(top_up: float = 0.10, replications: int = 10, scale: float = 0.2) -> pd.DataFrame:
    """Every newcomer of 2021-25 gets an award worth `top_up` of net pay, against no award at all."""
    none = {("talent_introduction", "award"): 0.0, ("talent_introduction", "budget"): 0.0}
    award = award_of(top_up, choose(SCENARIO, scale=0.004))
    paid = {("talent_introduction", "award"): award, ("talent_introduction", "budget"): 1e10}
    return paired_effects(none, none | paid, OF_TALENT, replications, scale)


def research_by_deduction(addition: float = 0.25, replications: int = 10, scale: float = 0.2) -> pd.DataFrame:
    """`addition` more of research is deducted from 2021 on, against the baseline; the year 2025."""
    more = {("super_deduction", "addition"): addition}
    return paired_effects({}, more, OF_DEDUCTION, replications, scale, since=LAST_YEAR)


def networks_by_budget(
    budget: float = 1e10, voucher: float = 0.3, replications: int = 10, scale: float = 0.2
) -> pd.DataFrame:
    """Ten times the money of 2020 for digital networks and a higher voucher, against none of both."""
    none = {("digital_infrastructure", "voucher"): 0.0, ("digital_infrastructure", "budget"): 0.0}
    more = {("digital_infrastructure", "voucher"): voucher, ("digital_infrastructure", "budget"): budget}
    return paired_effects(none, more, OF_NETWORKS, replications, scale)


def elasticity_to_user_cost(table: pd.DataFrame, addition: float, certified: float = 0.9) -> float:
    """Elasticity of real research to its user cost that a table of `research_by_deduction` implies.

    certified: share of research done at the reduced tax rate, by assumption.
    """
    now = IndustrialPolicyModel(choose(SCENARIO, scale=0.004)).setting.circumstances(20, active=True)
    deducted = float(now.super_deduction[0])

    def log_change(tax: float) -> float:
        return log((1.0 - tax * (1.0 + deducted + addition)) / (1.0 - tax * (1.0 + deducted)))

    change = certified * log_change(now.certified_tax) + (1.0 - certified) * log_change(now.standard_tax)
    effect = table["effect_percent"].to_dict()["rd_firms_real"]
    return log(1.0 + 0.01 * effect) / -change


def award_of(top_up: float, spec: RunSpec) -> float:
    """The award [yuan] that is worth `top_up` of a newcomer's net pay in 2021 at the country's pay."""
    p = TalentParameters(**spec.parameters["talent"])
    wage = IndustrialPolicyModel(spec).setting.circumstances(20, active=True).wage
    return top_up * p.award_years * 4.0 * wage * p.researcher_pay * (1.0 - p.pay_wedge)


def paired_effects(
    before: Mapping[Field, float],
    after: Mapping[Field, float],
    names: Sequence[str],
    replications: int,
    scale: float,
    since: int = POLICY_YEAR,
) -> pd.DataFrame:
    """The years from `since` on with `before`, and what `after` changes [per cent], by indicator."""
    pairs = np.array([of_pair(before, after, names, scale, number, since) for number in range(replications)])
    base, effect = pairs[:, 0].mean(axis=0), pairs[:, 1] - pairs[:, 0]
    mean, error = effect.mean(axis=0), effect.std(axis=0, ddof=1) / np.sqrt(replications)
    reach = stats.t.ppf(0.975, replications - 1) * error
    usual = np.where(base == 0.0, np.nan, base)
    columns = {"effect_percent": mean, "low": mean - reach, "high": mean + reach}
    relative = {name: 100.0 * values / usual for name, values in columns.items()}
    return pd.DataFrame(
        {"without": base, "with": pairs[:, 1].mean(axis=0), **relative},
        index=pd.Index(list(names), name="indicator"),
    )


def of_pair(
    before: Mapping[Field, float],
    after: Mapping[Field, float],
    names: Sequence[str],
    scale: float,
    number: int,
    since: int,
) -> np.ndarray:
    """Two scenarios with the same luck and past, from a year on: shape (2, names)."""
    usual = choose(SCENARIO, scale=scale, replication=number)
    specs = [replace(usual, scenario=usual.scenario.changed(dated(changes))) for changes in (before, after)]
    return np.array([[summed(run.series, name, since) for name in names] for run in simulate(specs)])


def dated(changes: Mapping[Field, float]) -> dict[Field, tuple[tuple[int, float], ...]]:
    """Changes from 2021 on."""
    return {field: ((POLICY_YEAR, value),) for field, value in changes.items()}


def summed(series: np.ndarray, name: str, since: int) -> float:
    """A series over the years from `since` on: sum of a flow, mean of a rate, last value of a stock."""
    values = series[4 * (since - FIRST_YEAR) :, list(INDICATORS).index(name)]
    kind = INDICATORS[name].kind
    if kind is Kind.STOCK:
        return float(values[-1])
    return float(values.sum() if kind is Kind.FLOW else values.mean())
