"""The firms of end-2015 meet the marginals, have a power-law tail, and are the same for the same seed."""

import os
import subprocess
import sys

import numpy as np
import pytest

from scenarios.load import central_values, load_parameters
from scenarios.region.region import Region, load_region
from sim.luck.draws import Draws
from sim.luck.ids import START, member_id
from sim.start.emerging import (
    LARGEST_MEAN,
    beta_distribution,
    beta_quantile,
    beta_quantiles,
    means_by_industry,
)
from sim.start.firm_table import AGE, CERTIFIED, INDUSTRY, PREFECTURE, SIZE, firm_table
from sim.start.fitting import Margin, fitted, rounded, whole_shares
from sim.start.luck import StartPurpose
from sim.start.strata import block_starts, order_by_luck, rank_within, stratified
from sim.start.synthesis import NO_CERTIFICATE, Firms, certificate_expiries, synthesise

HOLDERS = (StartPurpose.CERTIFICATE, np.arange(1200), 0)
SEED = 11
CENTRAL = central_values(load_parameters())
BEHAVIOUR = {"firms": CENTRAL["firms"]}


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region("hunan")


@pytest.fixture(scope="module")
def firms(region: Region) -> Firms:
    return synthesise(region, BEHAVIOUR, Draws(SEED))


def hill(sales: np.ndarray, share: float) -> float:
    """Hill's estimate of the exponent of the distribution's upper tail."""
    falling = np.sort(sales)[::-1]
    tail = int(len(sales) * share)
    return float(1.0 / np.mean(np.log(falling[:tail] / falling[tail])))


def assert_met(counts: np.ndarray, shares: np.ndarray, total: float) -> None:
    """Each count is within one firm or one per cent of its share of the total."""
    misses = np.abs(counts - shares * total)
    assert (misses <= np.maximum(1.0, 0.01 * shares * total) + 1e-6).all(), misses


@pytest.mark.parametrize("scale", [0.01, 0.1, 1.0, 25_000 / 17_530])
@pytest.mark.parametrize("seed", [1, 2])
def test_each_stated_marginal_is_met_within_a_firm_or_one_per_cent(region: Region, scale: float, seed: int):
    m, found = region.marginals, synthesise(region, BEHAVIOUR, Draws(seed), scale)
    n, certified = found["id"].size, found["certified"]
    assert n == round(m.constants["firms"] * scale)
    assert_met(np.bincount(found["prefecture"], minlength=14), m.prefecture_share, n)
    assert_met(np.bincount(found["industry"], minlength=9), m.industry_share, n)
    sizes = np.digitize(found["sales_annual"], m.size_lower_bound * 1e6) - 1
    of_sector = np.bincount(m.sector[found["industry"]] * 8 + sizes, minlength=16)
    assert_met(of_sector, m.firms_by_size.ravel() / m.constants["firms"], n)
    assert_met(np.bincount(sizes, minlength=8), m.size_share, n)
    ages = np.digitize(found["age_quarters"], m.age_lower_bound) - 1
    assert_met(np.bincount(ages, minlength=4), m.age_share, n)
    holders = m.constants["certified"] * scale
    assert abs(certified.sum() - holders) <= max(1.0, 0.01 * holders)
    assert_met(np.bincount(sizes[certified], minlength=8), m.certified_size_share, holders)
    places = np.bincount(found["prefecture"][certified], minlength=14)
    assert_met(places, m.certified_prefecture_share, holders)


@pytest.mark.parametrize("count", [13_000, 17_530, 22_000])
def test_the_largest_twentieth_has_a_power_law_tail(region: Region, count: int):
    found = synthesise(region, BEHAVIOUR | {"synthesis": {"firms": float(count)}}, Draws(SEED))
    assert found["id"].size == count
    assert 1.0 <= hill(found["sales_annual"], 0.05) <= 1.5


def test_all_firms_together_sell_the_stated_total(region: Region, firms: Firms):
    numbers = region.marginals.constants
    total = numbers["value_added"] * 1e8 / numbers["value_added_per_sales"]
    assert firms["sales_annual"].sum() == pytest.approx(total, rel=1e-9)
    assert (firms["sales_annual"] == np.floor(firms["sales_annual"])).all()


