"""Offsets (code points from the start of a text) as lines and columns."""

from __future__ import annotations

import re
from bisect import bisect_right

_LINE_END = re.compile(r"\r\n|\n|\r")


class Lines:
    """The lines of a text, for turning offsets into what an editor shows.

    Lines end as CommonMark 0.31 section 2.1 says: at LF, CR LF, or a CR alone.

    >>> Lines("ab\\ncd").position(4)
    (2, 2)
    """

    __slots__ = ("_starts", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def position(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column (in code points) of `offset`."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def span(self, number: int) -> tuple[int, int]:
        """Return the offsets of the 1-based line `number`, its end included.

        A line after the last one is empty and stands at the end of the text.
        """
        size = len(self._text)
        start = self._starts[number - 1] if number <= len(self._starts) else size
        return start, self._starts[number] if number < len(self._starts) else size

    def line(self, number: int) -> str:
        """Return the text of the 1-based line `number`, without its end."""
        start, end = self.span(number)
        return self._text[start:end].rstrip("\r\n")
