"""Where compiled code is kept: one folder for each state of the sources.

Nothing here may import Numba, which reads its folder when it is first imported.
"""

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

PREFIX = "sanxiang-"
FLOORS = ("agents", "sim")  # the floors that hold compiled code
# They change the code that is compiled, and Numba's own cache does not see the second.
SETTINGS = ("NUMBA_CPU_FEATURES", "NUMBA_BOUNDSCHECK")
KEPT_FOLDERS = 8
DAY = 86_400  # seconds


def choose() -> Path:
    """Point Numba at the folder of the present sources, and return it.

    A `NUMBA_CACHE_DIR` that the user set is kept as the parent folder: code compiled from
    other rules lies beside ours, never in it. Where no folder can be written, a temporary
    one serves this process and those it starts.
    """
    name = PREFIX + digest_of_sources(Path(__file__).resolve().parent.parent)
    folder = _writable(_parent() / name) or _temporary(name)
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    if "numba" in sys.modules:  # imported by somebody else before us: it has read the variable already
        sys.modules["numba"].config.CACHE_DIR = str(folder)
    _prune(folder)
    return folder


def digest_of_sources(root: Path) -> str:
    """Digest of the compiled sources under `root`, of the compilers, their settings and the processor."""
    import llvmlite.binding  # a part of Numba that does not read the folder

    digest = hashlib.sha256()
    for path in sorted(path for floor in FLOORS for path in modules_below(root / floor)):
        digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes() + b"\0")
    compilers = [f"{package} {version(package)}" for package in ("numba", "llvmlite", "numpy")]
    processor = os.environ.get("NUMBA_CPU_NAME") or llvmlite.binding.get_host_cpu_name()
    settings = [os.environ.get(name, "") for name in SETTINGS]
    digest.update("\0".join([sys.version, *compilers, processor, *settings]).encode())
    return digest.hexdigest()[:20]


def modules_below(folder: Path) -> list[Path]:
    """The modules that Python can import by name, and no copy that a desktop or an editor left."""
    found = {path: path.relative_to(folder).with_suffix("").parts for path in folder.rglob("*.py")}
    return [path for path, inside in found.items() if all(map(str.isidentifier, inside)) and path.is_file()]


def _parent() -> Path:
    """The folder that holds one folder for each state of the sources."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen is None:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sanxiang" / "numba"
    # A process that we started has inherited a folder already named by a digest.
    return Path(chosen).parent if Path(chosen).name.startswith(PREFIX) else Path(chosen)


def _writable(folder: Path) -> Path | None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            os.utime(folder)  # the time of last use, for `_prune`
    except OSError:
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
