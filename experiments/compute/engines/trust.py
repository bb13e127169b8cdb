"""Who may talk to whom: everything that passes between a sweep and its workers goes through TLS.

Whoever can talk to a scheduler of Dask can run code in all that have joined it. So each side has to show the
certificate of the sweep or of the cluster, and close connections without it before a word is read. A sweep
that starts its own scheduler makes a certificate for itself alone.
"""

from __future__ import annotations

import os
import ssl
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import Any

from scenarios.values.errors import InputError

AUTHORITY, CERTIFICATE, KEY = "ca.pem", "certificate.pem", "key.pem"
ROLES = ("client", "scheduler", "worker")
PRELOAD = "experiments.compute.engines.no_web_server"
LOOPBACK = "127.0.0.1"


def own_security() -> Any:
    """A certificate for one sweep, which is never written to a disk."""
    if find_spec("cryptography") is None:
        raise InputError("cryptography is not installed; pip install 'sanxiang[cluster]' adds it")
    from distributed.security import Security

    return Security.temporary()


def security_of(folder: Path) -> Any:
    """The certificate in a folder made by certificates.py, for each role.

    Raises: InputError when a file is missing or is none, or when others may read the key.
    """
    from distributed.security import Security

    authority, certificate, key = (str(folder / name) for name in (AUTHORITY, CERTIFICATE, KEY))
    files = {f"tls_{role}_cert": certificate for role in ROLES} | {f"tls_{role}_key": key for role in ROLES}
    refuse_open_key(folder / KEY)
    try:
        ssl.create_default_context(cafile=authority).load_cert_chain(certificate, key)
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise InputError(f"{folder} holds no certificate that can be used: {error}") from None
    return Security(require_encryption=True, tls_ca_file=authority, **files)


def security_of_dask() -> Any:
    """The certificate that Dask's own configuration names.

    Raises: InputError when it names none.
    """
    from distributed.security import Security

    try:
        security = Security()
        known = security.get_connection_args("client").get("ssl_context")
    except (OSError, ValueError) as error:
        raise InputError(f"the certificate named in Dask's configuration cannot be used: {error}") from None
    if known is None:
        raise InputError(
            "executor.address needs executor.certificates=FOLDER, or distributed.comm.tls in Dask's own "
            "configuration: see docs/CLUSTER.md"
        )
    return security


def refuse_open_key(key: Path) -> None:
    """Refuses a secret that is none. Raises: InputError."""
    try:
        found = key.stat()
    except OSError as error:
        raise InputError(f"{key}: cannot be read: {error.strerror}") from None
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{key}: cannot be read: not a file")
    if found.st_mode & 0o077:
        raise InputError(
            f"{key} may be read by others; make new certificates, or chmod 600 it if nobody has read it"
        )


def write_certificates(folder: Path) -> None:
    """Make a certificate and write it into a new or empty folder that nobody else may enter.

    Raises: InputError when the folder cannot be made or holds something.
    """
    security = own_security()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise InputError(f"{folder} is not empty")
        folder.chmod(0o700)
        for name, text in (
            (AUTHORITY, security.tls_ca_file),
            (CERTIFICATE, security.tls_scheduler_cert),
            (KEY, security.tls_scheduler_key),
        ):
            write_private(folder / name, text)
    except OSError as error:
        raise InputError(f"cannot write certificates into {folder}: {error.strerror}") from None


def write_private(path: Path, text: str) -> None:
    """Write a new file that nobody else may read; nothing that is there is followed or replaced."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)


@contextmanager
def certificates_for_jobs() -> Iterator[Path]:
    """A folder of certificates in the cache of this account, where its jobs on other machines find them.

    It is gone when the block ends.
    """
    parent = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sanxiang"
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix="tls-", dir=parent))
    except OSError as error:
        raise InputError(f"cannot write certificates into {parent}: {error.strerror}") from None
    try:
        write_certificates(folder)
        yield folder
    finally:
        rmtree(folder, ignore_errors=True)


@contextmanager
def no_web_server() -> Iterator[None]:
    """Nothing of Dask's that starts inside the block serves HTTP; a notebook's own clusters do as before."""
    from distributed.node import ServerNode

    node: Any = ServerNode
    before = node.start_http_server
    node.start_http_server = serve_nothing
    try:
        yield
    finally:
        node.start_http_server = before


def serve_nothing(*_: Any, **__: Any) -> None:
    """In place of a start of a web server: listens nowhere."""
