"""Experiments with talent, digital networks and the super-deduction, in pairs of runs of equal luck.

    from experiments.evidence.in_silico_talent import newcomers_by_top_up, research_by_deduction
    print(newcomers_by_top_up(0.10))        # a top-up of a tenth of net pay for every newcomer
    print(research_by_deduction(0.25))      # 25 points more are deducted

Each returns a table by indicator: without and with the change, and the effect with its 95 % interval.
"""

from __future__ import annotations

from math import log

import pandas as pd

from agents.people.talent_market import TalentParameters
from experiments.evidence.paired_runs import paired_effects
from scenarios.spec import BASELINE, LAST_YEAR, RunSpec
from sim.model import IndustrialPolicyModel, choose

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
    award = award_of(top_up, choose(BASELINE, scale=0.004))
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
    now = IndustrialPolicyModel(choose(BASELINE, scale=0.004)).setting.circumstances(20, active=True)
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
