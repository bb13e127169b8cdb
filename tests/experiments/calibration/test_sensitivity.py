"""How far a posterior moves: what each variant changes, and how shifts are measured."""

import numpy as np
import pytest

from experiments.calibration import sensitivity as module
from experiments.calibration.page import HEAD
from experiments.calibration.pasts_table import PastsTable
from experiments.calibration.posterior import Sampled
from experiments.calibration.sensitivity import Moved, apart, lines, section, sensitivity, wider
from experiments.evidence.page_sections import merged
from experiments.store.own_files import OwnPath
from scenarios.values.errors import InputError
from tests.experiments.calibration.test_inference import linear
from tests.experiments.calibration.test_statistics import one

ROWS = 40


def sampled(centre: float, spread: float) -> Sampled:
    luck = np.random.default_rng(1).standard_normal((4000, 2))
    return Sampled(centre + spread * luck, np.zeros((4000, 0)), 4000.0, 1.0, 0)


class Told:
    """In place of a sampler: the posterior's centre is how many rows taught, its width the errors."""

    def __init__(self, problem) -> None:
        self.problem = problem

    def given(self, figures: np.ndarray, seed: int) -> Sampled:
        errors = np.sqrt(self.problem.errors[0, 0])
        return sampled(0.01 * self.problem.emulator.shift[0] + 0.001 * seed, 0.5 * errors)


@pytest.fixture
def tables(monkeypatch):
    """Two tables that differ by their scale, and a surrogate that says how many rows it learnt from."""
    found = {"tenth": table(0.1, ROWS), "twentieth": table(0.05, ROWS // 2)}

    def learnt_from(rows: np.ndarray, region: str, seed: int = 0):
        emulator = linear(0.4)
        emulator.shift[:] = (~np.isnan(rows).any(axis=1)).sum() + seed
        return emulator

    statistics = tuple(one(fact=name, log=False, year=2020, year_error=0.3) for name in ("a", "b"))
    monkeypatch.setattr(module, "table_in", lambda folder, rows: found[folder.path.name])
    monkeypatch.setattr(module, "learnable", lambda region: statistics)
    monkeypatch.setattr(module, "values_of_rows", lambda statistics, table: table.values)
    monkeypatch.setattr(module, "learnt_from", learnt_from)
    monkeypatch.setattr(module, "Sampler", Told)
    return found


def table(scale: float, rows: int, model: tuple[str, ...] = ("m", "p")) -> PastsTable:
    return PastsTable("hunan", scale, ("a", "b"), np.ones((rows, 2)), model)


def by_name(found) -> dict[str, Moved]:
    return {each.name: each for each in found.variants}


def test_each_variant_changes_what_it_says(tmp_path, tables):
    found = sensitivity(OwnPath(tmp_path / "tenth"), beside=OwnPath(tmp_path / "twentieth"), say=str)
    moved, spread = by_name(found), 0.5 * 0.5  # the posterior's, of errors .3 and .4 together
    for name, shift in {
        "other chains alone": 0.001,
        "the first half of the rows": -0.01 * ROWS / 2,
        "the other half of the rows": -0.01 * ROWS / 2,
        "networks that began otherwise": 0.01 * 100,
        "the first 20 rows": -0.01 * ROWS / 2,
        "the first 20 rows at scale 0.05": -0.01 * ROWS / 2,
    }.items():
        assert moved[name].shifts == pytest.approx([shift / spread] * 2, rel=0.05), name
    wide = np.hypot(0.6, 0.4) / 0.5
    assert moved["errors of figures twice as large"].ratios == pytest.approx([wide] * 2, rel=0.01)
    assert set(moved) >= {"twice the discrepancy"}


def test_twice_the_discrepancy_is_twice_the_scale_of_its_prior(tables):
    problems = {
        name: problem for name, problem, _ in module.variants(tables["tenth"], None, module.learnable(""))
    }
    assert problems["twice the discrepancy"].discrepancy == 2.0 * problems["as it is"].discrepancy


def test_errors_twice_as_large_are_of_levels_and_years():
    (found,) = wider([one(level_error=0.02, year_error=0.01)])
    assert (found.level_error, found.year_error) == (0.04, 0.02)


def test_a_parameter_that_another_surrogate_lacks_is_as_its_prior():
    usual, other = sampled(1.0, 0.5), sampled(1.0, 0.5)
    lacking = linear()
    object.__setattr__(lacking, "keys", ("a", "c"))
    found = apart("other", ("a", "b"), (linear(), usual), (lacking, other))
    assert found.shifts[0] == pytest.approx(0.0) and found.ratios[0] == pytest.approx(1.0)
    assert found.shifts[1] == pytest.approx(-2.0, abs=0.05) and found.ratios[1] == pytest.approx(
        2.0, rel=0.05
    )


@pytest.mark.parametrize(
    ("other", "said"),
    [(table(0.05, 9, ("other", "p")), "another model"), (table(0.1, 9), "of one scale, 0.1")],
)
def test_a_table_that_differs_by_more_or_less_than_its_scale_is_refused(tmp_path, tables, other, said):
    tables["twentieth"] = other
    with pytest.raises(InputError, match=said):
        sensitivity(OwnPath(tmp_path / "tenth"), beside=OwnPath(tmp_path / "twentieth"), say=str)


def test_shifts_are_a_section_of_the_page(tmp_path, tables):
    found = sensitivity(OwnPath(tmp_path / "tenth"), say=str)
    text = merged(None, module.SECTION, section(found, "sanxiang calibrate --sensitivity"), HEAD)
    assert "| the first half of the rows | 0.80 |" in text and "40 rows at scale 0.1" in text
    assert any("the other half" in line for line in lines(found))
