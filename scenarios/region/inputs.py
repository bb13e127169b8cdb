"""What industries buy of each other, and households of them: shares by the national input-output table."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from scenarios.values.errors import InputError
from scenarios.values.tables import Vector, read_grid, read_table

TOLERANCE = 1e-6


def read_inputs(content: Mapping[str, Any], industries: Sequence[str], where: str) -> Vector:
    """Share of the purchases of each industry that it spends on each [buyer, supplier].

    In the file a row for every buyer: its shares of the industries in their order, then of all others. A
    region that has no such table has firms that buy nothing of each other.

    Raises:
        InputError: a row too few or too many, a share outside its range, or a row that does not add to one.
    """
    n = len(industries)
    if "input_shares" not in content:
        return np.zeros((n, n))
    shares = read_grid(content, "input_shares", industries, n + 1, where).array(industries)
    sums = [sum(row) for row in shares.tolist()]
    wrong = [
        f"{where}: input_shares of {name} add to {total:.6f}, not to 1"
        for name, total in zip(industries, sums, strict=True)
        if abs(total - 1.0) > TOLERANCE
    ]
    if wrong:
        raise InputError(*wrong)
    return np.ascontiguousarray(shares[:, :n])


def read_household_spending(content: Mapping[str, Any], industries: Sequence[str], where: str) -> Vector:
    """Share of what households consume that they spend on each industry.

    A region that has no such table has households that nobody can pay to buy.

    Raises:
        InputError: a share outside its range, or shares that add to more than one.
    """
    if "household_spending" not in content:
        return np.zeros(len(industries))
    shares: Vector = read_table(content, "household_spending", industries, where).array(industries)
    if (total := sum(shares.tolist())) > 1.0:
        raise InputError(f"{where}: household_spending adds to {total:.6f}, more than 1")
    return shares
