"""A link is data: it says a question, and whatever else it holds is told and left out."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments.explorer.question import (
    KEYS,
    LONGEST,
    OWN,
    Question,
    address,
    known_scenarios,
    question_of_reform,
    read,
)
from experiments.explorer.view import KEYS as VIEW_KEYS
from experiments.explorer.view import VIEWS, View, view_of
from experiments.plan.sweep_plan import plan_sweep
from scenarios.load import load_levers, load_parameters
from scenarios.region.folder import choice_names
from scenarios.spec import BASELINE
from scenarios.values.errors import InputError

CHANGSHA = "[{where:[changsha],award:{2023:x2},budget:{2023:x2}}]"


def fields():
    """Every field of a lever, with its range."""
    return [
        (name, key, number.range, key in lever.whole)
        for name, lever in load_levers().items()
        for key, number in lever.fields.items()
    ]


@st.composite
def changes(draw):
    """Values of some levers, each from one year on or from several."""
    found = {}
    for name, key, (low, high), whole in draw(st.lists(st.sampled_from(fields()), max_size=6)):
        numbers = st.integers(int(low), int(high)) if whole else st.floats(low, high, allow_subnormal=False)
        number = numbers.filter(lambda value: value == 0 or abs(value) > 1e-90)
        years = st.dictionaries(st.sampled_from(range(2021, 2026)), number, min_size=1, max_size=3)
        found[f"lever.{name}.{key}"] = draw(number | years)
    return tuple(sorted(found.items()))


questions = st.builds(
    Question,
    base=st.sampled_from(sorted(known_scenarios())),
    against=st.sampled_from(sorted(known_scenarios())),
    levers=changes(),
    closure=st.none() | st.sampled_from(["borrow", "higher_taxes", "reprioritise"]),
    world=st.sampled_from(choice_names("world")),
    source=st.none() | st.sampled_from(["central", "prior", "posterior"]),
    parameters=st.just(()) | st.just((("parameters.firms.user_cost_elasticity", 0.5),)),
    horizon=st.integers(2025, 2030),
    seed=st.integers(0, 2**32 - 1),
)


@settings(max_examples=40, deadline=None)
@given(questions)
def test_a_question_is_the_same_after_its_address(question):
    found = read(address(question))
    assert found.question == question
    assert found.question.id == question.id


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.from_regex(r"(lever|parameters|base|world|view)[.=&\w{}\[\]%$:,]{0,80}"))
def test_whatever_stands_in_an_address_is_read_or_told(text):
    found = read(text, VIEW_KEYS)
    assert all(isinstance(line, str) and line.isprintable() for line in found.mistakes)
    assert read(address(found.question)).question == found.question


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("foo=1", "unknown key 'foo'"),
        ("lever.rd_subsdy.rate=0.2", "did you mean 'lever.rd_subsidy'?"),
        ("lever.rd_subsidy.rate=7", "outside 0 to 0.5"),
        ("lever.rd_subsidy.rate=nan", "not a finite number"),
        ("lever.rd_subsidy.rate=0.1,0.2", "takes one value here, not 2"),
        ("lever.rd_subsidy.rate=${oc.env:HOME}", "interpolation"),
        ("lever.rd_subsidy.rate=0.2&lever.rd_subsidy.rate=0.3", "stands twice"),
        ("world=/etc/passwd.yaml", "unknown world"),
        ("base=../../plan", "unknown scenario"),
        ("parameters.firms.user_cost_elasticty=1", "did you mean 'parameters.firms.user_cost_elasticity'?"),
        ("parameters=learned", "unknown parameters"),
        ("closure=print_money", "unknown closure"),
        ("horizon=2050", "expected a whole number from 2025 to 2030"),
        ("seed=-1", "expected a whole number"),
        ("results=/tmp/x", "unknown key 'results'"),
        ("executor=dask", "unknown key 'executor'"),
        ("reform=/etc/passwd", "unknown key 'reform'"),
        ("_target_=os.system", "unknown key '_target_'"),
        ("x" * (LONGEST + 1), "characters; at most"),
        ("&".join(f"a{n}=1" for n in range(400)), "more than 300 keys"),
        ("lever.technology_market.blocks=[{where:[changsha],centres:1}]", "is for the whole province"),
    ],
)
def test_what_a_link_may_not_hold_is_told_in_one_line_and_nothing_else_lost(query, said):
    found = read(f"{query}&lever.high_tech_award.award=50000")
    assert len([line for line in found.mistakes if said in line]) == 1
    if len(query) < 1000:
        assert dict(found.question.levers).get("lever.high_tech_award.award") == 50000


def test_values_that_are_not_allowed_together_are_told_and_kept_and_not_run():
    blocks = ",".join("{where:[changsha],budget:1e6}" for _ in range(2))
    found = read(f"lever.rd_subsidy.blocks=[{blocks}]")
    assert found.mistakes
    found = read("lever.rd_subsidy.rate=x9")
    assert not found.whole and found.mistakes
    assert found.question.levers == (("lever.rd_subsidy.rate", "x9"),)


def test_a_policy_of_its_own_is_the_sweep_of_its_command_line(tmp_path):
    query = f"lever.rd_subsidy.rate=0.2&lever.talent_introduction.blocks={CHANGSHA}&parameters=central&seed=3"
    question = read(query).question
    file = tmp_path / f"{OWN}.yaml"
    file.write_text(question.reform_file())
    asked = plan_sweep(question.words(str(file)))
    ours = question.plan(asked.sets)
    specs = [[spec.canonical() for spec in unit] for plan in (asked, ours) for unit in plan.units_of(7)]
    assert specs[0] == specs[1] and len(specs[0]) == 2


@pytest.mark.parametrize(
    "query", ["", "base=talent_led&horizon=2026", "base=as_in_2020", "against=no_policy"]
)
def test_a_shipped_policy_is_the_sweep_of_its_command_line(query):
    question = read(f"{query}&parameters=central").question
    asked = plan_sweep(question.words())
    specs = [
        [spec.canonical() for spec in unit] for plan in (asked, question.plan()) for unit in plan.units_of(2)
    ]
    assert specs[0] == specs[1]
    assert [one.name for one in asked.scenarios] == [one.name for one in question.scenarios()]


def test_a_policy_comes_back_from_its_reform_file(tmp_path):
    question = read(
        f"base=talent_led&lever.rd_subsidy.rate={{2022:0.2,2024:x2}}&closure=borrow&lever.talent_introduction.blocks={CHANGSHA}"
    ).question
    file = tmp_path / "mine.yaml"
    file.write_text(question.reform_file())
    assert question_of_reform(file, Question()) == question


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system [touch /tmp/x]",
        "name: a\nbase: plan\nlever: off",
        "name: a\nbase: nowhere",
        "name: ../../a\nbase: plan",
        "name: a\nbase: plan\nlever: {rd_subsidy: {rate: 9}}",
        "\x00\x01",
        "a: &a [*a]",
    ],
)
def test_a_file_that_is_no_policy_is_told_and_runs_nothing(tmp_path, text):
    file = tmp_path / "mine.yaml"
    file.write_bytes(text.encode())
    with pytest.raises(InputError):
        question_of_reform(file, Question())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]


def test_a_reform_file_is_plain_yaml_that_names_its_base():
    table = yaml.safe_load(read("lever.rd_subsidy.rate=0.2").question.reform_file())
    assert table == {"name": OWN, "base": "plan", "lever": {"rd_subsidy": {"rate": 0.2}}}


def test_a_question_without_words_is_the_plan_against_what_is_in_force():
    assert read("").question == Question() and address(Question()) == ""
    assert (Question().base, Question().against) == ("plan", BASELINE)
    assert set(KEYS).isdisjoint(VIEW_KEYS)


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_the_same_after_its_address(view):
    chosen = View(view=view, year=2023, language="zh", dose="credit_guarantee.budget", target="rd_growth")
    assert view_of(chosen.others()) == (chosen, [])


@pytest.mark.parametrize(
    "others",
    [
        {"view": "secrets"},
        {"year": "1e3"},
        {"year": "٢٠٢٥"},
        {"indicator": "<b>"},
        {"language": "fr"},
        {"dose": "x"},
    ],
)
def test_a_choice_that_there_is_not_is_told_and_the_usual_one_shown(others):
    found, mistakes = view_of(others)
    assert found == View() and len(mistakes) == 1


def test_parameters_of_a_link_are_those_of_every_set():
    plan = read("parameters.firms.user_cost_elasticity=0.5").question.plan()
    assert plan.points[0].own_parameters == {("firms", "user_cost_elasticity"): 0.5}
    assert load_parameters()["firms"]["user_cost_elasticity"].value != 0.5
