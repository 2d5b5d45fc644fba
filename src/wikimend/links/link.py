"""A link of a page, as a reader meets it and as it is written."""

from __future__ import annotations

from typing import Literal, NamedTuple

LinkKind = Literal[
    "inline",
    "image",
    "reference",
    "image-reference",
    "definition",
    "autolink",
    "bare",
    "html",
    "wiki",
    "embed",
]
EMBEDDED: frozenset[LinkKind] = frozenset({"image", "image-reference", "embed"})
"""The kinds that show what they point to in the page itself."""

WIKI: frozenset[LinkKind] = frozenset({"wiki", "embed"})
"""The kinds in double brackets."""


class Link(NamedTuple):
    """A link; offsets are code points from the start of the page. A tuple: there are thousands."""

    kind: LinkKind
    """How it is written."""
    start: int
    """Offset of its first code point; of the definition for a `definition`."""
    end: int
    """Offset after its last one."""
    label: str
    """What the reader sees, as written; the name of a definition; empty for a bare address."""
    destination: str
    """Where it leads: backslash escapes and entities undone, percent signs as written."""
    dest_start: int
    """Offset of the destination as it is written, without its angle brackets or quotes; for a
    reference that of the destination in its definition."""
    dest_end: int
    """Offset after it."""
    protected: bool = False
    """Whether it stands in HTML, where no repair is made."""