def test_the_same_seed_gives_the_same_firms(region: Region, firms: Firms):
    again = synthesise(region, BEHAVIOUR, Draws(SEED))
    assert {name: column.tobytes() for name, column in firms.items()} == {
        name: column.tobytes() for name, column in again.items()
    }


def test_another_seed_gives_other_firms_of_the_same_sizes_and_places(region: Region, firms: Firms):
    other = synthesise(region, BEHAVIOUR, Draws(SEED + 1))
    for name in ("id", "prefecture", "industry", "sales_annual"):
        assert (firms[name] == other[name]).all()
    for name in ("age_quarters", "certified", "log_productivity", "does_research", "emerging_share"):
        assert (firms[name] != other[name]).any()


def test_firms_stand_by_industry_and_falling_sales(firms: Firms):
    step = np.diff(firms["industry"])
    assert (step >= 0).all()
    assert (np.diff(firms["sales_annual"])[step == 0] <= 0).all()


def test_ids_are_unique_and_name_the_place_and_the_industry(firms: Firms):
    ids = firms["id"]
    assert np.unique(ids).size == ids.size
    assert (ids - ids % 2**24 == member_id(START, firms["prefecture"], firms["industry"], 0)).all()


def test_emerging_value_added_hardly_differs_between_seeds(region: Region):
    """With value added per sales rising with productivity, as it does in the model."""
    totals = []
    for seed in range(8):
        found = synthesise(region, BEHAVIOUR, Draws(seed))
        value_added = found["sales_annual"] * np.exp(0.3 * found["log_productivity"])
        totals.append((value_added * found["emerging_share"]).sum() / value_added.sum())
    target = region.marginals.constants["emerging_value_added"] / region.marginals.constants["value_added"]
    assert np.std(totals) / np.mean(totals) <= 0.02
    assert np.mean(totals) == pytest.approx(target, rel=0.02)


def test_emerging_value_added_splits_over_the_industries_as_the_run_draws_it(region: Region):
    for seed in (1, 2):
        found = synthesise(region, BEHAVIOUR, Draws(seed))
        emerging = np.bincount(found["industry"], found["sales_annual"] * found["emerging_share"])
        uniforms = Draws(seed).uniforms(StartPurpose.EMERGING_SPLIT, np.arange(9), 0)
        assert emerging / emerging.sum() == pytest.approx(region.industry_split.draw(uniforms), abs=0.004)


def test_an_industry_that_cannot_be_so_emerging_leaves_the_rest_to_the_others():
    means = means_by_industry([10.0, 30.0, 60.0], 0.5, [0.4, 0.3, 0.3])
    assert means[0] == LARGEST_MEAN
    assert sum(m * s for m, s in zip(means, [10.0, 30.0, 60.0], strict=True)) == pytest.approx(50.0)


def test_emerging_shares_are_many_small_many_whole(firms: Firms):
    shares = firms["emerging_share"]
    assert ((shares > 0) & (shares <= 1)).all()
    assert np.mean(shares < 0.1) > 0.2
    assert np.mean(shares > 0.9) > 0.09


def test_industries_sell_what_firms_of_mean_size_in_their_classes_would(region: Region, firms: Firms):
    m, sales = region.marginals, firms["sales_annual"]
    sizes = np.digitize(sales, m.size_lower_bound * 1e6) - 1
    mean = np.bincount(sizes, sales) / np.bincount(sizes)
    usual, found = m.industry_size_share @ mean, np.bincount(firms["industry"], sales, 9)
    assert found / found.sum() == pytest.approx(usual / usual.sum(), abs=0.01)


def test_certified_firms_do_research_and_were_registered_for_a_year(firms: Firms):
    certified = firms["certified"]
    expiry, age = firms["certificate_expiry_quarter"], firms["age_quarters"]
    assert firms["does_research"][certified].all()
    assert (age[certified] >= 4).all()
    assert (expiry[~certified] == NO_CERTIFICATE).all()
    assert ((expiry[certified] >= 1) & (expiry[certified] <= 12)).all()
    assert (age[certified] - (12 - expiry[certified]) >= 4).all()


def test_certificates_expire_evenly_over_the_next_twelve_quarters():
    """To the firm, where all are old enough to have been certified at any time in the three years before."""
    expiry = certificate_expiries(np.full(1200, True), np.full(1200, 40), Draws(SEED).uniforms(*HOLDERS))
    assert np.bincount(expiry, minlength=13).tolist() == [0, *[100] * 12]


