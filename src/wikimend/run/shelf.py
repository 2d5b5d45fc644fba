"""What is known of the pages of a wiki: on the disk, a line each, and of that little in memory."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from wikimend.links import facts, frontmatter, surface
from wikimend.links.facts import Facts, names_from
from wikimend.links.names import Names, Texts
from wikimend.links.room import Bytes, Numbers
from wikimend.links.surface import Surface
from wikimend.run.columns import Column, Records, Some
from wikimend.run.scratch import Scratch

_Record = TypeVar("_Record")

_encode = json.encoder.encode_basestring_ascii
_decode = json.JSONDecoder().raw_decode

Made = tuple[str, str, str, str, str, str]
"""What is made of the content of a page: the fields of an entry from `anchors` to `facts`."""


class Entry(NamedTuple):
    """What is known of one page, told by the page alone."""

    path: str
    """Its path from the top."""
    size: int
    """Its size in bytes when it was read."""
    changed: int
    """When it had been changed, in nanoseconds; 0 where that cannot be told apart."""
    digest: str
    """What tells its content from any other."""
    anchors: str
    """All that a fragment may name on it, put together."""
    surface: str
    """What else other pages can rest on, as JSON."""
    called: str
    """What it says of its names, as JSON; empty where it says nothing."""
    rooted: str
    """Its destinations that count from the root, as JSON; empty for none."""
    wanted: str
    """What its links want, as JSON."""
    facts: str
    """Its facts, as JSON."""

    @property
    def shown(self) -> tuple[str, str]:
        """All that other pages can rest on."""
        return self.anchors, self.surface

    def line(self) -> bytes:
        """Return the entry as a line."""
        path, size, changed, digest, anchors, *rest = self
        words = (_encode(path), str(size), str(changed), digest, _encode(anchors), *rest)
        return ("\t".join(words) + "\n").encode("ascii")

    @classmethod
    def of(cls, line: bytes) -> Entry:
        """Return the entry in a line."""
        path, size, changed, digest, anchors, *rest = line[:-1].decode("ascii").split("\t")
        return cls(_text(path), int(size), int(changed), digest, _text(anchors), *rest)

    @classmethod
    def head(cls, line: bytes) -> Entry:
        """Return the entry in a line, but for its last fields, which are long.

        Raises ValueError where there is none.
        """
        *head, rest = line.decode("ascii").split("\t", _WANTED)
        if rest.count("\t") != 1:
            raise ValueError("a line with too much or too little in it")
        path, size, changed, digest, anchors, shown, called, rooted = head
        place = _text(path), int(size), int(changed)
        return cls(*place, digest, _text(anchors), shown, called, rooted, "", "")


_WANTED = Entry._fields.index("wanted")


def _text(written: str) -> str:
    text: str = json.loads(written) if "\\" in written else written[1:-1]
    return text


class Shelf:
    """The entries of pages by their numbers, from 0 on, in a scratch file."""

    def __init__(self, scratch: Scratch) -> None:
        self.scratch = scratch
        """Where they are, and whatever else is written there."""
        self.end = len(scratch)
        """Where the last of them ends."""
        self.paths = Names()
        """The path of each."""
        self.anchors = Texts()
        """The anchors of each."""
        self._places = Numbers("Q")
        self._lengths = Numbers("I")
        self._sizes = Numbers("Q")
        self._changed = Numbers("q")
        self._digests = Bytes()
        self._rooted = bytearray()
        self._called = bytearray()

    def __len__(self) -> int:
        return len(self._rooted)

    def put(self, entry: Entry) -> None:
        """Add an entry; it replaces one of the same path."""
        line = entry.line()
        self._take(entry, self.scratch.append(line), len(line))

    def copy(self, other: Shelf, number: int) -> None:
        """Add an entry of another shelf, whose path is not here yet."""
        line = other.line(number)
        start, length = self.scratch.append(line), len(line)
        self.end = start + length
        self.paths.add(other.paths[number])
        self._places.append(start)
        self._lengths.append(length)
        self._sizes.append(other._sizes[number])
        self._changed.append(other._changed[number])
        self._digests.append(other._digests.room[16 * number : 16 * number + 16])
        self._rooted.append(other._rooted[number])
        self.anchors.append(other.anchors[number])
        self._called.append(other._called[number])

    def take(self, line: bytes, start: int) -> None:
        """Take in that a line is in the file from `start` on; raises ValueError for no entry."""
        self._take(Entry.head(line), start, len(line))

    def _take(self, entry: Entry, start: int, length: int) -> None:
        self.end = start + length
        number = self.paths.add(entry.path)
        digest = bytes.fromhex(entry.digest).ljust(16, b"\0")
        if number == len(self):
            self._places.append(start)
            self._lengths.append(length)
            self._sizes.append(entry.size)
            self._changed.append(entry.changed)
            self._digests.append(digest)
            self._rooted.append(entry.rooted != "")
            self._called.append(_has_names(entry.called))
            self.anchors.append(entry.anchors)
        else:
            self._places[number], self._lengths[number] = start, length
            self._sizes[number], self._changed[number] = entry.size, entry.changed
            self._digests.room[16 * number : 16 * number + 16] = digest
            self._rooted[number] = entry.rooted != ""
            self.anchors[number] = entry.anchors
            self._called[number] = _has_names(entry.called)

    def rooted(self) -> Iterator[int]:
        """Yield the numbers of pages that have destinations that count from the root."""
        return (number for number, is_rooted in enumerate(self._rooted) if is_rooted)

    def line(self, number: int) -> bytes:
        """Return an entry as the line that it is in the file."""
        return self.scratch.read(self._places[number], self._lengths[number])

    def entry(self, number: int) -> Entry:
        """Return an entry."""
        return Entry.of(self.line(number))

    def own(self, number: int) -> tuple[bytes, bytes]:
        """Return what the links of a page want, and its facts, as JSON."""
        _, wants, known = self.line(number).rsplit(b"\t", 2)
        return wants, known

    def move(self, scratch: Scratch) -> None:
        """Copy the entries into another file, which is empty, and go on there."""
        for piece in self.scratch.pieces(self.end):
            scratch.append(piece)
        self.scratch = scratch

    def digest(self, number: int) -> str:
        """Return what tells the content of a page from any other."""
        return self._digests.room[16 * number : 16 * number + 16].hex()

    def is_of(self, number: int, size: int, changed: int) -> bool:
        """Return whether an entry is about a file of this very content, told by size and time."""
        return 0 < changed == self._changed[number] and size == self._sizes[number]

    def column(self, read: Callable[[int], _Record | None]) -> Column[_Record]:
        """Return what `read` gives for the numbers of pages, by their paths."""
        return Column(self.paths, read)

    def facts(self) -> Records[Facts]:
        """Return the facts of each page by its path: those of one page are much."""
        return Records(self.paths, lambda n: facts.from_json(json.loads(self.own(n)[1])), 1)

    def surfaces(self) -> Records[Surface]:
        """Return what others can rest on of each page, by its path."""

        def read(number: int) -> Surface:
            entry = self.entry(number)
            return surface.from_json(_decode(entry.surface)[0], entry.anchors)

        return Records(self.paths, read)

    def names(self) -> Some[frontmatter.Names]:
        """Return what pages say of their names, by path; those with a title alone are left out."""

        def read(number: int) -> frontmatter.Names | None:
            said = self._called[number] and self.entry(number).called
            return names_from(json.loads(said)) if said else None

        numbers = array("I", (number for number, says in enumerate(self._called) if says))
        return Some(self.paths, numbers, read)


def _has_names(called: str) -> bool:
    """Return whether a page says more of its names, as JSON, than its title."""
    return called != "" and not called.endswith(_NO_NAMES)


_NO_NAMES = ",[],[],[],[]]"
