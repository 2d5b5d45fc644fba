"""Numbers and bytes that become many, each kind in memory of its own.

What grows amid other objects leaves holes between them, which stay with the process, and with every
copy of it. Memory of its own goes back to the system as soon as nobody wants it.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from typing import Literal

_LEAST = mmap.PAGESIZE


class Numbers:
    """Numbers by their places, from 0 on: of 4 bytes (`I`), or 8 (`Q`; `q` with a sign)."""

    __slots__ = ("_count", "_kind", "view")

    def __init__(self, kind: Literal["I", "Q", "q"], count: int = 0) -> None:
        """Begin with so many zeros."""
        self._kind: Literal["I", "Q", "q"] = kind
        self._count = count
        size = 4 if kind == "I" else 8
        self.view = memoryview(_room(count * size)).cast(kind)
        """They, with more zeros behind them; another one once some were added."""

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[int]:
        return iter(self.view[: self._count])

    def __getitem__(self, place: int) -> int:
        return self.view[place]

    def __setitem__(self, place: int, number: int) -> None:
        self.view[place] = number

    def append(self, number: int) -> None:
        """Add a number."""
        if self._count == len(self.view):
            larger = memoryview(_room(2 * self.view.nbytes)).cast(self._kind)
            larger[: self._count] = self.view
            self.view = larger
        self.view[self._count] = number
        self._count += 1

    def pop(self) -> int:
        """Take the last number away and return it."""
        self._count -= 1
        last, self.view[self._count] = self.view[self._count], 0
        return last

    def all(self) -> memoryview:
        """Return all of them as they are in memory."""
        return self.view[: self._count].cast("B")


class Bytes:
    """Bytes that grow at their end."""

    __slots__ = ("_size", "room")

    def __init__(self) -> None:
        self._size = 0
        self.room = _room(0)
        """They, with zeros behind them; another one once some were added."""

    def __len__(self) -> int:
        return self._size

    def append(self, data: bytes) -> int:
        """Add bytes and return where they begin."""
        start, end = self._size, self._size + len(data)
        if end > len(self.room):
            larger = _room(max(end, 2 * len(self.room)))
            larger[:start] = self.room[:start]
            self.room = larger
        self.room[start:end] = data
        self._size = end
        return start

    def all(self) -> memoryview:
        """Return all of them as they are in memory."""
        return memoryview(self.room)[: self._size]


def _room(size: int) -> mmap.mmap:
    """Return memory for so many bytes, all of them 0; what is not written to is not taken."""
    size = max(size, _LEAST)
    if not hasattr(mmap, "MAP_PRIVATE"):  # Windows, where no process is a copy
        return mmap.mmap(-1, size)
    return mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
