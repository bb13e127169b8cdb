"""The ids by which luck knows firms: founded when, where and in which industry, and as which of them.

A firm more somewhere takes nobody else's id, and so changes nobody else's luck. An id is a whole number of
57 bits: entry quarter (16), whether the firm moved here (1), place (8), industry (8), ordinal (24).
"""

import numpy as np

PLACE_BITS = INDUSTRY_BITS = 8
ORDINAL_BITS = 24
START = 0  # entry quarter code of the firms of end-2015; those of 2016Q1 have 1
MOVED = 1 << (PLACE_BITS + INDUSTRY_BITS + ORDINAL_BITS)  # beside every place: it came from none of them
SPIN_OFFS = 1 << (ORDINAL_BITS - 1)  # first ordinal of firms founded on inventions: apart from all others
ABOVE = 1 << 57  # above every id: numbers of draws for one firm can be kept apart by it


def member_id[Whole: (int, np.ndarray)](entry: int, place: Whole, industry: Whole, ordinal: Whole) -> Whole:
    """The id of a firm founded here, by its entry quarter code."""
    packed = (entry << (1 + PLACE_BITS)) | place
    packed = (packed << INDUSTRY_BITS) | industry
    return (packed << ORDINAL_BITS) | ordinal


def mover_id(entry: int, industry: np.ndarray, ordinal: np.ndarray) -> np.ndarray:
    """The id of a firm that moves here, which is the same wherever it goes."""
    return MOVED | member_id(entry, np.zeros_like(industry), industry, ordinal)


def mover_in(ids: np.ndarray, place: np.ndarray) -> np.ndarray:
    """Numbers of draws of movers for a place each might choose, as if the place were in their ids."""
    return ids | (place << (INDUSTRY_BITS + ORDINAL_BITS))


def has_moved[Whole: (int, np.ndarray)](ids: Whole) -> Whole:
    """The bit of firms that moved here, 0 for all others."""
    return ids & MOVED


def numbered(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The cell, or industry, of each of so many in each, and its ordinal there."""
    cells = np.arange(len(counts)).repeat(counts)
    return cells, np.arange(len(cells)) - (counts.cumsum() - counts).repeat(counts)
