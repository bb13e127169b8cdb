"""Whether report and figures of a results folder are of what it holds now: then they stay as they are.

DIR/outputs/drawn.json   the sweep they were drawn for last, what they were drawn from, and their checksums
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from experiments.exits import CannotWrite, CorruptData, InTheWay
from experiments.language.chosen import current
from experiments.measures.stored import STORED
from experiments.read.runs_region import region_of_store
from experiments.store import outputs, own_names, sealed
from experiments.store.own_files import OwnPath
from experiments.store.store import Store
from experiments.store.sweeps import ALL, began
from scenarios.digests import data_digest, source_digest
from scenarios.region.folder import CONFIGS, digest_of_files, region_folder
from scenarios.values.errors import InputError
from scenarios.values.file_names import python_files_below, yaml_files_below

RECORD, KIND = "drawn.json", "drawn"
LAST = "last.json"


def note_drawn(folder: Path | str, sweep: str) -> None:
    """Keep what the outputs of a sweep and of the folder were drawn from.

    They have just been written, and the folder's outputs are held; sweep: its id in full.

    Raises: CannotWrite, CorruptData.
    """
    sealed.write_json(_record(folder), KIND, _described(folder, sweep))


def up_to_date(folder: Path | str, sweep: str) -> bool:
    """Whether drawing the outputs of the sweep, given by its id in full, would change nothing."""
    try:
        drawn = sealed.read_json(_record(folder), KIND)
        return bool(drawn == _described(folder, sweep))
    except (CorruptData, CannotWrite, InTheWay, InputError, OSError):
        return False


def _record(folder: Path | str) -> OwnPath:
    return OwnPath(Path(folder)) / outputs.PLACE / RECORD


def _described(folder: Path | str, sweep: str) -> dict[str, Any]:
    store = Store(folder)
    records = {path.name: sealed.read_json(path, "sweep") for path in own_names.records(store.sweeps)}
    return {
        "sweep": sweep,
        "language": current(),
        "folder": str(Path(folder).resolve()),  # pages hold commands that name it
        "results": _sum([store.header(), _sweeps(records), _contents(store)]),
        "program": _sum([_program(), _of_region(region_of_store(store))]),
        "files": _files(OwnPath(Path(folder)), [sweep, ALL] if len(records) > 2 else [sweep]),
    }


def _sum(content: Any) -> str:
    return sealed.checksum(sealed.canonical(content).encode())


def _sweeps(records: dict[str, dict[str, Any]]) -> list[Any]:
    """What the records say, in the order that pages have them; one that went on has begun anew, no more."""
    order = sorted(records, key=lambda name: (name == LAST, began(records[name])))
    return [[name, {**records[name], "started": ""}] for name in order]


def _contents(store: Store) -> dict[str, str]:
    """The checksums of the cards of runs, which vouch for their tables, and of all records that are kept."""
    kept = [path for kind in store.kept.values() for path in kind.paths()]
    paths = [*own_names.cards(store.folder), *kept]
    return {"/".join(path.parts): sealed.checksum(path.read()) for path in paths}


@cache
def _program() -> list[str]:
    """What draws: the modules and the page's frame, the values and words beside results, and Matplotlib."""
    root = CONFIGS.parent
    here = root / "experiments"
    files = [*python_files_below(here), *yaml_files_below(here), here / "report" / "page.html"]
    effects = STORED.read_text("utf-8") if STORED.is_file() else ""
    return [digest_of_files(root, files), source_digest(), data_digest(), effects, version("matplotlib")]


@cache
def _of_region(region: str) -> str:
    home = region_folder(region)
    return digest_of_files(home, yaml_files_below(home))


def _files(root: OwnPath, sweeps: list[str]) -> dict[str, str]:
    """The checksums of the pages and of the folders of figures.

    Raises: CorruptData when one is missing or a figure is not as the card beside it says.
    """
    pages, found = [root / outputs.PAGE], {}
    for sweep in sweeps:
        place = outputs.place(root.root, sweep)
        figures = outputs.card_of(place / outputs.FIGURES)["files"]
        for name, expected in figures.items():
            sealed.read(place / outputs.FIGURES / name, expected)
        found[place.name] = _sum(figures)
        pages += [] if sweep == ALL else [place / outputs.PAGE]
    return found | {"/".join(page.parts): sealed.checksum(page.read()) for page in pages}
