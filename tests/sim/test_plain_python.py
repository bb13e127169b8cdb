"""The compiled model holds what plain Python, agent by agent, and another processor hold, to the last bit."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIO, SCALE, QUARTERS = "plan", 0.004, 24  # all of 2021, when the plan's levers differ from the past
SEEDS = (3, 6)
# Other instructions, and every index checked: what reads beside its array would raise.
OTHER_PROCESSOR = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_BOUNDSCHECK": "1"}
HAPPENED = [
    "entrants", "exits", "hnte_new", "defaults", "carriers_wide", "patents_valid", "programme_rd_subsidy",
    "programme_guidance_funds", "fund_deals", "fund_exits", "guaranteed_lending",
    "programme_high_tech_award", "programme_innovation_procurement", "programme_innovation_carriers",
    "programme_technology_market", "disclosures", "licences", "licences_outside", "spin_offs",
    "programme_mission_projects", "relocations", "relocation_incentives", "mission_awards",
    "milestones_reached", "misuse_found", "clawed_back",
    "programme_talent_introduction", "programme_digital_infrastructure", "talent_arrived", "talent_left",
    "graduates_staying", "network_works", "tax_expenditure",
]  # fmt: skip


@cache
def states(seed: int, **environment: str) -> list[dict[str, str]]:
    """What is held at the start and after each quarter, from a process of its own."""
    script = Path(__file__).with_name("whole_state.py")
    done = subprocess.run(
        [sys.executable, script, SCENARIO, str(seed), str(SCALE), str(QUARTERS)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def first_difference(ours: list[dict[str, str]], theirs: list[dict[str, str]]) -> str:
    """The first quarter in which two runs differ, and in what; empty if in none."""
    for quarter, (one, other) in enumerate(zip(ours, theirs, strict=True), start=-1):
        names = [name for name in one | other if one.get(name) != other.get(name)]
        if names:
            return f"quarter {quarter}: {len(names)} differ, the first are {names[:8]}"
    return ""


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_held_is_the_same_compiled_and_in_plain_python(seed):
    assert first_difference(states(seed), states(seed, NUMBA_DISABLE_JIT="1")) == ""


def test_another_processor_holds_the_same():
    assert first_difference(states(SEEDS[0]), states(SEEDS[0], **OTHER_PROCESSOR)) == ""


READS_BESIDE_ITS_ARRAY = """
import agents
import numpy as np
from agents.engine.rules import stage

@stage
def add_up(amounts):
    total = 0.0
    for i in range(len(amounts) + 1):
        total += amounts[i]
    return total

add_up(np.zeros(4))
"""


def test_indices_are_checked_when_asked_for_even_where_unchecked_code_is_kept(tmp_path):
    script = tmp_path / "reads_beside_its_array.py"
    script.write_text(READS_BESIDE_ITS_ARRAY, "utf-8")
    kept = {**os.environ, "NUMBA_DISABLE_JIT": "0", "PYTHONPATH": str(ROOT), "NUMBA_CACHE_DIR": str(tmp_path)}
    ends = [
        subprocess.run(
            [sys.executable, script], env={**kept, **more}, capture_output=True, text=True, check=False
        )
        for more in ({}, {"NUMBA_BOUNDSCHECK": "1"})
    ]
    assert ends[0].returncode == 0
    assert "IndexError" in ends[1].stderr


def test_the_hash_seed_of_python_does_not_matter():
    assert first_difference(states(SEEDS[0]), states(SEEDS[0], PYTHONHASHSEED="7")) == ""


def test_the_compared_quarters_have_entry_exit_certificates_licences_and_every_programme():
    series = [state for seed in SEEDS for state in states(seed)[1:]]
    sums = {name: sum(float.fromhex(state[f"series.{name}"]) for state in series) for name in HAPPENED}
    assert [name for name, total in sums.items() if total == 0.0] == []


def test_the_compared_state_has_every_column_account_and_market():
    held = states(SEEDS[0])[-1]
    for name in (
        "economy.firms.log_productivity", "economy.firms.pending_patents", "economy.ledger.balance",
        "economy.ledger.loans", "economy.markets.outside", "economy.knowledge.pool", "economy.totals.flows",
        "economy.funds.stakes.cost", "economy.guarantee.outstanding",
        "economy.universities.pending", "economy.carriers.host", "series.gdp",
        "economy.universities.pending", "economy.carriers.host", "economy.inventions.quality",
        "economy.technology.income", "series.gdp",
    ):  # fmt: skip
        assert name in held


def test_every_quarter_has_other_sales():
    sales = [state["economy.firms.sales"] for seed in SEEDS for state in states(seed)]
    assert len(set(sales)) == len(sales)


def test_a_difference_is_named_by_quarter_and_column():
    ours, theirs = [{"sales": "1"}, {"sales": "2"}], [{"sales": "1"}, {"sales": "3"}]
    assert first_difference(ours, theirs) == "quarter 0: 1 differ, the first are ['sales']"
