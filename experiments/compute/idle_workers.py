"""The processes that work in parallel left behind, which end with the program and not minutes later."""

import sys


def end_workers() -> None:
    """End the processes of `parallel.in_parallel`.

    They would wait five minutes for more work, and whoever reads what this program prints, with them.
    """
    if "joblib.externals.loky" in sys.modules:
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor(reuse=True).shutdown(wait=True, kill_workers=True)
