"""F7: model, parameters or data changed before or during a sweep: refused with the difference, or forked."""

import os
import re
import shutil
import signal
import sys
import time

import pytest
from loopback import ROOT, killed, started, wait_for
from toy_sweeps import children

from experiments import digest
from experiments.store.heartbeat import last_beat

FLOORS = ("agents", "scenarios", "sim", "experiments", "configs")
SWEEP = ("scenario=as_in_2020,plan", "replications=3", "executor.workers=1")
CHANGES = {  # file: what is put in, in place of what, and how it differs then
    "sim/quarter.py": (r"\Z", "\n# a new line\n", "changed"),
    "configs/parameters/firms.yaml": (r"value: 0\.6,", "value: 0.61,", "changed"),
    "configs/region/hunan/base.yaml": (r"\Z", "\n", "changed"),
    "configs/region/hunan/world/as_happened.yaml": (r"\Z", "\n", "changed"),
    "agents/one_more.py": (None, '"""A new file."""\n', "is new"),
    "configs/region/hunan/targets.yaml": (r"\Z", "\n", "changed"),
    "sim/trace/member.py": (None, None, "is gone"),
}
SLICE = 3


@pytest.fixture
def copy(tmp_path):
    """A copy of the project, for its files to be changed."""
    for floor in FLOORS:
        shutil.copytree(ROOT / floor, tmp_path / "copy" / floor, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "experiments", tmp_path / "copy" / "toys")
    return tmp_path / "copy"


def begun(copy, *words, **settings):
    """A command of the copy."""
    script = str(copy / "toys" / "toy_command.py")
    path = os.pathsep.join([str(copy), str(copy / "toys")])
    return started(sys.executable, script, *words, **settings | {"PYTHONPATH": path})


def ended(process):
    try:
        return process, *process.communicate(timeout=120)
    finally:
        killed(process)


def change(copy, name):
    """Make one of the changes; what undoes it."""
    pattern, text, _ = CHANGES[name]
    path, before = copy / name, (copy / name).read_text("utf-8") if (copy / name).exists() else None
    if text is None:
        path.unlink()
    elif pattern is None:
        path.write_text(text)
    else:
        path.write_text(re.sub(pattern, lambda found: text, before, count=1), encoding="utf-8")
    return lambda: path.unlink() if before is None else path.write_text(before, encoding="utf-8")


def test_a_change_before_a_resume_is_refused_with_the_difference(battery, copy, tmp_path):
    folder = tmp_path / "r"
    done, _, said = ended(begun(copy, "sweep", *SWEEP, f"results={folder}"))
    assert done.returncode == 0, said
    before = digest(folder)
    for name in list(CHANGES)[: battery.trials(SLICE, len(CHANGES))]:
        undo = change(copy, name)
        done, _, said = ended(begun(copy, "resume", str(folder)))
        told = f"{name.replace('configs/region/hunan', 'region')} {CHANGES[name][2]}" in said
        well = done.returncode == 78 and told and digest(folder) == before
        battery.record("F7", well, f"{name}: {done.returncode} {said}")
        undo()
    change(copy, "sim/quarter.py")
    done, _, said = ended(begun(copy, "resume", str(folder), "--fork", str(tmp_path / "new")))
    forked = done.returncode == 0 and digest(folder) == before != digest(tmp_path / "new")
    battery.record("F7", forked, f"fork: {said}")


def test_a_change_while_a_sweep_runs_stops_it_at_the_next_worker(battery, copy, tmp_path):
    """A worker that is started after the change would compute something else under the old name."""
    folder = tmp_path / "r"
    process = begun(copy, "sweep", "replications=200", *SWEEP[::2], f"results={folder}", TOY_PAUSE="0.1")
    wait_for(lambda: last_beat(folder)["done"] > 2)
    change(copy, "sim/quarter.py")
    time.sleep(0.1)
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)
    done, _, said = ended(process)
    told = "are not those that the sweep began with" in said and "--fork" in said
    battery.record("F7", done.returncode == 78 and told, said)
