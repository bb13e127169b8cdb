"""A worker process: computes one job after another for the process that started it, and ends with it.

python -m experiments.compute.engines.worker PIPE TRACES PARENT MEMORY

PIPE and TRACES are file descriptors: jobs come and outcomes leave through the first; where a job was when it
crashed or took too long is written to the second. MEMORY is the most it may take [bytes].
"""

from __future__ import annotations

import faulthandler
import os
import pickle
import resource
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from threading import Thread
from typing import Any

from experiments.compute.engines.limit import Limit
from experiments.exits import Stop

READY, BEGUN = "ready", "begun"
WATCH = 0.5  # seconds between two looks at whether the parent still lives


def main(pipe: int, traces: int, parent: int, memory: int) -> None:
    """Serve until the parent closes the pipe or dies."""
    os.dup2(2, 1)  # what a model prints must not get into a table on standard output
    limit_memory(memory)
    die_before_others()
    faulthandler.enable(traces)
    Thread(target=end_with, args=(parent,), daemon=True).start()
    with Connection(pipe) as connection, suppress(EOFError, ConnectionError):  # nobody listens any more
        connection.send(READY)
        while True:
            message = connection.recv_bytes()
            connection.send_bytes(attempted(message, traces, partial(tell, connection)))


def tell(connection: Connection, counts: bool) -> None:
    """Tell the parent whether the job's time counts."""
    connection.send(BEGUN if counts else READY)


def attempted(message: bytes, traces: int, told: Callable[[bool], None] = lambda counts: None) -> bytes:
    """Compute a pickled (function, job); pickled (result, status, error, trace, seconds).

    told: hears whenever the job's time begins to count, after all that it needs was imported, and stops.
    """
    limit = Limit(traces, told)
    try:
        function, job = pickle.loads(message)
        getattr(function, "prepare", lambda: None)()
        with limit.held(job.seconds):
            result = function(job.what)
        return pickle.dumps((result, "ok", "", "", limit.spent), protocol=pickle.HIGHEST_PROTOCOL)
    except Stop as refusal:
        return pickle.dumps((refusal, "refused", str(refusal), "", 0.0))
    except BaseException as error:  # sys.exit() in a model must not end the worker
        return pickle.dumps(failure(error, limit.spent))


def failure(error: BaseException, seconds: float) -> tuple[Any, ...]:
    """What is told of an error."""
    trace = "".join(traceback.format_exception(error))
    return None, "failed", f"{type(error).__name__}: {error}", trace, seconds


def limit_memory(most: int) -> None:
    """Let an allocation beyond this many bytes fail with MemoryError, before the machine runs out."""
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(
        resource.RLIMIT_DATA, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
    )


def die_before_others() -> None:
    """Where memory runs out, the kernel takes a worker, whose job is repeated, and not the sweep."""
    try:
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("500")
    except OSError:
        return  # no Linux


def end_with(parent: int) -> None:
    """End this process soon after its parent, however that died."""
    while os.getppid() == parent:
        time.sleep(WATCH)
    os._exit(1)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
