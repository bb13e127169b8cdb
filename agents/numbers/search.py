"""Where a number stands among others."""

import numpy as np

from agents.engine.rules import rule


@rule
def place_among(ids, wanted):
    """Where an id stands among rising ids, -1 where it does not."""
    low, high = 0, len(ids)
    while low < high:
        middle = (low + high) // 2
        if ids[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low if low < len(ids) and ids[low] == wanted else -1


FEW = 500  # keys, which are sorted sooner than the highest of them are sought


def highest(keys: np.ndarray, number: int) -> np.ndarray:
    """Places of the highest keys from the highest down, of equal ones the earlier first; of all if fewer.

    A stable sort of all gives the same; of many only the highest are sorted.
    """
    if number <= 0:
        return np.zeros(0, np.int64)
    if number >= len(keys) or len(keys) < FEW:
        return (-keys).argsort(kind="stable")[:number]
    least = np.partition(keys, len(keys) - number)[len(keys) - number]
    among = np.flatnonzero(keys >= least)
    return among[np.argsort(-keys[among], kind="stable")][:number]
