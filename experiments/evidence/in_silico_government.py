"""Experiments with governments: a randomised grant, rules of selection, a rival's incentive, missions.

    from experiments.evidence.in_silico_government import displaced_growth, grant_additionality
    print(grant_additionality(replications=10))     # research per yuan granted, also of firms short of cash
    print(displaced_growth("hengyang"))             # what a higher incentive brings it, and costs the others

Each compares runs of equal luck, and returns a small table with 95 % intervals over the pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from agents.money.families import SELECTIONS
from agents.money.flows import Flow
from agents.state.grants import use_grants
from experiments.answer.probability import mean_interval
from experiments.compute.parallel import in_parallel
from experiments.evidence.firm_moments import revenue_productivity
from experiments.evidence.firm_panel import firm_panel, pairs
from scenarios.lever import Lever, levers_in
from scenarios.spec import POLICY_YEAR
from sim.indicators import CELL_INDICATORS, series_of
from sim.luck.draws import Purpose
from sim.model import IndustrialPolicyModel, choose
from sim.quarter import quarter

GRANTED_IN = 10  # 2018Q3: after two years with entry and certificates
TO_2021, TO_2026 = 20, 40
TERMS = {
    "paid at once": {"stage_gate": 0.0, "audit": 0.0},
    "stage gate": {"stage_gate": 0.4, "audit": 0.0},
    "stage gate and audits": {"stage_gate": 0.4, "audit": 0.3},
}
OF_MISSIONS = (
    "programme_mission_projects", "mission_awards", "milestones_reached", "mission_money_misused",
    "clawed_back", "rd_firms_real", "rd_universities", "sei_value_added",
)  # fmt: skip


def interval(values: np.ndarray) -> dict[str, float]:
    """Mean and 95 % interval of one number per pair of runs."""
    low, high = mean_interval(values)
    return {"effect": float(values.mean()), "low": low, "high": high}


# --- a randomised grant ----------------------------------------------------------------------------------


class GrantOnce(Lever):
    """A cohort of firms gets a grant from the centre, so that no budget of the province is touched."""

    def __init__(self, ids: np.ndarray, grant: int, misuse: np.ndarray) -> None:
        self.ids, self.grant, self.misuse = ids, grant, misuse

    def offer(self, economy: Any) -> None:
        """Pays each firm; owners take what is misused, as of any grant."""
        firms, ledger = economy.firms, economy.ledger
        rows, paid = firms.rows_of(self.ids), np.full(len(self.ids), self.grant)
        firms.deposits[rows] += paid
        ledger.post(ledger.accounts.central, ledger.accounts.firms, int(paid.sum()), Flow.GRANT_RD)
        luck = np.zeros(firms.capacity)
        luck[rows] = self.misuse
        use_grants(firms.arrays(), luck, economy.behaviour, rows, paid, economy.totals.flows[Flow.DIVIDENDS])


def grant_additionality(
    grant: int = 300_000, years: int = 2, scale: float = 0.1, replications: int = 10
) -> pd.DataFrame:
    """Research in all, whoever pays for it, per yuan of an untied grant, over the years after it.

    Published additionality of own research is this less one: -1 is full crowding out. Half of the firms that
    do research, drawn at random, get it; each is compared with itself without it. The
    grant is not tied to a project, as the post-subsidy is not: all research is the firm's own.
    """
    found = in_parallel(partial(of_cohort, grant, years, scale), range(replications))
    rows = {who: interval(np.array([one[who] for one in found])) for who in found[0]}
    return pd.DataFrame(rows).T


def of_cohort(grant: int, years: int, scale: float, number: int) -> dict[str, float]:
    """Change in research per yuan granted: all, and those shorter and less short of cash than the median."""
    model = IndustrialPolicyModel(choose(scale=scale, replication=number))
    for _ in range(GRANTED_IN):
        model.step()
    firms, chance = model.economy.firms, np.random.default_rng(number)
    able = firms.rows()[firms.research[firms.rows()] > 0.0]
    rows = np.sort(chance.permutation(able)[: len(able) // 2])
    ids = firms.id[rows].copy()
    cash = firms.deposits[rows] / np.maximum(4.0 * firms.wage_bill[rows], 1.0)
    misuse = model.draws.uniforms(Purpose.MISUSE, ids, GRANTED_IN)
    arms = [model.branch(model.spec), model]
    spent = [research_of(arm, ids, years, lever) for arm, lever in
             zip(arms, ([], [GrantOnce(ids, grant, misuse)]), strict=True)]  # fmt: skip
    gained, short = (spent[1] - spent[0]) / grant, cash <= np.median(cash)
    return {
        "all": float(gained.mean()), "short of cash": float(gained[short].mean()),
        "not short of cash": float(gained[~short].mean()),
        "difference": float(gained[short].mean() - gained[~short].mean()),
    }  # fmt: skip


def research_of(
    model: IndustrialPolicyModel, ids: np.ndarray, years: int, first: Sequence[Lever]
) -> np.ndarray:
    """Research of firms over some years [yuan]; `first` is added to the levers of the first quarter only."""
    economy, total = model.economy, np.zeros(len(ids))
    for n in range(4 * years):
        levers = [*levers_in(model.spec.scenario, economy.year), *(first if n == 0 else [])]
        quarter(economy, model.moment(levers))
        economy.quarter += 1
        there = np.array([economy.firms.row_or_none(member) is not None for member in ids.tolist()])
        total[there] += economy.firms.research[economy.firms.rows_of(ids[there])]
    return total


# --- S14: rules of selection -----------------------------------------------------------------------------


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


# --- competition for firms that move ---------------------------------------------------------------------


def displaced_growth(
    place: int = 3, extra: float = 0.1, scale: float = 0.2, replications: int = 10
) -> pd.DataFrame:
    """What a prefecture gains, and the others lose, when it would offer `extra` yuan per yuan more from 2021.

    place: its number. Rivals may follow. Value added of technology firms in 2021-25 [yuan], firms that moved
    in, incentives paid; all per unit of scale.
    """
    found = pd.DataFrame(in_parallel(partial(of_rivalry, place, extra, scale), range(replications)))
    return pd.DataFrame({name: interval(found[name].to_numpy()) for name in found}).T


def of_rivalry(place: int, extra: float, scale: float, number: int) -> dict[str, float]:
    """Differences between a pair of runs."""
    usual = IndustrialPolicyModel(choose(scale=scale, replication=number))
    for _ in range(TO_2021):
        usual.step()
    bold = usual.branch(usual.spec)
    bold.economy.prefectures.usual[place] += extra
    for model in (usual, bold):
        for _ in range(TO_2026 - TO_2021):
            model.step()
    column = list(CELL_INDICATORS).index("value_added")
    added = (bold.cells - usual.cells)[POLICY_YEAR - 2016 :, ..., column].sum(axis=(0, 2)) / scale
    series = (bold.series - usual.series)[TO_2021:].sum(axis=0) / scale
    moved = dict(zip(series_of().indicators, series.tolist(), strict=True))
    return {
        "its value added": float(added[place]),
        "value added of the others": float(added.sum() - added[place]),
        "value added of the province": float(added.sum()),
        "firms that moved in": moved["relocations"],
        "incentives paid": moved["relocation_incentives"],
    }


# --- mission projects ------------------------------------------------------------------------------------


def mission_effects(budget: float = 6e8, scale: float = 0.2, replications: int = 10) -> pd.DataFrame:
    """Sums over 2021-25 that a yearly budget for missions changes, by terms; per unit of scale."""
    found = pd.DataFrame(in_parallel(partial(of_missions, budget, scale), range(replications)))
    return pd.DataFrame({key: interval(found[key].to_numpy()) for key in found}).T


def of_missions(budget: float, scale: float, number: int) -> dict[tuple[str, str], float]:
    """Differences of one past that goes on with missions on each of TERMS to the same without, by series."""
    past = IndustrialPolicyModel(choose(scale=scale, replication=number))
    for _ in range(TO_2021):
        past.step()
    base = to_the_end(past.branch(past.spec), {})
    found: dict[tuple[str, str], float] = {}
    for terms, values in TERMS.items():
        changed = to_the_end(past.branch(past.spec), {"budget": budget, "entrants": 3, **values})
        found |= {(terms, name): (changed[name] - base[name]) / scale for name in OF_MISSIONS}
    return found


def to_the_end(model: IndustrialPolicyModel, fields: Mapping[str, float]) -> dict[str, float]:
    """Sums over 2021-25 of a run that goes on with these values of the lever."""
    changes = {("mission_projects", key): ((POLICY_YEAR, value),) for key, value in fields.items()}
    model.under(replace(model.spec, scenario=model.spec.scenario.changed(changes)))
    for _ in range(TO_2026 - TO_2021):
        model.step()
    return dict(zip(series_of().indicators, model.series[TO_2021:].sum(axis=0).tolist(), strict=True))
