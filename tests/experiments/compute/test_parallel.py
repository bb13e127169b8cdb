"""Work in several processes ends with the program, not when its processes have waited long enough."""

import subprocess
import sys

import numpy as np
import pytest

from experiments.compute.parallel import in_parallel
from experiments.plan import patience

PROGRAM = """
import experiments.__main__ as command
from experiments.compute.parallel import in_parallel

def verb():
    print(in_parallel(abs, [1, -2, 3], workers=2))
    return 0

command.main = verb
command.program()
"""


def test_results_come_in_the_order_of_the_items():
    assert in_parallel(abs, [3, -1, 2], workers=1) == [3, 1, 2]


def test_whoever_reads_the_output_of_a_verb_is_not_kept_waiting_by_its_workers():
    """They would hold the output open for another five minutes."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (0, "[1, 2, 3]\n")


@pytest.mark.parametrize(
    ("ends", "code"), [("raise ZeroDivisionError", 1), ("raise KeyboardInterrupt", -2), ("return 3", 3)]
)
def test_a_verb_ends_when_it_is_done_however_it_ends(ends, code):
    """Also after an error that nobody foresaw: five minutes of waiting would follow its traceback."""
    program = PROGRAM.replace("return 0", ends)
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout == "[1, 2, 3]\n"
    assert (done.returncode, "Traceback" in done.stderr) == (code, code != 3)


def test_how_far_it_is_is_told_once_a_minute(monkeypatch, capsys):
    now = [0.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])

    def slow(item):
        now[0] += 40.0
        return item

    assert in_parallel(slow, range(5), workers=1) == [0, 1, 2, 3, 4]
    assert capsys.readouterr().err.split("\n")[-3:] == [
        "2 of 5 done, about 2 min left",
        "4 of 5 done, about 40 s left",
        "",
    ]


def test_a_large_array_is_the_workers_own():
    """Joblib would send it as a file mapped for reading: a model could not go on from there."""
    sent = [np.zeros(300_000), np.zeros(300_000)]
    assert in_parallel(lambda array: array.flags.writeable, sent, workers=2) == [True, True]
