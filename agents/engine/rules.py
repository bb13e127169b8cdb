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

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from functools import update_wrapper, wraps
from itertools import chain
from typing import Any, NamedTuple

import numba
import numpy as np

from agents.engine.inlined import ForCallers
from agents.engine.kept_code import keep
from agents.engine.records import Kept, digest_of, reader_of

PLAIN: bool = bool(numba.config.DISABLE_JIT)  # type: ignore[attr-defined]

# "numpy": division as IEEE 754 has it; a check for zero in every loop would stop the compiler from
# vectorising. No "_nrt": stages make no arrays, so nobody need count who holds the sixty of a population.
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "no_cfunc_wrapper": True, "_nrt": False}


_tell: Callable[..., None] | None = None
_within = False  # a call by Python: what it calls in turn, compiled code would call


def notice_calls(tell: Callable[[Callable[..., Any], tuple[Any, ...]], None]) -> None:
    """From now on tell of every call by Python, in plain mode, of the rules and stages made afterwards."""
    global _tell
    _tell = tell


def noticed(function: Any, call: Callable[..., Any]) -> Any:
    """The call, told of where somebody wants to know."""
    if (tell := _tell) is None:
        return call

    @wraps(function)
    def told(*arguments: Any) -> Any:
        global _within
        if _within:
            return call(*arguments)
        tell(function, arguments)
        _within = True
        try:
            return call(*arguments)
        finally:
            _within = False

    told.py_func = function  # type: ignore[attr-defined]
    return told


def rule[Function: Callable[..., Any]](function: Function) -> Function:
    """Compile a scalar function; `rule.py_func` stays the function as written, in both modes."""
    if PLAIN:
        function.py_func = function  # type: ignore[attr-defined]
        return noticed(function, function)
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
    return noticed(function, member_by_member)  # type: ignore[return-value]


class Compiled:
    """A function compiled once for compiled callers and, only if Python calls it, once more for Python.

    Most rules and stages are called by compiled code alone. What unpacks the arguments of Python, sixty
    columns here, would take twice as long to compile as the functions themselves.
    """

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self.inner = numba.njit(
            **{**_OPTIONS, **options, "no_cpython_wrapper": True}, pipeline_class=ForCallers
        )(function)
        self.outer = keep(numba.njit(**{**_OPTIONS, **options})(function))
        self._numba_type_ = numba.types.Dispatcher(self.inner)  # what compiled callers see
        self._options = options
        self._ways: dict[tuple[type, ...], Way] = {}
        self._calls: dict[tuple[type, ...], Callable[..., Any]] = {}

    def __call__(self, *arguments: Any) -> Any:
        # Two hundred and more calls a quarter: what can be looked up is not found anew.
        call = self._calls.get(tuple([type(one) for one in arguments]))
        return call(*arguments) if call else self._first_call(arguments)

    def _first_call(self, arguments: tuple[Any, ...]) -> Any:
        """A call with arguments of types that it has not been called with before."""
        types = tuple(map(type, arguments))
        way = way_of(types)
        if way is None:
            self._calls[types] = self.outer
        else:
            self._ways[types] = way
            self._calls[types] = way.call(lambda *given: self._outer_on(way, types, given), len(types))
        return self._calls[types](*arguments)

    def _outer_on(self, way: "Way", types: tuple[type, ...], arguments: tuple[Any, ...]) -> Any:
        """What Python calls where some arguments are records, which it puts together again."""
        outer = self._outer_of(made_of(way, arguments), len(types))
        way.outers[tuple(arguments[n].image.code for n in way.kept)] = outer
        return outer

    def _outer_of(self, made_of: Mapping[int, Any], number: int) -> Any:
        """What Python calls with so many arguments. made_of: of kept records their types, of others classes.

        It stands in the file and line of the function, whose cache on disk knows it by module and name: the
        name says which records it is handed.
        """
        handed = [handed_over(n, made_of.get(n)) for n in range(number)]
        name = f"{self.py_func.__name__.strip('<>')}_of_{digest_of(list(made_of.values()), list(made_of))}"
        taken, passed = (
            ", ".join(chain(*(one.taken for one in handed))),
            ", ".join(one.made for one in handed),
        )
        source = f"def {name}({taken}):\n    return inner({passed})\n"
        code = self.py_func.__code__
        known: dict[str, Any] = {"__name__": self.py_func.__module__, "inner": self}
        known |= {one.maker: one.makes for one in handed}
        exec(compile("\n" * (code.co_firstlineno - 1) + source, code.co_filename, "exec"), known)
        return keep(numba.njit(**{**_OPTIONS, **self._options})(known[name]))

    def compile_for(self, made_of: Mapping[int, Any], number: int, given: tuple[Any, ...]) -> None:
        """Compile for a call by Python before it is made, and keep the code; see calls.py."""
        (self._outer_of(made_of, number) if made_of else self.outer).compile(given)

    @property
    def outers(self) -> list[Any]:
        """What was compiled for Python, by what it is handed."""
        return [self.outer, *(outer for way in self._ways.values() for outer in way.outers.values())]

    @property
    def signatures(self) -> list[Any]:
        """The types of arguments that Python has called it with: one compilation each."""
        return [signature for outer in self.outers for signature in outer.signatures]


