"""A file that grows beside the one it will become, and survives the process that writes it."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha1
from pathlib import Path

from wikimend.errors import PageError, Place, UsageError
from wikimend.store.files import reason

_LONGEST = 200
"""Bytes of a name, to which something is still added."""


def beside(path: Path, what: str) -> Path:
    """Return the hidden file that belongs to `path`: `.name.wikimend-what`.

    >>> beside(Path("dumps/a.jsonl"), "part").as_posix()
    'dumps/.a.jsonl.wikimend-part'
    """
    name = path.name
    if len(os.fsencode(name)) > _LONGEST:
        name = sha1(os.fsencode(name), usedforsecurity=False).hexdigest()
    return path.with_name(f".{name}.wikimend-{what}")


def require_plain(path: Path) -> None:
    """Raise UsageError where something is at `path` that no file may replace, such as a device."""
    if path.exists() and not path.is_file():
        raise UsageError("not a plain file", Place(str(path)))


class Part:
    """A file that only grows; a later run may go on at any size that it once had."""

    def __init__(self, path: Path, final: Path, size: int = 0, mode: int = 0o600) -> None:
        """Open the file, cut to `size` bytes; `final` is what the user knows it will become.

        Where there is none yet it is made with `mode`, as far as the user's mask lets it.
        Raises UsageError when it cannot be written, or when another run is at it.
        """
        self.path = path
        """The file."""
        self.size = size
        """Its size in bytes."""
        self._place = Place(str(final))
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), mode)
            self._lock()
            self.cut(size)
        except OSError as error:
            raise UsageError(f"cannot be written: {reason(error)}", self._place) from error

    def _lock(self) -> None:
        try:
            import fcntl
        except ImportError:  # where there is no such lock, runs are trusted not to meet
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise UsageError("another run is writing it", self._place) from error

    def cut(self, size: int) -> None:
        """Take away what stands behind `size` bytes; raises OSError."""
        os.ftruncate(self._file, size)
        os.lseek(self._file, size, os.SEEK_SET)
        self.size = size

    def write(self, data: bytes) -> None:
        """Add `data`; raises PageError when the disk does not take it."""
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
        except OSError as error:
            raise PageError(f"cannot be written: {reason(error)}", self._place) from error
        self.size += len(data)

    def sync(self) -> None:
        """Force all that was written to the disk; raises PageError when that fails."""
        try:
            os.fsync(self._file)
        except OSError as error:
            raise PageError(f"cannot be written: {reason(error)}", self._place) from error

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def replace(path: Path, data: bytes, final: Path) -> None:
    """Write a small file at `path` in one step; `final` is the file that the user knows.

    Raises PageError when that cannot be done.
    """
    new = path.with_name(f"{path.name}-new")
    try:
        with new.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise PageError(f"cannot be written: {reason(error)}", Place(str(final))) from error


def publish(part: Path, path: Path) -> None:
    """Give a part file its name, as a new file of the user; nothing when that was done before.

    Raises PageError when it cannot be done.
    """
    if not part.exists():
        return
    mask = os.umask(0)
    os.umask(mask)
    try:
        part.chmod(0o666 & ~mask)
        part.replace(path)
    except OSError as error:
        raise PageError(f"cannot be written: {reason(error)}", Place(str(path))) from error
