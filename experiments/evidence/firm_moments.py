"""Moments of a panel of firms: what the stylised facts are about.

panel = firm_panel(choose())
facts_of(panel, pairs(panel))["growth: Subbotin shape"]
"""

from __future__ import annotations

from itertools import pairwise
from math import gamma, sqrt

import numpy as np
import pandas as pd

from experiments.evidence.firm_panel import pairs

Facts = dict[str, float]
CAPITAL_SHARE = 0.4  # of Cobb-Douglas productivity as it is measured in studies of Chinese firms
ABOVE_SCALE = 2e7  # yuan of sales a year from which statistics count a firm of industry
WILD = 2.5  # log points: growth beyond it is left out of the moments, as outliers are in the studies
YEARS = (2018, 2019, 2020)  # of the moments; levels are of the last
LAST = YEARS[-1]
MISSION_MOMENTS = (
    "mission after a mission over mission at large",
    "correlation of a mission with productivity before",
)
FIRST = 2017  # the year of the published count of firms with research, and from which entry is decomposed


def facts_of(panel: pd.DataFrame, both: pd.DataFrame) -> Facts:
    """Every moment by name, but for those that a survey's error moves and those of missions.

    both: the panel's `pairs`.
    """
    last = panel[panel["year"] == LAST]
    rules = (sizes(last), growth(both), productivity(panel, both), doing_research(panel), research(both),
             applications(last), by_firm(panel), certificates(last), grants(both), investment(both),
             turnover(panel))  # fmt: skip
    return {name: value for found in rules for name, value in found.items()}


def sizes(last: pd.DataFrame) -> Facts:
    """S1: exponents of the upper tail."""
    columns = {"sales": "trailing_sales", "labour": "labour", "capital": "capital"}
    return {f"tail exponent of {word}": hill(last[column].to_numpy()) for word, column in columns.items()}


