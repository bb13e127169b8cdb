"""What docs/RESULTS.md and docs/OWN_LEVERS.md show works as shown."""

import re
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import toy_province

ROOT = Path(__file__).parents[3]
DOCS = ROOT / "docs"
TESTED = re.compile(r"<!-- tested -->\n```python\n(.*?)```", re.S)
SHOWN = re.compile(r"<!-- (docs/[\w./]+) -->\n```\w+\n(.*?)```", re.S)


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """A folder of toy results where the page expects the shipped ones."""
    monkeypatch.setitem(sys.modules, "experiments.model", toy_province)
    monkeypatch.chdir(tmp_path)
    scenarios = [toy_province.scenario("as_in_2020"), toy_province.scenario("plan", 0.01)]
    toy_province.results(tmp_path / "results" / "shipped", scenarios, replications=6)
    yield tmp_path
    plt.close("all")


def test_every_tested_block_of_the_page_runs_one_after_the_other(shipped, capsys):
    blocks = TESTED.findall((DOCS / "RESULTS.md").read_text("utf-8"))
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "RESULTS.md", "exec"), names)
    said = capsys.readouterr().out
    assert len(blocks) == 6
    assert "scaled" in said and "rich_firms" not in said.splitlines()[0]
    medians = names["found"].runs.groupby("scenario").sei_va.median() / 1e8
    assert f"{medians['plan']:.3f}"[:6] in said  # DuckDB says the same as pandas
    assert len(names["page"].subfigs) == 2


def test_the_files_that_a_page_shows_are_those_that_ship():
    shown = SHOWN.findall((DOCS / "OWN_LEVERS.md").read_text("utf-8"))
    assert len(shown) == 2
    assert [name for name, text in shown if (ROOT / name).read_text("utf-8") != text] == []
