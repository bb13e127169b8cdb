"""R1: one digest whatever the workers, engine, order, hash seed, language, threads and processor.

The model itself at a small scale; every circumstance is seen to have come about where runs are computed.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from compared_states import SEEDS, first_difference, states
from loopback import ROOT

from experiments import digest
from experiments.compute.compute import Sealing, compute
from experiments.compute.engines.local import Local
from experiments.compute.progress import Progress
from experiments.compute.task import Task, columns_of
from experiments.compute.work import Work
from experiments.plan.ensemble import ensemble
from experiments.plan.sweep_plan import plan_sweep
from experiments.store.header import header
from experiments.store.store import claimed
from scenarios.digests import digests

SWEEP = (
    "scenario=as_in_2020,plan",
    "replications=3",
    "population.scale=0.004",
    "seed=5",
    "parameters=central",
)
PLAIN = {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1"}
NO_FMA = "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX2_Usable,-FMA_Usable"
ABROAD = {"LC_ALL": "POSIX", "LANG": "zh_CN.GB18030", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
# Name: what is set, the words of the sweep, and what a worker sees then.
CIRCUMSTANCES = {
    "two workers, another hash and language": (
        ABROAD | {"PYTHONHASHSEED": "7"},
        ["executor.workers=2"],
        lambda now, plain: now["hash"] != plain["hash"] and now["encoding"] == "ANSI_X3.4-1968",
    ),
    "two workers": ({}, ["executor.workers=2"], lambda now, plain: True),
    "another hash": ({"PYTHONHASHSEED": "77"}, [], lambda now, plain: now["hash"] != plain["hash"]),
    "another language": (
        ABROAD,
        [],
        lambda now, plain: now["encoding"] == "ANSI_X3.4-1968" != plain["encoding"],
    ),
    "four threads": (
        {"OMP_NUM_THREADS": "4", "NUMBA_NUM_THREADS": "4", "OPENBLAS_NUM_THREADS": "4"},
        [],
        lambda now, plain: now["threads"] == "1",  # the engine gives each worker one, whatever is set
    ),
    "Dask": ({}, ["executor=dask", "executor.workers=2"], lambda now, plain: True),
    "four workers": ({}, ["executor.workers=4"], lambda now, plain: True),
    "a libm without FMA": ({"GLIBC_TUNABLES": NO_FMA}, [], lambda now, plain: now["libm"] != plain["libm"]),
    "NumPy without AVX2": (
        {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4"},
        [],
        lambda now, plain: "X86_V3" in plain["numpy"] and "X86_V3" not in now["numpy"],
    ),
    "compiled for any processor": (
        {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": ""},
        [],
        lambda now, plain: now["numba"] == "generic" != plain["numba"],
    ),
    "not compiled": ({"NUMBA_DISABLE_JIT": "1"}, [], lambda now, plain: plain["jit"] and not now["jit"]),
}
# Other instructions, and every index checked: what reads beside its array would raise.
OTHER_PROCESSOR = {"NUMBA_CPU_NAME": "generic", "NUMBA_CPU_FEATURES": "", "NUMBA_BOUNDSCHECK": "1"}
SLICE = 1  # of the circumstances; the last compile the model anew, or do without


def python(*words, **settings):
    done = subprocess.run(
        [sys.executable, *map(str, words)],
        env=os.environ | PLAIN | settings,
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.decode(errors="replace")


def seen(**settings):
    """What a worker of an engine sees of its circumstances."""
    code, told, errors = python(Path(__file__).with_name("circumstances.py"), **settings)
    assert code == 0, errors
    return json.loads(told)["worker"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """The digest of the sweep by one worker in ordinary circumstances, and what that worker saw."""
    folder = tmp_path_factory.mktemp("plain") / "r"
    code, errors = swept(folder, "executor.workers=1")
    assert code == 0, errors
    return digest(folder), seen()


def swept(folder, *words, **settings):
    """The sweep as a process of its own, without table and report."""
    call = "import sys, experiments; experiments.sweep(*sys.argv[1:], quiet=True)"
    code, _, errors = python("-c", call, *SWEEP, *words, f"results={folder}", **settings)
    return code, errors


def test_circumstances_do_not_change_a_bit(battery, tmp_path, plain):
    undisturbed, ordinary = plain
    for number, name in enumerate(list(CIRCUMSTANCES)[: battery.trials(SLICE, len(CIRCUMSTANCES))]):
        settings, words, come_about = CIRCUMSTANCES[name]
        now = seen(**settings) if settings else ordinary
        folder = tmp_path / str(number)
        code, errors = swept(folder, *(words or ["executor.workers=1"]), **settings)
        same = code == 0 and digest(folder) == undisturbed
        battery.record("R1", come_about(now, ordinary) and same, f"{name}: {code} {now} {errors[-2000:]}")


def test_the_order_of_the_work_does_not_change_a_bit(battery, tmp_path, plain):
    asked = ensemble(plan_sweep(SWEEP).units(), digests())
    orders = {
        "backwards": [tuple(reversed(unit)) for unit in reversed(asked.units)],
        "run by run": [(run,) for unit in asked.units for run in unit],
    }
    for name in list(orders)[: battery.trials(1, 2)]:
        with claimed(tmp_path / name, header()) as store, Local(1) as local:
            sealing = Sealing(store, lambda: columns_of("experiments.model"))
            task = Task("experiments.model")
            compute(Work(orders[name]), task, local, sealing, Progress(0, quiet=True))
        battery.record("R1", digest(tmp_path / name) == plain[0], name)


def test_another_processor_holds_the_same(battery):
    """Nothing in the slice, as all is compiled anew: tests/agents/numbers/test_elementary.py tries a part."""
    for seed in SEEDS[: battery.trials(0, 1)]:
        found = first_difference(states(seed), states(seed, **OTHER_PROCESSOR))
        battery.record("R1", found == "", f"another processor, indices checked, seed {seed}: {found}")
