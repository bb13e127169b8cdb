"""Block views: neighbouring rows of a record of columns as a record of the same columns.

    firm = block_of(firms, low, high)     # firm.labour[i] is firms.labour[low + i], to read and to write

A view is made once for some thousand rows; the stages that get it say `firm.labour[i]` and slice nothing.
"""

from typing import Any

from numba.core import cgutils, types
from numba.core.errors import TypingError
from numba.extending import intrinsic
from numba.np.arrayobj import populate_array

from agents.engine.rules import PLAIN, Rows


def plain_view(record: Any, low: int, high: int) -> Any:
    """Rows `low` to `high` of each column, the last dimension of its array."""
    return type(record)(*(c.between(low, high) if isinstance(c, Rows) else c[low:high] for c in record))


@intrinsic
def compiled_view(_typing_context, record, low, high):  # type: ignore[no-untyped-def]
    """The same in compiled code: every array's address moved and its last size changed, nothing checked."""
    views = tuple(kind_of_view(column) for column in record.types)
    kind = types.BaseTuple.from_types(views, getattr(record, "instance_class", None))

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        columns, low, high = arguments
        pairs = enumerate(zip(record.types, views, strict=True))
        moved = [
            move(context, builder, (before, after), builder.extract_value(columns, n), low, high)
            for n, (before, after) in pairs
        ]
        return context.make_tuple(builder, kind, moved)

    return kind(record, types.intp, types.intp), generate


def kind_of_view(column: Any) -> Any:
    """The type of a column's view; the rows of a wide column's view lie apart."""
    if not isinstance(column, types.Array):
        raise TypingError(f"a block view is of arrays, not of {column}")
    return column if column.ndim == 1 else column.copy(layout="A")


def move(context: Any, builder: Any, kinds: tuple[Any, Any], column: Any, low: Any, high: Any) -> Any:
    """The array of rows `low` to `high` of an array; kinds: types of both."""
    before, after = kinds
    array = context.make_array(before)(context, builder, column)
    view = context.make_array(after)(context, builder)
    sizes = cgutils.unpack_tuple(builder, array.shape, before.ndim)
    steps = cgutils.unpack_tuple(builder, array.strides, before.ndim)
    if before.layout == "C":  # written down, for the compiler to see that numbers follow each other
        steps[-1] = context.get_constant(types.intp, before.dtype.bitwidth // 8)
    populate_array(
        view,
        data=cgutils.pointer_add(builder, array.data, builder.mul(low, steps[-1])),
        shape=[*sizes[:-1], builder.sub(high, low)],
        strides=steps,
        itemsize=array.itemsize,
        meminfo=None,
    )
    return view._getvalue()


block_of: Any = plain_view if PLAIN else compiled_view
"""Rows `low` to `high` of each column of a record; all these rows must exist."""
