"""What can be open while a page is scanned: each knows which lines are its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from wikimend.text import html_blocks, tables
from wikimend.text.block import Block, BlockKind, may_hold_links
from wikimend.text.line import TAB, Line

_FENCED = {
    mark: re.compile(rf"(?:[ \t]*+(?!{mark}{mark}{mark})[^\r\n]*+(?:\r\n?|\n)){{1,500}}")
    for mark in "`~"
}
_PIPED = re.compile(r"(?:\|[^\r\n]*+(?:\r\n?|\n)){1,500}")
_LINE = re.compile(r"[^\r\n]++")
_NOT_BLANK = re.compile(r"(?:[ \t]*+[^ \t\r\n][^\r\n]*+(?:\r\n?|\n)){1,500}")


class Taken(Enum):
    """What an open leaf makes of a line."""

    OPEN = 1
    """The line is its own, and the next may be too."""
    LAST = 2
    """The line is its own, and the last."""
    NOT = 3
    """The line is not its own; the leaf ended before."""


class Paragraph:
    """Lines of text, of which a later line may still make a heading or the head of a table."""

    __slots__ = ("lines",)

    def __init__(self) -> None:
        self.lines: list[tuple[int, int]] = []

    def blocks(self) -> list[Block]:
        """Return it as a block."""
        return [Block("paragraph", tuple(self.lines))]


class Table:
    """The rows of a table, whose cells are leaves."""

    __slots__ = ("_cells", "_linked")

    def __init__(self, *, linked: bool = False) -> None:
        self._cells: list[Block] = []
        self._linked = linked

    def skip(self, text: str, start: int) -> int:
        """Take the rows from `start`, outside all containers, that begin with a pipe."""
        stop = _end(_PIPED, text, start)
        for row in _LINE.finditer(text, start, stop):
            self.add(text, *row.span())
        return stop

    def add(self, text: str, start: int, end: int) -> None:
        """Add the row from `start` to `end`; empty cells are none."""
        if self._linked and not may_hold_links(text, start, end):
            return
        spans = tables.cells(text, start, end)
        self._cells += [Block("cell", (span,)) for span in spans if span[0] < span[1]]

    def blocks(self) -> list[Block]:
        """Return its cells."""
        return self._cells


class Region:
    """Protected lines: the whole lines, with the marks of their containers."""

    __slots__ = ("end", "kind", "start")

    def __init__(self, kind: BlockKind, line: Line) -> None:
        self.kind = kind
        self.start = line.start
        self.end = line.end

    def blocks(self) -> list[Block]:
        """Return it as a block."""
        return [Block(self.kind, ((self.start, self.end),))]

    def take(self, line: Line) -> Taken:
        """Take `line`, or not."""
        taken = self._judge(line)
        if taken is not Taken.NOT:
            self.end = line.end
        return taken

    def skip(self, text: str, start: int) -> int:
        """Take lines from `start` that are surely its own and outside all containers.

        Returns where the first line begins that is left to `take`.
        """
        stop = self._sure(text, start)
        if stop > start:
            self.end = stop - 1
            if text.startswith("\r\n", stop - 2):
                self.end -= 1
        return stop

    def _judge(self, line: Line) -> Taken:
        raise NotImplementedError

    def _sure(self, text: str, start: int) -> int:
        return start


class Fence(Region):
    """Fenced code (CommonMark 0.31 section 4.5)."""

    __slots__ = ("_code_indent", "_fence")

    def __init__(self, line: Line, fence: str, code_indent: int) -> None:
        super().__init__("code", line)
        self._fence = fence
        self._code_indent = code_indent

    def _judge(self, line: Line) -> Taken:
        if line.indent >= self._code_indent or not line.text.startswith(self._fence, line.first):
            return Taken.OPEN
        rest = line.text[line.first : line.end].rstrip(" \t").lstrip(self._fence[0])
        return Taken.OPEN if rest else Taken.LAST

    def _sure(self, text: str, start: int) -> int:
        return _end(_FENCED[self._fence[0]], text, start)


class IndentedCode(Region):
    """Indented code (section 4.4); blank lines at its end are not part of it."""

    __slots__ = ()

    def __init__(self, line: Line) -> None:
        super().__init__("code", line)

    def take(self, line: Line) -> Taken:
        """Take `line`, or not; a blank line only together with a later one."""
        if line.blank:
            return Taken.OPEN
        if line.indent < TAB:
            return Taken.NOT
        self.end = line.end
        return Taken.OPEN


class Html(Region):
    """An HTML block (section 4.6)."""

    __slots__ = ("_closer",)

    def __init__(self, line: Line, number: int) -> None:
        super().__init__("comment" if number == html_blocks.COMMENT else "html", line)
        self._closer = html_blocks.CLOSERS.get(number)

    def _judge(self, line: Line) -> Taken:
        if self._closer is None:
            return Taken.NOT if line.blank else Taken.OPEN
        closed = self._closer.search(line.text, line.first, line.end)
        return Taken.LAST if closed else Taken.OPEN

    def _sure(self, text: str, start: int) -> int:
        if self._closer is None:
            return _end(_NOT_BLANK, text, start)
        closer = self._closer.search(text, start)
        if not closer:
            return len(text)
        line_end = max(text.rfind(mark, start, closer.start()) for mark in "\r\n")
        return line_end + 1 if line_end >= 0 else start


class Math(Region):
    """Displayed math, up to the line that ends with `closer`."""

    __slots__ = ("_closer",)

    def __init__(self, line: Line, closer: str) -> None:
        super().__init__("math", line)
        self._closer = closer

    def _judge(self, line: Line) -> Taken:
        content = line.text[line.first : line.end].rstrip(" \t")
        return Taken.LAST if content.endswith(self._closer) else Taken.OPEN


class Expression(Region):
    """An MDX expression, up to the line with its last brace."""

    __slots__ = ("_brace",)

    def __init__(self, line: Line, brace: int) -> None:
        super().__init__("expression", line)
        self._brace = brace

    def _judge(self, line: Line) -> Taken:
        return Taken.LAST if self._brace < line.end else Taken.OPEN


class Esm(Region):
    """MDX import and export lines, up to a blank line outside of their braces."""

    __slots__ = ("_brace", "_braces")

    def __init__(self, line: Line, braces: Mapping[int, int]) -> None:
        super().__init__("esm", line)
        self._braces = braces
        self._brace = -1
        self.take(line)

    def _judge(self, line: Line) -> Taken:
        if line.blank and line.start > self._brace:
            return Taken.NOT
        opening = line.text.find("{", line.start, line.end)
        while opening >= 0:
            self._brace = max(self._brace, self._braces.get(opening, -1))
            opening = line.text.find("{", opening + 1, line.end)
        return Taken.OPEN


OpenBlock = Paragraph | Table | Region


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start
