"""W2: links, pipes and folders in the place of files of results: told, and nothing behind them touched."""

import os
import shutil
import signal
from contextlib import contextmanager

import pytest
from sealed_results import completed, files

from experiments import digest, verify
from experiments.command.resume import remembered
from experiments.exits import Stop
from experiments.store.store import Store

PATIENCE = 20  # seconds after which a command is taken to wait for a pipe
SWEEP = completed
READERS = {
    "sweep": SWEEP,
    "verify": lambda folder: next(iter(verify(folder)), ""),
    "digest": digest,
    "last sweep": lambda folder: Store(folder).last_sweep(),
    "series": lambda folder: Store(folder).table("series"),
    "resume": remembered,
}
IN_THE_WAY = {
    "a link to a file": lambda path, diary: path.symlink_to(diary),
    "a link to the file itself": lambda path, diary: path.symlink_to(moved(path)),
    "a link to nothing": lambda path, diary: path.symlink_to(diary.with_name("nothing")),
    "a link to a device": lambda path, diary: path.symlink_to("/dev/zero"),
    "a pipe": lambda path, diary: os.mkfifo(path),
    "a folder": lambda path, diary: path.mkdir(),
}
PLACES = ("chunks", "sweeps", "quarantine", "outputs", "figures", "csv")


def moved(path):
    return path.parent.parent / f"moved {path.name}"


@contextmanager
def patience():
    def gone(*_):
        raise TimeoutError("a command waits")

    before = signal.signal(signal.SIGALRM, gone)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.fixture
def world(tmp_path):
    """A whole results folder, and documents of somebody outside."""
    completed(tmp_path / "r")
    (tmp_path / "r" / "lock").touch()
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "diary").write_text("mine")
    return tmp_path


def ends_in_a_line(use, folder):
    """Whether the use ends at once, with a result or with an error of ours."""
    try:
        with patience():
            use(folder)
    except Stop:
        return True
    except Exception:
        return False
    return use is not SWEEP


def untouched(documents):
    return {path.name: path.read_text() for path in documents.iterdir()} == {"diary": "mine"}


def test_what_is_no_file_is_neither_followed_nor_waited_for(battery, world):
    folder, documents = world / "r", world / "documents"
    whole = digest(folder)
    paths = [*files(folder), folder / "lock", folder / "heartbeat.json", folder / "report.html"]
    for path in paths[:: battery.trials(4, 1)]:
        for what, place in IN_THE_WAY.items():
            held = path.read_bytes() if path.exists() else None
            if held is not None:
                path.rename(moved(path))
            place(path, documents / "diary")
            kind = os.lstat(path).st_mode
            for name, use in READERS.items():
                well = ends_in_a_line(use, folder) and untouched(documents) and os.lstat(path).st_mode == kind
                battery.record("W2", well, f"{name}: {what} for {path.name}")
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
            if held is not None:
                moved(path).rename(path)
    battery.record("W2", digest(folder) == whole, "afterwards")


@pytest.mark.parametrize("place", PLACES)
def test_a_folder_that_is_a_link_leads_nowhere(battery, world, place):
    folder, documents = world / "r", world / "documents"
    if (folder / place).exists():
        (folder / place).rename(world / "moved")
    (folder / place).symlink_to(documents)
    for name, use in READERS.items():
        well = ends_in_a_line(use, folder) and untouched(documents) and (folder / place).is_symlink()
        battery.record("W2", well, f"{name}: {place} is a link")


def test_a_results_folder_may_itself_be_a_link(battery, world):
    shutil.copytree(world / "r", world / "disk")
    (world / "link").symlink_to(world / "disk")
    completed(world / "link")
    battery.record("W2", digest(world / "link") == digest(world / "r"), "the folder that the user named")
