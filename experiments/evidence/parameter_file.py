"""Changes values in the parameters' files, one line each, and leaves every comment where it is.

A parameter stands in configs/parameters/GROUP.yaml or, as a figure of the region, in the file of that
name in the region's folder.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from experiments.store.own_files import OwnPath
from scenarios.region.folder import CONFIGS, DEFAULT_REGION, region_folder
from scenarios.values.errors import InputError

Key = tuple[str, str]  # group and name


def changed_lines(
    values: Mapping[Key, float], sources: Mapping[Key, str], region: str = DEFAULT_REGION
) -> list[str]:
    """The lines of the files that the values change, as they will read."""
    return [
        changed(line_of(path.read_text("utf-8"), name), value, sources[group, name])
        for path, own in by_file(values, region).items()
        for (group, name), value in own.items()
    ]


def by_file(values: Mapping[Key, float], region: str) -> dict[Path, dict[Key, float]]:
    """The values by the file that holds the parameter."""
    found: dict[Path, dict[Key, float]] = defaultdict(dict)
    for (group, name), value in values.items():
        found[file_of(group, name, region)][group, name] = value
    return found


def file_of(group: str, name: str, region: str) -> Path:
    """Where a parameter stands: among those of the region, or else in configs/."""
    own = region_folder(region) / "parameters" / f"{group}.yaml"
    of_the_region = own.is_file() and re.search(rf"^{re.escape(name)}:", own.read_text("utf-8"), re.MULTILINE)
    return own if of_the_region else CONFIGS / "parameters" / f"{group}.yaml"


def write_files(
    values: Mapping[Key, float], sources: Mapping[Key, str], target: Path, region: str = DEFAULT_REGION
) -> list[Path]:
    """Writes the files with the changed values into the folder `target`; returns what was written.

    They lie there as in configs/: parameters/GROUP.yaml, region/NAME/parameters/GROUP.yaml.

    Raises:
        CannotWrite: the folder cannot be made or written.
    """
    named, written = OwnPath(target), []
    home = region_folder(region)
    for file, own in by_file(values, region).items():
        text = file.read_text("utf-8")
        for (group, name), value in own.items():
            line = line_of(text, name)
            text = text.replace(line, changed(line, value, sources[group, name]))
        path = named
        inside = (
            ("region", home.name, "parameters", file.name)
            if home in file.parents
            else ("parameters", file.name)
        )
        for step in inside:
            path = path / step
        path.parent.make()
        path.write(text.encode("utf-8"))
        written.append(path.path)
    return written


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
