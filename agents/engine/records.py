"""Records that are kept: NamedTuples handed to compiled stages often and unpacked only once.

Reading sixty arrays out of a Python tuple takes Numba some fifteen microseconds at every call. A kept record
is written once as the words that compiled code holds for it; afterwards a call passes one array of words.

    @kept
    class Work(NamedTuple): ...           # used like any other NamedTuple, compiled or plain

The words hold addresses of the record's arrays: the record keeps these arrays; a copy makes its own words.
"""

import operator
import struct
from collections.abc import Sequence
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir
from numba.core import cgutils, types
from numba.core.datamodel.models import PrimitiveModel
from numba.core.typing.templates import AbstractTemplate, infer_global, signature
from numba.extending import intrinsic, lower_builtin, register_model


class Image(NamedTuple):
    """A record as compiled code holds it. kind: its type for Numba; code: its number. words: 8 bytes each."""

    kind: Any
    code: int
    words: np.ndarray


def image_of(kind: Any, words: bytes) -> Image:
    """The image of a record of a type."""
    return Image(kind, kind._code, np.frombuffer(words, np.int64))


class Kept:
    """What `kept` adds to a NamedTuple."""

    @cached_property
    def image(self) -> Image:
        """The record in words, made when it is first asked for."""
        return image_of(type_of(self), words_of(self))  # type: ignore[arg-type]

    def __reduce__(self) -> tuple:
        return type(self)._make, (tuple(self),)  # type: ignore[attr-defined, arg-type]  # without words


def kept[Record: type](record: Record) -> Record:
    """A class of NamedTuples whose instances remember their words."""
    names = ("__module__", "__qualname__", "__doc__")
    return type(record.__name__, (record, Kept), {name: getattr(record, name) for name in names})  # type: ignore[return-value]


_TYPES: dict[Any, Any] = {}  # of records by form: Numba takes half a millisecond over one of sixty arrays


def type_of(record: Any) -> Any:
    """The record's type for Numba."""
    form = form_of(record)
    kind = _TYPES.get(form)
    if kind is None:
        kind = _TYPES[form] = numba.typeof(record)
    return kind


def form_of(value: Any) -> Any:
    """All of a value that its type for Numba depends on: classes, and of arrays what they are made of."""
    if isinstance(value, tuple):
        return type(value), *map(form_of, value)
    if isinstance(value, np.ndarray):
        return value.dtype, value.ndim, value.flags.num
    return type(value)


def words_of(value: Any) -> bytes:
    """A number, array or tuple of them as compiled code lays it out.

    Raises: TypeError for anything else, which may be laid out in other widths.
    """
    if isinstance(value, tuple):
        return b"".join(map(words_of, value))
    if isinstance(value, np.ndarray):
        # No owner, no parent: the record keeps the array while compiled code looks at it.
        return struct.pack(
            f"{5 + 2 * value.ndim}q",
            *(0, 0, value.size, value.itemsize, value.ctypes.data, *value.shape, *value.strides),
        )
    if isinstance(value, float):
        return struct.pack("d", value)
    if type(value) is int:
        return struct.pack("q", value)
    raise TypeError(f"a kept record holds numbers and arrays, not {type(value).__name__}")


class Listed(types.Type):
    """Any number of records of one type, numbers alone, of which one is unpacked when asked for: `a[k]`.

    One compilation serves every number of them. In words: how many there are, then those of each.
    """

    def __init__(self, record: Any) -> None:
        self.record = record
        super().__init__(name=f"Listed({_described(record)})")


@register_model(Listed)
class _WhereListed(PrimitiveModel):
    """The place of the words."""

    def __init__(self, models: Any, listed: Listed) -> None:
        super().__init__(models, listed, ir.IntType(64).as_pointer())


@infer_global(operator.getitem)
class _RecordAsked(AbstractTemplate):
    def generic(self, arguments: tuple, _: dict) -> Any:
        listed, k = arguments
        asked = isinstance(listed, Listed) and isinstance(k, types.Integer)
        return signature(listed.record, listed, types.intp) if asked else None


@lower_builtin(operator.getitem, Listed, types.Integer)
def _record_asked(context: Any, builder: Any, signed: Any, arguments: tuple) -> Any:
    return _Reader(context, builder, arguments[0]).one_of(signed.args[0], arguments[1])


def digest_of(kinds: Sequence[Any], places: Sequence[int] = ()) -> str:
    """A short name for records by their types, or classes, and places among the arguments.

    Equal only if fields, their types, the classes and the places are.
    """
    described = [*map(_described, kinds), *map(str, places)]
    return sha256("".join(described).encode()).hexdigest()[:16]


def _is_tuple(kind: Any) -> bool:
    return isinstance(kind, types.BaseTuple)


def _described(kind: Any) -> str:
    if isinstance(kind, type):
        return _class_of(kind)
    if not _is_tuple(kind):
        return str(kind)
    parts = "".join(f"{part};" for part in map(_described, kind.types))
    return f"{_class_of(getattr(kind, 'instance_class', tuple))}({parts})"


def _class_of(record: type) -> str:
    return f"{record.__module__}.{record.__qualname__}{getattr(record, '_fields', ())}"


def reader_of(kind: Any) -> Any:
    """A function for compiled code that makes the record out of its words."""

    @intrinsic
    def read(typing_context, words):
        def generate(context, builder, signature, arguments):
            array = context.make_array(signature.args[0])(context, builder, arguments[0])
            return _Reader(context, builder, array.data).value(kind)

        return kind(words), generate

    return read


class _Reader:
    """Takes values of known types from words that follow each other."""

    def __init__(self, context: Any, builder: Any, words: Any) -> None:
        self.context, self.builder, self.words = context, builder, words
        self.place = 0

    def word(self, kind: Any) -> Any:
        place = self.builder.gep(self.words, [self.context.get_constant(types.intp, self.place)])
        self.place += 1
        return self.builder.load(self.builder.bitcast(place, kind.as_pointer()))

    def one_of(self, listed: Listed, k: Any) -> Any:
        """The kth of listed records."""
        beyond = self.builder.icmp_unsigned(">=", k, self.word(self.context.get_value_type(types.intp)))
        with self.builder.if_then(beyond, likely=False):
            self.context.call_conv.return_user_exc(self.builder, IndexError, ("no record of that number",))
        first = self.builder.mul(k, self.context.get_constant(types.intp, len(listed.record)))
        self.words = self.builder.gep(self.words, [first])
        return self.value(listed.record)

    def value(self, kind: Any) -> Any:
        if isinstance(kind, Listed):
            return self.words
        if _is_tuple(kind):
            return self.context.make_tuple(self.builder, kind, [self.value(part) for part in kind.types])
        if isinstance(kind, types.Array):
            return self.array(kind)
        return self.word(self.context.get_value_type(kind))

    def array(self, kind: Any) -> Any:
        array = self.context.make_array(kind)(self.context, self.builder)
        for name in ("meminfo", "parent", "nitems", "itemsize", "data"):
            setattr(array, name, self.word(getattr(array, name).type))
        for name in ("shape", "strides"):
            number = getattr(array, name).type.element
            sizes = [self.word(number) for _ in range(kind.ndim)]
            setattr(array, name, cgutils.pack_array(self.builder, sizes))
        return array._getvalue()
