"""W1: somebody else's files in a results folder: never read, counted, moved, changed or removed."""

import random
import shutil

import pytest
from sealed_results import TODAY, completed, used

from experiments import digest, verify
from experiments.command.resume import remembered
from experiments.store.own_files import OwnPath, is_half_written
from experiments.store.own_names import WITHIN, strangers
from experiments.store.store import claimed
from scenarios.values.errors import InputError

FOLDERS = ("", "chunks", "sweeps", "responses", "quarantine", "outputs", "mine")
LETTERS = "0123456789abcdefgABC ._-~#()$'é长"


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    folder = tmp_path_factory.mktemp("w1") / "r"
    completed(folder)
    return folder


def own_names_in(folder):
    return [path.name for path in folder.rglob("*") if path.is_file()]


def nearly(name, luck):
    """A name that is one or two letters away from one of ours."""
    for _ in range(luck.choice([1, 2])):
        place = luck.randrange(len(name) + 1)
        name = name[:place] + luck.choice(LETTERS) + name[place + luck.choice([0, 1]) :]
    return name


def is_ours(folder, name):
    """Whether the name is one that we write into that folder."""
    forms = WITHIN.get(folder, ())
    top = ("folder.json", "lock", "heartbeat.json", "report.html") if folder == "" else ()
    return name in top or is_half_written(name) or any(form.fullmatch(name) for form in forms)


def littered(folder, names, luck, count):
    """Files of somebody else under names like ours; {path: content}."""
    files = {}
    for number in range(count):
        place, name = luck.choice(FOLDERS), nearly(luck.choice(names), luck)
        path = folder / place / name
        if name in ("", ".", "..") or is_ours(place, name) or path.exists():
            continue
        path.parent.mkdir(exist_ok=True)
        files[path] = f"mine {number}".encode()
        path.write_bytes(files[path])
    return files


def test_a_sweep_leaves_files_under_names_like_ours_and_ends_as_without_them(battery, ours, tmp_path):
    luck, whole, names = random.Random(11), digest(ours), own_names_in(ours)
    for trial in range(battery.trials(6, 200)):
        folder = tmp_path / str(trial)
        shutil.copytree(ours, folder)
        mine = littered(folder, names, luck, 40)
        seen = verify(folder) == [] and digest(folder) == whole and used(folder) == used(ours)
        seen = seen and remembered(folder) == remembered(ours)
        card = luck.choice([path for path in (folder / "chunks").iterdir() if path not in mine])
        card.write_bytes(b"damaged")
        completed(folder)
        kept = {path: path.read_bytes() for path in mine} == mine
        battery.record("W1", seen and kept and digest(folder) == whole, f"{trial}: {seen} {kept}")
        shutil.rmtree(folder)


def test_a_folder_of_somebody_else_is_refused_and_left(battery, ours, tmp_path):
    luck, names = random.Random(12), [*own_names_in(ours), "thesis.csv", "report.html", "folder.json"]
    for trial in range(battery.trials(10, 300)):
        folder = tmp_path / str(trial)
        for number in range(luck.choice([1, 2, 6])):
            name = luck.choice([nearly(luck.choice(names), luck), luck.choice(names[-3:])])
            path = folder / luck.choice(["", "chunks", "data"]) / (name.strip(". ") or "x")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"mine {number}")
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        found = [path.name for path in folder.iterdir() if path.name != "chunks"]
        try:
            with claimed(folder, TODAY):
                well = not found and strangers(OwnPath(folder) / "chunks") == []
        except InputError as error:
            well = "is not empty and holds no results of sanxiang" in str(error)
        after = {path: path.read_bytes() for path in before if path.exists()}
        battery.record("W1", well and after == before, f"{trial}: {found}")
