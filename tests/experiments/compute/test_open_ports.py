"""A sweep on a cluster listens on the loopback interface alone, serves no page and knows no strangers."""

import os
import re
import ssl
import stat
from contextlib import ExitStack, contextmanager

import psutil
import pytest
from loopback import (
    certificates,
    engine,
    killed,
    sanxiang,
    scheduler,
    slurm,
    started,
    sweep_command,
    wait_for,
    worker,
)

from experiments.__main__ import main
from experiments.compute.engines import certificates as certificates_command
from experiments.compute.engines import trust
from experiments.plan.settings import ExecutorSettings
from experiments.store.heartbeat import last_beat
from scenarios.values.errors import InputError

SWEEP = ("scenario=plan", "replications=40")
WEB = 8787


@contextmanager
def at_work(folder, *words, **settings):
    """A sweep that is computing: its process."""
    process = started(
        *sweep_command("sweep", *SWEEP, f"results={folder / 'r'}", *words), TOY_PAUSE="0.3", **settings
    )
    try:
        wait_for(lambda: (last_beat(folder / "r") or {}).get("done", 0) > 0)
        yield process
    finally:
        killed(process)


def family(pid):
    """A process and all that it has started."""
    found = psutil.Process(pid)
    return [found, *found.children(recursive=True)]


def doors(*pids):
    """(address, port) of everything that these processes and their children listen on."""
    found = set()
    for process in (one for pid in pids for one in family(pid)):
        try:
            sockets = process.net_connections("inet")
        except psutil.Error:  # ended meanwhile
            continue
        found |= {tuple(one.laddr) for one in sockets if one.status == psutil.CONN_LISTEN}
    return found


def assert_closed(found):
    """Something listens, all of it on loopback, nothing on the port of Dask's pages, nothing to strangers."""
    assert found
    assert {address for address, _ in found} == {"127.0.0.1"}
    assert WEB not in {port for _, port in found}
    for _, port in found:
        assert answers(port, None) == answers(port, other()) == "refused"


def other():
    """A certificate of somebody else."""
    return trust.own_security()


def answers(port, security):
    """What a scheduler or worker says to a stranger who asks who it is."""
    import asyncio

    from distributed.comm import connect

    async def ask():
        kind = "tcp" if security is None else "tls"
        args = security.get_connection_args("client") if security is not None else {}
        comm = await connect(f"{kind}://127.0.0.1:{port}", timeout=5, **args)
        await comm.write({"op": "identity", "reply": True})
        return await comm.read()

    try:
        return asyncio.run(asyncio.wait_for(ask(), 10))
    except (OSError, TimeoutError):
        return "refused"


def test_a_cluster_of_the_sweeps_own_is_closed(tmp_path):
    with at_work(tmp_path, "executor=dask", "executor.workers=1") as sweep:
        assert_closed(doors(sweep.pid))


def test_a_scheduler_for_slurm_and_its_jobs_are_closed_and_say_so(tmp_path):
    commands = slurm(tmp_path / "slurm")
    settings = {"PATH": f"{commands}:{os.environ['PATH']}", "XDG_CACHE_HOME": str(tmp_path / "cache")}
    with at_work(tmp_path, "executor=slurm", "executor.workers=1", **settings) as sweep:
        jobs = [int(job) for job in (commands / "jobs").read_text().split()]
        assert_closed(doors(sweep.pid, *jobs))
        (folder,) = (tmp_path / "cache" / "sanxiang").glob("tls-*")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
        script = next(commands.glob("submitted.*")).read_text()
        assert "PRIVATE KEY" not in script
        assert f"--tls-key {folder / trust.KEY}" in script
        for job in jobs:
            for one in family(job):
                one.kill()


def test_the_certificates_of_jobs_are_gone_with_the_sweep(tmp_path):
    commands = slurm(tmp_path / "slurm")
    done = sanxiang(
        "sweep", "scenario=plan", "replications=2", f"results={tmp_path / 'r'}", "executor=slurm",
        "executor.workers=1", PATH=f"{commands}:{os.environ['PATH']}", XDG_CACHE_HOME=str(tmp_path / "cache"),
    )  # fmt: skip
    assert (done.returncode, "listens on this machine alone" in done.stderr) == (0, True), done.stderr
    assert not list((tmp_path / "cache" / "sanxiang").glob("tls-*"))


