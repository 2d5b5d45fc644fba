"""Pages read for the index: their facts as they are kept, several pages at a time."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from wikimend.links.check import digest_of
from wikimend.links.facts import facts, to_json
from wikimend.links.frontmatter import Names
from wikimend.links.verdict import surface
from wikimend.run.linkcache import Entry
from wikimend.run.wiki import Wiki
from wikimend.store import git
from wikimend.store.dialect import dialect_of
from wikimend.text.page import Page

MANY = 400
"""From as many pages on it pays to start further processes."""
CHUNK = 100
"""Pages that a process is given at a time."""

Made = tuple[str, str, str]
"""The surface, the names and the facts of a page, as an entry of the cache has them."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that the index needs."""

    path: str
    """Its path from the top."""
    size: int
    """Its size in bytes, where it is a file."""
    changed: int
    """When it was changed, in nanoseconds; 0 where it is no file."""
    blob: str = ""
    """The name of its content in git, where it is staged."""

    def is_stored_in(self, entry: Entry) -> bool:
        """Return whether `entry` is about this very content, as far as can be told unread."""
        same = entry.size == self.size and entry.changed == self.changed
        return same and self.changed > 0


def read_all(
    wiki: Wiki, unread: Sequence[Unread], known: Mapping[str, Entry]
) -> Iterator[tuple[Unread, str, Made | None]]:
    """Yield each page with the digest of its content and what is kept of it; None if unreadable.

    What `known` has by the digest is not made again.
    """
    chunks = _chunks(unread)
    work = partial(_chunk, wiki, {d: _key(e) for d, e in known.items()})
    workers = min(os.cpu_count() or 1, 8)
    if len(unread) < MANY or workers < 2:
        results: Iterator[list[tuple[str, Made | None]]] = map(work, chunks)
        yield from _joined(chunks, results, known)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        yield from _joined(chunks, pool.map(work, chunks), known)


def _chunks(unread: Sequence[Unread]) -> list[list[Unread]]:
    remaining = iter(unread)
    return list(iter(lambda: list(islice(remaining, CHUNK)), []))


def _joined(
    chunks: list[list[Unread]],
    results: Iterator[list[tuple[str, Made | None]]],
    known: Mapping[str, Entry],
) -> Iterator[tuple[Unread, str, Made | None]]:
    for chunk, result in zip(chunks, results, strict=True):
        for page, (digest, made) in zip(chunk, result, strict=True):
            old = known.get(digest) if made is None else None
            yield page, digest, (old.surface, old.called, old.facts) if old else made


def _key(entry: Entry) -> str:
    return dialect_of(entry.path)


def _chunk(
    wiki: Wiki, known: Mapping[str, str], chunk: Sequence[Unread]
) -> list[tuple[str, Made | None]]:
    """Return the digest of each page and what is kept of it; None for what is known already."""
    return [_one(page, data, known) for page, data in zip(chunk, _data(wiki, chunk), strict=True)]


def _data(wiki: Wiki, chunk: Sequence[Unread]) -> Iterator[bytes | None]:
    if wiki.staged:
        yield from git.contents(wiki.top, [page.blob for page in chunk])
        return
    for page in chunk:
        try:
            yield Path(wiki.top, page.path).read_bytes()
        except OSError:
            yield None


def _one(page: Unread, data: bytes | None, known: Mapping[str, str]) -> tuple[str, Made | None]:
    if data is None:
        return "", None
    digest, dialect = digest_of(data), dialect_of(page.path)
    if known.get(digest) == dialect:
        return digest, None
    return digest, make(Page.from_bytes(data, page.path, dialect))


def make(page: Page) -> Made:
    """Return what is kept of a page."""
    found = facts(page)
    listed = to_json(found)
    called = "" if found.names == Names() else json.dumps(listed[3])
    shown = blake2b(surface(found).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
    return shown, called, json.dumps(listed)
