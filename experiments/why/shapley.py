"""Shapley values: how an effect falls to those who bring it about together.

exact(values)                       # of a game known in every coalition
sampled(masks, values, orders)      # of one known along some orders of its players

A coalition is a number whose bit i is set where player i takes part. Whatever is not linear, be it that two
help each other or that one leaves the other nothing to do, is split equally among those concerned; what adds
nothing to any coalition gets nothing; and all parts together are the whole effect.
Source: Shapley (1953), A value for n-person games; sampling by orders as in Castro, Gomez and Tejada (2009),
Computers & Operations Research 36; orders in pairs with their reverse as in Mitchell, Cooper, Frank and
Holmes (2022), Journal of Machine Learning Research 23.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial

import numpy as np

Orders = Sequence[Sequence[int]]


def exact(values: np.ndarray) -> np.ndarray:
    """The part of each player [player, ...], from the value of every coalition [coalition, ...].

    Raises:
        ValueError: their number is no power of two.
    """
    count = len(values)
    players = count.bit_length() - 1
    if count != 1 << players:
        raise ValueError(f"{count} coalitions are not those of some players: no power of two")
    masks = np.arange(count)
    weight = np.array([_weight(int(size), players) for size in np.bitwise_count(masks)])
    parts = []
    for player in range(players):
        without = masks[masks >> player & 1 == 0]
        gains = values[without | 1 << player] - values[without]
        parts.append(np.tensordot(weight[without], gains, axes=1))
    return np.array(parts).reshape(players, *values.shape[1:])


def _weight(size: int, players: int) -> float:
    """How likely a player meets just these others before it, in an order of luck."""
    return factorial(size) * factorial(max(players - size - 1, 0)) / factorial(players)


def sampled(masks: Sequence[int], values: np.ndarray, orders: Orders) -> np.ndarray:
    """The mean over orders of what each player adds to those before it [player, ...].

    masks: the coalitions whose values are known [coalition, ...], among them all on the way of each order.
    """
    place = {mask: at for at, mask in enumerate(masks)}
    parts = np.zeros((len(orders[0]), *values.shape[1:]))
    for order in orders:
        mask = 0
        for player in order:
            joined = mask | 1 << player
            parts[player] += values[place[joined]] - values[place[mask]]
            mask = joined
    return parts / len(orders)


def drawn_orders(players: int, count: int, luck: Sequence[int]) -> list[list[int]]:
    """Orders of the players, each followed by its reverse. count: even. luck: what they are drawn by."""
    stream = np.random.default_rng(list(luck))
    found: list[list[int]] = []
    for _ in range(count // 2):
        order = stream.permutation(players).tolist()
        found += [order, order[::-1]]
    return found


def on_the_way(orders: Orders) -> list[int]:
    """The coalitions that the orders pass, each once, the empty one first and the whole last."""
    found = {0}
    for order in orders:
        mask = 0
        for player in order:
            mask |= 1 << player
            found.add(mask)
    return sorted(found)
