"""A stand-in for the model with the indicators of the seven targets, and results folders made from it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.change import parts
from experiments.compute.compute import Sealing
from experiments.compute.task import Task, columns_of
from experiments.plan.ensemble import ensemble
from experiments.store.store import claimed
from scenarios.region.region import load_region
from scenarios.spec import RunSpec, Scenario
from scenarios.targets import evaluate
from scenarios.worlds.fan import DISCREPANCIES

__all__ = ["evaluate"]
FIRST_YEAR = 2016
TODAY = {
    "format": 1,
    "sources": {"sim/a.py": "11"},
    "data": {"configs/b.yaml": "22"},
    "versions": {"python": "3.12", "numpy": "2", "sanxiang": "0.1.0"},
}
DIGESTS = {"sources": "s", "data": "d"}


class Indicator(NamedTuple):
    kind: str
    label_en: str
    label_zh: str
    of_2020: float  # a year's value in 2020, in plain units
    unit: str = "yuan"


INDICATORS = {
    "gdp": Indicator("flow", "GDP", "地区生产总值", 4.18e12),
    "sei_value_added": Indicator("flow", "value added", "增加值", 4.1e11),
    "rd_total": Indicator("flow", "R&D expenditure", "全社会研发经费", 9.1e10),
    "digital_core_value_added": Indicator("flow", "digital core", "数字经济", 2.5e11),
    "high_value_patents": Indicator("stock", "patents", "专利", 21_000.0),
    "population": Indicator("stock", "population", "常住人口", 6.6e7),
    "hnte": Indicator("stock", "enterprises", "高新技术企业", 8_500.0),
    "carriers_listed": Indicator("stock", "carriers", "载体", 56.0),
    "carriers_wide": Indicator("stock", "carriers", "载体", 118.0),
    "firms": Indicator("stock", "technology firms", "科技企业数", 19_000.0, "firms"),
    "firm_loans": Indicator("stock", "bank loans of firms", "企业贷款余额", 5.2e11),
    "licence_income": Indicator("flow", "licence income of inventors", "成果转化收入", 4e8),
    "spin_offs": Indicator("flow", "firms founded on inventions", "成果转化创办企业", 0.0, "firms"),
    "contracts_registered": Indicator("flow", "registered technology contracts", "技术合同成交额", 7.4e10),
    "loan_rate": Indicator("rate", "mean interest on loans of firms", "企业贷款平均利率", 0.05, "share/year"),
    "flow_rd_subsidy_firms": Indicator("flow", "to firms", "支付给企业", 6e8),
    "flow_innovation_carriers_firms": Indicator("flow", "to firms", "支付给企业", 2e8),
    "flow_innovation_carriers_universities": Indicator("flow", "to universities", "支付给高校院所", 1e8),
    "programme_rd_subsidy": Indicator("flow", "spent on subsidies", "补助支出", 6e8),
    "relocation_incentives": Indicator("flow", "incentives", "招商优惠支出", 2e8),
    "sei_value_added_capitalised": Indicator("flow", "value added, research capitalised", "增加值", 4.4e11),
}
CELL_INDICATORS = {
    name: Indicator("flow", name, name, 1.0, unit)
    for unit, names in (
        ("firms", ["firms", "certified"]),
        ("yuan", ["value_added", "sei_value_added", "research", "sales", "supplied", "purchases"]),
        ("pieces", ["patents", "employment"]),
    )
    for name in names
}
PREFECTURES = load_region("hunan").prefectures.names
UNIT = "yuan per yuan of investment"
INDICATORS |= {
    f"incentive_{name}": Indicator("rate", "incentive", "招商优惠力度", 0.05, UNIT) for name in PREFECTURES
}
INDICATORS |= {
    name: Indicator("flow", f"change: {name}", f"变化：{name}", 2e9 if name == "change_growth" else 1e8)
    for name in parts.columns_of(load_region("hunan"))
}
INDUSTRIES = load_region("hunan").industries.names
PUBLISHED = {  # of what each is
    "sei_value_added_published": "sei_value_added",
    "sei_value_added_capitalised_published": "sei_value_added_capitalised",
    "rd_total_published": "rd_total",
}
INDICATORS |= {name: INDICATORS[of] for name, of in PUBLISHED.items()}
MISSED = {  # nothing is missed here
    f"discrepancy_{name}": Indicator(
        "rate", f"{name}, observed over modelled", f"{name}的模型偏差", 1.0, "2020 = 1"
    )
    for name in DISCREPANCIES
}
INDICATORS |= MISSED


def indicators(region="hunan", own=()):
    return INDICATORS


def prefectures(region="hunan"):
    return PREFECTURES


def industries(region="hunan"):
    return INDUSTRIES


@dataclass
class Outcome:
    spec: RunSpec
    series: np.ndarray
    cells: np.ndarray
    bases: dict[str, float]
    status: str = "ok"
    public_cost: float = 1e9
    accounts: dict[str, dict[str, float]] = field(default_factory=dict)
    duration_s: float = 0.0


def simulate(specs):
    if any(spec.scenario.name == "fails" and spec.replication % 5 == 1 for spec in specs):
        raise ZeroDivisionError("no firms left")
    return [outcome(spec) for spec in specs]


def outcome(spec):
    luck = np.random.default_rng([spec.seed, spec.replication])
    drawn = {name: one for name, one in INDICATORS.items() if name not in PUBLISHED | MISSED}
    rate = spec.scenario.lever_values("toy", 2021)["rate"]
    shocks = luck.normal(0, 0.012, size=(40, len(drawn))).cumsum(axis=0)
    ahead = np.arange(40)[:, None] - 19.0
    growth = 0.022 * ahead + rate * np.maximum(ahead, 0)
    size = np.array([one.of_2020 / (4 if one.kind == "flow" else 1) for one in drawn.values()])
    series = size * np.exp(growth + shocks)
    place = {name: k for k, name in enumerate(drawn)}
    known = [name for name in INDICATORS if name not in MISSED]
    series = series[:, [place[PUBLISHED.get(name, name)] for name in known]]
    series = np.concatenate([series, np.ones((40, len(MISSED)))], axis=1)
    return Outcome(spec, series, cells(luck, rate), bases(luck))


def bases(luck):
    known = {name: base.value(luck.random()) for name, base in load_region("hunan").bases.items()}
    return known | {"high_value_per_10k_2020": 3.2}


def cells(luck, rate):
    places = np.exp(-0.3 * np.arange(len(PREFECTURES)))[None, :, None, None]
    years = np.exp((0.08 + 4 * rate) * (np.arange(10) - 4))[:, None, None, None]
    noise = luck.lognormal(0, 0.1, size=(10, len(PREFECTURES), len(INDUSTRIES), 1))
    return 6e9 * places * years * noise * np.ones(len(CELL_INDICATORS))


def scenario(name="as_in_2020", rate=0.0):
    budget = {"budget": ((2016, 5e8), (2021, 1e9))}
    return Scenario(name, None, {"toy": {"rate": ((2016, 0.0), (2021, rate))}, "rd_subsidy": budget})


def results(folder: Path, scenarios, replications=24, given=None, scale=1.0, seed=1, done=None, **told):
    """A results folder of the toy's runs; `given` is the value of each point, as key=value.

    done: replications after which the sweep is interrupted. told: of the record of the sweep; draws: how many
    sets of parameters it shares out.
    """
    given = given or [""] * len(scenarios)
    points = [f"{one.name} {value}".strip() for one, value in zip(scenarios, given, strict=True)]
    draws = told.pop("draws", 1)
    units = [
        [
            RunSpec(
                one,
                "calm",
                {"firms": {"markup": 1.2}},
                scale,
                n % draws,
                replication=n,
                seed=seed,
                point=point,
            )
            for one, point in zip(scenarios, points, strict=True)
        ]
        for n in range(replications)
    ]
    asked = ensemble(units, DIGESTS)
    cases = [
        {"point": point, "scenario": one.name, "label": {}, "given": [value.split("=")] if value else []}
        for one, point, value in zip(scenarios, points, given, strict=True)
    ]
    about = {
        "words": [],
        "experiment": "shipped",
        "question": "How likely?",
        "cases": cases,
        "replications": replications,
        "seed": 1,
        "parameters": "central",
        "started": "2026-01-01T00:00:00",
    } | told
    with claimed(folder, TODAY) as store:
        store.keep_sweep(about, asked.table())
        records = [record for unit in asked.units[:done] for record in Task("toy_province")(unit)]
        sealing = Sealing(store, lambda: columns_of("toy_province"))
        sealing.add(records)
        sealing.seal()
    return folder
