"""Rules and stages: ordinary Python functions that Numba compiles.

A rule says what one member does, in scalars; a stage applies rules to the rows of a
population in one loop. With `NUMBA_DISABLE_JIT=1` ("plain mode") both run as Python, member
by member, and give the same states bit for bit; for that a stage

- reads its arrays by index (`a[i]`, `a[k, i]`) or narrows them (`a[k]`, `a[start:stop]`), without
  array arithmetic, and asks for a size by `len(a)` or `a.shape[0]`;
- divides by nothing that can be zero, for compiled code gives inf where Python raises;
- keeps to float64, bool and signed integers, where Numba and Python agree on every result.

A loop `for i in range(n)` over arrays narrowed to the rows at hand does several members at once;
one that starts elsewhere, holds another loop or touches many columns does not, and is three
to seven times slower. So a long stage is a few short passes.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import numba
import numpy as np

PLAIN: bool = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]

_OPTIONS: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy"}


def rule[Function: Callable[..., Any]](function: Function) -> Function:
    """Compile a scalar function; `rule.py_func` stays the function as written, in both modes."""
    if PLAIN:
        function.py_func = function  # type: ignore[attr-defined]
        return function
    # Inlined, so that LLVM sees the arithmetic and can vectorise the loop around it.
    return numba.njit(forceinline=True, **_OPTIONS)(function)


def stage[Function: Callable[..., Any]](function: Function) -> Function:
    """Compile a loop over rows; in plain mode hand it arrays whose elements are Python's own."""
    if not PLAIN:
        return numba.njit(**_OPTIONS)(function)

    @wraps(function)
    def member_by_member(*arguments: Any) -> Any:
        return function(*(_plain(argument) for argument in arguments))

    member_by_member.py_func = function  # type: ignore[attr-defined]
    return member_by_member  # type: ignore[return-value]


class Rows:
    """An array of two or more dimensions, whose elements read as Python numbers."""

    def __init__(self, array: np.ndarray):
        self.shape = array.shape
        self._rows = [_plain(row) for row in array]

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, tuple):
            return self._rows[key]
        return self._rows[key[0]][key[1] if len(key) == 2 else key[1:]]

    def __setitem__(self, key: tuple[int, ...], value: Any) -> None:
        self._rows[key[0]][key[1] if len(key) == 2 else key[1:]] = value


def _plain(argument: Any) -> Any:
    """The argument with its arrays as views that read and write Python numbers, however deep."""
    if isinstance(argument, np.ndarray):
        return memoryview(argument) if argument.ndim == 1 else Rows(argument)
    if isinstance(argument, np.generic):
        return argument.item()
    if isinstance(argument, tuple):
        fields = [_plain(field) for field in argument]
        return type(argument)(*fields) if hasattr(argument, "_fields") else tuple(fields)
    return argument
