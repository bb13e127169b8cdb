"""The compiled model holds what plain Python, agent by agent, holds, to the last bit.

What another processor holds: tests/battery/test_r1_circumstances.py, as everything is compiled for it anew.
"""

import os
import subprocess
import sys

import pytest
from compared_states import EVERY_LEVER, OF_EVERY_LEVER, ROOT, SEEDS, first_difference, states

from scenarios.load import load_levers

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


@pytest.mark.parametrize("seed", SEEDS)
def test_everything_held_is_the_same_compiled_and_in_plain_python(seed):
    assert first_difference(states(seed), states(seed, NUMBA_DISABLE_JIT="1")) == ""


def test_so_is_everything_held_with_every_lever_at_work():
    run = (SEEDS[0], EVERY_LEVER, OF_EVERY_LEVER)
    assert first_difference(states(*run), states(*run, NUMBA_DISABLE_JIT="1")) == ""


def test_every_lever_is_at_work_in_the_compared_quarters():
    """By its own series, or else by what its programme pays."""
    series = states(SEEDS[0], EVERY_LEVER, OF_EVERY_LEVER)[1:]
    idle = []
    for name, lever in load_levers().items():
        shown = lever.about.observable or [f"programme_{name}"]
        sums = [float.fromhex(state[f"series.{one}"]) for state in series for one in shown]
        idle += [name] if not any(sums) else []
    assert idle == []


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
