"""Statistics of a region: their figures and errors, what of a run they read, and what a file may not say."""

import numpy as np
import pytest

from experiments.calibration import statistics as module
from experiments.calibration.pasts_table import PastsTable
from experiments.calibration.statistics import Statistic, covariance, load_statistics
from scenarios.values.errors import InputError


def one(**changes: object) -> Statistic:
    """A count of 2020 that errs by 1 % in every year and 2 % in all."""
    usual = {
        "fact": "certified", "name": "certified@2020", "year": 2020, "column": "certified@2020", "before": "",
        "change": "", "log": True, "size": 1, "value": 8621.0, "unit": "enterprises", "level_error": 0.02,
        "year_error": 0.01, "used_for": "fit", "source": "s", "broken": "",
    }  # fmt: skip
    return Statistic(**(usual | changes))  # type: ignore[arg-type]


def test_every_statistic_has_a_source_an_error_and_a_figure():
    known = load_statistics()
    assert len(known) > 50
    assert all(row.source and row.year_error > 0.0 and np.isfinite(row.target) for row in known)
    assert {row.used_for for row in known} == {"fit", "held out", "follows"}


def test_what_doubles_with_the_province_is_taken_to_its_size():
    table = PastsTable("hunan", 0.1, ("certified@2020",), np.array([[862.1], [0.0]]))
    found = one().of(table)
    assert found[0] == pytest.approx(np.log(8621.0))
    assert np.isnan(found[1])  # none certified has no logarithm


def test_a_change_is_taken_from_the_year_before():
    columns = {"certified@2020": np.array([862.0]), "certified@2019": np.array([628.0])}
    change = one(change="increase", before="certified@2019", log=False)
    assert change.read(columns, 0.1) == pytest.approx([2340.0])
    assert one(change="growth", before="certified@2019", log=False).read(columns, 0.1) == pytest.approx(
        [100.0 * (862 / 628 - 1)]
    )


def test_years_of_a_series_share_the_error_of_their_level():
    rows = (one(), one(year=2019, name="certified@2019"), one(fact="research", name="research@2020"))
    assert covariance(rows) == pytest.approx(
        np.array([[5e-4, 4e-4, 0.0], [4e-4, 5e-4, 0.0], [0.0, 0.0, 5e-4]])
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"certifide": {"year_error": 0.1, "reason": "r"}}, "certifide.*certified"),
        ({"certified": {"reason": "r"}}, "year_error"),
        ({"certified": {"year_error": 0.0, "reason": "r"}}, "year_error"),
        ({"certified": {"year_error": 0.1}}, "reason"),
        ({"exit": {"year_error": 1.5, "reason": "r"}}, "middle"),
        ({"certified": {"year_error": 0.1, "reason": "r", "years": [2016]}}, "2016"),
        ({"changsha_research": {"year_error": 0.1, "reason": "r"}}, "whole province"),
    ],
)
def test_a_row_that_says_too_little_is_refused(monkeypatch, content, said):
    load_statistics.cache_clear()
    monkeypatch.setattr(module, "read_yaml", lambda _: content)
    with pytest.raises(InputError, match=said):
        load_statistics()
    load_statistics.cache_clear()
