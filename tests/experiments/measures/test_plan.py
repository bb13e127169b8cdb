"""The plan in both directions: words, levers, mechanisms, indicators, evidence, and stored effects."""

import json
from dataclasses import replace
from pathlib import Path
from unicodedata import east_asian_width

import pytest

from experiments.__main__ import main
from experiments.measures import links, mechanisms, stored, strength, text
from experiments.measures.links import load_plan
from scenarios.load import load_levers
from scenarios.measures import load_measures
from scenarios.values.errors import InputError
from sim.indicators import series_of

WORDS = Path(__file__).resolve().parents[4] / "shared" / "plan"
"""The plan's own text, where a workplace has it beside the project."""


@pytest.fixture(scope="module")
def plan():
    return replace(load_plan(), stored=None)


def table(**levers):
    """A table as `levers --effects --format json` prints it."""
    effects = {"sei_va": {"value": 2.0, "low": -1.0, "high": 5.0, "nothing": False}}
    rows = [{"lever": name, "dose": {"values": dose}, "effects": effects} for name, dose in levers.items()]
    conditions = {"pairs": 24, "scale": 0.1}
    return {
        "conditions": conditions,
        "base": {"sei_va": 7000.0},
        "units": {"sei_va": "sei_va, 亿元"},
        "levers": rows,
    }


@pytest.fixture
def kept(plan, tmp_path):
    """A plan with the effects of one lever, as today's model would store them."""
    file = tmp_path / "effects.json"
    stored.store(table(rd_subsidy=plan.doses_today["rd_subsidy"]), "hunan", "sanxiang levers --effects", file)
    return replace(plan, stored=stored.load_stored(file))


def lines_of(capsys, *words):
    assert main(["plan", *words]) == 0
    return capsys.readouterr().out.splitlines()


# --- words, levers, thrusts ------------------------------------------------------------------------------


@pytest.mark.skipif(not WORDS.is_dir(), reason="the plan's own text does not lie beside the project")
def test_all_quoted_words_stand_in_the_plan():
    whole = "".join(path.read_text("utf-8") for path in WORDS.glob("*.txt"))
    quotes = {name: one.quote for name, one in load_measures().items()}
    for name, lever in load_levers().items():
        quotes |= {f"{name} {passage.section}": passage.quote for passage in lever.about.plan}
    assert [name for name, quote in quotes.items() if quote not in whole] == []


def test_every_lever_but_two_is_reached_by_a_measure(plan):
    assert {plan.levers[name].file.about.id for name in plan.unreached} == {"L05", "L06"}


def test_every_measure_reaches_only_levers_that_act(plan):
    assert plan.missing == {}


def test_no_measure_and_no_lever_is_lost_on_the_way_back(plan):
    there = {(number, name) for number, one in plan.measures.items() for name in one.levers}
    back = {(number, name) for name, one in plan.levers.items() for number in one.measures}
    waiting = {(number, name) for name, numbers in plan.missing.items() for number in numbers}
    assert there == back | waiting


# --- mechanisms and indicators ---------------------------------------------------------------------------


def test_every_lever_acts_in_a_step_of_the_quarter_and_shows_in_a_series(plan):
    silent = [name for name, one in plan.levers.items() if not all(each.steps for each in one.mechanisms)]
    unseen = [name for name, one in plan.levers.items() if not one.indicators]
    assert (silent, unseen) == ([], [])


def test_a_step_acts_on_a_family_where_one_of_its_calls_leads_to_a_function_that_names_it():
    found = mechanisms.mechanism_of("talent_award")
    assert found.steps == ("sim/people/steps.py: come_and_go",)
    assert "sim/people/local_awards.py: welcome_by_cell" in found.functions  # only called from another file
    assert found.account == "TALENT_GRANT"


def test_a_function_that_names_something_else_of_that_name_does_not_act():
    functions = mechanisms.mechanism_of("public_orders").functions
    assert {*functions} == {  # sim/trace has a PUBLIC_ORDERS of its own
        "sim/state/policy.py: order_novel_products", "sim/buyers/steps.py: refer_by_orders",
    }  # fmt: skip


def test_an_observable_that_is_no_series_is_refused():
    units = {name: one.unit for name, one in series_of().indicators.items()}
    lever = load_levers()["rd_subsidy"]
    wrong = lever.model_copy(update={"about": lever.about.model_copy(update={"observable": ["rd_firm"]})})
    with pytest.raises(
        InputError, match="lever rd_subsidy: observable: unknown series 'rd_firm' - did you mean"
    ):
        links.indicators_of(wrong, units)
    none = lever.model_copy(update={"about": lever.about.model_copy(update={"observable": []})})
    assert links.indicators_of(none, units) == {"programme_rd_subsidy": "yuan"}


