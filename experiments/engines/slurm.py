"""Jobs of a SLURM cluster whose Dask workers join a scheduler in the process of the sweep."""

from __future__ import annotations

from importlib.util import find_spec
from shutil import which
from typing import Any

from experiments.engines import EngineFailed
from experiments.settings import ExecutorSettings
from scenarios.values.errors import InputError


def slurm_cluster(settings: ExecutorSettings) -> Any:
    """A scheduler here, and as many SLURM jobs as `workers` says, submitted with sbatch."""
    if which("sbatch") is None:
        raise EngineFailed("no sbatch on the PATH: executor=slurm runs where jobs are submitted from")
    cluster = _cluster(settings)
    cluster.scale(jobs=settings.workers)
    return cluster


def job_script(settings: ExecutorSettings) -> str:
    """The script that is submitted for each job."""
    with _cluster(settings) as cluster:
        return str(cluster.job_script())


def _cluster(settings: ExecutorSettings) -> Any:
    if find_spec("dask_jobqueue") is None:
        raise InputError("dask-jobqueue is not installed; pip install 'sanxiang[cluster]' adds it")
    from dask_jobqueue import SLURMCluster

    return SLURMCluster(
        queue=settings.queue,
        account=settings.account,
        cores=settings.cores,
        processes=1,  # one Dask worker, a thread of it and a process of ours for each core
        memory=settings.memory,
        walltime=settings.walltime,
        interface=settings.interface,
        job_name="sanxiang",
        scheduler_options={"dashboard_address": None},
    )
