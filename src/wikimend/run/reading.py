"""Pages read for the index: their facts as they are kept, several pages at a time."""

from __future__ import annotations

import gc
import json
import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from wikimend.links import facts, surface
from wikimend.links.anchors import AnchorStyle
from wikimend.links.check import digest_of
from wikimend.links.frontmatter import Names
from wikimend.links.site import style_of
from wikimend.links.wanted import rooted, wanted
from wikimend.run.linkcache import Entry, Made
from wikimend.run.wiki import Wiki
from wikimend.store import git
from wikimend.store.dialect import dialect_of
from wikimend.text.page import Page

MANY = 400
"""From as many pages on it pays to start further processes."""
CHUNK = 100
"""Pages that a process is given at a time."""

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


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
    wiki: Wiki, style: AnchorStyle, unread: Sequence[Unread], known: Mapping[str, Entry]
) -> Iterator[tuple[Unread, str, Made | None]]:
    """Yield each page with the digest of its content and what is kept of it; None if unreadable.

    Anchors of Markdown are made in `style`. What `known` has by the digest is not made again.
    """
    chunks = _chunks(unread)
    work = partial(_chunk, wiki, style, {d: _key(e.path) for d, e in known.items()})
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
            yield page, digest, old.made if old else made


def _key(path: str) -> tuple[str, str]:
    """Return what, beside its content, decides what is kept of the page at `path`."""
    return dialect_of(path), posixpath.dirname(path)


def _chunk(
    wiki: Wiki,
    style: AnchorStyle,
    known: Mapping[str, tuple[str, str]],
    chunk: Sequence[Unread],
) -> list[tuple[str, Made | None]]:
    """Return the digest of each page and what is kept of it; None for what is known already."""
    gc.set_threshold(100_000)  # the records of a page form no cycles
    return [
        _one(page, data, style, known) for page, data in zip(chunk, _data(wiki, chunk), strict=True)
    ]


def _data(wiki: Wiki, chunk: Sequence[Unread]) -> Iterator[bytes | None]:
    if wiki.staged:
        yield from git.contents(wiki.top, [page.blob for page in chunk])
        return
    for page in chunk:
        try:
            yield _bytes(f"{wiki.top}/{page.path}", page.size)
        except OSError:
            yield None


def _bytes(path: str, size: int) -> bytes:
    """Return the content of a file, which is likely to be so many bytes.

    It takes three calls of the system where `Path.read_bytes` takes eight.
    """
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, size + 1)
        while len(data) != size:
            more = os.read(file, 1 << 20)
            if not more:
                break
            data += more
        return data
    finally:
        os.close(file)


def _one(
    page: Unread, data: bytes | None, style: AnchorStyle, known: Mapping[str, tuple[str, str]]
) -> tuple[str, Made | None]:
    if data is None:
        return "", None
    digest = digest_of(data)
    if digest in known and known[digest] == _key(page.path):
        return digest, None
    return digest, make(Page.from_bytes(data, page.path, dialect_of(page.path)), style)


def make(page: Page, style: AnchorStyle) -> Made:
    """Return what is kept of a page, whose name is its path from the top."""
    found = facts.facts(page)
    shown = surface.surface(found, style_of(page.name, style))
    return (
        _encode(surface.to_json(shown)),
        "" if found.names == Names() else _encode(found.names),
        _encode(from_root) if (from_root := rooted(found)) else "",
        _encode(wanted(found, page.name)),
        _encode(facts.to_json(found)),
    )