def hill(values: np.ndarray) -> float:
    """Hill's exponent of the complementary distribution function, from the largest twentieth."""
    ordered = np.sort(values[values > 0])[::-1]
    count = max(20, len(ordered) // 20)
    return float(1.0 / np.mean(np.log(ordered[:count] / ordered[count])))


def growth(both: pd.DataFrame) -> Facts:
    """S2 to S4: log growth of sales less the year's median."""
    sold = both[(both["sales"] > 0) & (both["sales_before"] > 0)]
    rate = (sold["sales"] / sold["sales_before"]).transform(np.log)
    rate = rate - rate.groupby(sold["year"]).transform("median")
    usual = rate[rate.abs() < WILD].to_numpy()
    size = sold["sales_before"].transform(np.log)
    by_size = rate.groupby(pd.qcut(size, 20, labels=False)).std()
    by_age = rate.groupby(pd.cut(sold["age_before"], [3, 12, 24, 48, 240])).std().to_numpy()
    return {
        "growth: Subbotin shape": subbotin_shape(usual),
        "growth: standard deviation": float(usual.std()),
        "growth: excess kurtosis": float(((usual - usual.mean()) ** 4).mean() / usual.var() ** 2 - 3.0),
        "growth: slope of log sd on log size": slope(
            size.groupby(pd.qcut(size, 20, labels=False)).mean().to_numpy(), np.log(by_size.to_numpy())
        ),
        "growth: sd falls with age, share of steps": float(np.mean(np.diff(by_age) < 0)),
    }


def subbotin_shape(values: np.ndarray) -> float:
    """Shape of the exponential power law (1 Laplace, 2 normal) whose mean over standard deviation fits."""
    seen = np.abs(values - np.median(values)).mean() / values.std()
    shapes = np.linspace(0.4, 2.5, 421)
    expected = [gamma(2 / b) / sqrt(gamma(1 / b) * gamma(3 / b)) for b in shapes.tolist()]
    return float(shapes[np.argmin(np.abs(np.array(expected) - seen))])


def slope(x: np.ndarray, y: np.ndarray) -> float:
    """Slope of a straight line through points."""
    return float(np.polyfit(x, y, 1)[0])


def revenue_productivity(rows: pd.DataFrame, suffix: str = "") -> pd.Series:
    """Log of value added per unit of capital and labour; missing where value added is not positive."""
    added, capital, labour = (rows[f"{name}{suffix}"] for name in ("value_added", "capital", "labour"))
    inputs = CAPITAL_SHARE * np.log(capital.clip(lower=1.0)) + (1 - CAPITAL_SHARE) * np.log(
        labour.clip(lower=0.01)
    )
    return np.log(added.where(added > 0)) - inputs


def productivity(panel: pd.DataFrame, both: pd.DataFrame) -> Facts:
    """S5, S7, S8: dispersion within industries and years, growth, and what net entry adds to it."""
    years = panel[panel["year"].isin(YEARS)]
    physical = beside(years["log_productivity"], [years["year"], years["industry"]])
    lasting, before = (both[f"log_productivity{s}"] - both[f"passing_shock{s}"] for s in ("", "_before"))
    own = lasting - before  # what reverts is no growth
    return {
        "physical productivity: 90-10, log points": float(np.diff(physical.quantile([0.1, 0.9]))[0]),
        "productivity of survivors: growth, %/year": 100.0
        * float(np.average(own, weights=both["sales_before"])),
        "net entry: share of productivity growth": net_entry(panel),
    }


def surveyed_productivity(rows: pd.DataFrame, error: float, suffix: str = "") -> pd.Series:
    """Revenue productivity as a survey tells it: value added is reported with an error [sd, log points]."""
    return revenue_productivity(rows, suffix) + error * rows[f"survey{suffix}"]


def productivity_spread(panel: pd.DataFrame, error: float) -> float:
    """S5: standard deviation of surveyed revenue productivity within industries and years [log points]."""
    years = panel[panel["year"].isin(YEARS)]
    return float(beside(surveyed_productivity(years, error), [years["year"], years["industry"]]).std())


def productivity_persistence(both: pd.DataFrame, error: float) -> float:
    """S6: autoregression over a year of surveyed revenue productivity within industries and years."""
    cells = [both["year"], both["industry"]]
    now, before = (beside(surveyed_productivity(both, error, suffix), cells) for suffix in ("", "_before"))
    known = now.notna() & before.notna()
    return slope(before[known].to_numpy(), now[known].to_numpy())


def net_entry(panel: pd.DataFrame) -> float:
    """S8: share of entrants and exits in the growth of mean log productivity by sales, FIRST to LAST.

    Entrants and exits against the first year's mean: Foster, Haltiwanger and Krizan (2001).
    """
    first, last = (panel[panel["year"] == year].set_index("id") for year in (FIRST, LAST))
    weight, later = first["sales"] / first["sales"].sum(), last["sales"] / last["sales"].sum()
    mean = float((weight * first["log_productivity"]).sum())
    grown = float((later * last["log_productivity"]).sum()) - mean
    came, went = ~last.index.isin(first.index), ~first.index.isin(last.index)
    gained = float((later * (last["log_productivity"] - mean))[came].sum())
    lost = float((weight * (first["log_productivity"] - mean))[went].sum())
    return (gained - lost) / grown


def turnover(panel: pd.DataFrame) -> Facts:
    """S9: firms that pass the line of above-scale statistics upwards, and downwards or leave, a year."""
    above = [set(panel["id"][(panel["year"] == year) & (panel["sales"] >= ABOVE_SCALE)]) for year in YEARS]
    steps = list(pairwise(above))
    return {
        "above 20 m yuan: new, % a year": 100.0 * float(np.mean([len(b - a) / len(a) for a, b in steps])),
        "above 20 m yuan: gone, % a year": 100.0 * float(np.mean([len(a - b) / len(a) for a, b in steps])),
    }


def beside(values: pd.Series, groups: list[pd.Series]) -> pd.Series:
    """Values less the mean of their group."""
    return values - values.groupby(groups).transform("mean")


def doing_research(panel: pd.DataFrame) -> Facts:
    """S10: firms of the size of above-scale statistics that do research, in FIRST."""
    first = panel[panel["year"] == FIRST]
    doing = (first["sales"] >= ABOVE_SCALE) & (first["research"] > 0)
    return {"firms above 20 m yuan doing research, 2017": float(doing.sum())}


def research(both: pd.DataFrame) -> Facts:
    """S11: how smooth research is, by itself and beside investment."""
    steady = both[(both["research"] > 0) & (both["research_before"] > 0) & (both["does_research_before"] > 0)]
    now, before = np.log(steady["research"]), np.log(steady["research_before"])
    built = steady[(steady["investment"] > 0) & (steady["investment_before"] > 0)]
    lumps = np.log(built["investment"] / built["investment_before"])
    return {
        "log research: autoregression": slope(before.to_numpy(), now.to_numpy()),
        "sd of research growth over that of investment": float((now - before).std() / lumps.std()),
    }


def applications(last: pd.DataFrame) -> Facts:
    """S12: zeros among all firms; elasticity over fifteen classes of research."""
    doing = last[last["research"] > 0]
    effort = np.log(doing["research"])
    classes = pd.qcut(effort, 15, labels=False)
    means = doing["applications"].groupby(classes).mean()
    found = means > 0
    return {
        "firms without an application in the year": float((last["applications"] == 0).mean()),
        "applications: variance over mean": float(last["applications"].var() / last["applications"].mean()),
        "applications: elasticity across firms": slope(
            effort.groupby(classes).mean()[found].to_numpy(), np.log(means[found].to_numpy())
        ),
    }


def by_firm(panel: pd.DataFrame) -> Facts:
    """S12: elasticity of applications to research within firms over YEARS."""
    years = panel[panel["year"].isin(YEARS)]
    wide = years.pivot(index="id", columns="year", values=["applications", "research"]).dropna()
    counts, spent = wide["applications"].to_numpy(), wide["research"].to_numpy()
    known = (spent > 0.0).all(axis=1) & (counts.sum(axis=1) > 0)
    return {
        "applications: elasticity within firms": within_firms(counts[known], np.log(spent[known])),
    }


def within_firms(counts: np.ndarray, effort: np.ndarray) -> float:
    """The coefficient of log effort in a Poisson model with an effect for each firm [firm, year].

    Given a firm's total, its counts are multinomial: Hausman, Hall and Griliches (1984). By Newton's method.
    """
    found = 0.0
    for _ in range(30):
        share = np.exp(found * (effort - effort.mean(axis=1, keepdims=True)))
        share /= share.sum(axis=1, keepdims=True)
        mean = (share * effort).sum(axis=1, keepdims=True)
        total = counts.sum(axis=1)
        gradient = float((counts * (effort - mean)).sum())
        curvature = float((total * (share * (effort - mean) ** 2).sum(axis=1)).sum())
        step = gradient / curvature if curvature > 0.0 else 0.0
        found += step
        if abs(step) < 1e-9:
            break
    return found


def certificates(last: pd.DataFrame) -> Facts:
    """S13: excess of firms within half a point of the threshold of reported intensity; relabelled share.

    The excess is relative to the mean of the two points of intensity beside it.
    """
    reported = last["research"] + last["relabelled"]
    intensity = reported / last["sales"].clip(lower=1.0)
    small, large = last["trailing_sales"] <= 5e7, last["trailing_sales"] > 2e8
    facts = {}
    for threshold, size in ((0.03, large), (0.04, ~small & ~large), (0.05, small)):
        distance = intensity[size & (reported > 0)] - threshold
        near = distance.between(-0.005, 0.005, inclusive="left").sum()
        beside = distance.between(-0.015, 0.015, inclusive="left").sum() - near
        facts[f"excess mass at {threshold:.0%} of sales"] = float(near / max(beside / 2, 1) - 1.0)
    return facts | {"relabelled share of reported research": float(last["relabelled"].sum() / reported.sum())}


def grants(both: pd.DataFrame) -> Facts:
    """S14 for the formula grant: its persistence, and whether it seeks productivity."""
    granted = both["grants_received"] > both["grants_received_before"]
    again, seeking = given(both, granted, both["grants_received_before"] > 0)
    return {
        "grant after a grant over grant at large": again,
        "correlation of a grant with productivity before": seeking,
    }


def missions(panel: pd.DataFrame, years: tuple[int, ...]) -> Facts:
    """S14 for discretionary money: awards of missions in `years` of a panel; nan where none was made."""
    known = panel.sort_values("year", kind="stable")
    earlier = known["awards"].groupby(known["id"]).cumsum() - known["awards"]
    both = pairs(known.assign(earlier=earlier), years)
    again, seeking = given(both, both["awards"] > 0, both["earlier"] > 0)
    return dict(zip(MISSION_MOMENTS, (again, seeking), strict=True))


def given(both: pd.DataFrame, granted: pd.Series, earlier: pd.Series) -> tuple[float, float]:
    """Chance of a grant after an earlier one over that at large; its correlation with productivity before."""
    if not granted.any():
        return float("nan"), float("nan")
    before = revenue_productivity(both, "_before")
    return float(granted[earlier].mean() / granted.mean()), float(granted.astype(float).corr(before))


def investment(both: pd.DataFrame) -> Facts:
    """S16: how lumpy investment is."""
    rate = both["investment"] / both["capital_before"].clip(lower=1e-6)
    spikes = rate > 0.2
    return {
        "firm-years with I/K above 20 %": float(spikes.mean()),
        "firm-years with I/K below 1 %": float((rate < 0.01).mean()),
        "spikes' share of investment": float(both["investment"][spikes].sum() / both["investment"].sum()),
    }
