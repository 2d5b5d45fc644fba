"""What is known of the pages of a wiki from one run to the next: a file, checked, not trusted.

One line a page. The first line holds the version of the program and a digest of the rest: a file
that was cut, edited or written by another version is as good as none.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from wikimend import __version__
from wikimend.caches import cache_folder, write_cache
from wikimend.links.facts import VERSION, Facts, from_json

RACY = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at may have changed again."""

_FIELDS = 11


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
    """A digest of what other pages can rest on."""
    called: str
    """What it says of its names, as JSON; empty where it says nothing."""
    facts: str
    """Its facts, as JSON."""
    rooted: str = ""
    """What it tells of possible roots, and of which wiki: `fingerprint numbers`."""
    fingerprint: str = ""
    """Of which wiki its links were found to be all right; empty if they were not."""
    depends: str = ""
    """The pages which that rests on, as JSON."""
    unchecked: str = ""
    """What was not checked of its links, as JSON."""


class StoredFacts(Mapping[str, Facts]):
    """The facts of pages by path, read out of their entries when they are asked for."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._read: dict[str, Facts] = {}

    def __getitem__(self, path: str) -> Facts:
        known = self._read.get(path)
        if known is None:
            known = self._read[path] = from_json(json.loads(self._entries[path].facts))
        return known

    def __contains__(self, path: object) -> bool:
        return path in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, path: str, known: Facts) -> None:
        """Keep facts that were just found."""
        self._read[path] = known


def cache_path(top: Path, *, staged: bool = False) -> Path:
    """Return where the cache of the wiki at `top` is kept.

    That is in the folder that `WIKIMEND_CACHE_DIR` names, else where the system keeps caches.
    """
    name = blake2b(os.fsencode(os.path.realpath(top)), digest_size=12).hexdigest()
    return cache_folder() / f"links-{name}{'-staged' * staged}.txt"


def load(path: Path) -> dict[str, Entry]:
    """Return the entries of a cache by path; none where there is no cache that can be believed."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    head, _, body = data.partition(b"\n")
    if head != _head(body):
        return {}
    entries: dict[str, Entry] = {}
    with suppress(ValueError):
        for line in body.decode("utf-8", "surrogatepass").split("\n")[:-1]:
            name, size, changed, *rest = line.split("\t")
            if len(rest) != _FIELDS - 3:
                return {}
            shown = json.loads(name)
            entries[shown] = Entry(shown, int(size), int(changed), *rest)
        return entries
    return {}


def save(path: Path, entries: Iterable[Entry]) -> None:
    """Replace the cache in one step; where that cannot be done, the next run has none."""
    lines = ["\t".join((json.dumps(e.path), str(e.size), str(e.changed), *e[3:])) for e in entries]
    body = "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass")
    write_cache(path, _head(body) + b"\n" + body)


def _head(body: bytes) -> bytes:
    digest = blake2b(body, digest_size=16).hexdigest()
    return f"wikimend links {__version__} {VERSION} {digest}".encode("ascii")
