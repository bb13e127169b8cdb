"""How a command ends: the exit codes and the errors that carry them."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of every verb."""

    OK = 0
    SOME_FAILED = 1
    BAD_INPUT = 2
    CORRUPT = 65
    IO = 74
    HELD = 75
    DIFFERS = 78
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


class Stop(Exception):
    """A reason to end that is told in one line, without a traceback."""

    code = Exit.BAD_INPUT


class CorruptData(Stop):
    """A file of results is not what was sealed."""

    code = Exit.CORRUPT


class CannotWrite(Stop):
    """The results folder, or a file in it, cannot be written."""

    code = Exit.IO


class InTheWay(CannotWrite):
    """A link, pipe, device or folder stands where a file of ours belongs, or a link where a folder does."""


class FolderHeld(Stop):
    """Another sweep is writing to the folder."""

    code = Exit.HELD


class FolderDiffers(Stop):
    """The folder was computed with other sources or data."""

    code = Exit.DIFFERS


class ModelDiffers(Stop):
    """A posterior was made with another model."""

    code = Exit.DIFFERS


class Interrupted(Stop):
    """Ctrl-C, SIGTERM or a closed terminal: what was done is sealed."""

    def __init__(self, message: str, code: Exit) -> None:
        super().__init__(message)
        self.code = code
