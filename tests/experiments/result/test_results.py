"""One object holds what a sweep came to: typed tables, a codebook, answers, figures in the place of axes."""

import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import toy_province
from matplotlib.figure import Figure

import experiments
from experiments import load_runs, load_series, results, targets
from experiments.answer.cases import cases
from experiments.answer.pairs import differences
from experiments.exits import FolderDiffers
from experiments.figures import EXPLAINED, FIGURES, SEARCHED
from experiments.store.outcome_columns import OutcomeColumns
from scenarios.targets import load_targets
from scenarios.values.errors import InputError

RATE, CAP = "lever.toy.rate", "lever.toy.cap"


@pytest.fixture(autouse=True)
def in_the_toy_province(monkeypatch):
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two scenarios at three points, two of a number and one of dated values."""
    dated = {"2022": 3.0}
    values = {f"{RATE}=0.1": [RATE, 0.1], f"{RATE}=0.2": [RATE, 0.2], f"{CAP}={{2022:3.0}}": [CAP, dated]}
    given = [text for text in values for _ in range(2)]
    rates = zip(["as_in_2020", "plan"] * 3, [0.0, 0.01, 0.02, 0.03, 0.04, 0.05], strict=True)
    scenarios = [toy_province.scenario(name, rate) for name, rate in rates]
    cases = [
        {"point": f"{one.name} {text}", "scenario": one.name, "label": {}, "given": [values[text]]}
        for one, text in zip(scenarios, given, strict=True)
    ]
    place = tmp_path_factory.mktemp("r") / "toy"
    return toy_province.results(place, scenarios, replications=8, given=given, cases=cases)


@pytest.fixture
def found(folder):
    return results(folder)


def test_it_says_what_it_is(found, folder):
    said = repr(found)
    assert (
        said.startswith(f"<Results of {folder}: sweep ")
        and "6 cases" in said
        and "48 of 48 runs done" in said
    )
    page = found._repr_html_()
    assert "<table>" in page and "Emerging industries&#x27; share of GDP" in page
    assert "&lt;" in page and " 0.0 %" not in page  # a chance is never printed as nothing


def test_a_name_that_is_no_text_of_a_page_is_none(tmp_path):
    made = toy_province.results(tmp_path / "r", [toy_province.scenario("<script>x</script>")], replications=2)
    assert "<script>" not in results(made)._repr_html_()


def test_runs_have_a_typed_column_for_each_swept_key_and_hits_that_may_be_missing(found, folder):
    runs = found.runs
    assert runs[RATE].dtype == float and set(runs[RATE].dropna()) == {0.1, 0.2}
    assert set(runs[CAP].dropna()) == {"{2022:3}"}
    assert (runs[RATE].isna() == runs[CAP].notna()).all()
    hits = [OutcomeColumns.of(name).hit for name in load_targets()]
    assert {str(runs[hit].dtype) for hit in hits} == {"boolean"}
    assert runs.sei_va.tolist() == load_runs(folder).sei_va.tolist()


@pytest.mark.parametrize("table", ["series", "cells"])
def test_other_tables_have_the_swept_keys_of_each_row(found, table):
    rows = getattr(found, table)
    told = rows.drop_duplicates("point").set_index("point")
    known = found.runs.drop_duplicates("point").set_index("point")
    for case in found.cases:
        assert (
            pd.isna(told[RATE][case]) if pd.isna(known[RATE][case]) else told[RATE][case] == known[RATE][case]
        )
    assert list(rows)[:5] == ["run_id", "point", "n", RATE, CAP]


def test_series_and_years_are_those_that_are_stored(found, folder):
    stored = load_series(folder)
    assert (found.series.gdp == stored.gdp).all()
    by_year = stored.groupby(["point", "run_id", "year"], sort=False).gdp.sum()
    assert found.annual.set_index(["point", "run_id", "year"]).gdp.equals(by_year)


def test_every_column_of_every_table_stands_in_the_codebook(found):
    book = found.codebook
    tables = {"runs": found.runs, "series": found.series, "cells": found.cells, "targets": found.targets()}
    for name, rows in tables.items():
        assert book[book.table == name].column.tolist() == list(map(str, rows))
    assert (book.meaning != "").all() and (book.meaning_zh != "").all()
    assert not book.duplicated(["table", "column"]).any()


def test_the_codebook_says_what_is_scaled_to_the_base_of_2020(found):
    runs = found.codebook.query("table == 'runs'").set_index("column")
    told = {name: runs.scaled[name] for name in ("sei_va", "sei_va_unscaled", "rd_growth", "sei_va_hit", "n")}
    assert told == {
        "sei_va": "scaled",
        "sei_va_unscaled": "unscaled",
        "rd_growth": "unscaled",
        "sei_va_hit": "",
        "n": "",
    }
    assert set(found.codebook.query("table == 'cells' and kind != ''").scaled) == {"unscaled"}
    assert runs.unit["sei_va"] == "yuan" and runs.unit["sei_share_gdp"] == "share"
    series = found.codebook.query("table == 'series'").set_index("column")
    assert (series.kind["gdp"], series.kind["loan_rate"]) == ("flow", "rate")


def test_targets_are_those_of_the_table_with_unit_and_swept_keys(found, folder):
    rows, shown = found.targets(), targets(folder)
    assert rows.probability.tolist() == [row["probability"] for row in shown]
    assert rows.set_index("target").unit["sei_va"].unique().tolist() == ["yuan"]
    assert rows[RATE].notna().any()


def test_every_case_is_compared_with_the_baseline_at_its_own_values(found):
    pairs = found.compare().drop_duplicates("scenario").set_index("scenario").baseline.to_dict()
    assert pairs[f"plan {RATE}=0.1"] == f"as_in_2020 {RATE}=0.1"
    assert pairs[f"plan {CAP}={{2022:3.0}}"] == f"as_in_2020 {CAP}={{2022:3.0}}"


def test_a_base_may_be_named_and_the_numbers_are_those_of_pairs(found, folder):
    base = f"as_in_2020 {RATE}=0.1"
    rows = found.compare(base)
    assert set(rows.baseline) == {base} and rows.scenario.nunique() == 5
    known, case = cases(folder), f"plan {RATE}=0.1"
    expected = differences(known[case], known[base], (case, base))
    told = rows[rows.scenario == case]
    assert told["mean"].tolist()[:-1] == [row["mean"] for row in expected][:-1]
    with pytest.raises(InputError, match="unknown case 'pla'"):
        found.compare("pla")


def test_a_base_may_be_named_by_its_scenario_where_one_case_has_it(tmp_path):
    made = [toy_province.scenario("no_policy", -0.01), toy_province.scenario("plan", 0.02)]
    small = results(toy_province.results(tmp_path / "r", made, 3, ["population.scale=0.02"] * 2, scale=0.02))
    assert set(small.compare("plan").baseline) == {"plan population.scale=0.02"}
    with pytest.raises(InputError, match="unknown case 'paln' - did you mean 'plan'"):
        small.compare("paln")


def test_a_base_may_be_of_another_folder_and_not_of_other_sources(found, tmp_path, monkeypatch):
    alone = toy_province.results(tmp_path / "a", [toy_province.scenario("no_policy", -0.01)], replications=8)
    assert set(found.compare(results(alone)).baseline) == {f"{alone}:no_policy"}
    monkeypatch.setattr(toy_province, "TODAY", {**toy_province.TODAY, "sources": {"sim/a.py": "12"}})
    other = toy_province.results(tmp_path / "b", [toy_province.scenario("no_policy", -0.01)], replications=8)
    with pytest.raises(FolderDiffers, match="other sources or data"):
        found.compare(f"{other}:no_policy")
    with pytest.raises(InputError, match="holds 6 cases; name one"):
        results(alone).compare(found)


def test_an_indicator_of_ones_own_is_a_series_like_any_other(found):
    mine = found.with_indicator("per_firm", lambda s: s.sei_value_added / s.firms, unit="yuan", kind="flow")
    assert np.allclose(mine.series.per_firm, found.series.sei_value_added / found.series.firms)
    assert np.allclose(
        mine.annual.per_firm, mine.series.groupby(["point", "run_id", "year"], sort=False).per_firm.sum()
    )
    row = mine.codebook.query("column == 'per_firm'").iloc[0]
    assert (row.unit, row.kind, row.scaled) == ("yuan", "flow", "unscaled")
    assert "per_firm" not in found.series  # the results it was made of are as before


def test_a_target_of_ones_own_is_counted_with_its_interval(found):
    last = found.annual[found.annual.year == 2025].set_index("run_id").gdp
    middle = float(last[last.index.isin(found.runs.run_id[found.runs.point == found.cases[0]])].median())
    mine = found.with_target("rich", "gdp", at_least=middle)
    row = mine.targets().query("target == 'rich'").iloc[0]
    assert (row.hits, row.runs, row.probability) == (4, 8, 0.5) and row.low < 0.5 < row.high
    assert row.unit == "yuan" and abs(row["median"] / middle - 1) < 1e-12
    assert mine.runs.rich_hit.dtype == "boolean"
    assert np.allclose(mine.runs.rich, [last[run] for run in mine.runs.run_id], rtol=1e-12)
    gap = mine.compare().query("target == 'rich'").iloc[0]
    assert gap["mean"] > 0 and gap.pairs == 8 and gap.unit == "yuan"
    assert (
        mine.targets().query("target == 'all'").hits.tolist()
        == found.targets().query("target == 'all'").hits.tolist()
    )


def test_a_file_of_targets_may_scale_to_the_base_of_2020(found, tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(
        "richer:\n  label: {en: richer, zh: R}\n  indicator: sei_value_added\n  statistic: level\n"
        '  year: 2025\n  comparison: ">"\n  base: sei_value_added_2020\n  anchor: ratio\n'
        "  definition: d\n  quote: q\n"
        "  shown: {unit_en: 亿元, unit_zh: 亿元, factor: 1.0e-8, digits: 0}\n"
        "  threshold: {unit: yuan, range: [0, 1.0e14], value: 1.0e12, source: s, status: assumption}\n",
        "utf-8",
    )
    mine = found.with_targets(file)
    plan = load_targets()["sei_va"]
    assert np.allclose(mine.runs.richer, mine.runs[OutcomeColumns.of(plan.name).activity])
    assert set(mine.codebook.query("column == 'richer'").scaled) == {"scaled"}


REFUSED = {
    "a taken name": (lambda r: r.with_indicator("gdp", lambda s: s.gdp), "is recorded already"),
    "no name": (lambda r: r.with_indicator("a b", lambda s: s.gdp), "expected a letter"),
    "no kind": (lambda r: r.with_indicator("x", lambda s: s.gdp, kind="flo"), "did you mean 'flow'"),
    "another shape": (lambda r: r.with_indicator("x", lambda s: s.gdp[:3]).series, "has shape"),
    "a series that is none": (lambda r: r.with_indicator("x", lambda s: s.gpd).series, "cannot be computed"),
    "an unknown series": (lambda r: r.with_target("x", "gpd", at_least=1), "unknown indicator 'gpd'"),
    "no threshold": (lambda r: r.with_target("x", "gdp"), "needs one threshold"),
    "two thresholds": (lambda r: r.with_target("x", "gdp", at_least=1, above=2), "needs one threshold"),
    "a target of the plan": (lambda r: r.with_target("sei_va", "gdp", at_least=1), "is there already"),
    "a year of the past": (lambda r: r.with_target("x", "gdp", at_least=1, year=2019), "is none from 2021"),
    "another statistic": (lambda r: r.with_target("x", "gdp", above=1, statistic="levle"), "mean 'level'"),
    "an unknown figure": (lambda r: r.figure("fam"), "unknown figure 'fam' - did you mean 'fan'"),
    "no folder": (lambda r: results("nowhere"), "holds no results"),
    "no sweep": (lambda r: results(r.folder, "zzz"), "no sweep 'zzz'"),
}  # fmt: skip


@pytest.mark.parametrize(("ask", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_is_refused_in_one_line(found, ask, said):
    with pytest.raises(InputError, match=said):
        ask(found)


def test_a_target_of_2030_is_neither_hit_nor_miss_in_runs_to_2025(found):
    row = (
        found.with_target("later", "gdp", at_least=1.0, year=2030)
        .targets()
        .query("target == 'later'")
        .iloc[0]
    )
    assert (row.hits, row.failed) == (0, 8) and pd.isna(row["median"])


@pytest.mark.parametrize(
    "name",
    [name for name in FIGURES if name not in (*EXPLAINED, *SEARCHED, "links", "decomposition", "change")],
)
def test_every_figure_is_drawn_in_the_place_of_axes(found, name):
    page, (left, right) = plt.subplots(1, 2, figsize=(26, 22))
    place, options = right.get_position(), {"target": "sei_va"} if name == "fan" else {}
    drawn, axes, rows = found.figure(name, ax=right, **options)
    assert drawn in page.subfigs and left in page.axes and right not in page.axes and len(rows)
    assert np.allclose(drawn.bbox.bounds, place.transformed(page.transFigure).bounds)
    for one in np.ravel(axes):
        if one.figure is drawn:
            box = one.get_position(original=True)
            assert 0 <= box.x0 < box.x1 <= 1 and 0 <= box.y0 < box.y1 <= 1
    page.canvas.draw()
    plt.close(page)


def test_without_axes_a_figure_is_its_own(found):
    drawn, _, _ = found.figure("fan", target="sei_va", width=5)
    assert isinstance(drawn, Figure) and drawn.get_figwidth() == 5


def test_axes_without_room_are_refused_and_left(found):
    page, axes = plt.subplots(figsize=(1, 1))
    with pytest.raises(InputError, match="panels need"):
        found.figure("fan", ax=axes)
    assert axes in page.axes
    plt.close(page)


def test_all_sweeps_of_a_folder_are_results_too(folder):
    assert "all sweeps" in repr(results(folder, "all"))


def test_every_name_of_the_package_is_there():
    assert all(getattr(experiments, name) is not None for name in experiments.__all__)
