"""Rules and stages: ordinary Python functions that Numba compiles.

A rule says what one member does, in scalars; a stage applies rules to the rows of a
population in one loop. With `NUMBA_DISABLE_JIT=1` ("plain mode") both run as Python, member
by member, and give the same states bit for bit; for that a stage

- reads its arrays by index (`a[i]`, `a[k, i]`) or narrows them (`a[k]`, `a[start:stop]`), without
  array arithmetic, and asks for a size by `len(a)` or `a.shape[0]`;
- makes no arrays: its scratch comes as an argument;
- divides by nothing that can be zero, for compiled code gives inf where Python raises;
- keeps to float64, bool and signed integers, where Numba and Python agree on every result.

A loop `for i in range(n)` over arrays narrowed to the rows at hand does several members at once;
one that starts elsewhere, holds another loop or touches many columns does not, and is three
to seven times slower. So a long stage is a few short passes.
"""

from collections.abc import Callable
from functools import update_wrapper, wraps
from typing import Any

import numba
import numpy as np

from agents.engine.records import Kept, digest_of, reader_of

PLAIN: bool = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]

# "numpy": division as IEEE 754 has it; a check for zero in every loop would stop the compiler from
# vectorising. No "_nrt": stages make no arrays, so nobody need count who holds the sixty of a population.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}


def rule[Function: Callable[..., Any]](function: Function) -> Function:
    """Compile a scalar function; `rule.py_func` stays the function as written, in both modes."""
    if PLAIN:
        function.py_func = function  # type: ignore[attr-defined]
        return function
    # Inlined, so that the compiler sees the arithmetic and can vectorise the loop around it.
    return Compiled(function, forceinline=True)  # type: ignore[return-value]


def stage[Function: Callable[..., Any]](function: Function) -> Function:
    """Compile a loop over rows; in plain mode hand it arrays whose elements are Python's own."""
    if not PLAIN:
        return Compiled(function, forceinline=True)  # type: ignore[return-value]

    @wraps(function)
    def member_by_member(*arguments: Any) -> Any:
        return function(*(_plain(argument) for argument in arguments))

    member_by_member.py_func = function  # type: ignore[attr-defined]
    return member_by_member  # type: ignore[return-value]


class Compiled:
    """A function compiled once for compiled callers and, only if Python calls it, once more for Python.

    Most rules and stages are called by compiled code alone. What unpacks the arguments of Python, sixty
    columns here, would take twice as long to compile as the functions themselves.
    """

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.inner = numba.njit(**{**_OPTIONS, **options, "no_cpython_wrapper": True})(function)
        self.outer = numba.njit(**{**_OPTIONS, **options, "cache": True})(function)
        self._numba_type_ = numba.types.Dispatcher(self.inner)  # what compiled callers see
        self._options = options
        self._of_words: dict[tuple[int, ...], Any] = {}

    def __call__(self, *arguments: Any) -> Any:
        passed: list[Any] = list(arguments)
        codes: tuple[int, ...] = ()
        for place, argument in enumerate(arguments):
            if isinstance(argument, Kept):
                image = argument.image
                passed[place] = image.words
                codes += (place, image.kind._code)
        outer = self._of_words.get(codes) or self._outer_of_words(codes, arguments)
        return outer(*passed)

    def _outer_of_words(self, codes: tuple[int, ...], arguments: tuple[Any, ...]) -> Any:
        """What Python calls where some arguments are kept records, which come as words.

        It stands in the file and line of the function, where Numba's cache on disk looks for it, under a
        name that says which records it reads.
        """
        if not codes:
            return self._of_words.setdefault(codes, self.outer)
        kinds = {n: argument.image.kind for n, argument in enumerate(arguments) if isinstance(argument, Kept)}
        readers = {f"read_{n}": reader_of(kind) for n, kind in kinds.items()}
        names = [f"a{n}" for n in range(len(arguments))]
        passed = [f"read_{n}({name})" if n in kinds else name for n, name in enumerate(names)]
        name = f"{self.py_func.__name__}_of_{digest_of(list(kinds.values()))}"
        source = f"def {name}({', '.join(names)}):\n    return inner({', '.join(passed)})\n"
        code = self.py_func.__code__
        made: dict[str, Any] = {"__name__": self.py_func.__module__, "inner": self, **readers}
        exec(compile("\n" * (code.co_firstlineno - 1) + source, code.co_filename, "exec"), made)
        self._of_words[codes] = numba.njit(**{**_OPTIONS, **self._options, "cache": True})(made[name])
        return self._of_words[codes]

    @property
    def signatures(self) -> list[Any]:
        """The types of arguments that Python has called it with: one compilation each."""
        return [signature for outer in self._of_words.values() for signature in outer.signatures]


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
