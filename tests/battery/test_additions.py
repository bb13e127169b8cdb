"""A1: what README invites to add takes the files that it says, and works in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from additions import ADDITIONS, TWIN, add, own_files
from loopback import ROOT

FLOORS = ("agents", "scenarios", "sim", "experiments", "configs", "tests")
SMALL = """
from sim.model import IndustrialPolicyModel, choose
model = IndustrialPolicyModel(choose(scale=0.004))
"""
PROOFS = {  # Python that ends with an error unless the addition works
    "lever": SMALL
    + """
model.run_for(12)
paid = model.series[:, model.recorded.column["programme_research_voucher"]]
assert paid.sum() > 0, paid
""",
    "rule": """
from dataclasses import replace
from sim.model import IndustrialPolicyModel, choose
spec = choose(scale=0.004)
prices = []
for cut in (0.0, 0.1):
    firms = spec.parameters["firms"] | {"stock_discount": cut}
    model = IndustrialPolicyModel(replace(spec, parameters=spec.parameters | {"firms": firms}))
    model.run_for(2)
    prices.append(model.economy.firms.log_price[model.economy.firms.rows()].mean())
assert prices[1] < prices[0], prices
""",
    "indicator": SMALL + "model.run_for(1)\nassert model.latest('talent_per_firm') > 0\n",
    "target": """
import sys
from pathlib import Path
import toy_command
sys.exit(toy_command.command.main(["sweep", "scenario=as_in_2020", "replications=2", "results=results"]))
""",
    "institution": SMALL
    + """
from experiments.plan.sweep_plan import plan_sweep
plan_sweep(["scenario=as_in_2020"])
model.run_for(12)
assert model.latest("accelerated") > 0
assert "AcceleratorFace" in {kind.__name__ for kind in model.agents_by_type}
""",
    "verb": "import sys\nfrom experiments.__main__ import main\nsys.exit(main(['places']))\n",
    "figure": """
import sys
from pathlib import Path
from pathlib import Path
import toy_province
sys.modules["experiments.model"] = toy_province
folder = toy_province.results(Path("results"), [toy_province.scenario(), toy_province.scenario("plan", 0.01)])
from experiments.report.report import write_figure
print(write_figure("costs", folder, Path("costs.svg")).read_bytes()[:5])
""",
}
PROOFS["region"] = """
from pathlib import Path
from experiments.__main__ import main
from sim.model import IndustrialPolicyModel, choose
model = IndustrialPolicyModel(choose(region=str(Path("lakeland").resolve()), scale=0.05))
model.run_for(1)
assert model.latest("gdp") > 0
main(["region", "check", "lakeland"])
"""
SAYS = {
    "region": "lakeland: complete",
    "target": "R&D spending as share of GDP",
    "verb": "changsha",
    "figure": "<?xml",
}


@pytest.fixture
def copy(tmp_path):
    """A copy of the project, for something to be added."""
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / floor, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def ended(copy, *words, **settings):
    """A Python process of the copy; in plain Python, for compiling anew takes minutes."""
    path = os.pathsep.join([str(copy), str(copy / "tests" / "experiments")])
    return subprocess.run(
        [sys.executable, *words],
        cwd=copy,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": path, **settings},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", ADDITIONS)
def test_an_addition_takes_the_files_that_the_readme_says(tmp_path, name):
    addition, touched = ADDITIONS[name], {line.file for line in ADDITIONS[name].lines}
    assert [file for file in own_files(name) if (ROOT / file).exists()] == []
    assert len(touched | set(own_files(name))) <= addition.files
    assert sum(len(line.text.splitlines()) for line in addition.lines) <= addition.lines_of_others
    for file in touched:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / file, tmp_path / file)
    add(name, tmp_path)  # every line finds its place


def test_a_region_is_data_alone():
    assert {Path(file).suffix for file in own_files("region")} == {".yaml"}


def test_the_readme_has_a_row_for_every_addition_that_is_tried():
    table = (ROOT / "README.md").read_text("utf-8").partition("| to add | write |")[2].partition("\n\n")[0]
    rows = set(re.findall(r"^\| an? ([\w ]+) \|", table, re.M))
    assert {row for name in ADDITIONS for row in rows if name in row.split()} >= {
        "lever", "rule of a firm", "indicator", "target", "market or institution", "verb", "figure", "region",
    }  # fmt: skip


@pytest.mark.parametrize("name", ADDITIONS)
def test_an_addition_works_in_a_copy(battery, copy, name):
    if not battery.whole:
        pytest.skip("something is added to a copy by `make battery` alone")
    add(name, copy)
    done = ended(copy, "-c", PROOFS[name])
    battery.record("A1", done.returncode == 0 and SAYS.get(name, "") in done.stdout, f"{name}: {done.stderr}")


def test_a_rule_that_the_twin_lacks_is_named_by_a_test(battery, copy):
    if not battery.whole:
        pytest.skip("something is added to a copy by `make battery` alone")
    add("rule", copy)
    tests = ("tests/experiments/speed/test_twin.py", "-k", "every_rule")
    asked = ("-m", "pytest", "-q", "-p", "no:cacheprovider", *tests)
    lacking = ended(copy, *asked, NUMBA_DISABLE_JIT="0")
    named = lacking.returncode == 1 and "discount" in lacking.stdout
    battery.record("A1", named, f"the twin lacks a rule: {lacking.stdout}")
    TWIN.put(copy)
    whole = ended(copy, *asked, NUMBA_DISABLE_JIT="0")
    battery.record("A1", whole.returncode == 0, f"the twin has it: {whole.stdout}")
