"""Whether the code that runs is that of the checkout which its user stands in.

What is installed into `.venv` holds the path of the checkout it was installed for. A copy runs the code
of the original until it is set up itself, so that what is changed in the copy changes nothing.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = '\nname = "sanxiang"\n'


def not_this_checkout(root: Path = ROOT) -> str:
    """What is to be said where another checkout's code runs; empty where it is the right one."""
    for place in _places():
        if _is_checkout(place):
            if place.samefile(root):
                continue
            return f"this runs the code of {root} and not that of {place}: make install in {place} mends that"
    return ""


def _places() -> Iterator[Path]:
    """The folders that the program's own file and the user stand in, the nearest of each first."""
    try:
        here = Path.cwd()
    except OSError:  # it was removed
        here = Path("/")
    yield from (here / sys.argv[0]).parents
    yield from (here, *here.parents)


def _is_checkout(place: Path) -> bool:
    try:
        return (place / "experiments" / "__main__.py").is_file() and NAME in (
            place / "pyproject.toml"
        ).read_text("utf-8")
    except (OSError, ValueError):
        return False
