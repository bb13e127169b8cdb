"""What every test shares: one thread, no window, the folder of compiled rules set before Numba comes."""

import os

os.environ.setdefault("MPLBACKEND", "Agg")
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

from hypothesis import settings

import agents  # noqa: F401  sets the folder of compiled rules

# The first call of a compiled rule may take seconds: no deadline. CI tries the same examples each time.
settings.register_profile("house", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("house")
