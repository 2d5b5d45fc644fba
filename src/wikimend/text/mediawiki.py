"""The block scan of wikitext: paragraphs, list items, headings and cells around verbatim text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikimend.text.block import Block, BlockKind
from wikimend.text.wikitext import Region, regions

_LINE = re.compile(r"([^\r\n]*+)(?:\r\n?|\n|\Z)")
_MARK = re.compile(r"[ \t]*+(?:(\{\||\|\}|\|-)|(\|\+?|!))|([*#:;]++)|(=++)|( )")
_ATTRIBUTES = re.compile(r"[^|\[\]{}]*+\|(?!\|)")
_CELL_EDGE = {"|": re.compile(r"\|\|"), "!": re.compile(r"\|\||!!")}

Span = tuple[int, int]


def scan_mediawiki(text: str, start: int) -> list[Block]:
    """Return the blocks of wikitext from `start` on, in order.

    A verbatim region inside a line ends the leaf before it; another begins after it.
    """
    return _Scan(text).run(start)


class _Scan:
    """The open paragraph, or the open preformatted lines, and the blocks so far."""

    __slots__ = ("blocks", "kind", "mark", "spans", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.kind: BlockKind = "paragraph"
        """The kind of the open lines, `spans`."""
        self.spans: list[Span] = []
        self.mark: re.Match[str] | None = None
        """The mark that the current line begins with."""

    def run(self, start: int) -> list[Block]:
        for first, end, at_margin, region in _pieces(self.text, start):
            if region is not None:
                self.close()
                self.blocks.append(Block(region[2], (region[:2],)))
                self.mark = None if at_margin else self.mark
            elif at_margin:
                self.mark = _MARK.match(self.text, first, end)
                indented = self.mark is not None and self.mark[5] is not None
                self.piece(self.mark.end() if self.mark and not indented else first, end)
            else:
                self.piece(first, end)
        self.close()
        return self.blocks

    def piece(self, first: int, end: int) -> None:
        """Take what a line holds up to its end or the next verbatim region."""
        mark = self.mark
        if mark is None or mark[5]:
            self.add("code" if mark else "paragraph", first, end)
            return
        self.close()
        if mark[2]:
            self.cells(_CELL_EDGE[mark[2][0]], first, end)
        elif mark[3]:
            self.leaf("paragraph", first, end)
        elif mark[4]:
            self.leaf("heading", first, first + _title_width(self.text[first:end]))

    def cells(self, edge: re.Pattern[str], start: int, end: int) -> None:
        """Take the cells of a table line, without their attributes."""
        for found in edge.finditer(self.text, start, end):
            self.cell(start, found.start())
            start = found.end()
        self.cell(start, end)

    def cell(self, start: int, end: int) -> None:
        attributes = _ATTRIBUTES.match(self.text, start, end)
        self.leaf("cell", attributes.end() if attributes else start, end)

    def add(self, kind: BlockKind, first: int, end: int) -> None:
        """Add a line or a part of one to what is open, or open it."""
        if not self.text[first:end].strip(" \t"):
            self.close()
            return
        if kind != self.kind:
            self.close()
            self.kind = kind
        self.spans.append((first, end))

    def leaf(self, kind: BlockKind, start: int, end: int) -> None:
        """Add a leaf of one line, without white space; none where it is empty."""
        content = self.text[start:end].rstrip(" \t")
        end = start + len(content)
        start = end - len(content.lstrip(" \t"))
        if start < end:
            self.blocks.append(Block(kind, ((start, end),)))

    def close(self) -> None:
        """Close what is open."""
        if self.spans and self.kind == "code":
            self.blocks.append(Block("code", ((self.spans[0][0], self.spans[-1][1]),)))
        elif self.spans:
            self.blocks.append(Block("paragraph", tuple(self.spans)))
        self.spans.clear()
        self.kind = "paragraph"


def _title_width(content: str) -> int:
    return len(content.rstrip(" \t").rstrip("="))


def _pieces(text: str, start: int) -> Iterator[tuple[int, int, bool, Region | None]]:
    """Yield each line from `start` on, cut at the verbatim regions, and the regions themselves.

    The third value is whether the piece begins its line, so that a mark there is a mark.
    """
    verbatim = iter(regions(text, start))
    region = next(verbatim, None)
    at_margin = True
    end = after = start
    while start < len(text):
        if start >= after:
            line = _LINE.match(text, start)
            end, after = (line.end(1), line.end()) if line else (len(text), len(text))
        if region is None or region[0] >= max(end, start + 1):
            yield start, end, at_margin, None
            start, at_margin = after, True
            continue
        if start < region[0]:
            yield start, region[0], at_margin, None
        yield region[0], region[1], at_margin and start == region[0], region
        start, at_margin = region[1], False
        region = next(verbatim, None)
