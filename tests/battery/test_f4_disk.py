"""F4: a full disk and a folder that cannot be written: exit 74, nothing false on disk, the same end later."""

import errno
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from in_process import whole
from loopback import ROOT, environment, sanxiang
from sealed_results import completed, files, state, used

from experiments import digest
from experiments.exits import CannotWrite
from experiments.store import own_files
from experiments.store.store import Store

SWEEP = ("scenario=as_in_2020,plan", "replications=12", "executor.workers=1")


class FullDisk:
    """A file on a disk that takes some more bytes, then none; as write(2) does, it keeps a part."""

    left = 0

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.file.close()

    def write(self, content):
        kept = content[: FullDisk.left]
        FullDisk.left -= len(kept)
        self.file.write(kept)
        if len(kept) < len(content):
            self.file.flush()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def flush(self):
        self.file.flush()

    def fileno(self):
        return self.file.fileno()


def full_disk(*words):
    return FullDisk(os.fdopen(*words))


@pytest.fixture
def disk(monkeypatch):
    """Sets how many bytes the disk still takes; None: as many as one wants."""

    def limited(left):
        FullDisk.left = left
        monkeypatch.setattr(own_files, "fdopen", os.fdopen if left is None else full_disk)

    return limited


def test_a_disk_that_fills_up_at_any_byte_leaves_nothing_false(battery, tmp_path, disk):
    completed(tmp_path / "whole")
    undisturbed, rows = digest(tmp_path / "whole"), used(tmp_path / "whole")
    room = sum(path.stat().st_size for path in (tmp_path / "whole").rglob("*") if path.is_file())
    luck = random.Random(4)
    for trial in range(battery.trials(10, 200)):
        folder, left = tmp_path / str(trial), luck.randrange(room)
        disk(left)
        refused = False
        try:
            completed(folder)
        except CannotWrite as error:
            refused = "No space left on device" in str(error)
        halves = [path.name for path in folder.rglob("*.part")]
        told = not (folder / "folder.json").exists() or Store(folder).damaged() == []
        disk(None)
        completed(folder)
        well = refused and not halves and told and digest(folder) == undisturbed and used(folder) == rows
        battery.record("F4", well, f"{left} bytes: {refused} {halves} {told} {state(folder)}")


def test_a_full_disk_ends_the_command_with_74_the_path_and_the_bytes(battery, tmp_path):
    """A limit on the size of files stands in for the disk: writing beyond it fails in the kernel.

    It is a little above the size of the header, which is below that of a chunk.
    """
    undisturbed = whole(tmp_path / "whole", *SWEEP)
    limit = (tmp_path / "whole" / "folder.json").stat().st_size + 500
    code = (
        "import resource, runpy, signal, sys\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\nsys.argv = sys.argv[1:]\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')"
    )
    folder = tmp_path / "r"
    script = str(ROOT / "tests" / "experiments" / "toy_command.py")
    words = [sys.executable, "-c", code, script, "sweep", *SWEEP, f"results={folder}"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False, env=environment())
    told = f"cannot write {folder}/chunks/" in done.stderr and "bytes): File too large" in done.stderr
    well = (done.returncode, told, "Traceback" in done.stderr) == (74, True, False)
    battery.record("F4", well and Store(folder).damaged() == [], done.stderr)
    assert sanxiang("resume", str(folder)).returncode == 0
    battery.record("F4", digest(folder) == undisturbed, "resumed")


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_a_folder_that_cannot_be_written_is_refused_with_the_path(battery, tmp_path, monkeypatch, number):
    """Raised by the calls themselves, for an administrator may write anywhere."""
    completed(tmp_path / "r")
    before = {path: path.read_bytes() for path in files(tmp_path / "r")}

    opened = os.open

    def refusing(path, flags, *rest, **named):
        if flags & os.O_CREAT and ".sanxiang-" in str(path):
            raise OSError(number, os.strerror(number), str(path))
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refusing)
    try:
        completed(tmp_path / "r", sources="other")
        said = ""
    except CannotWrite as error:
        said = str(error)
    after = {path: path.read_bytes() for path in files(tmp_path / "r")}
    well = str(tmp_path / "r") in said and os.strerror(number) in said and after == before
    battery.record("F4", well, f"{errno.errorcode[number]}: {said}")


def test_a_folder_in_a_place_that_is_none_is_exit_74(battery, tmp_path):
    (tmp_path / "file").write_text("")
    done = sanxiang("sweep", *SWEEP, f"results={tmp_path / 'file' / 'r'}")
    battery.record("F4", done.returncode == 74 and str(tmp_path / "file") in done.stderr, done.stderr)


def test_what_is_renamed_was_flushed_and_the_folder_after_it(battery, tmp_path, monkeypatch):
    """Else a machine that loses power keeps a name without its bytes, or the card without its tables."""
    calls, flushed_as = [], {}
    fsync, replace = os.fsync, os.replace

    def flushed(number):
        name = Path(os.readlink(f"/proc/self/fd/{number}")).name
        calls.append("flush folder" if name == "chunks" else f"flush {name}")
        fsync(number)

    def renamed(old, new, **where):
        flushed_as[f"flush {old}"] = f"flush {new.split('.', 1)[1]}"
        calls.append(f"rename {new.split('.', 1)[1]}")
        replace(old, new, **where)

    completed(tmp_path / "r")
    store = Store(tmp_path / "r")
    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(os, "replace", renamed)
    from experiments.store.chunk import seal

    chunk = store.chunks()[0]
    tables = {name: chunk.table(name).slice(0, 3) for name in ("runs", "series")}
    seal(store.folder, tables, store.mark())
    expected = []
    for ending in ("runs.parquet", "series.parquet", "json"):
        expected += [f"flush {ending}", f"rename {ending}", "flush folder"]
    battery.record("F4", [flushed_as.get(call, call) for call in calls] == expected, str(calls))
