"""How the numbers of a population lie in memory: blocks of columns, segments of rows."""

from __future__ import annotations

import numpy as np

from agents.engine.column import Column
from agents.engine.rules import stage

# In numbers of 8 bytes: the 64 sets of 64 bytes of a first-level cache, and nine of these sets.
CACHE_PERIOD, CACHE_STAGGER = 512, 72

Blocks = dict[np.dtype, tuple[np.ndarray, np.ndarray]]


def empty_blocks(columns: dict[str, Column], capacity: int) -> Blocks:
    """For every type of number an array (lines, capacity) of defaults, and these defaults (lines, 1).

    Columns of one type lie in one array, so that members move and copies are made for all at once.
    """
    blocks = {}
    for dtype in dict.fromkeys(column.dtype for column in columns.values()):
        defaults = [[c.default] for c in columns.values() if c.dtype == dtype for _ in range(c.width or 1)]
        block = np.zeros((len(defaults), capacity), dtype)
        for line, (default,) in enumerate(defaults):
            if default != 0:
                block[line] = default
        blocks[dtype] = (block, np.array(defaults, dtype))
    return blocks


def columns_of_blocks(columns: dict[str, Column], blocks: Blocks) -> dict[str, np.ndarray]:
    """The array of each column: a line of the block of its type, or `width` lines of it."""
    arrays = {}
    next_line = dict.fromkeys(blocks, 0)
    for name, column in columns.items():
        line = next_line[column.dtype]
        next_line[column.dtype] += column.width or 1
        block = blocks[column.dtype][0]
        arrays[name] = block[line] if column.width is None else block[line : line + column.width]
    return arrays


@stage
def stand_behind(segments, next_rows, rows):
    """Writes the row of each who enters a segment: its next free one, which `next_rows` counts on."""
    for n in range(len(segments)):
        rows[n] = next_rows[segments[n]]
        next_rows[segments[n]] += 1


@stage
def pair_off(rows, starts, stops, new_stops, holes, movers):
    """Pairs the holes that leaving `rows` (rising) leave with those who move into them; returns their number.

    A segment shrinks from `stops` to `new_stops`, which is written. Returns -1 if a row is named twice or
    nobody lives in it.
    """
    n_holes, n_movers, j = 0, 0, 0
    for k in range(len(stops)):
        first = j
        while j < len(rows) and rows[j] < stops[k]:
            if rows[j] < starts[k] or (j > 0 and rows[j] == rows[j - 1]):
                return -1
            j += 1
        new_stops[k] = stops[k] - (j - first)
        place = first
        while place < j and rows[place] < new_stops[k]:
            holes[n_holes] = rows[place]
            n_holes += 1
            place += 1
        for row in range(new_stops[k], stops[k]):
            if place < j and rows[place] == row:
                place += 1
            else:
                movers[n_movers] = row
                n_movers += 1
    return n_holes if j == len(rows) else -1


@stage
def relocate(block, defaults, holes, movers, new_stops, stops):
    """Copy the numbers of the rows `movers` to `holes`; rows from `new_stops` to `stops` get the defaults."""
    for line in range(block.shape[0]):
        numbers, default = block[line], defaults[line, 0]
        for k in range(len(holes)):
            numbers[holes[k]] = numbers[movers[k]]
        for k in range(len(stops)):
            for row in range(new_stops[k], stops[k]):
                numbers[row] = default


def first_rows(capacity: np.ndarray) -> np.ndarray:
    """First row of each segment [int64]."""
    return np.cumsum(capacity) - capacity


def staggered(capacity: np.ndarray) -> np.ndarray:
    """The capacities with the last so enlarged that a row's numbers lie in different sets of the cache.

    Columns of one type follow each other in memory. When the distance is a multiple of 4,096 bytes,
    all numbers of a row compete for the same few cache lines, and a stage over 30 columns takes nine
    times as long. A distance of 9 lines of 64 bytes more uses all 64 sets of a first-level cache.
    """
    total = int(capacity.sum())
    if total < CACHE_PERIOD:
        return capacity
    missing = (CACHE_STAGGER - total) % CACHE_PERIOD
    return np.append(capacity[:-1], capacity[-1] + missing)


def ranges(start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """start[0] ... stop[0] - 1, start[1] ... stop[1] - 1, and so on [int64]."""
    each = [np.arange(a, b) for a, b in zip(start.tolist(), stop.tolist(), strict=True)]
    return each[0] if len(each) == 1 else np.concatenate(each)
