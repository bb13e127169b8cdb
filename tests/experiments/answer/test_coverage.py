"""Statistical coverage beside a target: a line of its own, and never a part of an effect."""

import numpy as np
import pandas as pd
import pytest

from experiments.answer.comparison_table import difference_rows
from experiments.answer.pairs import differences
from experiments.answer.table import of_coverage
from experiments.answer.target_table import target_rows
from experiments.language.words import word
from scenarios.targets import load_targets

TARGETS = load_targets()
YI = 1e8


def runs(activity, coverage):
    """Runs with these values added [yuan] and this coverage; every other target is out of reach."""
    rows = pd.DataFrame(
        {"n": range(len(activity)), "draw": 0, "seed": 1, "world": "calm", "scale": 1.0, "status": "ok"}
    )
    for name, target in TARGETS.items():
        values = np.asarray(activity, float) if name == "sei_va" else np.zeros(len(activity))
        published = values * coverage
        rows[name], rows[f"{name}_unscaled"] = published, published
        rows[f"{name}_hit"] = [target.is_met_by(value) for value in published]
        if target.about.activity is not None:
            rows[f"{name}_activity"] = values
            rows[f"{name}_activity_hit"] = [target.is_met_by(value) for value in values]
    return rows.assign(statistical_coverage=coverage)


def row_of(found, target="sei_va"):
    return next(row for row in found if row["target"] == target)


BASE = np.array([9_000.0, 9_500.0, 9_900.0]) * YI


def test_the_table_has_a_line_of_what_is_coverage():
    first, covered, *_ = target_rows(TARGETS["sei_va"], runs(BASE, 1.1))
    assert first[3].startswith("10,450 ")
    assert covered[0] == f"  {word('table.covered')}"
    assert covered[3] == "+950 [+905 – +986]"
    assert len(target_rows(TARGETS["hnte_count"], runs(BASE, 1.1))) == 1


def test_json_names_it():
    found = of_coverage(runs(BASE, 0.9), "sei_va")
    assert found["activity"] == pytest.approx(9_500 * YI)
    assert found["statistical_coverage"] == pytest.approx(-950 * YI)
    assert set(of_coverage(runs(BASE, 0.9), "hnte_count").values()) == {None}


def test_an_effect_of_policy_does_not_grow_with_coverage():
    """(1 + c) times activity would scale it: 200 亿 more are 200 亿 more under whatever coverage."""
    for coverage in (0.9, 1.0, 1.2):
        row = row_of(differences(runs(BASE + 200 * YI, coverage), runs(BASE, coverage)))
        assert row["mean"] == pytest.approx(200 * YI)
        assert row["reclassified"] == 0.0


def test_under_one_coverage_targets_are_gained_by_what_is_published():
    row = row_of(differences(runs(BASE + 200 * YI, 1.1), runs(BASE, 1.1)))
    assert (row["gained"], row["lost"]) == (1, 0)  # 9,000 and 9,200 lie on both sides of 10,000 / 1.1


def test_more_coverage_alone_is_reclassified_and_no_effect():
    row = row_of(found := differences(runs(BASE, 1.1), runs(BASE, 1.0)))
    assert (row["mean"], row["low"], row["high"], row["greater"]) == (0.0, 0.0, 0.0, 0.5)
    assert (row["gained"], row["lost"]) == (0, 0)
    assert row["reclassified"] == pytest.approx(0.1 * BASE.mean())
    assert row_of(found, "all")["gained"] == 0
    assert row_of(found, "hnte_count")["reclassified"] is None
    lines = difference_rows(row, TARGETS)
    assert [line[0].strip() for line in lines] == [
        "Emerging industries' value added, 亿元",
        word("table.apart"),
    ]
    assert lines[1][1].startswith("+947 [")
    assert len(difference_rows(row_of(found, "hnte_count"), TARGETS)) == 1
