"""`sanxiang region check FOLDER`: what a region's data lack or contradict, one line each."""

from __future__ import annotations

from experiments.evidence.facts.fact import FILE, load_facts
from experiments.exits import Exit
from experiments.language.words import unfilled
from scenarios.region.check import faults
from scenarios.region.folder import region_folder
from scenarios.values.errors import InputError
from scenarios.values.file_names import at_home


def help_text() -> str:
    """What it takes."""
    return unfilled("help.region")


def main(args: list[str]) -> int:
    """sanxiang region check FOLDER: a folder, or the name of a region that ships."""
    if len(args) != 2 or args[0] != "check":
        raise InputError("region takes check and one folder - usage: sanxiang region check FOLDER")
    folder = at_home(args[1])
    region = str(folder.resolve()) if folder.is_dir() else args[1]
    found = faults(region)
    if found:
        raise InputError(*found)
    if (region_folder(region) / FILE).is_file():
        load_facts(region)
    print(f"{args[1]}: complete")
    return Exit.OK