def test_young_firms_certificates_expire_later_and_nobody_elses(firms: Firms):
    """So that in no quarter more have expired than would evenly have."""
    expiring = np.bincount(firms["certificate_expiry_quarter"][firms["certified"]], minlength=13)[1:]
    evenly = np.ceil(np.arange(1, 13) / 12 * firms["certified"].sum())
    assert (np.cumsum(expiring) <= evenly).all()
    assert expiring.sum() == firms["certified"].sum()


def test_the_stated_share_does_research_and_large_firms_more(region: Region, firms: Firms):
    does, sales = firms["does_research"], firms["sales_annual"]
    assert does.mean() == pytest.approx(region.marginals.constants["research_share"], abs=0.01)
    assert does[sales > 5e8].mean() > does[sales < 5e7].mean() + 0.3


@pytest.mark.parametrize("share", [0.2, 0.3])
def test_the_stated_share_is_met_however_few_are_not_certified(region: Region, share: float):
    found = synthesise(
        region, BEHAVIOUR | {"synthesis": {"firms": 13_000.0, "research_share": share}}, Draws(SEED)
    )
    assert found["does_research"].mean() == pytest.approx(share, abs=0.01)


def test_fewer_firms_with_research_than_certified_ones_are_refused(region: Region):
    with pytest.raises(ValueError, match="raise `research_share`"):
        synthesise(region, BEHAVIOUR | {"synthesis": {"research_share": 0.1}}, Draws(SEED))


def test_traits_are_spread_as_those_of_founders(firms: Firms):
    p = BEHAVIOUR["firms"]
    for column, sd in [
        ("patent_propensity_log", "patent_propensity_spread"),
        ("log_quality", "quality_spread"),
        ("log_productivity", "productivity_spread"),
    ]:
        assert firms[column].std() == pytest.approx(p[sd], rel=0.02)
    assert np.exp(firms["patent_propensity_log"]).mean() == pytest.approx(1.0, abs=0.03)
    assert firms["log_productivity"].mean() == pytest.approx(0.0, abs=0.01)
    median = p["markup_mean"] * np.exp(-0.5 * p["markup_spread"] ** 2)  # of a log-normal, below its mean
    assert np.median(firms["markup"]) == pytest.approx(median, rel=0.02)
    assert p["markup_lowest"] <= firms["markup"].min() < firms["markup"].max() <= p["markup_highest"]
    for column in ("leverage_luck", "shock_luck"):
        assert firms[column].mean() == pytest.approx(0.5, abs=0.005)


def test_another_spread_of_founders_is_one_of_the_first_firms(region: Region):
    narrow = {"firms": {**BEHAVIOUR["firms"], "productivity_spread": 0.32, "markup_spread": 0.0}}
    found = synthesise(region, narrow, Draws(SEED), 0.1)
    slope = region.marginals.constants["productivity_size_slope"] * np.log(found["sales_annual"]).std()
    assert found["log_productivity"].std() == pytest.approx(np.hypot(0.32, slope), rel=0.03)
    assert found["markup"] == pytest.approx(BEHAVIOUR["firms"]["markup_mean"])


def test_an_unknown_constant_is_refused(region: Region):
    with pytest.raises(KeyError, match="frims"):
        synthesise(region, BEHAVIOUR | {"synthesis": {"frims": 1.0}}, Draws(SEED))


def test_more_certified_than_firms_is_refused(region: Region):
    with pytest.raises(ValueError, match="more certified firms than firms"):
        firm_table(region.marginals.with_constants(certified=13_000.0))


PROGRAM = """
import hashlib
from scenarios.load import central_values, load_parameters
from scenarios.region.region import load_region
from sim.luck.draws import Draws
from sim.start.synthesis import synthesise
firms = synthesise(load_region("hunan"), central_values(load_parameters()), Draws(3), 0.02)
print(hashlib.sha256(b"".join(column.tobytes() for column in firms.values())).hexdigest())
"""


def test_plain_python_gives_the_same_bits():
    def digest(**environment: str) -> str:
        variables, command = os.environ | environment, [sys.executable, "-c", PROGRAM]
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout

    assert digest() == digest(NUMBA_DISABLE_JIT="1")