class Way(NamedTuple):
    """How arguments of some types reach compiled code. Numba takes ten times as long over a record itself.

    kept: places of kept records, handed over as words. unpacked: of other NamedTuples, handed over field by
    field. outers: the compiled functions that take them, by the kinds of kept records.
    """

    kept: tuple[int, ...]
    unpacked: tuple[int, ...]
    outers: dict[tuple[int, ...], Any]

    def call(self, outer_on: Callable[..., Any], number: int) -> Callable[..., Any]:
        """A function of so many arguments that hands them over; outer_on: compiles for new kinds of records.

        Written out for these places, since looping over them takes longer than many a stage.
        """
        names = [f"a{n}" for n in range(number)]
        handed = [
            f"a{n}.image.words" if n in self.kept else f"*a{n}" if n in self.unpacked else f"a{n}"
            for n in range(number)
        ]
        codes = "".join(f"a{n}.image.code, " for n in self.kept)
        every = ", ".join(names)
        source = (
            f"def call({every}):\n"
            f"    outer = outers.get(({codes})) or outer_on({every})\n"
            f"    return outer({', '.join(handed)})\n"
        )
        known: dict[str, Any] = {"outers": self.outers, "outer_on": outer_on}
        exec(source, known)
        made: Callable[..., Any] = known["call"]
        return made


def way_of(types: Sequence[type]) -> Way | None:
    """The way of arguments of some types; None where all can be handed over as they are."""
    kept = tuple(n for n, kind in enumerate(types) if issubclass(kind, Kept))
    named = [n for n, kind in enumerate(types) if issubclass(kind, tuple) and hasattr(kind, "_fields")]
    unpacked = tuple(n for n in named if n not in kept)
    return Way(kept, unpacked, {}) if kept or unpacked else None


def made_of(way: Way, arguments: Sequence[Any]) -> dict[int, Any]:
    """What is made of records among the arguments: of kept ones their types for Numba, of others classes."""
    kept = {n: arguments[n].image.kind for n in way.kept}
    return kept | {n: type(arguments[n]) for n in way.unpacked}


class Handed(NamedTuple):
    """One argument: the names under which its parts are taken, what is made of them, and by which maker."""

    taken: list[str]
    made: str
    maker: str = ""
    makes: Any = None


def handed_over(n: int, made_of: Any) -> Handed:
    """The nth argument. made_of: of a kept record its type for Numba, of another its class, else None."""
    if made_of is None:
        return Handed([f"a{n}"], f"a{n}")
    if isinstance(made_of, type):
        parts = [f"a{n}_{field}" for field in made_of._fields]  # type: ignore[attr-defined]
        return Handed(parts, f"record_{n}({', '.join(parts)})", f"record_{n}", made_of)
    return Handed([f"a{n}"], f"read_{n}(a{n})", f"read_{n}", reader_of(made_of))


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

    def between(self, low: int, high: int) -> "Rows":
        """The numbers `low` to `high` of every row."""
        view = copy(self)
        view.shape = (*self.shape[:-1], high - low)
        view._rows = [r.between(low, high) if isinstance(r, Rows) else r[low:high] for r in self._rows]
        return view


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
