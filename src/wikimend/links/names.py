"""Many texts in few objects: they take little more memory than their bytes.

A process that is copied shares what neither copy writes to, and to look at an object is to write to
it, since its references are counted. Of texts that are an object each, every copy soon has its own;
what is kept here stays shared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from wikimend.links.room import Bytes, Numbers


class Texts:
    """Texts by their numbers, from 0 on."""

    def __init__(self) -> None:
        self._data = Bytes()
        self._starts = Numbers("Q")
        self._sizes = Numbers("I")

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, number: int) -> str:
        start = self._starts.view[number]
        data = self._data.room[start : start + self._sizes.view[number]]
        return data.decode("utf-8", "surrogatepass")

    def append(self, text: str) -> None:
        """Add a text under the next number."""
        self._append(text.encode("utf-8", "surrogatepass"))

    def __setitem__(self, number: int, text: str) -> None:
        """Put another text under a number; the memory of the old one is not given back."""
        self.append(text)
        self._starts[number], self._sizes[number] = self._starts.pop(), self._sizes.pop()

    def _append(self, data: bytes) -> None:
        self._starts.append(self._data.append(data))
        self._sizes.append(len(data))


class Names(Texts, Collection[str]):
    """Texts that are found again: each has a number, from 0 on, in the order in which they came."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        super().__init__()
        self._table = Numbers("I", 64)
        for name in names:
            self.add(name)

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self._starts)))

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not None

    def find(self, name: str) -> int | None:
        """Return the number of a name; None where it is not there."""
        found = self._table.view[self._place(name, name.encode("utf-8", "surrogatepass"))]
        return found - 1 if found else None

    def add(self, name: str) -> int:
        """Return the number of a name, which is there from now on."""
        data = name.encode("utf-8", "surrogatepass")
        place = self._place(name, data)
        found = self._table[place]
        if found:
            return found - 1
        self._append(data)
        count = len(self._starts)
        self._table[place] = count
        if 3 * count > 2 * len(self._table):
            self._grow()
        return count - 1

    def all(self) -> tuple[memoryview, memoryview]:
        """Return what tells these names, in their order, from any others."""
        return self._data.all(), self._sizes.all()

    def _place(self, name: str, data: bytes) -> int:
        """Return where the number of a name, plus 1, stands in the table, or may be put."""
        table, texts = self._table.view, self._data.room
        starts, sizes = self._starts.view, self._sizes.view
        last, size = len(self._table) - 1, len(data)  # the length is a power of two
        place = hash(name) & last
        while number := table[place]:
            number -= 1
            if sizes[number] == size:
                start = starts[number]
                if texts[start : start + size] == data:
                    break
            place = (place + 1) & last
        return place

    def _grow(self) -> None:
        self._table = Numbers("I", 2 * len(self._table))
        table, last = self._table.view, len(self._table) - 1
        for number, name in enumerate(self, 1):
            place = hash(name) & last
            while table[place]:
                place = (place + 1) & last
            table[place] = number
