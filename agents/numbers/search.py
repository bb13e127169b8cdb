"""Where a number stands among sorted ones."""

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
