"""Makes the certificates of a cluster of one's own, and a configuration of Dask's that names them.

    python -m experiments.compute.engines.certificates FOLDER

FOLDER/dask.yaml, named by the variable DASK_CONFIG, makes `dask scheduler` and `dask worker` refuse whoever
does not have the files, and open no web server.
"""

import sys
from pathlib import Path

import yaml

from experiments.compute.engines.trust import (
    AUTHORITY,
    CERTIFICATE,
    KEY,
    PRELOAD,
    ROLES,
    write_certificates,
    write_private,
)
from scenarios.values.errors import InputError
from scenarios.values.file_names import at_home

CONFIGURATION = "dask.yaml"


def make(folder: Path) -> Path:
    """Write certificates and configuration into a new folder; the configuration's path.

    Raises: InputError when the folder holds something or cannot be written.
    """
    folder = at_home(folder).absolute()
    write_certificates(folder)
    write_private(folder / CONFIGURATION, yaml.safe_dump(configuration(folder), sort_keys=False))
    return folder / CONFIGURATION


def configuration(folder: Path) -> dict[str, object]:
    """Dask's configuration that uses the certificates of a folder."""
    pair = {"cert": str(folder / CERTIFICATE), "key": str(folder / KEY)}
    tls = {"ca-file": str(folder / AUTHORITY)} | {role: pair.copy() for role in ROLES}
    preload = {"preload": [PRELOAD]}
    comm = {"require-encryption": True, "tls": tls}
    return {"distributed": {"comm": comm, "scheduler": preload, "worker": preload.copy()}}


def main(words: list[str]) -> int:
    """python -m experiments.compute.engines.certificates FOLDER"""
    try:
        if len(words) != 1 or words[0].startswith("-"):
            raise InputError("usage: python -m experiments.compute.engines.certificates FOLDER")
        made = make(Path(words[0]))
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"made {made.parent}: whoever can read it can run code on the cluster; it is valid for a year")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