# --- strength of evidence --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lever", "row", "grade"),
    [
        ("rd_subsidy", "E1", "A"),  # a range that the model is held against
        ("rd_subsidy", "L01-1", "B"),  # contested
        ("rd_subsidy", "L01-5", "B"),  # a direction
        ("rd_subsidy", "L01-6", "C"),  # neither
    ],
)
def test_an_effect_is_graded_by_its_size(plan, lever, row, grade):
    assert {one.id: one.grade for one in plan.levers[lever].strength.effects}[row] == grade


def test_a_lever_of_which_no_size_is_known_says_so():
    lever = load_levers()["rd_subsidy"].model_copy(update={"name": "unheard_of"})
    nothing = lever.model_copy(update={"about": lever.about.model_copy(update={"evidence": []})})
    assert strength.strength_of(nothing) == ("C", (), "no published size was found")
    assert (
        strength.strength_of(lever).grade == "B"
    )  # its file cites sizes, which no experiment is held against


# --- effects that are stored -----------------------------------------------------------------------------


def test_without_stored_effects_none_is_shown(plan):
    assert plan.effects("rd_subsidy") == {}
    assert "not measured yet: sanxiang levers --effects --write" in "\n".join(
        text.lever_page(plan, "rd_subsidy")
    )


def test_a_stored_effect_is_shown_with_its_interval_and_how_it_was_made(kept):
    page = "\n".join(text.lever_page(kept, "rd_subsidy"))
    assert "+2.0 [-1.0 – +5.0]" in page
    assert "`sanxiang levers --effects`" in page and "24 pairs" in page
    assert kept.stored.made["sources"][:12] in page
    assert "STALE" not in page


def test_of_a_lever_that_was_not_measured_none_is_made_up(kept):
    assert kept.effects("mission_projects") == {}
    assert "older than this lever" in kept.why_no_effect("mission_projects")
    assert replace(kept, region="elsewhere").why_no_effect("rd_subsidy") == "measured for region hunan only"


def test_effects_of_other_sources_or_of_another_dose_are_called_stale(kept):
    other = replace(kept.stored, made={**kept.stored.made, "sources": "0" * 64})
    assert "STALE: sources changed since" in "\n".join(text.closing(replace(kept, stored=other)))
    dose = replace(kept.stored, table=table(rd_subsidy={"rd_subsidy": {"rate": {"2021": 0.5}}}))
    assert "STALE: the dose is another now" in "\n".join(
        text.lever_page(replace(kept, stored=dose), "rd_subsidy")
    )


@pytest.mark.parametrize("content", ["{", "[]", '{"made": {}}', '{"made": {"command": "x"}, "levers": []}'])
def test_a_damaged_file_is_refused_in_one_line(tmp_path, content):
    file = tmp_path / "effects.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"effects\.json is damaged; sanxiang levers --effects --write"):
        stored.load_stored(file)


# --- the verb --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [[], ["--levers"], ["C1.1"], ["rd_subsidy"], ["talent"], ["super_deduction"]]
)
def test_every_page_fits_eighty_places(words, capsys):
    wide = max(
        sum(2 if east_asian_width(c) in "WF" else 1 for c in line) for line in lines_of(capsys, *words)
    )
    assert wide <= 80


def test_the_plan_is_told_in_both_directions(capsys):
    measures, levers = load_measures(), load_levers()
    whole = lines_of(capsys)
    assert [line.split()[0] for line in whole if line.split()[:1] and line.split()[0] in measures] == [
        *measures
    ]
    assert [line.split()[1] for line in lines_of(capsys, "--levers") if line[:1] == "L"] == [*levers]
    assert any(line.startswith("L01 rd_subsidy") for line in lines_of(capsys, "C1.1"))
    assert any(line.strip().startswith("C1.1 ") for line in lines_of(capsys, "rd_subsidy"))


def test_json_holds_the_same(capsys):
    assert main(["plan", "C1.1", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in found["measures"]] == ["C1.1"]
    assert [one["lever"] for one in found["levers"]] == load_measures()["C1.1"].levers
    assert main(["plan", "--format", "json"]) == 0
    assert len(json.loads(capsys.readouterr().out)["measures"]) == len(load_measures())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["C9.9"], "unknown measure, lever or thrust 'C9.9' - did you mean '"),
        (["rd_subsdy"], "did you mean 'rd_subsidy'?"),
        (["tallent"], "did you mean 'talent'?"),
        (["rd_subsidy", "--levers"], "--levers lists all levers; name none with it"),
        (["region=nowhere"], "unknown region 'nowhere'"),
    ],
)
def test_what_is_not_there_is_told_in_one_line_with_the_nearest(words, said, capsys):
    assert main(["plan", *words]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and said in told[0]
