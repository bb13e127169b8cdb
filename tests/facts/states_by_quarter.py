"""Prints a digest of the whole state of a small province after every quarter.

A script, to be run compiled, in plain Python and for other processors: the lines must be equal.
"""

import hashlib
import sys

import numpy as np

from sim.model import IndustrialPolicyModel, choose


def digest(model: IndustrialPolicyModel) -> str:
    """One number for every column of every firm, every indicator and every cell."""
    firms, found = model.economy.firms, hashlib.sha256()
    for name in sorted(firms.columns):
        found.update(np.ascontiguousarray(firms.columns[name][..., firms.rows()]).tobytes())
    for recorded in (model._series[-1], model._cells[-1]):
        found.update(recorded.tobytes())
    return found.hexdigest()


def main(seed: int, quarters: int) -> None:
    """Print one digest a quarter, and how many firms there are."""
    model = IndustrialPolicyModel(choose(scenario="plan", seed=seed, scale=0.01))
    for _ in range(quarters):
        model.step()
        print(len(model.economy.firms), digest(model))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
