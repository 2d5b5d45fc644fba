"""Bytes that are written once and read where they are wanted: they take no memory till then."""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

BUFFER = 1 << 18
"""Bytes that wait in memory before they are written to the file."""
_PREAD = hasattr(os, "pread")


class Scratch:
    """A file that grows at its end; what the disk has no room for stays in memory.

    Copies of this process can read it too, once nobody writes any more.
    """

    def __init__(self, file: BinaryIO | None, size: int = 0) -> None:
        """Take an open file, which has `size` bytes; one that grows has no buffer of its own."""
        self._file = file
        self._in_file = size
        self._has_room = True
        self._tail = bytearray()
        if file is not None:
            os.set_inheritable(file.fileno(), True)  # a process that is a copy keeps it open
            weakref.finalize(self, file.close)

    @classmethod
    def empty(cls, folder: Path | None) -> Scratch:
        """Return an empty one, without a name: in `folder`, or where the system has such files."""
        from tempfile import TemporaryFile

        for place in (folder, None):
            with suppress(OSError):
                if place is not None:
                    place.mkdir(parents=True, exist_ok=True)
                return cls(TemporaryFile(buffering=0, dir=place))
        return cls(None)

    def __len__(self) -> int:
        return self._in_file + len(self._tail)

    def append(self, data: bytes) -> int:
        """Add bytes and return where they begin."""
        start = len(self)
        self._tail += data
        if len(self._tail) > BUFFER and self._file is not None and self._has_room:
            try:
                self._file.seek(self._in_file)
                written = self._file.write(self._tail)
            except OSError:
                self._has_room = False
            else:
                del self._tail[:written]
                self._in_file += written
        return start

    def read(self, start: int, size: int) -> bytes:
        """Return what was added from `start` on, so many bytes."""
        if start >= self._in_file:
            start -= self._in_file
            return bytes(self._tail[start : start + size])
        assert self._file is not None
        inside = min(size, self._in_file - start)
        if _PREAD:  # two processes may read at once
            data = os.pread(self._file.fileno(), inside, start)
        else:
            self._file.seek(start)
            data = self._file.read(inside)
        return data + self._tail[: size - inside]

    def pieces(self, end: int) -> Iterator[bytes]:
        """Yield all that comes before `end`, piece by piece."""
        for start in range(0, end, BUFFER):
            yield self.read(start, min(BUFFER, end - start))
