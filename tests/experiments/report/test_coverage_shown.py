"""Statistical coverage in the report and its figures: a line of its own, and none among the effects."""

import sys
from dataclasses import replace

import pytest
import toy_province
from toy_province import results, scenario

from experiments.figures import figure_named
from experiments.figures.material.folder import evidence_of
from experiments.language.words import word
from experiments.report.tables import by_scenario, paired
from scenarios.targets import load_targets

PUBLISHED = [name for name, target in load_targets().items() if target.about.activity is not None]
COVERAGE = 1.1


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """Two cases in a toy whose statistics publish a tenth more than there is, from 2021 on."""

    def covered(specs):
        runs = toy_province.simulate(specs)
        names = list(toy_province.INDICATORS)
        for run in runs:
            for name in toy_province.PUBLISHED:
                run.series[20:, names.index(name)] *= COVERAGE
        return runs

    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "experiments.model", toy_province)
        module = type(sys)("covered_province")
        module.__dict__.update(vars(toy_province) | {"simulate": covered})
        patch.setitem(sys.modules, "toy_province", module)
        cases = [scenario(), scenario("more", 0.003)]
        yield evidence_of(results(tmp_path_factory.mktemp("covered") / "r", cases))


def test_targets_on_value_added_and_research_read_what_is_published():
    assert PUBLISHED == ["sei_share_gdp", "sei_va", "rd_growth"]


def test_the_report_says_what_of_a_target_is_coverage(found):
    said = found.also[found.also.said.str.contains("of which statistical coverage")]
    assert said[said.case == "more"].target.tolist() == PUBLISHED
    row = found.probabilities[(found.probabilities.target == "sei_va")].iloc[0]
    assert row.statistical_coverage == pytest.approx(row.activity * (COVERAGE - 1.0), rel=1e-3)
    assert "of which statistical coverage +" in str(by_scenario(found))


def test_the_fan_draws_the_median_without_it(found):
    _, _, data = figure_named("fan")(found, target="sei_va", scenario="more")
    ends = data[data.year == 2025].set_index("kind").value
    assert ends["median"] / ends["without coverage"] == pytest.approx(COVERAGE, rel=1e-6)
    _, _, data = figure_named("fan")(found, target="hnte_count", scenario="more")
    assert "without coverage" not in set(data.kind)


def test_what_is_reclassified_has_a_line_under_the_difference(found):
    assert word("report.apart") not in str(paired(found))
    changed = found.differences.assign(reclassified=5e9, reclassified_low=4e9, reclassified_high=6e9)
    assert word("report.apart") in str(paired(replace(found, differences=changed)))
