"""facts.yaml of a region: what is refused on loading, and what the shipped file holds."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml

from experiments.__main__ import main
from experiments.evidence.facts.fact import Fact, load_facts, read_facts
from experiments.evidence.past import YEARS
from scenarios.load import load_parameters
from scenarios.region.folder import region_digest
from scenarios.region.region import load_region
from scenarios.values.errors import InputError

HUNAN = load_region("hunan")
LAKELAND = Path(__file__).parents[2] / "regions" / "lakeland"
GOOD = {
    "part": "paths", "name": "certified", "unit": "enterprises", "measure": "certified", "series": "hnte",
    "within": 0.15, "used_for": "fit", "reason": "a hazard is solved for it",
}  # fmt: skip
OF_PERIOD = {
    "part": "firms", "name": "growth", "unit": "log points", "measure": "growth_sd", "period": "2018-20",
    "low": 0.25, "high": 0.45, "source": "somebody", "used_for": "held out",
}  # fmt: skip
OF_PLACE = {
    "part": "accounts", "name": "certified in Huaihua", "unit": "enterprises", "measure": "place_certified",
    "year": 2018, "values": {"huaihua": 156}, "within": 0.15, "source": "somebody", "used_for": "held out",
}  # fmt: skip


def read(tmp_path, **rows):
    path = tmp_path / "facts.yaml"
    path.write_text(yaml.safe_dump(rows, sort_keys=False), encoding="utf-8")
    return read_facts(path, HUNAN)


def without(table, *keys, **changes):
    return {key: value for key, value in table.items() if key not in keys} | changes


def test_rows_are_read_as_they_stand(tmp_path):
    rows = read(tmp_path, A=GOOD, B=OF_PERIOD, C=OF_PLACE)
    labels = {name: [cell.label for cell in fact.cells(HUNAN)] for name, fact in rows.items()}
    assert labels == {"A": ["2017", "2018", "2019", "2020"], "B": ["2018-20"], "C": ["2018 Huaihua"]}
    (huaihua,) = rows["C"].cells(HUNAN)
    assert huaihua.place == (2, HUNAN.prefectures.names.index("huaihua"))
    assert (huaihua.low, huaihua.high) == pytest.approx((132.6, 179.4))


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (without(GOOD, measure="certifed"), "unknown measurement 'certifed' - did you mean 'certified'?"),
        (without(GOOD, series="hnt"), "unknown series 'hnt' - did you mean 'hnte'?"),
        (without(GOOD, "series", base="gdp_2002", unit="enterprises"), "did you mean 'gdp_2020'?"),
        (without(GOOD, unit="firms"), "unit is 'firms', that of certified 'enterprises'"),
        (without(GOOD, change="growth"), "that of certified '%/year'"),
        (without(GOOD, withn=0.1), "did you mean 'within'"),
        (without(GOOD, "reason"), "is used for fit and has no 'reason'"),
        (without(GOOD, used_for="both"), "used_for"),
        (without(GOOD, "used_for"), "has no 'used_for'"),
        (without(GOOD, "within"), "is judged and has none of 'within', 'points', 'low' and 'high'"),
        (without(GOOD, points=3), "needs one of 'within', 'points' and 'low' or 'high'"),
        (without(GOOD, within=0), "within"),
        (without(GOOD, "series"), "has a distance and nothing published to lie off"),
        (without(GOOD, "measure"), "has no 'why'"),
        (without(GOOD, judge="report"), "has no 'why'"),
        (without(GOOD, values={"2021": 1}, source="x"), "2021 is none of the years 2016 to 2020"),
        (without(GOOD, years=[2022]), "2022 is none of the years"),
        (without(GOOD, period="2018-20"), "'period' goes with measurements of the panel"),
        (without(GOOD, year=2018), "'year' goes with measurements by prefecture"),
        (without(GOOD, "series", per="hnte", values={"2018": 1}, source="x"), "has 'per' and no 'series'"),
        (without(GOOD, reporting_error=0.2, reporting_error_source="x"), "takes no 'reporting_error'"),
        (without(GOOD, years=[2016, 2017]), "nothing was published for 2016"),
        (
            without(GOOD, change="increase", unit="enterprises a year", years=[2016]),
            "2016 has no year before",
        ),
        (without(GOOD, series="rd_basic", years=[2017]), "nothing was published for 2017"),
        (
            without(OF_PERIOD, "low", "high", values={"2018": 1}, within=0.1),
            "nothing was published for 2018-20",
        ),
        (without(OF_PLACE, "values", series="hnte"), "has no 'values' by prefecture"),
        (without(OF_PERIOD, low=0.5), "low 0.5 lies above high 0.45"),
        (without(OF_PERIOD, "source"), "has numbers of its own and no 'source'"),
        (without(OF_PERIOD, "period"), "'period' goes with measurements of the panel"),
        (without(OF_PERIOD, years=[2018]), "go with yearly measurements alone"),
        (
            without(OF_PERIOD, measure="revenue_productivity_sd"),
            "revenue_productivity_sd needs 'reporting_error'",
        ),
        (without(OF_PERIOD, reporting_error=0.2), "needs both of 'reporting_error'"),
        (without(OF_PLACE, values={"huaihu": 1}), "unknown place 'huaihu' - did you mean 'huaihua'?"),
    ],
)
def test_a_mistake_is_told_in_one_line(tmp_path, table, said):
    with pytest.raises(InputError) as refused:
        read(tmp_path, A=GOOD, B=table)
    assert len(refused.value.messages) == 1
    assert said in refused.value.messages[0] and "facts.yaml: B" in refused.value.messages[0]


def test_all_mistakes_are_told_at_once(tmp_path):
    with pytest.raises(InputError) as refused:
        read(tmp_path, A=without(GOOD, "reason"), B=without(OF_PERIOD, low=2))
    assert len(refused.value.messages) == 2


def test_a_region_without_facts_is_told():
    with pytest.raises(InputError, match=r"lakeland has no facts\.yaml"):
        load_facts(str(LAKELAND))


def test_the_check_of_a_region_reads_its_facts(tmp_path, capsys):
    folder = Path(shutil.copytree(LAKELAND, tmp_path / "lake"))
    (folder / "facts.yaml").write_text(yaml.safe_dump({"A": GOOD}), "utf-8")
    assert main(["region", "check", str(folder)]) == 0
    digest = region_digest(str(folder))
    (folder / "facts.yaml").write_text(yaml.safe_dump({"A": without(GOOD, measure="certifed")}), "utf-8")
    load_facts.cache_clear()
    region_digest.cache_clear()
    assert main(["region", "check", str(folder)]) == 2
    assert "did you mean 'certified'" in capsys.readouterr().err
    assert region_digest(str(folder)) == digest  # no run reads the file


def test_a_change_is_taken_of_both_sides():
    grown = Fact(**without(GOOD, "within", change="growth", unit="%/year", points=3))
    cells = {cell.label: cell for cell in grown.cells(HUNAN)}
    assert list(cells) == ["2018", "2019", "2020"]
    assert cells["2018"].published == pytest.approx(100 * (4660 / 3153 - 1))
    assert cells["2018"].high - cells["2018"].low == pytest.approx(6.0)
    values = grown.changes(np.array([1.0, 2.0, 3.0, 3.0, 6.0]))
    assert values[1:].tolist() == [100.0, 50.0, 0.0, 100.0]
    added = Fact(**without(GOOD, change="increase"))
    assert [cell.published for cell in added.cells(HUNAN)] == [1507.0, 1627.0, 2334.0]
    assert added.changes(np.array([1.0, 2.0, 3.0, 3.0, 6.0]))[1:].tolist() == [1.0, 1.0, 0.0, 3.0]


def test_a_share_is_of_two_series_in_the_same_year():
    share = Fact(**without(GOOD, series="rd_enterprises", per="rd_total", years=[2017]))
    assert share.cells(HUNAN)[0].published == pytest.approx(100 * 503.09 / 568.53)


def test_what_was_published_is_always_a_hit_itself_and_nothing_is_later_than_2020():
    labels = set()
    for name, fact in load_facts("hunan").items():
        for cell in fact.cells(HUNAN):
            labels.add(cell.label[:4])
            assert cell.low <= cell.high
            if cell.published is not None and fact.judge == "range" and not fact.bounded:
                assert cell.low < cell.published < cell.high, name
    assert labels <= {str(year) for year in YEARS} | {"2021"}  # missions, of which nothing is published


def test_no_range_of_the_table_before_this_one_was_widened():
    """Ranges and distances that the first tables of plausibility and stylised facts had.

    All but one: the number of firms had a distance from a count that nobody published, and has a range now.
    """
    facts = load_facts("hunan")
    distances = {
        "gdp": 0.03, "emerging": 0.03, "research": 0.10, "research_enterprises": 0.10, "certified": 0.15,
        "research_universities": 0.10, "research_institutes": 0.10, "local_revenue": 0.03,
        "inventions": 0.06, "inventions_enterprises": 0.06, "inventions_universities": 0.06,
        "inventions_institutes": 0.06,
    }  # fmt: skip
    assert {name: facts[name].within for name in distances} == distances
    assert facts["firms"].within is None and facts["firms"].series is None
    points = {"growth_2016": 2, "growth_2015": 2, "research_share": 5, "changsha_research": 6,
              "core_research": 6, "changsha_certified": 6}  # fmt: skip
    assert {name: facts[name].points for name in points} == points
    ends = {
        "entry": (8, 14), "exit": (4, 9), "S1_sales": (1, 1.5), "S1_labour": (1, 1.5), "S1_capital": (1, 1.5),
        "S2_shape": (0.7, 1.3), "S2_sd": (0.25, 0.45), "S2_kurtosis": (2, 8), "S3": (-0.2, -0.1),
        "S4": (1, 1), "S5_physical": (1.386, 2.5), "S5_revenue": (0.6, 0.75), "S6": (0.7, 0.9), "S7": (2, 5),
        "S10": (3485, 4715), "S11_persistence": (0.85, 0.97), "S11_smoothness": (0, 1),
        "S12_zeros": (0.6, 0.9),
        "S12_across": (0.7, 1), "S13_3": (0, None), "S13_4": (0, None), "S13_5": (0, None),
        "S13_relabelled": (0.182, 0.302), "S14_persistence": (1.5, None), "S14_seeking": (-1, 0),
        "S16_spikes": (0.15, 0.25), "S16_zeros": (0.2, 0.4), "S16_share": (0.4, 1),
    }  # fmt: skip
    assert {name: (facts[name].low, facts[name].high) for name in ends} == ends


def test_figures_that_stand_in_other_files_of_the_region_are_the_same():
    facts, places = load_facts("hunan"), HUNAN.prefectures
    assert facts["changsha_research"].values["changsha"] == pytest.approx(100 * places.research_share[0])
    core = places.research_share[places.group == places.group[0]].sum()
    assert facts["core_research"].values["2017"] == pytest.approx(100 * core)
    certified = HUNAN.marginals.certified_prefecture_share[0]
    assert facts["changsha_certified"].values["changsha"] == pytest.approx(100 * certified)
    ratios = list(facts["research_intensity_by_place"].values.values())
    assert ratios == pytest.approx(places.research_intensity / 0.012, abs=5e-4)
    value = HUNAN.series["scale_industry_revenue"][2017]
    assert facts["above_scale_research"].values["2017"] == pytest.approx(0.012 * value, abs=0.05)
    assert facts["performers_sales"].values["2017"] == pytest.approx(0.543 * value, abs=0.05)


def test_the_reason_of_a_fit_names_parameters_that_exist():
    numbers = load_parameters()
    named = [
        (group, name)
        for fact in load_facts("hunan").values()
        for group, name in re.findall(r"\b([a-z_]+)\.([a-z_]+)\b", fact.reason or "")
        if name != "yaml"
    ]
    assert len(named) > 10
    assert [one for one in named if one[1] not in numbers.get(one[0], {})] == []


def test_facts_of_one_name_stand_once():
    names = [fact.name for fact in load_facts("hunan").values()]
    assert len(names) == len(set(names))
