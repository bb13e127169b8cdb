"""Which region is meant, where its folder lies, and the digest of what the folder says about a run.

A region is a folder. One that ships is chosen by its name in configs/region/, any other by its path.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import configs
from scenarios.values.errors import InputError, quoted, unknown
from scenarios.values.file_names import NAME, at_home, yaml_files, yaml_files_below

CONFIGS = Path(configs.__file__).parent
DEFAULT_REGION = "hunan"
OF_A_REGION = ("scenario", "world")  # groups of files that lie in a region's folder
NEEDED = (
    "base",
    "carriers",
    "contract_register",
    "funds",
    "industries",
    "levers",
    "marginals",
    "measures",
    "prefectures",
    "series",
    "talent",
    "targets",
    "universities",
)
CHOICES = (
    "facts.yaml", "fiscal_cap.yaml", "hindcast.yaml", "scenario", "levers.yaml", "measures.yaml",
    "prior.yaml", "targets.yaml",
)  # fmt: skip
"""What takes part in no run: its values are in the RunSpec, or what is stored is held against them."""


def region_folder(region: str, configs: Path = CONFIGS) -> Path:
    """Where a region's files lie: configs/region/NAME, or the folder that a path names.

    Raises:
        InputError: no such region, with the nearest name, or no such folder.
    """
    if is_path(region):
        folder = at_home(region)
        if not folder.is_dir():
            raise InputError(f"region {quoted(region)}: no such folder")
        return folder
    if region not in region_names(configs):
        raise InputError(unknown("region", region, region_names(configs)))
    return configs / "region" / region


def refuse_no_region(region: str) -> None:
    """Refuses a user's folder that lacks files which every region needs.

    Raises:
        InputError: one line that names them.
    """
    home = at_home(region)
    missing = [f"{name}.yaml" for name in NEEDED if not (home / f"{name}.yaml").is_file()]
    missing += [f"{name}/" for name in ("parameters", "scenario", "world") if not (home / name).is_dir()]
    if is_path(region) and missing:
        raise InputError(
            f"region {quoted(region)} has no {', '.join(missing)}; sanxiang region check says more"
        )


def is_path(region: str) -> bool:
    """Whether a region is given by the path of its folder and not by its name."""
    return "/" in region or "\\" in region or region.startswith((".", "~"))


def lasting_region(region: str) -> str:
    """The region as it is found from any working folder: a name as it is, a path in full."""
    return str(at_home(region).resolve()) if is_path(region) else region


def region_names(configs: Path = CONFIGS) -> list[str]:
    """The regions that ship."""
    return sorted(p.name for p in (configs / "region").glob("*") if NAME.fullmatch(p.name) and p.is_dir())


@cache
def region_digest(region: str, configs: Path = CONFIGS) -> str:
    """SHA-256 over what a region's folder says about a run: where the folder lies does not matter."""
    folder = region_folder(region, configs)
    return digest_of_files(folder, run_files(folder))


def run_files(folder: Path) -> list[Path]:
    """The files of a region's folder that take part in a run."""
    return [path for path in yaml_files_below(folder) if path.relative_to(folder).parts[0] not in CHOICES]


def digest_of_files(root: Path, paths: Iterable[Path]) -> str:
    """SHA-256 over files in order of their names; line ends of Windows count as those of Unix."""
    digest = sha256()
    for name, path in sorted((path.relative_to(root).as_posix(), path) for path in paths):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def choice_names(group: str, folder: Path = CONFIGS, region: str = DEFAULT_REGION) -> list[str]:
    """The names of a group's files: experiments, executors, or the scenarios or worlds of a region."""
    home = region_folder(region, folder) if group in OF_A_REGION else folder
    return [path.stem for path in yaml_files(home / group)]
