"""A lever from outside is checked as one that ships, and what it may not do is refused before any run."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from scenarios.load import load_levers, load_own_levers, load_scenarios
from scenarios.own.folder import in_force_before_2021, load_own
from scenarios.own.outside import Outside
from scenarios.own.seen import Seen
from scenarios.spec import RunSpec, run_id
from scenarios.values.errors import InputError

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "own_lever"
NAME = "small_firm_voucher"
OFFER = 'economy.offer("research_support", self.name, to=small, rate=self.rate, cap=self.cap)'
ANY = "from typing import Any"
DIGESTS = {"data": "d", "sources": "s"}


@pytest.fixture
def mine(tmp_path):
    """A copy of the example's folder of levers, to be changed."""
    return Path(shutil.copytree(EXAMPLE / "levers", tmp_path / "levers"))


def edited(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def refused(folder: Path) -> str:
    with pytest.raises(InputError) as refusal:
        load_own_levers(folder)
    assert len(refusal.value.messages) == 1
    return refusal.value.messages[0]


def test_the_example_is_a_lever_as_those_that_ship():
    found = load_own_levers(EXAMPLE / "levers")[NAME]
    assert found.file.offers == ("research_support",)
    assert list(found.file.fields) == ["rate", "cap", "largest_sales", "budget"]
    assert (found.run.account, found.run.thrust, found.file.about.measures) == ("GRANT_RD", "none", [])
    assert dict(found.run.units)["budget"] == "yuan/year"


def test_no_folder_is_no_lever():
    assert load_own_levers(None) == {}


def test_a_scenario_may_set_it_and_all_others_have_it_at_what_was_in_force():
    own = load_own_levers(EXAMPLE / "levers")
    found = load_scenarios([EXAMPLE / "with_voucher.yaml"], own=own)
    assert found["with_voucher"].lever_values(NAME, 2022)["rate"] == 0.2
    assert found["plan"].lever_values(NAME, 2025) == dict.fromkeys(found["plan"].levers[NAME], 0.0)
    assert list(found["plan"].levers)[-1] == NAME  # it acts last
    with pytest.raises(InputError, match=r"unknown lever 'lever\.small_firm_voucher'"):
        load_scenarios([EXAMPLE / "with_voucher.yaml"])


def test_its_code_is_a_part_of_the_identity_of_a_run(mine):
    def ids():
        base = load_scenarios(own=load_own_levers(mine))["as_in_2020"]
        return run_id(RunSpec(base, "as_expected_in_2020", {"firms": {}}), DIGESTS)

    before = ids()
    assert before == ids()
    edited(mine / f"{NAME}.py", "Offers the rate", "Offers then the rate")  # a docstring alone
    assert before != ids()
    plain = RunSpec(load_scenarios()["as_in_2020"], "as_expected_in_2020", {"firms": {}})
    assert "own" not in plain.canonical() and run_id(plain, DIGESTS) != before


IN_THE_MODULE = {
    "luck of NumPy": (
        OFFER,
        f"small = small & (np.random.random() < 1)\n        {OFFER}",
        "a lever draws no luck of its own",
    ),
    "luck by another way": (
        ANY,
        f"{ANY}\nfrom numpy.random import default_rng",
        "imports numpy.random: a lever draws no luck",
    ),
    "luck by a third": (
        ANY,
        f"{ANY}\nfrom numpy import random",
        "imports numpy.random: a lever draws no luck",
    ),
    "luck of Python": (
        ANY,
        f"import random\n{ANY}",
        "line 4: imports random: a lever draws no luck of its own",
    ),
    "a clock": (ANY, f"import time\n{ANY}", "imports time: a lever reads no clock"),
    "the luck of the model": (ANY, f"from sim.luck.draws import Draws\n{ANY}", "draws no luck of its own"),
    "the machine": (ANY, f"import os\n{ANY}", "imports os; a lever's module may import"),
    "everything of NumPy": (ANY, f"from numpy import *\n{ANY}", "imports numpy.*"),
    "a file": (OFFER, f"open('/etc/hostname')\n        {OFFER}", "uses open"),
    "a way around": (OFFER, f"().__class__\n        {OFFER}", "uses ().__class__"),
    "an outcome": (
        OFFER,
        f"economy.firms.sales[0] = 1e12\n        {OFFER}",
        "writes economy.firms.sales[0]: a lever offers terms, and touches no outcome",
    ),
    "an outcome, added to": (
        OFFER,
        f"economy.totals.cells += 1\n        {OFFER}",
        "writes economy.totals.cells",
    ),
    "an outcome under another name": (
        OFFER,
        f"sales = economy.firms.sales\n        sales *= 2\n        {OFFER}",
        "output array is read-only",
    ),
    "an outcome through NumPy": (
        OFFER,
        f"np.multiply(economy.firms.sales, 2, out=economy.firms.sales)\n        {OFFER}",
        "read-only",
    ),
    "an outcome late": (
        OFFER,
        f"sales = economy.firms.sales\n        if economy.year == 2024: sales *= 2\n        {OFFER}",
        "in 2024 Q1: ValueError: output array is read-only",
    ),
    "money by itself": (
        OFFER,
        f"economy.ledger.pay(1)\n        {OFFER}",
        "uses economy.ledger; a lever from outside sees year, quarter, firms and offer",
    ),
    "a budget by itself": (
        OFFER,
        f"economy.appropriate(self.name, 1e9)\n        {OFFER}",
        "uses economy.appropriate",
    ),
    "another's name": (
        OFFER,
        OFFER.replace("self.name", '"rd_subsidy"'),
        "offers research_support as rd_subsidy; a lever offers under its own name",
    ),
    "something kept": (
        "@dataclass(frozen=True)",
        "CALLS: list = []\n\n\n@dataclass(frozen=True)",
        "holds constants, functions and its class alone",
    ),
    "something kept by force": (OFFER, f"global calls\n        {OFFER}", "'calls' is kept between quarters"),
    "work at import": (
        "@dataclass(frozen=True)",
        "print('hello')\n\n\n@dataclass(frozen=True)",
        "holds constants, functions and its class alone",
    ),
    "a column that is none": (
        "trailing_sales",
        "trailing_salez",
        "unknown column of firms 'trailing_salez' - did you mean 'trailing_sales'?",
    ),
    "a family that is none": (
        '"research_support"',
        '"research_suport"',
        "unknown offer 'research_suport' - did you mean 'research_support'?",
    ),
    "a number that is none": (
        "rate=self.rate",
        "rate=float('nan')",
        "offers research_support.rate = nan; expected a finite number",
    ),
    "numbers for a choice": (
        "to=small",
        "to=economy.firms.sales",
        "expected true or false for each row of firms",
    ),
    "something at zero": (
        "cap=self.cap",
        "cap=1e6",
        "with all its values 0 it still offers research_support.cap = 1e+06",
    ),
    "an error": (OFFER, f"1 / 0\n        {OFFER}", "cannot say what it offers in 2016 Q1: ZeroDivisionError"),
    "no Python": ("def offer(self", "def offer(self,,", "line 18: cannot be read as Python"),
    "another class": (
        "class SmallFirmVoucher",
        "class Other",
        "has no frozen dataclass SmallFirmVoucher(Lever)",
    ),
}


@pytest.mark.parametrize(("old", "new", "said"), IN_THE_MODULE.values(), ids=IN_THE_MODULE.keys())
def test_what_a_lever_may_not_do_is_refused_in_one_line(mine, old, new, said):
    edited(mine / f"{NAME}.py", ANY, f"{ANY}\n\nimport numpy as np")
    edited(mine / f"{NAME}.py", old, new)
    told = refused(mine)
    assert said in told and told.startswith(str(mine / NAME))


IN_THE_FILE = {
    "no unit": (
        "unit: yuan/year, range: [0, 1000000000]}\nbudget",
        "range: [0, 1000000000]}\nbudget",
        "largest_sales has no 'unit'",
    ),
    "no bounds": (
        "rate: {unit: share of the increase in research, range: [0, 0.5]}",
        "rate: {unit: share}",
        "has no 'range'",
    ),
    "a value beyond them": (
        "range: [0, 0.5]}",
        'range: [0, 0.5], values: {"2016": 0.7}, status: assumption, source: s}',
        "rate in 2016 is 0.7, outside 0 to 0.5",
    ),
    "a programme that is none": (
        "GRANT_RD",
        "GRANT_DR",
        "unknown account 'GRANT_DR' - did you mean 'GRANT_RD'?",
    ),
    "no programme": (
        "programme: {account: GRANT_RD, rule: alike, carry_over: false}",
        "programme: null",
        "has no programme that pays what is claimed",
    ),
    "a measure that is none": (
        "authority:",
        "measures: [Z9.9]\nthrust: industry\nauthority:",
        "unknown measure 'Z9.9'",
    ),
    "a measure and no thrust": (
        "authority:",
        "measures: [C3.7]\nauthority:",
        "thrust is 'none'; most of its measures stand in industry",
    ),
    "a taken id": ("authority:", "id: L01\nauthority:", "both have the id L01"),
}


@pytest.mark.parametrize(("old", "new", "said"), IN_THE_FILE.values(), ids=IN_THE_FILE.keys())
def test_its_file_is_checked_as_one_that_ships(mine, old, new, said):
    edited(mine / f"{NAME}.yaml", old, new)
    assert said in refused(mine)


def test_a_lever_without_evidence_says_so(mine):
    path = mine / f"{NAME}.yaml"
    path.write_text(re.sub(r"evidence:\n.*\n", "evidence: []\n", path.read_text("utf-8")), "utf-8")
    assert "evidence is empty; say what studies found" in refused(mine)


def test_a_measure_of_the_plan_may_be_named(mine):
    edited(mine / f"{NAME}.yaml", "authority:", "measures: [C3.7]\nthrust: industry\nauthority:")
    assert load_own_levers(mine)[NAME].run.thrust == "industry"


def test_a_file_or_a_module_alone_is_refused(mine):
    (mine / "alone.yaml").write_text("{}")
    assert "alone.yaml: no module" in refused(mine)
    (mine / "alone.yaml").rename(mine / "other.txt")
    (mine / "alone.py").write_text("")
    assert "alone.py: has no file" in refused(mine)


def test_what_desktops_leave_beside_a_lever_is_none(mine):
    for name in (f"._{NAME}.yaml", f"{NAME} (copy).py", "__init__.py", ".#x.yaml"):
        (mine / name).write_text("")
    assert list(load_own_levers(mine)) == [NAME]
    (mine / "Other-Lever.py").write_text("")
    (mine / "Other-Lever.yaml").write_text("{}")
    assert "name 'Other-Lever'; expected a letter, then a to z, digits or _" in refused(mine)


def test_no_folder_an_empty_one_and_too_many_are_told(tmp_path, mine):
    assert "no such folder" in refused(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert "holds no lever" in refused(tmp_path / "empty")
    for number in range(21):
        for ending in (".py", ".yaml"):
            shutil.copy(mine / f"{NAME}{ending}", mine / f"copy_{number}{ending}")
    assert "holds 22 levers; at most 20" in refused(mine)


def test_the_name_of_a_lever_that_ships_is_taken(mine):
    for ending in (".py", ".yaml"):
        shutil.copy(mine / f"{NAME}{ending}", mine / f"rd_subsidy{ending}")
    assert "a lever 'rd_subsidy' ships; give yours another name" in refused(mine)


def test_two_levers_cannot_offer_what_has_no_sum(mine):
    edited(
        mine / f"{NAME}.py", OFFER, 'economy.offer("mission_call", self.name, entrants=int(self.rate * 10))'
    )
    assert "mission_projects and small_firm_voucher both offer mission_call" in refused(mine)


def test_a_lever_in_force_before_2021_takes_part_in_what_these_years_taught(mine):
    assert not in_force_before_2021(load_own_levers(mine))
    old = "rate: {unit: share of the increase in research, range: [0, 0.5]}"
    new = old[:-1] + ', values: {"2016": 0.1}, status: assumption, source: s}'
    edited(mine / f"{NAME}.yaml", old, new)
    assert in_force_before_2021(load_own_levers(mine))


class Economy:
    """What a lever sees at work, and what it may not reach."""

    year, quarter, ledger = 2022, 24, object()

    class firms:
        capacity = 3
        trailing_sales = np.array([1e6, 5e7, 2e7])

    def __init__(self):
        self.heard = []

    def offer(self, family, lever, to=None, **terms):
        self.heard.append((family, lever, to.tolist(), terms))

    def appropriate(self, programme, budget):
        self.heard.append((programme, budget))


def test_it_offers_to_those_it_means_and_asks_for_its_budget():
    own = load_own_levers(EXAMPLE / "levers")[NAME].run
    economy, values = Economy(), {"rate": 0.2, "cap": 2e5, "largest_sales": 2e7, "budget": 1e8}
    Outside(own, values).apply(economy)
    offered = ("research_support", NAME, [True, False, True], {"rate": 0.2, "cap": 2e5})
    assert economy.heard == [offered, (NAME, 1e8)]


def test_at_work_too_it_can_write_to_nothing():
    seen = Seen(Economy(), NAME)
    with pytest.raises(ValueError, match="read-only"):
        seen.firms.trailing_sales[0] = 0.0
    for reach in (
        lambda: seen.ledger,
        lambda: setattr(seen, "year", 2030),
        lambda: setattr(seen.firms, "sales", 1),
    ):
        with pytest.raises(InputError):
            reach()


def test_without_its_text_it_cannot_act():
    own = load_own_levers(EXAMPLE / "levers")[NAME].run
    with pytest.raises(InputError, match="give its folder, levers=FOLDER"):
        Outside(type(own)(own.name, own.digest, own.en, own.zh), {"rate": 0.0}).offer(Economy())


def test_those_that_ship_are_as_before():
    assert load_own(EXAMPLE / "levers", load_levers()).keys().isdisjoint(load_levers())
