"""Pages that a command wrote say which one: `make pages` runs each of them."""

import json
import re
from pathlib import Path

import pytest

from experiments.plan.drawn_sets import first_sets

ROOT = Path(__file__).resolve().parents[2]
MADE = re.compile(r"^Made on \S+ by `(sanxiang [^`]*)`", re.MULTILINE)
RECIPE = re.compile(r"\.venv/bin/(sanxiang .*)$", re.MULTILINE)
ELSEWHERE = re.compile(r" --workers \d+|\.\./")
"""What says nothing of the result: how many processes computed it, and from which folder."""


def commands(pattern: re.Pattern, text: str) -> set[str]:
    return {ELSEWHERE.sub("", one) for one in pattern.findall(text)}


def test_every_page_that_was_made_is_made_anew_by_make_pages():
    pages = sorted((ROOT / "docs").glob("*.md"))
    made = {command for page in pages for command in commands(MADE, page.read_text("utf-8"))}
    assert len(made) >= 5
    assert made <= commands(RECIPE, (ROOT / "Makefile").read_text("utf-8"))


CALIBRATION, VALIDATION = (
    (ROOT / "docs" / f"{name}.md").read_text("utf-8") for name in ("CALIBRATION", "VALIDATION")
)


def found(pattern: str, text: str) -> tuple[str, ...]:
    return re.search(pattern, text).groups()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            found(r"(\d+) parameters move a statistic, (\d+) lost", CALIBRATION),
            "{} move a statistic of 2016–20 and {} lost a",
        ),
        (
            found(r"AR\(1\) of growth \| 2 \| 1 \| \S+ \| \S+ \| ([-+.\d]+)", VALIDATION),
            "(skill {}, two figures)",
        ),
        (
            found(r"in the 50 % interval (\d+) of (\d+), in the 90 % interval (\d+) of", VALIDATION),
            "of {1} outcomes {0} lie in its 50 % intervals and {2} in its 90 %",
        ),
        (found(r"\| the model \| ([.\d]+) \|", VALIDATION), "the five goals for 2020 score {} (Brier)"),
    ],
)
def test_the_readme_says_of_the_posterior_what_the_pages_say(said, words):
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert words.format(*said) in readme


def test_the_readme_counts_the_sets_and_their_values():
    held = json.loads((ROOT / "configs" / "region" / "hunan" / "posterior.json").read_text("utf-8"))
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"the {len(held['draws'])} sets of the region's posterior" in readme
    assert f"Of the {len(first_sets(1, 'hunan').values[0])} values in a set" in readme
