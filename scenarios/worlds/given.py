"""A world as it is asked for: by the name of one in the region's folder, or by a file of the user's.

A file says what a run is by its content; where it lies does not matter.
"""

from functools import cache
from hashlib import sha256

from scenarios.values.errors import InputError, quoted
from scenarios.values.file_names import at_home
from scenarios.values.yaml_reader import LARGEST_FILE

DEFAULT_WORLD = "as_known_in_august_2021"
"""What was known when the plan was published, in whatever region."""
ENDINGS = (".yaml", ".yml")
DIGITS = 12
"""Of the digest of a file, in what its world is called in tables: as a results folder calls its copy."""


def is_file(world: str) -> bool:
    """Whether a world is given by its file and not by its name."""
    return world.endswith(ENDINGS)


def lasting_world(world: str) -> str:
    """The world as it is found from any working folder: a name as it is, a path in full."""
    return str(at_home(world).resolve()) if is_file(world) else world


def identity_of(world: str) -> str:
    """What of a world is a run's identity: its name, whose content is the region's, or a file's digest.

    Raises:
        InputError: the file cannot be read.
    """
    return f"file:{_digest(world)}" if is_file(world) else world


def world_name(world: str) -> str:
    """What a world is called in tables: its name, or `world.` and the first digits of its file's digest.

    Raises:
        InputError: the file cannot be read.
    """
    return f"world.{_digest(world)[:DIGITS]}" if is_file(world) else world


@cache
def _digest(world: str) -> str:
    path = at_home(world)
    if not path.is_file():
        raise InputError(f"world {quoted(world)}: no such file")
    if path.stat().st_size > LARGEST_FILE:
        raise InputError(f"{path} has {path.stat().st_size:,} bytes; at most {LARGEST_FILE:,}")
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({type(error).__name__})") from None
