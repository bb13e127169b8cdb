"""Where compiled code is kept: one folder for each state of what is compiled.

Nothing here may import Numba, which reads its folder when it is first imported.
"""

import atexit
import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from agents.engine.compiled_sources import digest_of_compiled

ROOT = Path(__file__).resolve().parents[2]
PREFIX = "sanxiang-"
FLOORS = ("agents", "sim")  # the floors that hold compiled code
# They change the code that is compiled, and Numba's own cache does not see the second.
SETTINGS = ("NUMBA_CPU_FEATURES", "NUMBA_BOUNDSCHECK")
KEPT_FOLDERS = 8
NOTES, KEPT_NOTES = "compiled-code", 64
LENGTH = 64  # of a digest in hexadecimal
DAY = 86_400  # seconds
WHOLE, RUN = "whole-", "run"
"""How a file is called, in a folder of compiled code, that says what came to its end with it."""

_not_kept = ""
_noted: set[str] = set()
_seen: dict[Path, tuple[int, int]] = {}  # files that the folder is named after: their times and sizes then


def is_whole(work: str = RUN) -> bool:
    """Whether a run, or work of that name, has come to its end with the compiled code of the present sources.

    Wherever these lie: a copy of them finds what the original compiled. A folder that holds some code and no
    such file was left by a process that was stopped while it compiled.
    """
    return any(_mark(one).exists() for one in (RUN, work))


def note_whole(work: str = RUN) -> None:
    """Note that a run, or work of that name, came to its end, so that all it needs is compiled."""
    if work in _noted or is_plain() or not unchanged():
        return
    _noted.add(work)
    with suppress(OSError):
        _mark(work).touch()


def is_plain() -> bool:
    """Whether nothing is compiled: everything runs in plain Python."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


def _mark(work: str) -> Path:
    return Path(os.environ["NUMBA_CACHE_DIR"]) / f"{WHOLE}{work}"


def not_kept() -> str:
    """Why compiled code is not kept beyond this process, with the remedy; empty where it is."""
    return _not_kept


def choose() -> Path:
    """Point Numba at the folder of the present sources, and return it.

    A `NUMBA_CACHE_DIR` that the user set is kept as the parent folder: code compiled from
    other rules lies beside ours, never in it. Where no folder can be written, a temporary
    one serves this process and those it starts.
    """
    _seen.update({path: _state(path) for path in _sources(ROOT)})
    name = PREFIX + digest_of_sources(ROOT)
    folder = _usual(name) or _temporary(name)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:  # imported by somebody else before us: it has read the variable already
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    _prune(folder)
    return folder


def is_as_named(file: Path) -> bool:
    """Whether the folder's name knows what this file holds, which has not been edited since."""
    file = file.resolve()
    return file in _seen and _state(file) == _seen[file]


def unchanged() -> bool:
    """Whether all sources are still what the folder is named after."""
    return all(_state(path) == seen for path, seen in _seen.items())


def _state(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:  # removed
        return 0, 0
    return about.st_mtime_ns, about.st_size


def digest_of_sources(root: Path) -> str:
    """Digest of the compiled code under `root`, of the compilers, their settings and the processor."""
    import llvmlite.binding  # a part of Numba that does not read the folder

    compilers = [f"{package} {version(package)}" for package in ("numba", "llvmlite", "numpy")]
    processor = os.environ.get("NUMBA_CPU_NAME") or llvmlite.binding.get_host_cpu_name()
    settings = [os.environ.get(name, "") for name in SETTINGS]
    of_all = [compiled_code(root, _parent() / NOTES), sys.version, *compilers, processor, *settings]
    return hashlib.sha256("\0".join(of_all).encode()).hexdigest()[:20]


def compiled_code(root: Path, notes: Path) -> str:
    """Digest of the compiled code under `root`.

    Finding it takes a second: it is noted in the folder `notes`, under a digest of the bytes it was found in.
    """
    files = _sources(root)
    seen = hashlib.sha256()
    for path in files:
        seen.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    note = notes / seen.hexdigest()[:32]
    with suppress(OSError):
        if len(known := note.read_text("ascii")) == LENGTH:
            return known
    found = digest_of_compiled(root, files)
    with suppress(OSError):  # no note: it is found again next time
        notes.mkdir(parents=True, exist_ok=True)
        leave(note, found.encode())
        _drop_old(notes)
    return found


def leave(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, whoever else writes it."""
    half = file.with_name(f"{file.name}.{uuid4().hex}")
    try:
        half.write_bytes(content)
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _drop_old(notes: Path) -> None:
    """Drop notes that nobody has written for long."""
    ours = [path for path in notes.iterdir() if re.fullmatch("[0-9a-f]{32}", path.name)]
    newest_first = sorted(ours, key=lambda path: path.stat().st_mtime, reverse=True)
    for path in newest_first[KEPT_NOTES:]:
        path.unlink(missing_ok=True)


def _sources(root: Path) -> list[Path]:
    return sorted(path for floor in FLOORS for path in modules_below(root / floor))


def modules_below(folder: Path) -> list[Path]:
    """The modules that Python can import by name, and no copy that a desktop or an editor left."""
    found = {path: path.relative_to(folder).with_suffix("").parts for path in folder.rglob("*.py")}
    return [path for path, inside in found.items() if all(map(str.isidentifier, inside)) and path.is_file()]


def _parent() -> Path:
    """The folder that holds one folder for each state of the sources."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen is None:
        return Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache") / "sanxiang" / "numba"
    # A process that we started has inherited a folder already named by a digest.
    return Path(chosen).parent if Path(chosen).name.startswith(PREFIX) else Path(chosen)


def _home() -> Path:
    """The home of this account; where it has none, a place in which nothing can be made."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull) / "no home"


def _usual(name: str) -> Path | None:
    """The folder where it usually lies, made if it is missing; None where it cannot be written."""
    global _not_kept
    folder = _parent() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)  # the time of last use, for `_prune`
    except OSError as error:
        why = f"{folder}: {error.strerror}"
        _not_kept = f"it cannot be kept in {why}; set NUMBA_CACHE_DIR to a folder that can be written"
        return None
    return folder


def _temporary(name: str) -> Path:
    parent = Path(tempfile.mkdtemp(prefix="numba-"))
    atexit.register(shutil.rmtree, parent, ignore_errors=True)
    folder = parent / name
    folder.mkdir()
    return folder


def _prune(current: Path) -> None:
    """Remove the folders of old sources, but none that a running process may still use."""
    try:
        used = {folder: folder.stat().st_mtime for folder in current.parent.glob(PREFIX + 20 * "[0-9a-f]")}
    except OSError:  # another process removes them at the same time
        return
    newest_first = sorted(used, key=lambda folder: used[folder], reverse=True)
    for folder in newest_first[KEPT_FOLDERS:]:
        if folder != current and used[folder] < time.time() - DAY:
            shutil.rmtree(folder, ignore_errors=True)
