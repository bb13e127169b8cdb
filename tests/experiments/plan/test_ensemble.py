"""How a sweep becomes runs with ids, what of them is missing, and what a unit's worker hands back."""

from types import SimpleNamespace

import numpy as np
import pytest
import toy_model

from experiments.compute.compute import Sealing, compute
from experiments.compute.engines.local import Local
from experiments.compute.progress import Progress
from experiments.compute.run_values import annual
from experiments.compute.task import Task, columns_of
from experiments.compute.work import Work
from experiments.plan.ensemble import ensemble
from experiments.store.store import Store, claimed

TODAY = {"format": 1, "sources": {}, "data": {}, "versions": {}}
DIGESTS = {"sources": "s", "data": "d"}


def asked(replications, *scenarios, **settings):
    return ensemble(toy_model.units(replications, *scenarios, **settings), DIGESTS)


def computed(folder, what, **settings):
    with claimed(folder, TODAY) as store:
        sealing = Sealing(store, lambda: columns_of("toy_model"))
        units = what.missing(store.finished())
        work = Work(units, timeout=settings.pop("timeout", None))
        with Local(2) as local:
            compute(work, Task("toy_model"), local, sealing, Progress(len(units), quiet=True), **settings)
    return Store(folder).table("runs").to_pandas().set_index(["scenario", "n"])


def test_equal_values_under_two_names_are_one_run_and_two_rows():
    twins = asked(3, toy_model.scenario("one", 0.1), toy_model.scenario("two", 0.1))
    assert (len(twins.runs), len(twins.rows), [len(unit) for unit in twins.units]) == (3, 6, [1, 1, 1])


def test_another_value_source_or_data_is_another_run():
    first = asked(1).runs
    assert first.isdisjoint(asked(1, toy_model.scenario(rate=0.1)).runs)
    assert first.isdisjoint(ensemble(toy_model.units(1), DIGESTS | {"data": "e"}).runs)
    assert first.isdisjoint(ensemble(toy_model.units(1), DIGESTS | {"sources": "t"}).runs)


def test_more_replications_extend_fewer():
    assert asked(3).runs < asked(5).runs


def test_only_what_is_not_finished_is_missing():
    both = asked(2, toy_model.scenario("a", 0.1), toy_model.scenario("b", 0.2))
    done = both.units[0][1][0]
    assert [[run for run, _ in unit] for unit in both.missing({done})] == [
        [both.units[0][0][0]],
        [run for run, _ in both.units[1]],
    ]


def test_very_many_runs_of_a_replication_are_computed_in_parts_that_lose_nothing():
    what = asked(1, *(toy_model.scenario(f"s{n}", n / 1000) for n in range(100)))
    parts = what.missing(set())
    assert [len(part) for part in parts] == [25, 25, 25, 25]
    assert [run for part in parts for run in part] == list(what.units[0])


def test_a_run_that_raises_is_recorded_with_its_stage_and_its_neighbours_are_well(tmp_path):
    runs = computed(tmp_path / "r", asked(3, toy_model.scenario("fine"), toy_model.scenario("raises", 0.1)))
    bad = runs.loc[("raises", 2)]
    assert (bad.status, bad.error) == ("failed", "ZeroDivisionError: no firms left in cell 3")
    assert bad.stage == "experiments.misbehave"  # by the folder of toy_model.py
    assert "Traceback" in bad.traceback
    assert (runs.drop(("raises", 2)).status == "ok").all() and len(runs) == 6


def test_a_run_that_kills_its_worker_is_lost_alone(tmp_path):
    runs = computed(tmp_path / "r", asked(3, toy_model.scenario("fine"), toy_model.scenario("kills", 0.1)))
    assert runs.status.to_dict() == {
        (name, n): "lost" if (name, n) == ("kills", 2) else "ok" for name, n in runs.index
    }
    assert len(runs) == 6


def test_a_run_that_hangs_is_given_up_and_tried_again_by_the_next_sweep(tmp_path):
    what = asked(3, toy_model.scenario("hangs", 0.1))
    runs = computed(tmp_path / "r", what, timeout=6.0)
    assert runs.loc[("hangs", 2)].status == "timeout"
    assert len(what.missing(Store(tmp_path / "r").finished())) == 1


def test_on_error_stop_ends_at_the_first_failure_and_keeps_what_is_done(tmp_path):
    runs = computed(tmp_path / "r", asked(60, toy_model.scenario("raises", 0.1)), keep_going=False)
    assert "failed" in set(runs.status)
    assert 1 <= len(runs) < 60


def test_flows_are_summed_stocks_taken_at_the_years_end_and_rates_averaged():
    series = np.arange(24.0).reshape(8, 3)
    kinds = {
        name: SimpleNamespace(kind=kind) for name, kind in [("a", "flow"), ("b", "stock"), ("c", "rate")]
    }
    found = annual(series, kinds)
    assert found["a"].tolist() == [0 + 3 + 6 + 9, 12 + 15 + 18 + 21]
    assert found["b"].tolist() == [10, 22]
    assert found["c"].tolist() == [(2 + 5 + 8 + 11) / 4, (14 + 17 + 20 + 23) / 4]


def test_cells_are_kept_for_the_first_replications_only(tmp_path):
    what = asked(4)
    task = Task("toy_model", cells_kept=2)
    kept = {record.run["n"]: record.cells is not None for unit in what.units for record in task(unit)}
    assert kept == {0: True, 1: True, 2: False, 3: False}


def test_end_values_are_those_of_the_last_year_scaled_to_the_base_of_2020():
    record = Task("toy_model")(asked(1).units[0])[0]
    value_added = (
        record.series[:, list(toy_model.INDICATORS).index("sei_value_added")].reshape(10, 4).sum(axis=1)
    )
    assert record.run["sei_va_unscaled"] == pytest.approx(value_added[9], rel=1e-12)
    assert record.run["sei_va"] == pytest.approx(value_added[9] * 4.19e11 / value_added[4], rel=1e-12)
    assert record.run["sei_va_hit"] == (record.run["sei_va"] > 1e12)


def test_carriers_are_counted_under_both_definitions():
    run = Task("toy_model")(asked(1).units[0])[0].run
    assert run["national_carriers"] != run["national_carriers_also"]
    assert run["national_carriers_also_hit"] == (run["national_carriers_also"] > 150)


def test_realised_spending_is_what_programmes_paid_from_2021_on():
    record = Task("toy_model")(asked(1).units[0])[0]
    paid = record.series[20:, list(toy_model.INDICATORS).index("programme_rd_subsidy")].sum()
    assert record.run["public_spending"] == pytest.approx(paid, rel=1e-12)
