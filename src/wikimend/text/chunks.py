"""Chunks of a page, from one blank line to the next: what leaves they hold, wherever they stand.

A page with one suspicious place need not be scanned as a whole to see that nothing is wrong there.
What the outline of the page is certain of, and what stands in the chunk itself, mostly tell its
leaves: containers only indent them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from wikimend.text.block import BlockKind
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.markdown import is_plain
from wikimend.text.outline import CODE_INDENT, Span
from wikimend.text.page import Dialect
from wikimend.text.skeleton import may_be_unbalanced

_BOUNDARY = re.compile(r"\n(?=[ \t>\r]*\n)")
_COMMENT = re.compile(r"(?<=[^\s>])<!--[^\n<>`|{}$\\\[\]()]*?-->")
"""A comment within a line, with nothing in it that counts."""
_QUOTE = re.compile(r" {0,3}> ?")
_MARKER = re.compile(r"[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ ]{1,4}(?=\S)")
_NEXT_ITEM = re.compile(r"\n(?=[ \t]*(?:[-+*]|[0-9]{1,9}[.)])[ \t])")


def chunks_of(text: str) -> list[int]:
    r"""Return where the chunks of a text begin, and where the last one ends.

    >>> chunks_of("a\nb\n\nc\n\nd")
    [0, 4, 7, 9]
    """
    return [0, *(found.end() for found in _BOUNDARY.finditer(text)), len(text)]


def chunks_with(chunks: Sequence[int], places: Iterable[Span]) -> set[int]:
    r"""Return which chunks some of the places meet, from 0.

    >>> chunks_with([0, 4, 7, 9], [(2, 3), (3, 5)])
    {0, 1}
    """
    met: set[int] = set()
    most = len(chunks) - 1
    for start, end in places:
        first = bisect_right(chunks, start, hi=most) - 1
        met.update(range(first, max(first + 1, bisect_left(chunks, end, hi=most))))
    return met


def leaves_of(chunk: str, dialect: Dialect) -> list[tuple[BlockKind, str]] | None:
    r"""Return the leaves of a chunk, each with its kind; None where its surroundings tell.

    What may have begun before it or end in it are containers, and fences at most.

    >>> leaves_of("  - a\n    b\n  - c", "markdown")
    [('paragraph', 'a\nb'), ('paragraph', 'c')]
    """
    if "```" in chunk or "~~~" in chunk or "\t" in chunk:
        return None
    lines = [line for line in chunk.replace("\r\n", "\n").split("\n") if line.strip(" >")]
    if not lines:
        return []
    if any(line.lstrip(" ").startswith(">") for line in lines):
        quoted = [_QUOTE.match(line) for line in lines]
        inner = [line[mark.end() :] for line, mark in zip(lines, quoted, strict=True) if mark]
        return leaves_of("\n".join(inner), dialect) if len(inner) == len(lines) else None
    indents = [len(line) - len(line.lstrip(" ")) for line in lines]
    outer = indents[0]
    if outer >= CODE_INDENT and min(indents) < outer:
        return None
    for line, indent in zip(lines, indents, strict=True):
        # Such a line may be text to a container that begins further left.
        if outer and outer < indent < outer + CODE_INDENT and not is_plain(line[indent:]):
            return None
    page = "".join(f"\n{line[min(n, outer) :]}" for line, n in zip(lines, indents, strict=True))
    return [(b.kind, Leaf.of(b, page).text) for b in scan(page, dialect) if b.is_leaf]


def is_balanced(chunk: str) -> bool:
    r"""Return whether a chunk is text in which all brackets pair up; False where that is not clear.

    >>> is_balanced("- (a\n  b)"), is_balanced("- (a\n- b)")
    (True, False)
    """
    if chunk.startswith(("    ", "\t", "\n    ", "\n\t")):
        return False
    chunk = _COMMENT.sub("", chunk.replace("\r\n", "\n")).strip("\n")
    if "|" in chunk or "<" in chunk or "]:" in chunk:
        return False
    parts = _NEXT_ITEM.split(chunk)
    return all(map(_is_text, parts)) and not any(map(may_be_unbalanced, parts))


def _is_text(part: str) -> bool:
    """Return whether a part of a chunk is a paragraph, behind the marker of an item or without."""
    marker = _MARKER.match(part)
    rest = part[marker.end() :] if marker else part
    if len(rest) - len(rest.lstrip()) >= CODE_INDENT:
        return False
    return is_plain(re.sub(r"\n[ \t]+", "\n", rest))
