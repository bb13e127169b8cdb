"""Pages that a command wrote say which one: `make pages` runs each of them."""

import re
from pathlib import Path

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
