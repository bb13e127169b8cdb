"""The best leaf of a classification tree as a box. The tree is scikit-learn's.

Source: Breiman and others (1984), Classification and Regression Trees.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from experiments.discovery.box import ABOVE, BELOW, SIDES, Box, Condition
from experiments.discovery.prim import fewest_in_a_box

DEPTH = 3
SEED = 0  # of the order in which equal splits are tried


def tree_box(table: np.ndarray, cases: np.ndarray, allowed: np.ndarray) -> Box:
    """The leaf whose cases are least probable by chance; all, where the tree splits nothing.

    table: [run, variable]; cases: [run]. allowed: whether conditions may say that a variable is above, or
    below, a bound [variable, 2].
    """
    from sklearn.tree import DecisionTreeClassifier

    grown = DecisionTreeClassifier(
        max_depth=DEPTH, min_samples_leaf=fewest_in_a_box(len(cases)), random_state=SEED
    )
    grown.fit(np.where(allowed.any(axis=1), table, 0.0), cases)
    those = {(variable, SIDES[k]) for variable, k in np.argwhere(allowed).tolist()}
    leaves = [one.only(those) for one in boxes_of(grown.tree_, table.shape[1])]
    denser = [one for one in leaves if one.score(table, cases).denser]
    return min(denser, key=lambda one: one.score(table, cases).chance(), default=Box.of(table.shape[1]))


def boxes_of(tree: Any, variables: int) -> list[Box]:
    """The box of each leaf of scikit-learn's tree."""
    found, left = [], [(0, Box.of(variables))]
    while left:
        node, box = left.pop()
        if tree.children_left[node] == tree.children_right[node]:  # both -1
            found.append(box)
            continue
        variable, bound = int(tree.feature[node]), float(tree.threshold[node])
        # A run at the bound goes left.
        below = Condition(variable, BELOW, float(np.nextafter(bound, np.inf)))
        left.append((int(tree.children_left[node]), box.within(below)))
        left.append((int(tree.children_right[node]), box.within(Condition(variable, ABOVE, bound))))
    return found