def test_fitting_meets_margins_that_contradict_the_seed():
    seed = np.array([[4.0, 1.0], [1.0, 4.0]])
    rows, columns = np.array([0.3, 0.7]), np.array([0.6, 0.4])
    table = fitted(seed, [Margin((0,), rows), Margin((1,), columns)])
    assert table.sum(axis=1) == pytest.approx(rows, abs=1e-6)
    assert table.sum(axis=0) == pytest.approx(columns, abs=1e-6)
    odds = table[0, 0] * table[1, 1] / (table[0, 1] * table[1, 0])
    assert odds == pytest.approx(16.0, rel=1e-4)


def test_margins_that_the_seed_leaves_no_room_for_are_refused():
    with pytest.raises(ValueError, match="contradict"):
        fitted(np.eye(2), [Margin((0,), np.array([0.3, 0.7])), Margin((1,), np.array([0.6, 0.4]))])


def test_rounding_gives_whole_firms_that_meet_whole_margins():
    expected = np.full((4, 5), 0.6)
    margins = [Margin((0,), np.full(4, 3.0)), Margin((1,), np.array([2.0, 2.0, 3.0, 2.0, 3.0]))]
    counts = rounded(expected, margins)
    assert counts.sum(axis=1).tolist() == [3, 3, 3, 3]
    assert counts.sum(axis=0).tolist() == [2, 2, 3, 2, 3]
    assert np.abs(counts - expected).max() < 1.0


def test_whole_shares_add_to_the_total():
    assert whole_shares(np.array([1.0, 1.0, 1.0]) / 3, 10).tolist() == [4, 3, 3]


def test_the_table_keeps_industries_where_they_are_common(region: Region):
    table = firm_table(region.marginals)
    counts = table.sum(axis=(SIZE, AGE, CERTIFIED))
    assert counts.shape == (9, 14)
    odds = counts / counts.sum(axis=0) / (counts.sum(axis=1, keepdims=True) / counts.sum())
    assert odds[2, 1] > 2.0  # aerospace in Zhuzhou
    assert table.sum(axis=(INDUSTRY, PREFECTURE)).sum() == table.sum()


def test_beta_quantiles_are_those_of_the_distribution():
    """Against the arcsine distribution, whose quantile is sin(pi u / 2) squared, and against scipy."""
    from scipy.stats import beta

    for u in (0.05, 0.3, 0.5, 0.77, 0.99):
        assert beta_quantile(u, 0.5, 0.5) == pytest.approx(np.sin(np.pi * u / 2) ** 2, abs=1e-10)
        assert beta_distribution(u, 0.45, 0.62) == pytest.approx(beta.cdf(u, 0.45, 0.62), abs=1e-12)
    values = beta_quantiles(20, {"emerging_share_alpha": 0.45, "emerging_share_beta": 0.62})
    assert values == pytest.approx(beta.ppf((np.arange(20) + 0.5) / 20, 0.45, 0.62), abs=1e-10)


def test_strata_hold_one_firm_of_each_part():
    starts = block_starts(np.repeat([0, 1], [45, 20]))
    assert starts.tolist() == [0, 20, 40, 45, 65]
    uniform = Draws(1).uniforms(36, np.arange(65), 0)  # type: ignore[arg-type]
    parts = stratified(uniform, np.full(65, 0.5), starts)
    assert sorted(parts[:20].tolist()) == pytest.approx((np.arange(20) + 0.5) / 20)
    assert sorted(parts[40:45].tolist()) == pytest.approx([0.1, 0.3, 0.5, 0.7, 0.9])


def test_ranks_count_within_groups():
    ranks = rank_within(np.array([3.0, 1.0, 2.0, 5.0]), np.array([0, 0, 1, 1]))
    assert ranks.tolist() == [1, 0, 0, 1]


@pytest.mark.parametrize("groups", [3, 2000])
def test_rows_are_ordered_by_group_and_luck_and_equal_luck_keeps_its_order(groups):
    n = 5000
    group = np.arange(n) * 7 % groups
    uniform = (np.arange(n) * 97 % 1000 + 0.5) / 2.0**32  # five rows for every number
    assert order_by_luck(uniform, group).tolist() == np.lexsort((uniform, group)).tolist()
