"""The largest firms of the draw have the places, industries and sizes published of the largest ones.

Counts stay as they are: a firm that is to be elsewhere trades places with another of its industry. So do
total sales: the other firms of the largest size class make up for what the listed ones sell less or more than
the largest of the draw. Firms stay nameless, and their traits are drawn as those of all.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scenarios.region.largest_firms import LargestFirm

Counts = NDArray[np.int64]
Array = NDArray[np.float64]


def meant(listed: Sequence[LargestFirm], scale: float) -> list[LargestFirm]:
    """Those of the listed firms, by falling sales, that a population of a scale has.

    At a scale below 1 the middle one of every 1 / scale, so that a fifth of the firms has about a fifth of
    their sales; on a larger scale each once.
    """
    step = 1.0 / min(scale, 1.0)
    places = (int((j + 0.5) * step) for j in range(len(listed)))
    return [listed[place] for place in places if place < len(listed)]


def with_room(table: Counts, listed: Sequence[LargestFirm]) -> Counts:
    """The table with as many firms of the largest class in a place and industry as are listed there.

    Where one is missing, one of the class elsewhere trades places with a smaller one of the same industry
    that is certified or not as it is: every stated margin stays. If nobody can, the table stays as it is.
    """
    table = table.copy()
    needed = np.zeros((table.shape[0], table.shape[2]), np.int64)
    for firm in listed:
        needed[firm.industry, firm.prefecture] += 1
    for k, place in np.argwhere(needed).tolist():
        while table[k, -1, place].sum() < needed[k, place] and _trade(table[k], place, needed[k]):
            pass
    return table


def _trade(table: Counts, place: int, needed: Counts) -> bool:
    """Brings one firm of the largest class to a place, from where most are to spare; whether it could.

    `table`: firms of the industry by size, prefecture, age and certificate.
    """
    spare = table[-1].sum(axis=(1, 2)) - needed
    for donor in np.argsort(-spare, kind="stable")[: int((spare > 0).sum())].tolist():
        for age, certified in np.argwhere(table[-1, donor]).tolist():
            sizes, ages = np.nonzero(table[:-1, place, :, certified])
            if sizes.size:
                size, other = int(sizes[-1]), int(ages[-1])  # the next in size
                table[-1, donor, age, certified] -= 1
                table[-1, place, age, certified] += 1
                table[size, place, other, certified] -= 1
                table[size, donor, other, certified] += 1
                return True
    return False


def with_their_places(listed: Sequence[LargestFirm], counts: Counts) -> list[LargestFirm]:
    """The listed firms for which the largest class has a firm of their place and industry.

    `counts`: firms by industry, size and prefecture. Only a small population has none.
    """
    left, found = counts[:, -1].copy(), []
    for firm in listed:
        if left[firm.industry, firm.prefecture] > 0:
            left[firm.industry, firm.prefecture] -= 1
            found.append(firm)
    return found


def put_first(sales: Array, listed: Sequence[LargestFirm], smallest: float) -> list[LargestFirm]:
    """Writes the listed firms' sales over the first of the largest class, and returns those who fit.

    What the others sell above `smallest`, the bound of their class [yuan a year], is scaled so that the total
    stays to the yuan. The largest of the listed that would leave too little for the others are left out,
    which only a small population does.
    """
    first, total = that_fit(listed, sales, smallest), int(sales.astype(np.int64).sum())
    if not first:
        return first
    n = len(first)
    sales[:n] = [firm.sales for firm in first]
    left = total - sum(firm.sales for firm in first) - int(smallest) * (sales.size - n)
    above = sales[n:] - smallest
    sales[n:] = smallest + np.floor(above * (left / max(float(above.astype(np.int64).sum()), 1.0)))
    sales[n] += total - int(sales.astype(np.int64).sum())
    return first


def that_fit(listed: Sequence[LargestFirm], sales: Array, smallest: float) -> list[LargestFirm]:
    """The listed firms without the largest of them that would crowd out the others of the class."""
    for first in range(len(listed)):
        own = list(listed[first:])
        others = sales.size - len(own)
        if others > 0 and sum(firm.sales for firm in own) + others * int(smallest) <= int(sales.sum()):
            return own
    return []
