"""A block is checked before any run: one line a mistake, with the nearest name."""

import pytest

from scenarios.blocks import MOST_BLOCKS
from scenarios.files.changes import lever_change, refuse_what_it_comes_to
from scenarios.load import load_levers, load_scenarios
from scenarios.values.errors import InputError

LEVERS = load_levers()
BLOCKS = "lever.rd_subsidy.blocks"
HERE = {"where": ["changsha"]}


def refused(given, name="rd_subsidy"):
    with pytest.raises(InputError) as refusal:
        lever_change(name, "blocks", given, LEVERS)
    return list(refusal.value.messages)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (3, " is the value 3; expected [{where: [PREFECTURE]"),
        ({**HERE, "budget": 1e8}, " is the table"),
        ([3], "[1] is the value 3; expected {where: [PREFECTURE]"),
        (
            [{"where": ["changsa"], "budget": 1}],
            "[1].where: unknown prefecture 'changsa' - did you mean 'changsha'?",
        ),
        (
            [{"industries": ["informaton"], "budget": 1}],
            "[1].industries: unknown industry 'informaton' - did you mean 'information'?",
        ),
        ([{"where": [], "budget": 1}], "[1].where is the list []; expected a list such as [changsha]"),
        ([{"where": 5, "budget": 1}], "[1].where is the value 5; expected a list"),
        ([{"where": ["changsha", "changsha"], "budget": 1}], "[1].where names 'changsha' twice"),
        ([{"budget": 1}], "[1] has neither where nor industries"),
        ([HERE], "[1] gives no value; expected some of rate, cap, budget"),
        ([{**HERE, "rat": 0.1}], "[1]: unknown key 'rat' - did you mean 'rate'?"),
        ([{**HERE, "blocks": []}], "[1]: unknown key 'blocks'"),
        ([{**HERE, "budget": -1}], "[1].budget is -1, outside 0 to 2e+10 (yuan/year)"),
        ([{**HERE, "rate": 2}], "[1].rate is 2, outside 0 to 0.5"),
        ([{**HERE, "rate": {2019: 0.1}}], "[1].rate has the date 2019; scenarios differ in"),
        ([{**HERE, "rate": "x-2"}], "[1].rate is 'x-2'; expected x and a factor from 0 to 9999, such as x2"),
        ([{**HERE, "rate": "much"}], "[1].rate is the text 'much'; expected a number"),
        (
            [{**HERE, "budget": "x0.5"}],
            "[1].budget is x0.5; it is money beside the programme's, expected x1 or more",
        ),
        (
            [{**HERE, "rate": 0.1}, {"industries": ["biotech"], "rate": {2023: 0.2}}],
            "[1] and [2] both give rate for changsha and biotech from 2023 on; give it once",
        ),
    ],
)
def test_a_block_that_cannot_be_meant_is_refused_with_one_line(given, said):
    (line,) = refused(given)
    assert line.startswith(BLOCKS) and said in line.removeprefix(BLOCKS)


def test_every_mistake_has_its_line():
    given = [{"where": ["a", "changsha"], "industries": ["b"], "rate": 7}, {**HERE, "cap": -1}]
    assert len(refused(given)) == 4


@pytest.mark.parametrize(
    "others",
    [
        {"where": ["zhuzhou"], "rate": 0.2},
        {"where": ["changsha"], "industries": ["biotech"], "budget": 1e8},
        {"where": ["zhuzhou"], "industries": ["information"], "rate": 0.2},
    ],
)
def test_blocks_that_mean_others_or_give_other_fields_are_no_contradiction(others):
    given = [{"where": ["changsha"], "industries": ["information"], "rate": 0.1}, others]
    assert len(lever_change("rd_subsidy", "blocks", given, LEVERS)) == 2


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if not lever.about.local])
def test_a_lever_for_the_whole_province_has_no_blocks_and_says_why(name):
    (line,) = refused([{**HERE, "budget": 1e8}], name)
    assert line == f"lever.{name}.blocks: {name} is for the whole province: {LEVERS[name].about.locally}"


def test_a_multiple_may_not_leave_the_range():
    levers, base = LEVERS, load_scenarios()["as_in_2020"]
    change = lever_change("rd_subsidy", "blocks", [{**HERE, "rate": "x6"}], levers)
    with pytest.raises(InputError, match=r"lever.rd_subsidy@changsha.rate in 2021 is 0.6"):
        refuse_what_it_comes_to(base.changed({("rd_subsidy", "blocks"): change}), levers)


def test_there_are_no_more_blocks_than_the_ledger_has_room_for():
    kinds = ("equipment", "materials", "aerospace", "information", "biotech", "environment", "vehicles")
    region = [(place, kind) for place in ("changsha", "zhuzhou", "xiangtan") for kind in kinds]
    given = [{"where": [place], "industries": [kind], "budget": 1e6} for place, kind in region]
    assert len(given) == MOST_BLOCKS + 1
    change = lever_change("rd_subsidy", "blocks", given, LEVERS)
    with pytest.raises(InputError, match=f"{MOST_BLOCKS + 1} blocks; at most {MOST_BLOCKS}"):
        refuse_what_it_comes_to(
            load_scenarios()["as_in_2020"].changed({("rd_subsidy", "blocks"): change}), LEVERS
        )


REFORM = """
name: mine
base: as_in_2020
lever:
  talent_introduction:
    blocks: [{where: [changsha], budget: {2023: x2}}, {where: [zhuzhou], award: x1.5}]
  rd_subsidy: {budget: {2023: x2}}
"""


def test_a_file_has_the_same_grammar(tmp_path):
    (tmp_path / "mine.yaml").write_text(REFORM)
    mine = load_scenarios([tmp_path / "mine.yaml"])["mine"]
    assert [name for name in mine.levers if "@" in name] == [
        "talent_introduction@changsha",
        "talent_introduction@zhuzhou",
    ]
    assert mine.levers["rd_subsidy"]["budget"][-1] == (2023, 1.2e9)


def test_a_file_that_builds_on_blocks_has_them_and_off_takes_them_away(tmp_path):
    (tmp_path / "mine.yaml").write_text(REFORM)
    (tmp_path / "off.yaml").write_text("{name: nothing, base: mine, lever: off}")
    (tmp_path / "more.yaml").write_text(
        "{name: more, base: mine, lever: {talent_introduction: {award: 200e3}}}"
    )
    found = load_scenarios([tmp_path / name for name in ("mine.yaml", "off.yaml", "more.yaml")])
    assert not any("@" in name for name in found["nothing"].levers)
    assert found["more"].levers["talent_introduction@zhuzhou"]["award"][-1] == (2021, 300e3)


def test_a_mistake_in_a_file_names_the_file(tmp_path):
    (tmp_path / "mine.yaml").write_text(REFORM.replace("changsha", "changsa"))
    with pytest.raises(InputError, match=r"mine.yaml: lever.talent_introduction.blocks\[1\].where: unknown"):
        load_scenarios([tmp_path / "mine.yaml"])
