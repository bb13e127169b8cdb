"""The engine that the settings of a sweep ask for."""

from __future__ import annotations

from experiments.compute.engines.cluster import Cluster, refuse_unusable_cluster
from experiments.compute.engines.engine import Engine, Stopping
from experiments.compute.engines.local import Local, cores
from experiments.plan.settings import ExecutorSettings


def engine_for(settings: ExecutorSettings, stopping: Stopping = lambda: False) -> Engine:
    """The engine that the settings of a sweep ask for.

    Raises: EngineFailed when a scheduler cannot be reached, InputError when Dask is not installed.
    """
    if settings.kind == "local":
        return Local(settings.workers or cores(), settings.memory_bytes, stopping)
    return Cluster(settings, stopping)


def refuse_unusable(settings: ExecutorSettings) -> None:
    """Refuse settings of an engine that cannot work, before anything is written.

    Raises: InputError.
    """
    if settings.kind != "local":
        refuse_unusable_cluster(settings)
