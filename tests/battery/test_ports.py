"""S3: open ports: whatever a sweep on a cluster opens, and whoever knocks, at any moment of it."""

import os
import signal
import socket
import ssl
import time

import pytest
from loopback import killed, slurm, started, sweep_command, wait_for
from test_open_ports import doors

KNOCKS = {
    "http": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "zeros": b"\x00" * 64, "noise": bytes(range(256)) * 40,
}  # fmt: skip


def answered(port, said):
    """What a door says to a stranger, in the open and under TLS with no certificate."""
    heard = b""
    stranger = ssl._create_unverified_context()
    for wrap in (lambda plain: plain, stranger.wrap_socket):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=3) as plain, wrap(plain) as connection:
                connection.settimeout(1)
                connection.sendall(said)
                heard += connection.recv(1000)
        except OSError:
            continue
    return heard


def jobs(commands):
    """Process ids of the jobs that were submitted."""
    submitted = commands / "jobs"
    return [int(job) for job in submitted.read_text().split()] if submitted.exists() else []


def alive(*pids):
    return [pid for pid in pids if os.path.exists(f"/proc/{pid}")]


@pytest.mark.parametrize("engine", ["dask", "slurm"])
def test_every_door_at_every_moment(battery, tmp_path, engine):
    commands = slurm(tmp_path / "slurm")
    words = ["scenario=plan", "replications=30", f"results={tmp_path / 'r'}", f"executor={engine}"]
    settings = {"PATH": f"{commands}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    process = started(*sweep_command("sweep", *words, "executor.workers=1"), TOY_PAUSE="0.3", **settings)
    try:
        seen = set()
        wait_for(lambda: doors(process.pid))
        for _ in range(battery.trials(12, 60)):
            found = doors(*alive(process.pid, *jobs(commands)))
            battery.record(
                "S3", all(a == "127.0.0.1" and port != 8787 for a, port in found), f"{engine} {found}"
            )
            for _, port in found - seen:
                for name, said in KNOCKS.items():
                    heard = answered(port, said)
                    battery.record(
                        "S3", b"HTTP" not in heard and b"compression" not in heard, f"{name}: {heard}"
                    )
            seen |= found
            time.sleep(0.5)
        battery.record("S3", bool(seen), f"{engine} opened nothing")
    finally:
        killed(process)
        for job in alive(*jobs(commands)):
            os.killpg(job, signal.SIGKILL)
