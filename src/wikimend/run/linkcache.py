"""What is known of the pages of a wiki from one run to the next: a file, checked, not trusted.

One line a page. The first line holds the version of the program and how anchors are made, the last
one a digest of the rest: a file that was cut, edited or written by another version is as good as
none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from wikimend import __version__
from wikimend.caches import cache_folder, write_cache
from wikimend.links.anchors import AnchorStyle
from wikimend.links.facts import VERSION

RACY = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at may have changed again."""

KEPT = 4096
"""How many records are kept once they were read out of an entry."""

_Record = TypeVar("_Record")

_decode = json.JSONDecoder().raw_decode


Made = tuple[str, str, str, str, str]
"""What is made of the content of a page: the fields of an entry from `surface` to `facts`."""


class Entry(NamedTuple):
    """What is known of one page; a tuple, because there are thousands."""

    path: str
    """Its path from the top."""
    size: int
    """Its size in bytes when it was read."""
    changed: int
    """When it had been changed, in nanoseconds; 0 where that cannot be told apart."""
    digest: str
    """What tells its content from any other."""
    surface: str
    """What other pages can rest on, as JSON."""
    called: str
    """What it says of its names, as JSON; empty where it says nothing."""
    rooted: str
    """Its destinations that count from the root, as JSON; empty for none."""
    wanted: str
    """What its links want, as JSON."""
    facts: str
    """Its facts, as JSON."""
    evidence: str = ""
    """What these tell of possible roots, and of which wiki: `fingerprint numbers`."""
    fingerprint: str = ""
    """Of which wiki its links were found to be all right; empty if they were not."""
    depends: str = ""
    """The pages which that rests on, as JSON."""
    unchecked: str = ""
    """What was not checked of its links, as JSON."""

    @property
    def made(self) -> Made:
        """What was made of its content."""
        return self.surface, self.called, self.rooted, self.wanted, self.facts


_FIELDS = len(Entry._fields)


class Stored(Mapping[str, _Record], Generic[_Record]):
    """Records of pages by path, read out of their entries when they are asked for."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        column: Callable[[Entry], str],
        read: Callable[[Any], _Record],
    ) -> None:
        self._entries = entries
        self._column = column
        self._make = read
        self._read: dict[str, _Record] = {}

    def __getitem__(self, path: str) -> _Record:
        known = self._read.get(path)
        if known is None:
            if len(self._read) >= KEPT:
                self._read.clear()
            known = self._make(_decode(self._column(self._entries[path]))[0])
            self._read[path] = known
        return known

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def cache_path(top: Path, *, staged: bool = False) -> Path:
    """Return where the cache of the wiki at `top` is kept.

    That is in the folder that `WIKIMEND_CACHE_DIR` names, else where the system keeps caches.
    """
    name = blake2b(os.fsencode(os.path.realpath(top)), digest_size=12).hexdigest()
    return cache_folder() / f"links-{name}{'-staged' * staged}.txt"


def load(path: Path, style: AnchorStyle) -> dict[str, Entry]:
    """Return the entries of a cache by path; none where there is no cache that can be believed."""
    entries: dict[str, Entry] = {}
    digest = blake2b(digest_size=16)
    last = b""
    with suppress(OSError, ValueError), path.open("rb") as file:
        first = file.readline()
        if first != _head(style):
            return {}
        digest.update(first)
        for line in file:
            if last:
                digest.update(last)
                entry = _entry(last)
                entries[entry.path] = entry
            last = line
        return entries if last == _foot(digest) else {}
    return {}


def save(path: Path, style: AnchorStyle, entries: Iterable[Entry]) -> None:
    """Replace the cache in one step; where that cannot be done, the next run has none."""
    write_cache(path, lambda new: write(new, style, entries))


def write(path: Path, style: AnchorStyle, entries: Iterable[Entry]) -> None:
    """Write entries to the file at `path`; raises OSError where that cannot be done."""
    digest = blake2b(digest_size=16)
    with path.open("wb") as file:
        for line in _lines(style, entries):
            digest.update(line)
            file.write(line)
        file.write(_foot(digest))


def _lines(style: AnchorStyle, entries: Iterable[Entry]) -> Iterator[bytes]:
    yield _head(style)
    for e in entries:
        line = "\t".join((json.dumps(e.path), str(e.size), str(e.changed), *e[3:]))
        yield f"{line}\n".encode("ascii")


def _entry(line: bytes) -> Entry:
    """Return the entry in a line; raises ValueError where there is none."""
    name, size, changed, *rest = line[:-1].decode("ascii").split("\t")
    if len(rest) != _FIELDS - 3:
        raise ValueError("a line with too much or too little in it")
    return Entry(json.loads(name), int(size), int(changed), *rest)


def _head(style: AnchorStyle) -> bytes:
    return f"wikimend links {__version__} {VERSION} {style}\n".encode("ascii")


def _foot(digest: blake2b) -> bytes:
    return f"{digest.hexdigest()}\n".encode("ascii")
