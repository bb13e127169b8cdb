"""A small run in plain Python that tells, on standard output, what a run will have to compile.

NUMBA_DISABLE_JIT=1 python -m experiments.compute.scout <SPECS >CALLS

SPECS: pickled specs of runs with a common past. CALLS: those of agents/engine/calls.py, pickled.
"""

from __future__ import annotations

import os
import pickle
import sys
from dataclasses import replace
from multiprocessing.connection import Connection

from agents.engine.calls import Call, tell_new_calls

SCALE = 0.004
"""So small that plain Python is quick, and large enough for most of what may happen to happen."""


def main() -> None:
    """Run what standard input asks for."""
    calls = Connection(os.dup(1), readable=False)
    os.dup2(2, 1)  # what a model prints is no call

    def tell(call: Call) -> None:
        calls.send_bytes(pickle.dumps(call, protocol=pickle.HIGHEST_PROTOCOL))

    tell_new_calls(tell)
    from experiments.model import simulate

    specs = pickle.load(sys.stdin.buffer)
    simulate([replace(spec, scale=min(spec.scale, SCALE)) for spec in specs])


if __name__ == "__main__":
    main()
