"""Asks for runs: a sweep whose results come back as one object."""

from __future__ import annotations

from pathlib import Path

from experiments.answer.sweep import into, swept
from experiments.result.results import Results


def sweep(*overrides: str, fork: Path | str | None = None, quiet: bool = False) -> Results:
    """Run a sweep given in the words of the command line; runs that the folder has are not repeated.

    fork: run into this new folder instead. quiet: no progress.

    Raises: InputError before the first run when a word is wrong; CannotWrite, FolderHeld, FolderDiffers;
    Interrupted when stopped by a signal, with everything done sealed.
    """
    done = swept(into(fork, overrides), quiet=quiet)
    return Results(done.folder, done.id)
