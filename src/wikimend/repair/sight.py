"""What of a page rules may see, told from its outline before its blocks are scanned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from wikimend.text.page import Page

if TYPE_CHECKING:
    from wikimend.text.outline import Outline


class Piece(NamedTuple):
    """A stretch of a page that may hold links."""

    start: int
    """Offset in the page; 0 where it makes no difference where a piece stands."""
    text: str
    """Its text."""
    quiet: str
    """The same without the samples in its code spans, and as long."""


_MARKS = ("`", "~", "<", "$", "\\", "\r")
"""Without one of them, and front matter, nothing is protected and no code span is there."""
_FRONT = ("---", "+++", "\ufeff")


@dataclass(frozen=True, slots=True)
class Sight:
    """A page without what is protected for certain."""

    outline: Outline | None
    """What is certain about its blocks; None for wikitext, and where it has not been asked for."""
    pieces: tuple[Piece, ...]
    """What may hold links, in order."""
    text: str
    """The quiet texts of the pieces, one paragraph after the other."""

    @classmethod
    def whole(cls, page: Page) -> Sight:
        """Return all of a page."""
        return cls(None, (Piece(0, page.text, page.text),), page.text)

    @classmethod
    def of(cls, page: Page, signs: Iterable[str] = ()) -> Sight:
        """Return what rules may see of a page.

        Where one of `signs` is there, no code span is certain: see `Mender.signs`.
        """
        text = page.text
        if page.dialect == "mediawiki" or _is_bare(page):
            return cls.whole(page)
        from wikimend.text.codespans import without_samples
        from wikimend.text.outline import Outline

        outline = Outline.of(text, page.dialect)
        if outline.doubtful:
            gaps = [(start, text[start:end]) for start, end in outline.gaps(len(text))]
            pieces = tuple(Piece(start, gap, gap) for start, gap in gaps)
            return cls(outline, pieces, "\n\n".join(gap for _, gap in gaps))
        rest = outline.rest(text) if outline.protected else text
        quiet = rest if any(sign in rest for sign in signs) else without_samples(rest)
        return cls(outline, (Piece(0, rest, quiet),), quiet)


def _is_bare(page: Page) -> bool:
    """Return whether it is clear at a look that nothing on a page is protected but by indents."""
    text = page.text
    if page.dialect != "markdown" or text.startswith(_FRONT):
        return False
    return not any(mark in text for mark in _MARKS)
