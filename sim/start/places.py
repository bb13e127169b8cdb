"""Where the firms of end-2015 are, how large they are and what luck knows them by, whatever the seed."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.region.marginals import Marginals
from scenarios.values.tables import YI, frozen
from sim.luck.ids import ORDINAL_BITS, START, member_id
from sim.start.firm_table import AGE, CERTIFIED, firm_table
from sim.start.largest_firms import meant, with_room, with_their_places
from sim.start.sizes import Slots, size_slots
from sim.start.strata import block_starts, logs, place_within

REFERENCE_SALES = 5e7  # yuan: from where size counts in logs

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


class Places(NamedTuple):
    """One entry per firm, sorted by industry and within it by falling sales; arrays cannot be written to."""

    id: Counts
    industry: Counts
    prefecture: Counts
    size_class: Counts
    sales: Array  # whole yuan a year
    size: Array  # log of sales over 50 million yuan
    cell: Counts  # place in the table's first three axes, as if they were one
    starts: Counts  # first row of each block of like firms, and one past the last row
    table: Counts  # firms by industry, size, prefecture, age and certification


@lru_cache(maxsize=4)
def start_places(marginals: Marginals, scale: float) -> Places:
    """The places of the firms of a region at a scale; kept, since all runs of a process share them."""
    numbers = marginals.constants
    listed = meant(marginals.largest_firms, scale)
    table = with_room(firm_table(marginals, scale), listed)
    listed = with_their_places(listed, counts := table.sum(axis=(AGE, CERTIFIED)))
    total_sales = numbers["value_added"] * YI / numbers["value_added_per_sales"] * scale
    slots = by_industry_and_size(size_slots(counts, marginals, total_sales, listed))
    cell = np.ravel_multi_index((slots.industry, slots.size, slots.prefecture), table.shape[:3])
    columns = Places(
        id=member_ids(slots),
        industry=slots.industry,
        prefecture=slots.prefecture,
        size_class=slots.size,
        sales=slots.sales,
        size=logs(slots.sales / REFERENCE_SALES),
        cell=cell.astype(np.int64),
        starts=block_starts(slots.industry),
        table=table,
    )
    return Places(*(frozen(column) for column in columns))


def by_industry_and_size(slots: Slots) -> Slots:
    """The slots sorted by industry, within it by falling sales, and then by prefecture."""
    order = np.lexsort((slots.prefecture, -slots.sales, slots.industry))
    return Slots(slots.industry[order], slots.size[order], slots.prefecture[order], slots.sales[order])


def member_ids(slots: Slots) -> Counts:
    """Ids of the start population: the ordinal is the rank by sales within prefecture and industry.

    Raises:
        ValueError: a cell has more firms than the id has room for.
    """
    cell = slots.prefecture * (int(slots.industry.max()) + 1) + slots.industry
    ordinal = place_within(cell)
    if int(ordinal.max()) >= 1 << ORDINAL_BITS:
        raise ValueError(f"over {1 << ORDINAL_BITS:,} firms in one prefecture and industry: lower the scale")
    return member_id(START, slots.prefecture, slots.industry, ordinal)
