"""The blocks of a page whose leaves were repaired, told without another scan where that is sure.

A line that can be nothing but text of a paragraph leaves the scan as it was, whatever it says. A
repaired leaf of such lines is therefore one leaf again, and all other blocks are what they were.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from wikimend.text.block import Block
from wikimend.text.definitions import definition_lines
from wikimend.text.markdown import is_plain
from wikimend.text.page import Dialect

Spans = tuple[tuple[int, int], ...]
"""Where the lines of a leaf stand."""

_BREAK = re.compile(r"(?:\r\n?|\n)[ \t>]*+")
"""From the end of a line of a paragraph to its next one: what follows is no mark and no space."""
_MARKS = ("---", "+++", "\ufeff---", "\ufeff+++")
_ELSEWHERE = re.compile(r"[|\r]|\n[ \t]|\A[ \t]|(?:\$\$|\\\])[ \t]*+(?:\n|\Z)")
"""What may tell of other cells, lines, indents, or of the end of displayed math."""


def moved(
    was: str, blocks: Sequence[Block], now: str, repaired: Mapping[Block, str], dialect: Dialect
) -> dict[Block, Spans] | None:
    """Return where repaired leaves of a page stand after repairs; None where only a scan can tell.

    `was` is the page as it was, with its `blocks`; it is `now` the same but for the leaves that
    were `repaired`, in their order, each of which has the given text. All blocks are then what
    they were: `shifted` gives them.
    """
    if dialect == "mediawiki" or (dialect == "mdx" and "{" in now):
        return None
    if now.startswith(_MARKS) and blocks[0].kind != "front_matter":
        return None  # which had no end, and may have one now
    places: dict[Block, Spans] = {}
    shift = 0
    for block, text in repaired.items():
        spans = _spans(now, block.start + shift, text) if _stays(block, was, text) else None
        if spans is None:
            return None
        places[block] = spans
        shift = spans[-1][1] - block.end
    return places if shift == len(now) - len(was) else None


def shifted(blocks: Sequence[Block], places: Mapping[Block, Spans]) -> list[Block]:
    """Return the blocks of a page after repairs; `places` are those of the repaired leaves."""
    found: list[Block] = []
    shift = 0
    for block in blocks:
        spans = places.get(block)
        if spans is not None:
            shift = spans[-1][1] - block.end
        else:
            spans = tuple([(start + shift, end + shift) for start, end in block.spans])
        found.append(Block(block.kind, spans))
    return found


def _stays(block: Block, page: str, text: str) -> bool:
    """Return whether a leaf is surely one of its kind again when `text` stands in its place."""
    if _ELSEWHERE.search(text) or not is_one_paragraph(text):
        return False
    if block.kind == "paragraph":
        return is_one_paragraph(block.text(page))
    if "\n" in text or len(block.spans) > 1 or text[-1] in " \t#\\":
        return False
    return block.kind == "cell" or page[block.start - 2 : block.start] in ("# ", "#\t")


def is_one_paragraph(text: str) -> bool:
    """Return whether a text is one paragraph, wherever it stands, and defines no label."""
    return is_plain(text) and not definition_lines(text)


def _spans(page: str, start: int, text: str) -> Spans | None:
    """Return where the lines of a leaf stand; None where they are not found."""
    spans: list[tuple[int, int]] = []
    for line in text.split("\n"):
        if spans:
            gap = _BREAK.match(page, spans[-1][1])
            if gap is None:
                return None
            start = gap.end()
        if not page.startswith(line, start):
            return None
        spans.append((start, start + len(line)))
    return tuple(spans)
