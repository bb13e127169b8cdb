"""Jobs of a SLURM cluster whose Dask workers join a scheduler in the process of the sweep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shutil import which
from typing import Any

from experiments.compute.engines.engine import EngineFailed
from experiments.compute.engines.trust import (
    LOOPBACK,
    PRELOAD,
    certificates_for_jobs,
    no_web_server,
    security_of,
)
from experiments.plan.settings import ExecutorSettings

ONLY_HERE = (
    "executor=slurm without executor.interface listens on this machine alone: jobs on others cannot join it"
)


@contextmanager
def slurm_cluster(settings: ExecutorSettings) -> Iterator[Any]:
    """A scheduler here, and as many SLURM jobs as `workers` says, submitted with sbatch."""
    if which("sbatch") is None:
        raise EngineFailed("no sbatch on the PATH: executor=slurm runs where jobs are submitted from")
    if settings.interface is None:
        print(ONLY_HERE, file=sys.stderr)
    with ExitStack() as opened:
        folder = settings.certificates_folder or opened.enter_context(certificates_for_jobs())
        with no_web_server():
            cluster = opened.enter_context(_cluster(settings, folder))
        cluster.scale(jobs=settings.workers)
        yield cluster


def _cluster(settings: ExecutorSettings, certificates: Path) -> Any:
    from dask_jobqueue import SLURMCluster

    here = settings.interface is None
    return SLURMCluster(
        queue=settings.queue,
        account=settings.account,
        cores=settings.cores,
        processes=1,  # one Dask worker, a thread of it and a process of ours for each core
        memory=settings.memory,
        walltime=settings.walltime,
        interface=settings.interface,
        job_name="sanxiang",
        security=security_of(certificates),
        scheduler_options={"dashboard_address": None} | ({"host": LOOPBACK} if here else {}),
        worker_extra_args=["--preload", PRELOAD, "--no-dashboard"] + (["--host", LOOPBACK] if here else []),
    )
