"""Link reference definitions of a page, and how their names are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wikimend.links import destination
from wikimend.text.definitions import definition_lines
from wikimend.text.leaf import Leaf

_SPACE = re.compile(r"\s+")
_NAME = re.compile(r"\[((?:[^\[\]\\]|\\.){1,999})\]:", re.DOTALL)
_GAP = re.compile(r"[ \t]*\n?[ \t]*")


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition `[name]: destination`; offsets in the page."""

    name: str
    """Its name as it is compared."""
    label: str
    """Its name as written."""
    destination: str
    """Where it leads, escapes undone."""
    start: int
    """Offset of its bracket."""
    dest_start: int
    """Offset of its destination."""
    dest_end: int
    """Offset after it."""


def normal(label: str) -> str:
    r"""Return a name as CommonMark 0.31 section 4.7 compares it.

    >>> normal(" Tide\n POOL")
    'tide pool'
    """
    return _SPACE.sub(" ", label).strip().casefold()


def definitions(leaf: Leaf) -> tuple[list[Definition], int]:
    """Return the definitions at the start of a paragraph, and the offset in it after them."""
    text = leaf.text
    if not text.startswith("["):
        return [], 0
    lines = definition_lines(text)
    if not lines:
        return [], 0
    starts = [*leaf.starts, len(text) + 1]
    end = min(starts[lines], len(text))
    return list(_all(leaf, end)), end


def _all(leaf: Leaf, end: int) -> Iterator[Definition]:
    text, position = leaf.text, 0
    while position < end:
        name = _NAME.match(text, position, end)
        if name is None:
            return
        gap = _GAP.match(text, name.end(), end)
        assert gap is not None
        first, last = destination.span(text, gap.end())
        yield Definition(
            normal(name[1]),
            name[1],
            destination.plain(text[first:last]),
            leaf.offset(position),
            leaf.offset(first),
            leaf.offset(last - 1) + 1 if last > first else leaf.offset(first),
        )
        # The next one begins on a line of its own, after a title that may span lines.
        position = _next(text, last, end)


def _next(text: str, position: int, end: int) -> int:
    line = text.find("\n", position, end)
    while line >= 0:
        if _NAME.match(text, line + 1, end):
            return line + 1
        line = text.find("\n", line + 1, end)
    return end
