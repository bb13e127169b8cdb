"""Pages of docs/ that several commands write: a section for each, between two marks.

Whoever writes a section again replaces it and leaves the others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from experiments.store.own_files import own

BEGIN, END = "<!-- section: {} -->", "<!-- end: {} -->"


def merged(page: str | None, name: str, section: str, head: str) -> str:
    """The page with a section put in the place of the one of its name, or at the end; head: of a new page."""
    begin, end = BEGIN.format(name), END.format(name)
    block = f"{begin}\n\n{section.strip()}\n\n{end}\n"
    if page is None or not page.strip():
        return f"{head}\n{block}"
    there = re.compile(rf"{re.escape(begin)}\n.*?{re.escape(end)}\n", re.S)
    if there.search(page):
        return there.sub(lambda _: block, page, count=1)
    return f"{page.rstrip()}\n\n{block}"


def write_section(path: Path, name: str, section: str, head: str) -> None:
    """Puts a section into a page, and leaves the others as they are.

    Raises:
        CannotWrite: with the reason.
    """
    there = own(path)
    page = there.read().decode("utf-8") if there.exists() else None
    there.write(merged(page, name, section, head).encode("utf-8"))


def made_by(command: str) -> str:
    """When and by which command a section was made."""
    return f"Made on {datetime.now(UTC).date().isoformat()} by `{command}`."


def listed(lines: Sequence[str]) -> str:
    """Lines as a list."""
    return "\n".join(f"- {line}" for line in lines)
