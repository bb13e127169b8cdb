"""Compiled code on disk, found by the name of its function and not by where the checkout lies.

Numba's own cache looks under the path of a source file, so that a copy of the project would compile all of it
anew. The folder (cache_folder.py) is named by all that is compiled here: in it module and name are enough.
Functions that its name does not know, of a user's file or of a test, are kept in Numba's own way.
"""

import pickle
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from numba.core import config
from numba.core.caching import CompileResultCacheImpl, FunctionCache, _CacheLocator
from numba.core.serialize import dumps

from agents.engine import cache_folder


class OfFolder(_CacheLocator):
    """Where the code of a function lies that the folder's name knows."""

    def __init__(self, module: str, file: str) -> None:
        self._module, self._py_file = module, file

    @classmethod
    def from_function(cls, py_func: Any, py_file: str) -> "OfFolder | None":
        """None for a function that the folder's name does not know."""
        known = "<locals>" not in py_func.__qualname__ and cache_folder.is_as_named(Path(py_file))
        return cls(py_func.__module__, py_file) if known else None

    def get_cache_path(self) -> str:
        """The folder."""
        return str(config.CACHE_DIR)  # type: ignore[attr-defined]

    def get_source_stamp(self) -> str:
        """The folder's name says which sources these are."""
        return ""

    def get_disambiguator(self) -> str:
        """The module."""
        return self._module


class OneFileEach:
    """One file for each function and signature: processes that compile at the same time leave both theirs."""

    def __init__(self, folder: str, name: str) -> None:
        self._folder, self._name = Path(folder), name

    def _file(self, key: Any) -> Path:
        return self._folder / f"{self._name}-{sha256(str(key).encode()).hexdigest()[:20]}.code"

    def save(self, key: Any, data: Any) -> None:
        """Keep the code, unless a source was edited since the folder was chosen: it may be of another."""
        if cache_folder.unchanged():
            cache_folder.leave(self._file(key), dumps((key, data)))

    def load(self, key: Any) -> Any:
        """The code; None where none is kept, or a file was damaged."""
        if not _unchanged_so_far():
            return None
        try:
            kept, data = pickle.loads(self._file(key).read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        return data if kept == key else None

    def flush(self) -> None:
        """Forget all signatures."""
        for file in self._folder.glob(f"{self._name}-*.code"):
            file.unlink(missing_ok=True)


@cache
def _unchanged_so_far() -> bool:
    """Whether all was imported from what the folder is named after; asked when code is first looked for."""
    return cache_folder.unchanged()


class _Kept(CompileResultCacheImpl):
    def __init__(self, function: Any) -> None:
        self._locator_classes = [OfFolder, *self._locator_classes]
        super().__init__(function)


class KeptCode(FunctionCache):
    """Numba's cache of a function."""

    _impl_class = _Kept

    def __init__(self, function: Any) -> None:
        super().__init__(function)
        if isinstance(place := self._impl.locator, OfFolder):
            name = f"{place.get_disambiguator()}.{function.__qualname__}"
            self._cache_file = OneFileEach(place.get_cache_path(), name)


def keep(function: Any) -> Any:
    """Let a function made by `numba.njit` keep what is compiled of it beyond the process."""
    function._cache = KeptCode(function.py_func)
    return function
