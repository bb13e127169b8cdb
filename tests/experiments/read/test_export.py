"""CSV that a spreadsheet shows and does not compute."""

import codecs
import io
import sys
from csv import DictReader

import numpy as np
import pandas as pd
import pytest
import toy_province

from experiments import export, load_runs, load_series, targets
from experiments.__main__ import main
from experiments.answer.tidy_tables import with_swept
from experiments.compute.task import CELLS_KEPT
from experiments.exits import CannotWrite
from experiments.read.export import csv
from experiments.store import outputs


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    rows = pd.read_csv(
        io.BytesIO(csv(pd.DataFrame({"scenario": [text]}))), keep_default_na=False, skip_blank_lines=False
    )
    assert rows.scenario[0].startswith("'")


def test_a_heading_that_begins_like_a_formula_gets_one_too():
    assert csv(pd.DataFrame({"=cmd": [1]})).decode("utf-8-sig") == "'=cmd\n1\n"


def test_negative_numbers_stay_numbers():
    assert csv(pd.DataFrame({"gap": [-1.5]})).decode("utf-8-sig") == "gap\n-1.5\n"


def test_a_category_of_text_is_neutral_too():
    assert "'=x" in csv(pd.DataFrame({"place": pd.Categorical(["=x"])})).decode("utf-8-sig")


def test_chinese_names_come_after_a_byte_order_mark():
    content = csv(pd.DataFrame({"名": ["湖南"]}))
    assert content.startswith(codecs.BOM_UTF8) and content.decode("utf-8-sig") == "名\n湖南\n"


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return toy_province.results(
        tmp_path_factory.mktemp("r") / "toy", [toy_province.scenario("-plan", 0.01)], replications=3
    )


def test_numbers_come_back_bit_for_bit(folder):
    paths = {path.name: pd.read_csv(path) for path in export(folder)}
    assert list(paths) == [
        "runs.csv",
        "series.csv",
        "cells.csv",
        "targets.csv",
        "differences.csv",
        "codebook.csv",
    ]
    assert (paths["series.csv"].gdp == load_series(folder).gdp).all()
    assert (paths["runs.csv"].sei_va == load_runs(folder).sei_va).all()
    assert paths["runs.csv"].point.tolist() == ["'-plan"] * 3


def test_a_folder_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=str(tmp_path / "file")):
        export(folder, tmp_path / "file" / "csv")


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    """Two points of a number, one of them dated, in two scenarios; more runs than keep their cells."""
    given = [
        "lever.toy.rate=0.1",
        "lever.toy.rate=0.1",
        "lever.toy.cap={2022:3.0}",
        "lever.toy.cap={2022:3.0}",
    ]
    names = ["as_in_2020", "plan"] * 2
    rates = [0.0, 0.01, 0.02, 0.03]
    scenarios = [toy_province.scenario(name, rate) for name, rate in zip(names, rates, strict=True)]
    return toy_province.results(tmp_path_factory.mktemp("r") / "s", scenarios, replications=22, given=given)


def exported(folder, to, **options):
    return {path.name: pd.read_csv(path) for path in export(folder, to, **options)}


def test_each_swept_key_is_a_column_of_its_own_type(swept, tmp_path):
    runs = exported(swept, tmp_path / "csv")["runs.csv"]
    by_case = runs.groupby("given")
    assert set(by_case["lever.toy.rate"].first().dropna()) == {0.1}
    assert set(by_case["lever.toy.cap"].first().dropna()) == {"{2022:3.0}"}
    assert (runs["lever.toy.rate"].isna() == runs["lever.toy.cap"].notna()).all()


def test_numbers_of_a_swept_key_are_numbers_and_dated_values_text():
    runs = pd.DataFrame({"scenario": "a", "given": ["k=1", "k=2", ""]})
    typed = with_swept(runs, {"a k=1": {"k": 1, "d": {"2022": 0.5}}, "a k=2": {"k": 2.5, "d": 3}})
    assert typed.k.dtype == float and typed.k.tolist()[:2] == [1.0, 2.5] and np.isnan(typed.k[2])
    assert typed.d.tolist() == ["{2022:0.5}", "3", None]


def test_targets_and_differences_are_those_of_the_tables(swept, tmp_path):
    tables = exported(swept, tmp_path / "csv")
    shown = {(row["scenario"], row["target"]): row for row in targets(swept)}
    for row in tables["targets.csv"].itertuples():
        assert row.hits == shown[row.scenario, row.target]["hits"]
    assert set(tables["differences.csv"].target) == {*dict.fromkeys(target for _, target in shown)}
    assert tables["targets.csv"].set_index("target").unit["sei_va"].unique().tolist() == ["yuan"]


def test_the_card_says_which_runs_the_cells_are_of(swept, tmp_path):
    cells = exported(swept, tmp_path / "csv")["cells.csv"]
    about = outputs.card_of(tmp_path / "csv")["tables"]
    assert (about["runs.csv"]["last_n"], about["cells.csv"]["last_n"]) == (21, CELLS_KEPT - 1)
    assert about["cells.csv"]["runs"] == cells.run_id.nunique() == 4 * CELLS_KEPT
    assert sorted(cells.n.unique()) == list(range(CELLS_KEPT))


def test_money_is_in_yi_where_asked_and_named_so(swept, tmp_path):
    plain, yi = exported(swept, tmp_path / "a"), exported(swept, tmp_path / "b", yi=True)
    for name, table, column in (("sei_va", "runs.csv", "sei_va_yi"), ("gdp", "series.csv", "gdp_yi")):
        assert np.allclose(plain[table][name] / 1e8, yi[table][column])
        assert name not in yi[table]
    assert "loan_rate" in yi["series.csv"] and "firms" in yi["cells.csv"]
    assert np.allclose(plain["cells.csv"].value_added / 1e8, yi["cells.csv"].value_added_yi)
    both = [tables["targets.csv"].set_index("target").loc["sei_va"] for tables in (plain, yi)]
    assert np.allclose(both[0]["median"] / 1e8, both[1]["median"])
    assert set(both[1].unit) == {"100 million yuan"} and (both[0].low == both[1].low).all()


def test_without_a_mark_the_first_heading_is_read_as_it_is(swept, tmp_path):
    assert main(["export", str(swept), "--csv", "--no-bom", "--out", str(tmp_path / "plain")]) == 0
    with open(tmp_path / "plain" / "runs.csv", encoding="utf-8", newline="") as file:
        assert next(iter(DictReader(file)))["run_id"]
    assert outputs.card_of(tmp_path / "plain")["encoding"] == "utf-8"
