"""Hits are counted from stored values under today's targets, and a missing value is neither hit nor miss."""

import json
import math

import numpy as np
import pandas as pd
import pytest
import toy_model
import yaml
from everywhere import replace_everywhere
from sealed_toy import folder_of

from experiments import targets
from experiments.__main__ import main
from experiments.answer.table import chance, spread
from experiments.command.printed_json import printed_json
from experiments.exits import Exit, FolderDiffers
from experiments.read import hits, reading
from experiments.read.hits import definitions_changed
from scenarios.load import CONFIGS
from scenarios.targets import load_targets


@pytest.fixture
def folder(tmp_path):
    """A results folder of toy runs under today's header."""
    return folder_of(tmp_path / "r")


@pytest.fixture
def edited(monkeypatch, tmp_path):
    """Edits the targets of the region for everything that reads them."""

    def edit(change):
        told = yaml.safe_load((CONFIGS / "region" / "hunan" / "targets.yaml").read_text(encoding="utf-8"))
        change(told)
        place = tmp_path / "configs" / "region" / "hunan"
        place.mkdir(parents=True)
        (place / "targets.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        read = load_targets(tmp_path / "configs")
        replace_everywhere(monkeypatch, load_targets, lambda region="hunan": read)
        replace_everywhere(monkeypatch, definitions_changed, lambda store: "plan.yaml changed")

    return edit


def of(folder, target):
    return next(row for row in targets(folder) if row["target"] == target)


def added(told):
    """A target that README invites: R&D grows by 200 % a year, which no run reaches."""
    told["new_one"] = told["rd_growth"] | {"threshold": told["rd_growth"]["threshold"] | {"value": 0.9}}


def test_a_target_added_after_a_sweep_is_counted_from_the_stored_series(folder, edited):
    edited(added)
    row, old = of(folder, "new_one"), of(folder, "rd_growth")
    assert (row["hits"], row["runs"], row["failed"]) == (0, 6, 0)
    assert row["median"] == old["median"]


def test_a_changed_threshold_is_counted_anew(folder, edited):
    before = of(folder, "sei_va")
    assert before["hits"] < 6
    edited(lambda told: told["sei_va"]["threshold"].update(value=1.0))
    assert of(folder, "sei_va")["hits"] == 6
    assert of(folder, "sei_va")["median"] == before["median"]


def test_a_target_taken_away_leaves_no_column_behind(folder, edited):
    edited(lambda told: told.pop("sei_va"))
    assert not [name for name in reading.load_runs(folder) if name.startswith("sei_va")]


def test_a_target_on_what_was_not_stored_is_refused_as_changed_data(folder, edited):
    edited(lambda told: told.update(odd=told["hnte_count"] | {"indicator": "never_recorded"}))
    with pytest.raises(FolderDiffers, match="did not store the series never_recorded"):
        targets(folder)


def test_verify_does_not_call_hits_well_that_are_not_what_values_say(folder, edited, capsys):
    assert main(["verify", str(folder)]) == Exit.OK
    edited(lambda told: told["sei_va"]["threshold"].update(value=1.0))
    assert main(["verify", str(folder)]) == Exit.DIFFERS
    assert "sei_va_hit: in " in capsys.readouterr().out


def test_a_stored_hit_that_contradicts_its_value_is_counted_by_its_value_and_told(tmp_path, capsys):
    folder = folder_of(tmp_path / "r", forged="sei_va_hit")
    assert of(folder, "sei_va")["hits"] < 6
    assert main(["verify", str(folder)]) == Exit.CORRUPT
    assert "sei_va_hit: in " in capsys.readouterr().out


@pytest.mark.parametrize("missing", [None, math.nan, math.inf, -math.inf])
def test_a_value_that_is_none_or_not_finite_is_neither_a_hit_nor_a_miss(folder, missing):
    store = hits_store(folder)
    rows = store.table("runs").to_pandas()
    rows.loc[0, "hnte_count"] = missing
    found = hits.recounted(store, rows)
    p = chance(found, "hnte_count")
    assert (p.runs, p.failed) == (6, 1)
    assert p.method.endswith("as bounds")
    assert math.isfinite(spread(found, "hnte_count")["median"])


def test_a_run_that_misses_one_target_misses_all_whatever_is_unknown_of_the_others():
    rows = pd.DataFrame({"a_hit": [True, False, None], "b_hit": [None, None, True]})
    assert np.isnan(hits.met(rows, ["a_hit", "b_hit"])).tolist() == [True, False, True]
    assert hits.met(rows, ["a_hit", "b_hit"])[1] == 0
    assert np.isnan(hits.met(rows, ["a_hit", "never_stored"])).tolist() == [True, False, True]


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_a_value_that_is_not_finite_meets_no_target(value):
    assert not any(target.is_met_by(value) for target in load_targets().values())


def test_the_table_as_json_holds_no_word_that_json_has_not(folder, capsys):
    assert main(["targets", str(folder), "--format", "json"]) == Exit.OK
    json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_a_comparison_of_one_pair_is_null_in_json(tmp_path, capsys):
    one = folder_of(tmp_path / "a", toy_model.scenario("a", 0.1), runs=1)
    other = folder_of(tmp_path / "b", toy_model.scenario("b", 0.2), runs=1)
    assert main(["compare", str(one), str(other), "--format", "json"]) == Exit.OK
    found = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert {(row["low"], row["high"]) for row in found["differences"]} == {(None, None)}
    assert main(["compare", str(one), str(other)]) == Exit.OK
    said = capsys.readouterr().out
    assert "no interval from one pair" in said
    assert "inf" not in said


def test_what_is_not_finite_is_null_at_any_depth():
    content = {"a": [math.nan, (1.0, -math.inf)], "b": {"c": math.inf, "d": "nan"}}
    assert json.loads(printed_json(content)) == {"a": [None, [1.0, None]], "b": {"c": None, "d": "nan"}}


def hits_store(folder):
    from experiments.store.store import Store

    return Store(folder)
