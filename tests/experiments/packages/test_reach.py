"""Reach with real runs of a tiny province: what is found, kept, gone on with and told."""

import numpy as np
import pytest

from experiments import load_runs

pytest.importorskip("optuna")

SMALL = ("scale=0.004", "population.scale=0.004", "pairs=3", "replications=6", "parameters=central")
TWO = (*SMALL, "levers=startup_loans,approval_reform", "evaluations=30")


@pytest.fixture(scope="module")
def base_reaches(tmp_path_factory, computed_here, sources_nobody_edits):
    """What six runs of the policy in force reach of certified firms with a probability of five in six."""
    from experiments import sweep

    folder = tmp_path_factory.mktemp("base")
    sweep("scenario=as_in_2020", "population.scale=0.004", "replications=6", f"results={folder}", quiet=True)
    return np.sort(load_runs(folder).hnte_count.to_numpy(float))


@pytest.fixture
def wanted(monkeypatch, base_reaches):
    """Sets what the plan wants of certified firms so that a little more than the policy in force is
    needed."""
    from scenarios import targets

    real = targets.load_targets

    def at(threshold):
        def load(*args, **kwargs):
            found = dict(real(*args, **kwargs))
            own = found["hnte_count"]
            number = own.number.model_copy(update={"value": float(threshold), "range": (0.0, 1e9)})
            return found | {"hnte_count": own._replace(number=number)}

        for module in ("reach", "search", "measured", "reach_answer", "objectives", "search_answer"):
            monkeypatch.setattr(f"experiments.packages.{module}.load_targets", load)
        monkeypatch.setattr("experiments.read.hits.load_targets", load, raising=False)

    return at
