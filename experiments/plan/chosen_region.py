"""The region that a command line is about, known before any of its other words can be read."""

from collections.abc import Sequence
from pathlib import Path

from experiments.plan.overrides import parse_override
from scenarios.load import CONFIGS, load_config
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
