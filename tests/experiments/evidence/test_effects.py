"""Effects over replications and sets of parameters."""

import numpy as np
import pytest

from experiments.command.evidence import parameter_sets
from experiments.evidence.effects import effect_of, measured, trials_of
from experiments.plan.drawn_sets import PRIOR, ParameterSets
from scenarios.drawn import Drawn
from scenarios.load import central_values, load_parameters
from scenarios.values.errors import InputError

CENTRAL = central_values(load_parameters())


def test_with_one_set_of_parameters_the_interval_is_that_of_the_mean_over_replications():
    found = effect_of(np.array([[1.0, 2.0, 3.0]]))
    assert found.value == 2.0
    assert found.high - 2.0 == pytest.approx(4.302653 / np.sqrt(3.0))


def test_with_several_sets_it_is_the_median_of_their_means_and_its_tails():
    found = effect_of(np.array([[float(n), float(n) + 2.0] for n in range(21)]))
    assert found.value == 11.0 and (found.low, found.high) == (2.0, 20.0)
    assert found.share_within(1.0, 10.0) == pytest.approx(10 / 21)


def test_what_cannot_be_taken_in_a_run_is_left_out_of_its_mean_and_what_never_can_is_no_effect():
    assert effect_of(np.array([[1.0, np.nan, 3.0]])).value == 2.0
    assert effect_of(np.array([[np.nan, np.nan]])) is None
    assert effect_of(np.array([[1.0, 3.0], [np.nan, np.nan]])).by_draw == (2.0,)


def test_one_pair_and_a_scale_at_which_runs_fail_are_refused():
    for replications, scale in ((1, 0.1), (2, 1e-4)):
        with pytest.raises(InputError, match=r"at least 2 and --scale from 0\.001 to 10"):
            measured(["grants"], [CENTRAL], replications, scale)


def test_trials_are_made_once_and_in_their_own_order():
    assert trials_of(["talent.inflow", "grants.own", "grants.total"]) == ["grants", "talent"]


def test_sets_of_parameters_reach_the_runs():
    """Cost is passed on by exactly the parameter: an experiment that shows which set a run had."""
    draws = [
        {**CENTRAL, "firms": {**CENTRAL["firms"], "cost_pass_through": part}} for part in (0.5, 0.6, 0.9)
    ]
    found = measured(["demand"], draws, 2, 0.01, workers=1)["demand.pass_through"]
    assert found.by_draw == pytest.approx((0.5, 0.6, 0.9))
    assert found.value == pytest.approx(0.6)


def test_drawn_sets_are_taken_in_their_order_and_more_than_were_kept_are_refused(monkeypatch, tmp_path):
    drawn = Drawn(tried=5, kept=2, sets=tuple({("firms", "price_weight"): value} for value in (2.0, 3.0)))
    kept = ParameterSets(PRIOR, drawn.described, drawn.sets)
    monkeypatch.setattr("experiments.plan.drawn_sets.posterior_path", lambda region: tmp_path / "none")
    monkeypatch.setattr("experiments.plan.drawn_sets.sets_of", lambda *_, **__: kept)
    sets, described = parameter_sets(1, "hunan")
    assert [one["firms"]["price_weight"] for one in sets] == [2.0]
    assert "2 of 5 tried (40%)" in described
    assert parameter_sets(None, "hunan")[0] == [CENTRAL]
    with pytest.raises(InputError, match="--draws 3: 2 sets of parameters were kept"):
        parameter_sets(3, "hunan")
