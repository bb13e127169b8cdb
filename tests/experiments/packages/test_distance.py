"""What is reached with a probability, its distance to a target, and what regressions say is missing."""

import numpy as np
import pytest

from experiments.packages.distance import Levels, chance, reached_with, width
from experiments.packages.effects import margin
from experiments.packages.moved import Checked, by_secant
from experiments.packages.needs import Regression, that_matter
from scenarios.targets import load_targets

LUCK = np.random.default_rng(5)
MANY = LUCK.normal(10.0, 2.0, 4_000)
TARGETS = load_targets()


@pytest.mark.parametrize(("probability", "sds"), [(0.5, 0.0), (0.9, -1.2816), (0.1, 1.2816)])
def test_what_is_reached_with_a_probability_is_the_quantile_that_so_many_exceed(probability, sds):
    assert reached_with(probability, MANY) == pytest.approx(10.0 + 2.0 * sds, abs=0.1)


def test_an_effect_moves_what_is_reached_by_itself_however_far_the_target_is():
    values = LUCK.normal(0.0, 1.0, 30)
    for effect in (1e-3, 0.5, 40.0):
        assert reached_with(0.7, values + effect) - reached_with(0.7, values) == pytest.approx(
            effect, abs=1e-4
        )


def test_a_chance_is_smooth_where_no_run_reaches_the_target():
    values = LUCK.normal(-8.0, 1.0, 50)
    near, nearer = chance(values), chance(values + 0.5)
    assert (values < 0).all() and 0.0 < near < nearer < 0.01


def test_the_kernel_is_narrow_and_never_nothing():
    assert 0.0 < width(MANY) < 0.5 and width(np.full(5, 3.0)) > 0.0
    assert reached_with(0.5, np.full(5, 3.0)) == pytest.approx(3.0)


def test_a_margin_above_nothing_means_that_as_many_runs_hit():
    for probability in (0.3, 0.5, 0.95):
        for _ in range(50):
            distances = LUCK.normal(0.3, 1.0, 20)
            if margin(probability, distances) >= 0.0:
                assert np.mean(distances >= 0.0) >= probability


def test_a_distance_is_in_the_unit_of_its_target_and_of_several_the_one_missed_most():
    values = {
        "sei_share_gdp": np.array([0.17, 0.19, np.nan]),
        "hnte_count": np.array([13_500.0, 12_000.0, 1.0]),
    }
    one = Levels({"sei_share_gdp": TARGETS["sei_share_gdp"]}, {"sei_share_gdp": values["sei_share_gdp"]})
    assert one.distances({}) == pytest.approx([-1.0, 1.0])  # points of GDP
    assert one.distances({"sei_share_gdp": 0.02}) == pytest.approx([1.0, 3.0])
    both = Levels({name: TARGETS[name] for name in values}, values)
    found = both.distances({})
    assert len(found) == 2 and found[0] < 0.0 and found[1] < 0.0
    assert found[1] == pytest.approx(-1_000.0 / np.nanstd(values["hnte_count"]))


# --- what the world would have to be like ---


def regression(runs=120, noise=0.5):
    """What is reached hangs on markets by 2, on entry by -1, on nothing else; 14 is wanted, 10 expected."""
    drawn = {name: LUCK.normal(5.0, 1.5, runs) for name in ("markets", "entry", "idle")}
    drawn["same"] = np.full(runs, 3.0)
    reached = 10.0 + 2.0 * (drawn["markets"] - 5.0) - (drawn["entry"] - 5.0) + LUCK.normal(0.0, noise, runs)
    return Regression(reached, drawn, 14.0, 0.5)


def test_how_far_each_alone_would_have_to_move_is_recovered_with_its_error():
    needs = {one.name: one for one in regression().needs(["markets", "entry", "idle", "same"])}
    assert needs.keys() == {"markets", "entry", "idle"}  # what never differs says nothing
    markets, entry = needs["markets"], needs["entry"]
    assert markets.slope.mean == pytest.approx(2.0, abs=0.15)
    assert markets.shift.low < 2.0 < markets.shift.high and entry.shift.low < -4.0 < entry.shift.high
    assert markets.in_sds.mean == pytest.approx(markets.shift.mean / markets.sd)


def test_of_what_cannot_be_told_from_nothing_no_shift_is_told():
    (idle,) = regression().needs(["idle"])
    assert idle.shift is None and idle.in_sds is None and not idle.slope.sure


def test_too_few_runs_say_nothing():
    assert regression(runs=9).needs(["markets"]) == []


def test_few_parameters_matter_among_many_and_chance_findings_are_left_out():
    found = regression()
    idle = {f"group.p{k}": LUCK.normal(size=120) for k in range(300)}
    strong = {"firms.strong": found.residuals() + LUCK.normal(0.0, 0.3, 120)}
    assert that_matter(found, idle | strong) == ["firms.strong"]
    assert that_matter(found, idle) == []


def checked(shift, beyond):
    return Checked(shift, None, beyond)


def test_a_shift_is_run_until_it_just_reaches_the_target():
    runs = []

    def run(shift):
        runs.append(shift)
        return checked(shift, -4.0 + 2.0 * shift - 0.1 * shift**2)

    found = by_secant(run, 1.5, -4.0, 8.0)
    assert found.reaches and found.beyond <= 0.8 and len(runs) <= 3
    assert found.shift == pytest.approx(2.25, abs=0.4)


def test_no_shift_is_larger_than_the_farthest():
    found = by_secant(lambda shift: checked(shift, -4.0 + 0.1 * shift), 100.0, -4.0, 8.0)
    assert not found.reaches and found.shift == 8.0
