"""In-silico experiments with finance: what funds and guarantees do, in paired runs, beside published ranges.

    from experiments.evidence.in_silico_finance import fund_effect_by_share, guarantee_effect
    print(fund_effect_by_share().to_string())    # rises, then falls with the state's share
    print(guarantee_effect().to_string())        # credit up, defaults 0 to 2 points, productivity about 0

Each returns a small table: levels, mean paired difference to the first scenario with its 95 % interval.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from agents.finance.fund_books import BY_OUTSIDE
from experiments.answer.probability import mean_interval
from experiments.compute.parallel import in_parallel
from scenarios.spec import RunSpec
from sim.indicators import series_of
from sim.model import IndustrialPolicyModel, choose
from sim.run import simulate

SINCE = 2016
TRIAL_QUARTER = 9  # quarters lived before the trial of a fund: the next one holds a round of funds
NO_FUNDS: Mapping[tuple[str, str], float] = {
    ("guidance_funds", "budget"): 0.0,
    ("guidance_funds", "government_share"): 0.0,
}
Levers = Mapping[tuple[str, str], float]
Measure = Callable[[np.ndarray], float]


def column(name: str) -> int:
    """Where a series stands in what a run records."""
    return series_of().column[name]


def total(name: str, first: int = 4, scale: float = 1e8) -> Measure:
    """The sum of a series from a quarter on [100 million yuan, or units of 1 / scale]."""
    return lambda series: float(series[first:, column(name)].sum()) / scale


def at_end(name: str, scale: float = 1e8) -> Measure:
    """The last value of a series [100 million yuan, or units of 1 / scale]."""
    return lambda series: float(series[-1, column(name)]) / scale


def yearly_points(name: str) -> Measure:
    """The mean of a rate [% a year]."""
    return lambda series: 100.0 * float(series[4:, column(name)].mean())


def failed_loans(series: np.ndarray) -> float:
    """Loans written off as a share of loans [% a year]."""
    lost, owed = series[4:, column("defaults")], series[4:, column("firm_loans")]
    return 400.0 * float(lost.sum()) / float(owed.sum())


def output_per_worker(series: np.ndarray) -> float:
    """Log of value added per worker of technology firms over the last year [log points x 100]."""
    added = float(series[-4:, column("technology_value_added")].sum())
    return 100.0 * float(np.log(added / float(series[-4:, column("employment")].mean())))


def paired(
    scenarios: Mapping[str, Levers], measures: Mapping[str, Measure], replications: int, scale: float
) -> pd.DataFrame:
    """Differences of every scenario to the first, one row per scenario and measure.

    Levers act from 2016 on; a run ends with 2025. The runs of one replication have the same luck.
    """

    def of_one(replication: int) -> list[list[float]]:
        runs = (simulate([spec_of(levers, replication, scale)])[0] for levers in scenarios.values())
        return [[measure(run.series) for measure in measures.values()] for run in runs]

    return differences(list(scenarios), in_parallel(of_one, range(replications)), list(measures))


def differences(
    scenarios: Sequence[str], values: Sequence[Sequence[Sequence[float]]], measures: Sequence[str]
) -> pd.DataFrame:
    """Mean paired difference to the first scenario and its 95 % interval over replications.

    values: a number by replication, scenario and measure.
    """
    levels = np.array(values)
    gaps = levels - levels[:, :1]
    rows = []
    for s, scenario in enumerate(scenarios):
        for m, measure in enumerate(measures):
            gap = gaps[:, s, m]
            rows.append((scenario, measure, levels[:, s, m].mean(), gap.mean(), *mean_interval(gap)))
    return pd.DataFrame(rows, columns=["scenario", "measure", "level", "difference", "low", "high"])


def spec_of(levers: Levers, replication: int, scale: float) -> RunSpec:
    """The baseline with other values of levers from 2016 on."""
    spec = choose(replication=replication, scale=scale)
    changes = {field: ((SINCE, value),) for field, value in levers.items()}
    return replace(spec, scenario=spec.scenario.changed(changes))


def fund_effect_by_share(
    shares: Sequence[float] = (0.0, 0.1, 0.3, 0.6, 0.9),
    money: float = 2e9,
    replications: int = 10,
    scale: float = 0.2,
    quarters: int = 8,
) -> pd.DataFrame:
    """The same money in a fund with different shares of the state, against no money; all else the same.

    One fund gets `money` [yuan] at the end of 2018Q1, when no other fund has any, and chooses among the firms
    that seek some. Published: mixed funds do best, the state alone worst, peak at 0.2-0.4 (Brander, Du and
    Hellmann 2015, Review of Finance 19).
    """

    def of_one(replication: int) -> list[list[float]]:
        before = without_funds(replication, scale)
        return [trial(before, share, money * scale, quarters) for share in (None, *shares)]

    scenarios = ["no money", *(f"state share {share:g}" for share in shares)]
    values = in_parallel(of_one, range(replications))
    measures = ("deals", "refused", "invested, 亿", "sales, 亿", "value added, 亿", "R&D, 亿")
    return differences(scenarios, values, measures)


def without_funds(replication: int, scale: float) -> IndustrialPolicyModel:
    """A model at the end of 2018Q1 in which nobody gives money to funds."""
    spec = spec_of(NO_FUNDS, replication, scale)
    parameters = {**spec.parameters, "funds": {**spec.parameters["funds"], "private_supply": 0.0}}
    model = IndustrialPolicyModel(replace(spec, parameters=parameters))
    for _ in range(TRIAL_QUARTER):
        model.step()
    return model


def trial(before: IndustrialPolicyModel, share: float | None, money: float, quarters: int) -> list[float]:
    """What a fund of mean quality with this share of the state does with the money; None: no money.

    Returns deals, refusals, investment, and sales, value added and research over the quarters [10^8 yuan].
    """
    model = before.branch(before.spec)
    if share is not None:
        endow(model, share, round(money))
    for _ in range(quarters):
        model.step()
    series = model.series[-quarters:]
    names = ("fund_deals", "fund_refusals", "funds_market_invested", "sales", "technology_value_added")
    found = [float(series[:, column(name)].sum()) for name in (*names, "rd_firms_real")]
    return found[:2] + [amount / 1e8 for amount in found[2:]]


def endow(model: IndustrialPolicyModel, share: float, money: int) -> None:
    """Gives the market fund of mean quality money from outside [yuan], with the terms of a state's share."""
    funds, ledger = model.economy.funds, model.economy.ledger
    fund = int(np.abs(funds.data.quality[funds.market] - 1.0).argmin()) + int(funds.market[0])
    funds.government_share[fund] = share
    for amounts in (funds.committed, funds.paid_in):
        amounts[fund, BY_OUTSIDE] += money
    ledger.balance[funds.account[fund]] += money
    ledger.balance[ledger.accounts.outside] -= money


