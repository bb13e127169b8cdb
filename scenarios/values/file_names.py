"""Which files count among configs/ and sources: those named by one word, and no copy of them; paths in full.

Desktops, editors and synchronisers leave "plan (copy).yaml", "._plan.yaml" or ".#plan.yaml" beside a file.
A rule for what counts needs no list of them.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from scenarios.values.errors import InputError, quoted

READ_AS_VALUES = "na|nan|null|none|nil|true|false|yes|no|on|off|inf|infinity"
"""What pandas, R or YAML reads as no value, a truth or a number: rows of that name would vanish."""
NAME = re.compile(rf"(?!(?i:{READ_AS_VALUES})\Z)[^\W\d_][\w-]{{0,59}}")
FORM_OF_NAME = "a letter, then letters, digits, _ or -, and no word that a table takes for a value (NA, true)"


def at_home(path: Path | str) -> Path:
    """The path, its `~` or `~user` in front replaced by the home folder that it means; `./~x` means no home.

    Raises:
        InputError: nobody of that name has a home here.
    """
    found = Path(path)
    if str(found).startswith("~") and not str(path).startswith("~"):
        return found.absolute()  # or whoever asks again would take it for a home: a Path drops the ./
    try:
        return found.expanduser()
    except RuntimeError:
        whose = found.parts[0]
        raise InputError(f"{quoted(str(path))}: {whose} is nobody's home folder on this machine") from None


def yaml_files(folder: Path) -> list[Path]:
    """The YAML files of a folder of configs/, in order of their names."""
    return [path for path in sorted(folder.glob("*.yaml")) if NAME.fullmatch(path.stem)]


def yaml_files_below(folder: Path) -> Iterator[Path]:
    """The YAML files of a folder and of the folders in it."""
    for path in sorted(folder.rglob("*.yaml")):
        inside = path.relative_to(folder).with_suffix("").parts
        if all(map(NAME.fullmatch, inside)) and path.is_file():
            yield path


def python_files_below(folder: Path) -> Iterator[Path]:
    """The modules of a folder and of the folders in it: what Python can import by name."""
    for path in sorted(folder.rglob("*.py")):
        inside = path.relative_to(folder).with_suffix("").parts
        if all(map(str.isidentifier, inside)) and path.is_file():
            yield path
