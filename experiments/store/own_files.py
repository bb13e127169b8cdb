"""The only way in which files are opened, made, replaced, moved and removed: links are never followed.

    folder = OwnPath("results/shipped")                  # as the user typed it; may itself be a link
    (folder / "chunks").make()                           # below it, only real folders and plain files count
    (folder / "chunks" / "a.json").write(b"...")         # whole or not at all, flushed to disk
    own("figure.svg").write(b"...")                      # a file that the user named, by way of links or not

Every step below the root is taken from the handle of the folder above, so a folder that is exchanged for a
link meanwhile is noticed too. A link, pipe, device or socket in the place of a file is an error (InTheWay)
and is neither opened nor replaced; opening never waits. Names of half-written files are random and new.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from os import fdopen
from pathlib import Path

from experiments.exits import CannotWrite, InTheWay

PART = re.compile(r"\.sanxiang-[0-9a-f]{16}\.part")
"""How a half-written file is called."""
SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
KINDS = {
    stat.S_IFREG: "file",
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "link",
    stat.S_IFIFO: "pipe",
    stat.S_IFSOCK: "socket",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
}


@dataclass(frozen=True, order=True)
class OwnPath:
    """A folder that the user named and the way down from it, of which no step may be a link."""

    root: Path
    parts: tuple[str, ...] = ()

    def __truediv__(self, name: str) -> OwnPath:
        if name in ("", ".", "..") or "/" in name or "\0" in name:
            raise ValueError(f"{name!r} is no name of a file")
        return OwnPath(self.root, (*self.parts, name))

    def __str__(self) -> str:
        return str(self.path)

    @property
    def path(self) -> Path:
        """The path for messages; whoever opens it follows links."""
        return Path(self.root, *self.parts)

    @property
    def name(self) -> str:
        """The last step."""
        return self.parts[-1] if self.parts else self.root.name

    @property
    def stem(self) -> str:
        """The last step without its suffix."""
        return self.path.stem

    @property
    def parent(self) -> OwnPath:
        """The folder above; the root has none that would be ours."""
        if not self.parts:
            raise ValueError(f"{self} is the root")
        return OwnPath(self.root, self.parts[:-1])

    def kind(self) -> str | None:
        """What is there: file, folder, link, pipe, socket or device; None where nothing is.

        Raises: InTheWay when a step above is no real folder.
        """
        try:
            if not self.parts:
                return _kind(os.stat(self.root))
            with self.parent._handle() as above:
                return _kind(os.lstat(self.name, dir_fd=above))
        except (FileNotFoundError, NotADirectoryError):
            return None

    def exists(self, wanted: str = "file") -> bool:
        """Whether there is a plain file, or a real folder.

        Raises: InTheWay when there is something else.
        """
        kind = self.kind()
        if kind not in (None, wanted):
            raise InTheWay(_in_the_way(self, kind, wanted))
        return kind is not None

    def names(self) -> list[str]:
        """The names of what the folder holds, in order; none where there is no folder.

        Raises: InTheWay when it is no real folder.
        """
        try:
            with self._handle() as handle:
                return sorted(os.listdir(handle))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def make(self) -> None:
        """Make the folder and those above it, where they are missing; their names are flushed to disk.

        Raises: CannotWrite, InTheWay.
        """
        try:
            if not self.parts:
                _make_root(self.root)
            elif self.kind() != "folder":
                self.parent.make()
                self._make_here()
        except OSError as error:
            raise CannotWrite(f"cannot write the folder {self}: {error.strerror}") from None

    def _make_here(self) -> None:
        with self.parent._handle() as above:
            with suppress(FileExistsError):
                os.mkdir(self.name, dir_fd=above)
            os.fsync(above)
        with self._handle():
            pass  # it is a real folder, whoever made it

    def read(self) -> bytes:
        """The bytes of the file.

        Raises: OSError (FileNotFoundError where it is missing), InTheWay when it is no plain file.
        """
        with self.opened(os.O_RDONLY) as handle, open(handle, "rb", closefd=False) as file:
            return file.read()

    def size(self) -> int:
        """Bytes of the file; 0 where it is missing."""
        try:
            with self.parent._handle() as above:
                return os.lstat(self.name, dir_fd=above).st_size
        except FileNotFoundError:
            return 0

    def write(self, content: bytes, durable: bool = True) -> None:
        """Write the whole file or nothing, in a folder that exists; `durable`: it outlives a loss of power.

        Raises: CannotWrite with the path and the number of bytes; InTheWay when what is there is no file.
        """
        try:
            with self.parent._handle() as above:
                self._refuse_no_file(above)
                aside = _written_aside(above, content, durable)
                with _removed_on_failure(above, aside):
                    os.replace(aside, self.name, src_dir_fd=above, dst_dir_fd=above)
                if durable:
                    os.fsync(above)
        except OSError as error:
            raise CannotWrite(f"cannot write {self} ({len(content):,} bytes): {error.strerror}") from None

    def remove(self) -> None:
        """Remove the file, if it is there.

        Raises: OSError, InTheWay when it is no plain file.
        """
        with suppress(FileNotFoundError), self.parent._handle() as above:
            self._refuse_no_file(above)
            os.unlink(self.name, dir_fd=above)

    def move_into(self, folder: OwnPath) -> OwnPath:
        """Move the file into another folder, beside and never over what is there; where it is now.

        Raises: OSError, InTheWay when it is no plain file.
        """
        with self.parent._handle() as above, folder._handle() as below:
            self._refuse_no_file(above)
            name = _free_name(self.name, set(os.listdir(below)))
            os.rename(self.name, name, src_dir_fd=above, dst_dir_fd=below)
        return folder / name

    def rename(self, name: str) -> OwnPath:
        """Give the file or folder, or what else is there, a name beside it that is free; where it is now.

        Raises: OSError.
        """
        with self.parent._handle() as above:
            os.rename(self.name, name, src_dir_fd=above, dst_dir_fd=above)
        return self.parent / name

    def remove_empty(self) -> bool:
        """Remove the folder if it holds nothing; whether that was so."""
        with suppress(OSError), self.parent._handle() as above:
            os.rmdir(self.name, dir_fd=above)
            return True
        return False

    @contextmanager
    def opened(self, flags: int) -> Iterator[int]:
        """The handle of the plain file, opened without following a link or waiting; closed at the end.

        Raises: OSError, InTheWay when it is no plain file.
        """
        with self.parent._handle() as above:
            self._refuse_no_file(above)  # opening a device may already do something
            handle = os.open(self.name, flags | SAFE, 0o666, dir_fd=above)
        try:
            kind = _kind(os.fstat(handle))
            if kind != "file":
                raise InTheWay(_in_the_way(self, kind, "file"))
            yield handle
        finally:
            os.close(handle)

    @contextmanager
    def _handle(self) -> Iterator[int]:
        """The handle of the folder, reached without a link below the root."""
        handle = os.open(self.root, FOLDER)
        try:
            for depth, part in enumerate(self.parts, 1):
                below = self._step(handle, part, depth)
                os.close(handle)
                handle = below
            yield handle
        finally:
            os.close(handle)

    def _step(self, handle: int, part: str, depth: int) -> int:
        try:
            return os.open(part, FOLDER | os.O_NOFOLLOW, dir_fd=handle)
        except OSError as error:
            if error.errno not in (errno.ELOOP, errno.ENOTDIR):
                raise
            kind = _kind(os.lstat(part, dir_fd=handle))
            raise InTheWay(_in_the_way(OwnPath(self.root, self.parts[:depth]), kind, "folder")) from None

    def _refuse_no_file(self, above: int) -> None:
        with suppress(FileNotFoundError):
            kind = _kind(os.lstat(self.name, dir_fd=above))
            if kind != "file":
                raise InTheWay(_in_the_way(self, kind, "file"))


def own(path: OwnPath | Path | str) -> OwnPath:
    """A file that the user named: links on the way to it are theirs, one in its own place is refused.

    Raises: CannotWrite for what cannot be the name of a file.
    """
    if isinstance(path, OwnPath):
        return path
    path = Path(path)
    if path.name in ("", "..") or "\0" in path.name:
        raise CannotWrite(f"{str(path)!r} is no name of a file")
    return OwnPath(path.parent) / path.name


def is_half_written(name: str) -> bool:
    """Whether a file of that name is one that we had begun to write."""
    return PART.fullmatch(name) is not None


def _kind(about: os.stat_result) -> str:
    return KINDS.get(stat.S_IFMT(about.st_mode), "device")


def _in_the_way(path: OwnPath, kind: str | None, wanted: str) -> str:
    behind = ", and links are not followed" if kind == "link" else ""
    return f"{path} is a {kind} and no {wanted}{behind}; it was left as it is"


def _make_root(root: Path) -> None:
    if root.is_dir():
        return
    root.mkdir(parents=True, exist_ok=True)
    with OwnPath(root.parent)._handle() as above:
        os.fsync(above)


def _written_aside(above: int, content: bytes, durable: bool) -> str:
    """A new file with the content, under a name that nobody can know; the name."""
    aside = f".sanxiang-{secrets.token_hex(8)}.part"
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE, 0o666, dir_fd=above)
    with _removed_on_failure(above, aside), fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())
    return aside


@contextmanager
def _removed_on_failure(above: int, aside: str) -> Iterator[None]:
    try:
        yield
    except BaseException:
        os.unlink(aside, dir_fd=above)
        raise


def _free_name(name: str, taken: set[str]) -> str:
    """The name, with a number behind it where it is taken."""
    number, free = 1, name
    while free in taken:
        number, free = number + 1, f"{name}.{number + 1}"
    return free
