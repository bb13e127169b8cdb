"""`sanxiang explore` as a process: where it listens, what it says, how it ends."""

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from experiments.__main__ import main
from experiments.command.explore import BEYOND

ROOT = Path(__file__).parents[3]


@contextmanager
def explored(folder, *words):
    """A running page: its process, the address it prints and a file of its messages."""
    told = folder / "told"
    command = [
        sys.executable,
        "-m",
        "experiments",
        "explore",
        "--no-browser",
        "--port",
        "0",
        "--workers",
        "1",
    ]
    with told.open("wb") as errors:
        process = subprocess.Popen(
            [*command, "--results", str(folder / "r"), *words],
            stdout=subprocess.PIPE, stderr=errors, text=True, cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
    try:
        line = process.stdout.readline()
        yield process, re.search(r"http://\S+", line)[0], told
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def got(address):
    """What is served there."""
    with urlopen(address, timeout=120) as answer:
        return answer.read()


def doors(pid):
    """(address, port) of everything that a process and those it started listen on."""
    found = psutil.Process(pid)
    every = [found, *found.children(recursive=True)]
    sockets = [one for process in every for one in process.net_connections("inet")]
    return {tuple(one.laddr) for one in sockets if one.status == psutil.CONN_LISTEN}


def test_the_page_listens_on_loopback_alone_and_elsewhere_it_says_so(tmp_path):
    with explored(tmp_path) as (process, address, told):
        port = int(re.search(r":(\d+)/", address)[1])
        assert b"sanxiang" in got(address)
        assert doors(process.pid) == {("127.0.0.1", port)} and told.read_text() == ""
    with explored(tmp_path, "--host", "0.0.0.0") as (process, address, told):
        port = int(re.search(r":(\d+)/", address)[1])
        assert doors(process.pid) == {("0.0.0.0", port)}
        assert told.read_text().strip() == BEYOND.format("0.0.0.0", port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_page_and_all_its_workers(tmp_path, number):
    with explored(tmp_path) as (process, address, told):
        got(address)
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(number)
        assert process.wait(timeout=120) == 0
        _, alive = psutil.wait_procs(family, timeout=60)
        assert alive == [] and "Traceback" not in told.read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--port", "70000"], "--port 70000 is not a whole number from 0 to 65,535"),
        (["--port", "x"], "invalid int value"),
        (["--workers", "0"], "--workers 0 is not a whole number from 1 on"),
        (["somewhere"], "unrecognized arguments"),
    ],
)
def test_bad_words_are_one_line(words, said, capsys):
    assert main(["explore", *words]) == 2
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 1 and said in told[0]


def test_without_its_library_the_verb_says_what_installs_it(monkeypatch, capsys):
    monkeypatch.setattr("experiments.command.explore.find_spec", lambda name: None)
    assert main(["explore", "--no-browser"]) == 2
    assert "pip install 'sanxiang[explore]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_told(tmp_path):
    with explored(tmp_path) as (_, address, _told):
        port = re.search(r":(\d+)/", address)[1]
        command = [sys.executable, "-m", "experiments", "explore", "--no-browser", "--port", port]
        here = os.environ | {"PYTHONPATH": str(ROOT)}
        ended = subprocess.run(command, check=False, cwd=tmp_path, env=here, capture_output=True, text=True)
    assert ended.returncode == 74 and "in use" in ended.stderr and "Traceback" not in ended.stderr
