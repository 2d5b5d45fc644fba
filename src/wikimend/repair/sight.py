"""What of a page rules may see, told from its outline before its blocks are scanned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from wikimend.text.codespans import without_samples
from wikimend.text.outline import Outline
from wikimend.text.page import Page


class Piece(NamedTuple):
    """A stretch of a page that may hold links."""

    start: int
    """Offset in the page; 0 where it makes no difference where a piece stands."""
    text: str
    """Its text."""
    quiet: str
    """The same without the samples in its code spans, and as long."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page without what is protected for certain."""

    outline: Outline | None
    """What is certain about its blocks; None for wikitext."""
    pieces: tuple[Piece, ...]
    """What may hold links, in order."""
    text: str
    """The quiet texts of the pieces, one paragraph after the other."""

    @classmethod
    def of(cls, page: Page) -> Sight:
        """Return what rules may see of a page."""
        text = page.text
        if page.dialect == "mediawiki":
            return cls(None, (Piece(0, text, text),), text)
        outline = Outline.of(text, page.dialect)
        if outline.doubtful:
            gaps = [(start, text[start:end]) for start, end in outline.gaps(len(text))]
            pieces = tuple(Piece(start, gap, gap) for start, gap in gaps)
            return cls(outline, pieces, "\n\n".join(gap for _, gap in gaps))
        rest = outline.rest(text) if outline.protected else text
        quiet = without_samples(rest)
        return cls(outline, (Piece(0, rest, quiet),), quiet)
