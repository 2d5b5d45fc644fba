"""An export cut into pieces of whole pages, or of whole revisions where a page is too large."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wikimend.store.dump import CHUNK

LARGEST = 8 * CHUNK
"""Bytes of a page, above which its history is cut too."""

_TAG = 64
"""More bytes than the end tag of a page has."""

_PAGE_START = re.compile(rb"<page(?=[\s>])")
_REVISION_START = re.compile(rb"<revision(?=[\s>])")
_PAGE_END = re.compile(rb"</page\s*>")
# What may hold something that looks like a tag; unfinished it reaches to the end.
_ASIDE = re.compile(rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes of an export: its head, some of its pages, or its tail."""

    content: bytes
    """The bytes (UTF-8)."""
    pages: bool = False
    """Whether they are pages, or parts of one."""
    context: bytes = b""
    """What is open before them: the start of a page up to its first revision."""
    open: bool = False
    """Whether the last page goes on in the next piece, with a later revision."""


def cut(read: Callable[[], bytes]) -> Iterator[Piece]:
    """Yield an export in pieces, of about `CHUNK` bytes; joined they are the export.

    `read` returns the next bytes, and none at the end. Raises ValueError when no page comes.
    """
    return _Cut(read).run()


class _Cut:
    """What was read and not given yet."""

    def __init__(self, read: Callable[[], bytes]) -> None:
        self.read = read
        self.rest = b""
        self.masked = self.rest
        """`rest` without what only looks like a tag."""
        self.context = b""
        self.ended = False

    def run(self) -> Iterator[Piece]:
        first: re.Match[bytes] | None = None
        while not (first or self.ended):
            if len(self.rest) >= LARGEST:
                raise ValueError("no page in its first megabytes")
            self.more()
            first = _PAGE_START.search(self.masked)
        yield Piece(self.take(first.start() if first else len(self.rest)))
        while True:
            while len(self.rest) < CHUNK + _TAG and not self.ended:
                self.more()
            if end := self.page_end():
                yield Piece(self.take(end), pages=True, context=self.context)
                self.context = b""
            elif self.ended:
                break
            elif len(self.rest) >= LARGEST and (end := self.revision_end()):
                context = self.context
                if not context:
                    context_end = _REVISION_START.search(self.masked)
                    self.context = self.rest[: context_end.start()] if context_end else b""
                yield Piece(self.take(end), pages=True, context=context, open=True)
            else:
                self.more()
        yield Piece(self.rest)

    def more(self) -> None:
        """Read on."""
        data = self.read()
        self.ended = not data
        # What is unfinished, or begins at the edge, may reach on.
        plain = self.masked is self.rest and not _may_hide(self.rest[-1:] + data)
        self.rest += data
        self.masked = self.rest if plain else _ASIDE.sub(_blank, self.rest)

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, which end behind a tag; they are gone then."""
        taken = self.rest[:size]
        plain = self.masked is self.rest
        self.rest = self.rest[size:]
        self.masked = self.rest if plain else self.masked[size:]
        return taken

    def page_end(self) -> int:
        """Return the end of the last page within a chunk, or of the first; 0 when there is none."""
        start = self.masked.rfind(b"</page", 0, CHUNK)
        found = _PAGE_END.match(self.masked, start) if start >= 0 else None
        found = found or _PAGE_END.search(self.masked)
        return found.end() if found else 0

    def revision_end(self) -> int:
        """Return where the last revision of a page that goes on begins; 0 when it is the first."""
        starts = [found.start() for found in _REVISION_START.finditer(self.masked, 0, LARGEST)]
        first = 0 if self.context else 1
        return starts[-1] if len(starts) > first and starts[-1] else 0


def _may_hide(content: bytes) -> bool:
    return b"<!" in content or b"<?" in content


def _blank(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])