def guidance_funds_by_share(
    shares: Sequence[float] = (0.1, 0.3, 0.9),
    budget: float = 3e9,
    replications: int = 10,
    scale: float = 0.2,
) -> pd.DataFrame:
    """The lever at equal budget and different shares of the state, against none.

    A small share needs much private money: what the state cannot place beside it is never called.
    """
    scenarios: dict[str, Levers] = {"no guidance funds": NO_FUNDS}
    for share in shares:
        terms = {("guidance_funds", "budget"): budget, ("guidance_funds", "government_share"): share}
        scenarios[f"state share {share:g}"] = terms
    measures = {
        "invested by sub-funds, 亿": total("funds_sector_invested"),
        "invested by all funds, 亿": lambda s: (
            total("funds_sector_invested")(s) + total("funds_market_invested")(s)
        ),
        "private money called, 亿": total("private_capital"),
        "public money called, 亿": total("funds_master_called"),
        "refused offers": total("fund_refusals", scale=1.0),
        "value added of firms, 亿": total("technology_value_added"),
        "emerging value added, 亿": total("sei_value_added"),
        "R&D of firms, 亿": total("rd_firms_real"),
    }
    return paired(scenarios, measures, replications, scale)


def guarantee_effect(
    shares: Sequence[float] = (0.4, 0.8),
    budget: float = 5e8,
    replications: int = 10,
    scale: float = 0.2,
) -> pd.DataFrame:
    """Credit guarantees against none.

    Published: credit up, default rate up by 0-2 points, productivity about unchanged (JRC106903; OECD 2017).
    """
    fields = ("share", "fee", "budget")
    scenarios: dict[str, Levers] = {"no guarantees": {("credit_guarantee", field): 0.0 for field in fields}}
    for share in shares:
        values = dict(zip(fields, (share, 0.01, budget), strict=True))
        scenarios[f"share {share:g}"] = {("credit_guarantee", name): v for name, v in values.items()}
    measures = {
        "new loans, 亿": total("loans_new"),
        "guaranteed loans, 亿": total("guaranteed_lending"),
        "loans at the end, 亿": at_end("firm_loans"),
        "firms that default, % a year": yearly_points("default_rate"),
        "loans that fail, % a year": failed_loans,
        "paid for failed loans, 亿": lambda s: total("guarantee_payments")(s) + total("risk_compensation")(s),
        "value added per worker, %": output_per_worker,
        "R&D of firms, 亿": total("rd_firms_real"),
        "emerging value added, 亿": total("sei_value_added"),
    }
    return paired(scenarios, measures, replications, scale)
