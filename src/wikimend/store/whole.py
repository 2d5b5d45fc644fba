"""Dumps that are bytes one after another: their size, and a new one put in its place."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wikimend.errors import PageError, Place
from wikimend.store.compression import Reader
from wikimend.store.dump import Dump, Fields, Target
from wikimend.store.files import copy_rights, reason


def unpacked_size(path: Path) -> int:
    """Return how many bytes `path` holds when unpacked; raises PageError when it is damaged."""
    reader = Reader(path)
    try:
        if reader.codec is None:
            return path.stat().st_size
        total = 0
        while data := reader.read():
            total += len(data)
        reader.check()
        return total
    finally:
        reader.close()


@dataclass(frozen=True, slots=True)
class WholeFormat:
    """A kind of dump whose new file is the part file, put in its place."""

    read: Callable[[Path, Fields], Dump]
    """What gives the dump at a path."""
    compressible: bool = True
    """Whether such files come compressed."""

    def open(self, path: Path, fields: Fields) -> Dump:
        """Return the dump at `path`; raises PageError when it cannot be read."""
        return self.read(path, fields)

    def finish(self, source: Path, fields: Fields, target: Target) -> Sequence[PageError]:
        """Put the new dump in its place, with the rights of the file that was there, or `source`.

        Raises PageError when that cannot be done; the part file stays then.
        """
        put(target.part, target.path, source)
        return ()


def put(new: Path, path: Path, source: Path) -> None:
    """Rename `new` to `path`, with the rights of the file that is there, or else of `source`.

    Raises PageError when that cannot be done; `new` stays then.
    """
    try:
        with new.open("rb+") as stream:
            os.fsync(stream.fileno())  # or a power cut could leave the name without the bytes
        take_rights(new, path if path.exists() else source)
        new.replace(path)
    except OSError as error:
        message = f"cannot be written: {reason(error)}"
        raise PageError(message, Place(str(path))) from error


def take_rights(path: Path, model: Path) -> None:
    """Give `path` the owner (where we may) and the mode of `model`; we may always read it."""
    copy_rights(path, model.stat())
    path.chmod(stat.S_IMODE(path.stat().st_mode) | stat.S_IRUSR)
