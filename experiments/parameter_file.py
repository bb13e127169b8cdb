"""Changes values in the parameters' files, one line each, and leaves every comment where it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from experiments.own_files import OwnPath
from scenarios.load import CONFIGS
from scenarios.values.errors import InputError

Key = tuple[str, str]  # group and name
FOLDER = CONFIGS / "parameters"


def changed_lines(
    values: Mapping[Key, float], sources: Mapping[Key, str], folder: Path = FOLDER
) -> list[str]:
    """The lines of the files that the values change, as they will read."""
    lines = []
    for group in dict.fromkeys(group for group, _ in values):
        text = (folder / f"{group}.yaml").read_text("utf-8")
        lines += [
            changed(line_of(text, name), value, sources[g, name])
            for (g, name), value in values.items()
            if g == group
        ]
    return lines


def write_files(
    values: Mapping[Key, float], sources: Mapping[Key, str], target: Path, folder: Path = FOLDER
) -> list[Path]:
    """Writes the files with the changed values into the folder `target`; returns what was written.

    Raises:
        CannotWrite: the folder cannot be made or written.
    """
    named = OwnPath(target)
    named.make()
    groups = list(dict.fromkeys(group for group, _ in values))
    for group in groups:
        text = (folder / f"{group}.yaml").read_text("utf-8")
        for name in [name for g, name in values if g == group]:
            line = line_of(text, name)
            text = text.replace(line, changed(line, values[group, name], sources[group, name]))
        (named / f"{group}.yaml").write(text.encode("utf-8"))
    return [target / f"{group}.yaml" for group in groups]


def line_of(text: str, name: str) -> str:
    """The line that holds a parameter.

    Raises:
        InputError: none does, or the parameter takes several lines.
    """
    found = re.search(rf"^{re.escape(name)}: \{{.*\}}$", text, re.MULTILINE)
    if found is None:
        raise InputError(f"{name} does not stand on a line of its own as NAME: {{...}}")
    return found[0]


def changed(line: str, value: float, source: str) -> str:
    """A parameter's line with another value and source, status calibrated."""
    line = re.sub(r"value: [^,}]+", f"value: {plain(value)}", line)
    line = re.sub(r"status: \w+", "status: calibrated", line)
    return re.sub(r'source: "[^"]*"', lambda _: f'source: "{source}"', line)


def plain(value: float) -> str:
    """A number as a person would write it: no exponent, no useless zero."""
    return (
        str(int(value))
        if value == int(value) and abs(value) >= 1
        else f"{value:.10f}".rstrip("0").rstrip(".")
    )
