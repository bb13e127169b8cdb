"""What asks a sweep to stop is noticed between two runs, but for what its user said to ignore."""

import os
import signal

import pytest

from experiments.compute.interruption import noticed
from experiments.exits import Exit


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_each_way_to_stop_has_its_exit_code(number, code):
    with noticed() as interruption:
        assert not interruption()
        os.kill(os.getpid(), number)
        assert interruption() and interruption.code == Exit(code)


def test_what_was_begun_with_nohup_goes_on_when_the_terminal_is_closed():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with noticed() as interruption:
            os.kill(os.getpid(), signal.SIGHUP)
            assert not interruption()
        assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
