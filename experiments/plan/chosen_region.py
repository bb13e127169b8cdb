"""The region that a command line is about, and levers from outside: known before its other words are read."""

from collections.abc import Sequence
from pathlib import Path

from experiments.plan.overrides import parse_override
from scenarios.lever import PACKAGE
from scenarios.load import CONFIGS, load_config, load_own_levers
from scenarios.own.folder import OwnFile
from scenarios.region.folder import lasting_region, refuse_no_region, region_folder


def chosen_region(words: Sequence[str], folder: Path = CONFIGS) -> str:
    """The region that the words of a command line choose, or that of config.yaml; a path in full.

    Raises:
        InputError: no such region.
    """
    given = [parse_override(word, {})[1][0] for word in words if word.startswith("region=")]
    region = str(given[0] if given else load_config(folder)["region"])
    region_folder(region, folder)
    refuse_no_region(region)
    return lasting_region(region)


def chosen_levers(
    words: Sequence[str], region: str, folder: Path = CONFIGS, package: str = PACKAGE
) -> dict[str, OwnFile]:
    """The levers in the folder that `levers=FOLDER` names, by name; none where no word names one.

    Raises:
        InputError: no such folder, or what scenarios/own/folder.py refuses.
    """
    given = [parse_override(word, {})[1][0] for word in words if word.startswith("levers=")]
    return load_own_levers(str(given[0]) if given else None, folder, package, region)