def test_a_scheduler_and_a_worker_started_as_the_page_says_are_closed(tmp_path):
    with ExitStack() as stack:
        process, address = stack.enter_context(scheduler(tmp_path))
        joined = stack.enter_context(worker(address, tmp_path / "a", TOY_PAUSE="0.3"))
        stack.enter_context(at_work(tmp_path, *engine(address, tmp_path)))
        assert address.startswith("tls://")
        assert_closed(doors(process.pid, joined.pid))


def test_with_the_certificate_a_scheduler_answers(tmp_path):
    with scheduler(tmp_path) as (_, address):
        port = int(address.rpartition(":")[2])
        assert answers(port, trust.security_of(certificates(tmp_path)))["type"] == "Scheduler"


def test_the_certificate_may_stand_in_dasks_own_configuration(tmp_path):
    with scheduler(tmp_path) as (_, address), worker(address, tmp_path / "a"):
        words = ["scenario=plan", "replications=2", f"results={tmp_path / 'r'}"]
        done = sanxiang(
            "sweep", *words, "executor=dask", f"executor.address={address}",
            DASK_CONFIG=str(certificates(tmp_path) / certificates_command.CONFIGURATION),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["executor.address=tls://127.0.0.1:9"], 2, "needs executor.certificates=FOLDER"),
        (["executor.address=tcp://127.0.0.1:9"], 2, "without TLS anybody could run code here"),
        (["executor.address=tls://127.0.0.1:9", "executor.certificates=/nowhere"], 2, "key.pem: cannot"),
    ],
)  # fmt: skip
def test_an_address_without_a_certificate_is_refused_in_one_line(tmp_path, capsys, words, code, said):
    ended = main(["sweep", "scenario=plan", f"results={tmp_path / 'r'}", "executor=dask", *words])
    told = capsys.readouterr().err
    assert (ended, len(told.splitlines())) == (code, 1), told
    assert said in told


def test_a_scheduler_with_another_certificate_is_refused_in_one_line(tmp_path):
    (tmp_path / "other").mkdir()
    with scheduler(tmp_path / "other") as (_, address):
        done = sanxiang("sweep", *SWEEP, f"results={tmp_path / 'r'}", *engine(address, tmp_path))
    assert (done.returncode, "Traceback" in done.stderr) == (74, False), done.stderr
    assert "no scheduler answers" in done.stderr


def test_an_interface_that_this_machine_has_not_is_refused_in_one_line(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", f"{slurm(tmp_path / 'slurm')}:{os.environ['PATH']}")
    words = [f"results={tmp_path / 'r'}", "executor=slurm", "executor.interface=ib7"]
    ended = main(["sweep", "scenario=plan", *words])
    told = capsys.readouterr().err
    assert (ended, len(told.splitlines())) == (2, 1), told
    assert re.search("executor.interface is 'ib7'; this machine has .*lo", told)


# --- certificates ----------------------------------------------------------------------------------------


def test_certificates_are_for_their_owner_alone_and_replace_nothing(tmp_path, capsys):
    folder = tmp_path / "tls"
    assert certificates_command.main([str(folder)]) == 0
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert certificates_command.main([str(folder)]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("words", [[], ["a", "b"], ["--help"], ["/proc/nowhere"]])
def test_a_folder_that_cannot_take_certificates_is_told_in_one_line(words, capsys):
    assert certificates_command.main(words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_key_that_others_may_read_is_refused(tmp_path):
    folder = certificates(tmp_path)
    (folder / trust.KEY).chmod(0o640)
    with pytest.raises(InputError, match="may be read by others"):
        trust.security_of(folder)


@pytest.mark.parametrize("name", [trust.AUTHORITY, trust.CERTIFICATE, trust.KEY])
def test_a_certificate_that_is_none_is_refused(tmp_path, name):
    folder = certificates(tmp_path)
    (folder / name).write_text("nothing of the kind")
    with pytest.raises(InputError, match="holds no certificate that can be used"):
        trust.security_of(folder)


def test_the_folder_of_certificates_may_begin_at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = ExecutorSettings(kind="dask", certificates="~/tls")
    assert settings.certificates_folder == tmp_path / "tls"


def test_both_sides_have_to_show_a_certificate(tmp_path):
    security = trust.security_of(certificates(tmp_path))
    for role in trust.ROLES:
        assert security.get_connection_args(role)["ssl_context"].verify_mode == ssl.CERT_REQUIRED
    for role in ("scheduler", "worker"):
        assert security.get_listen_args(role)["ssl_context"].verify_mode == ssl.CERT_REQUIRED
