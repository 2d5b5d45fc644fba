"""Pages read for the index: their facts as they are kept, several pages at a time."""

from __future__ import annotations

import gc
import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from wikimend.links import facts, surface
from wikimend.links.anchors import AnchorStyle
from wikimend.links.check import digest_of
from wikimend.links.frontmatter import Names
from wikimend.links.site import style_of
from wikimend.links.wanted import rooted, wanted
from wikimend.run.shelf import Made
from wikimend.run.wiki import Wiki
from wikimend.store import git
from wikimend.store.dialect import dialect_of
from wikimend.text.page import Page

MANY = 400
"""From as many pages on it pays to start further processes."""
CHUNK = 100
"""Pages that a process is given at a time."""
AHEAD = 3
"""Chunks in flight for each process."""

_encode = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that the index needs."""

    path: str
    """Its path from the top."""
    size: int
    """Its size in bytes, where it is a file."""
    blob: str = ""
    """The name of its content in git, where it is staged."""
    digest: str = ""
    """What told its content from any other when it was read last."""


Read = tuple[str, Made | None]
"""The digest of the content of a page, and what is kept of it: None where it is what it was. Where
it cannot be read, both are nothing."""


def read_all(
    wiki: Wiki, style: AnchorStyle, unread: Iterable[Unread], *, many: bool
) -> Iterator[Read]:
    """Yield what comes of each page; `many` are read by several processes.

    Anchors of Markdown are made in `style`.
    """
    remaining = iter(unread)
    chunks = iter(lambda: list(islice(remaining, CHUNK)), [])
    work = partial(_chunk, wiki, style)
    workers = min(os.cpu_count() or 1, 8)
    if not many or workers < 2:
        for chunk in chunks:
            yield from work(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        waiting = deque(pool.submit(work, chunk) for chunk in islice(chunks, AHEAD * workers))
        while waiting:
            yield from waiting.popleft().result()
            waiting += (pool.submit(work, chunk) for chunk in islice(chunks, 1))


def _chunk(wiki: Wiki, style: AnchorStyle, chunk: Sequence[Unread]) -> list[Read]:
    """Return what comes of some pages."""
    gc.set_threshold(100_000)  # the records of a page form no cycles
    return [_one(page, data, style) for page, data in zip(chunk, _data(wiki, chunk), strict=True)]


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


def _one(page: Unread, data: bytes | None, style: AnchorStyle) -> Read:
    if data is None:
        return "", None
    digest = digest_of(data)
    if digest == page.digest:
        return digest, None
    return digest, make(Page.from_bytes(data, page.path, dialect_of(page.path)), style)


def make(page: Page, style: AnchorStyle) -> Made:
    """Return what is kept of a page, whose name is its path from the top."""
    found = facts.facts(page)
    shown = surface.surface(found, style_of(page.name, style))
    return (
        shown.anchors,
        _encode(surface.to_json(shown)),
        "" if found.names == Names() else _encode(found.names),
        _encode(from_root) if (from_root := rooted(found)) else "",
        _encode(wanted(found, page.name)),
        _encode(facts.to_json(found)),
    )
