"""CSV that a spreadsheet shows and does not compute."""

import codecs
import io

import pandas as pd
import pytest
import toy_province

from experiments import export, load_runs, load_series
from experiments.exits import CannotWrite
from experiments.read.export import csv


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return toy_province.results(
        tmp_path_factory.mktemp("r") / "toy", [toy_province.scenario("-plan", 0.01)], replications=3
    )


def test_numbers_come_back_bit_for_bit(folder):
    paths = {path.name: pd.read_csv(path) for path in export(folder)}
    assert list(paths) == ["runs.csv", "series.csv", "cells.csv"]
    assert (paths["series.csv"].gdp == load_series(folder).gdp).all()
    assert (paths["runs.csv"].sei_va == load_runs(folder).sei_va).all()
    assert paths["runs.csv"].point.tolist() == ["'-plan"] * 3


def test_a_folder_that_cannot_be_written_is_named(folder, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=str(tmp_path / "file")):
        export(folder, tmp_path / "file" / "csv")
