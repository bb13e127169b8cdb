"""Prints, in the circumstances that it is run in, what of them is seen by the code that computes.

A script: python circumstances.py. One JSON object: what the parent sees, and what a worker of an engine sees.
"""

import json
import locale
import os
import sys


def seen(_=None):
    """What could change a result and must not."""
    import math

    import numpy as np
    from numba import config
    from numpy._core._multiarray_umath import __cpu_features__ as features

    found = {
        "hash": hash("sanxiang"),
        "encoding": locale.getpreferredencoding(False),
        "threads": os.environ.get("OMP_NUM_THREADS", ""),
        "tunables": os.environ.get("GLIBC_TUNABLES", ""),
        "numpy": sorted(name for name, there in features.items() if there),
        "numba": config.CPU_NAME or "host",
        "jit": not config.DISABLE_JIT,
    }
    x = np.linspace(0.1, 50.0, 4001)
    return found | {"libm": digest(math.exp(value) for value in x), "vectors": digest(np.exp(x))}


def digest(values):
    import hashlib

    return hashlib.sha256(" ".join(float(value).hex() for value in values).encode()).hexdigest()[:16]


def main():
    from experiments.compute.engines.engine import Job, in_order
    from experiments.compute.engines.local import Local

    with Local(1) as local:
        (outcome,) = local.run(seen, in_order([Job(None)]))
    print(json.dumps({"parent": seen(), "worker": outcome.result, "error": outcome.trace}))


if __name__ == "__main__":
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from circumstances import main as run  # by its name, for workers to import it too

    run()
