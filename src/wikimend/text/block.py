"""A block of a page: a leaf that may be repaired, or a region that stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "paragraph",
    "heading",
    "cell",
    "code",
    "html",
    "comment",
    "front_matter",
    "math",
    "esm",
    "expression",
    "template",
]

LEAVES: frozenset[BlockKind] = frozenset({"paragraph", "heading", "cell"})
"""The kinds whose text may be repaired; every other kind is protected."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a page with one meaning; blank lines and markers belong to none."""

    kind: BlockKind
    """What it is: one of `LEAVES`, or a protected kind."""
    spans: tuple[tuple[int, int], ...]
    """Offsets in the page, in order, without line ends: one span a line of a leaf, without quote
    marks, list marker and indent; one span for the whole of a protected block."""

    @property
    def is_leaf(self) -> bool:
        """Whether its text may be repaired."""
        return self.kind in LEAVES

    @property
    def is_protected(self) -> bool:
        """Whether its text must stay as it is."""
        return self.kind not in LEAVES

    @property
    def start(self) -> int:
        """Offset of its first code point."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Offset after its last code point."""
        return self.spans[-1][1]

    def text(self, page_text: str) -> str:
        r"""Return its text out of `page_text`, the lines of a leaf joined by "\n".

        >>> Block("paragraph", ((2, 3), (6, 7))).text("> a\n> b")
        'a\nb'
        """
        return "\n".join([page_text[start:end] for start, end in self.spans])


def may_hold_links(text: str, start: int = 0, end: int | None = None) -> bool:
    """Return whether a stretch of a page may hold a link or a tag.

    >>> may_hold_links("a (b)"), may_hold_links("https://coast.example")
    (False, True)
    """
    return (
        text.find("[", start, end) >= 0
        or text.find("<", start, end) >= 0
        or text.find("://", start, end) >= 0
    )
