"""The line under the scan: where its content begins, and in which column."""

from __future__ import annotations

import re

TAB = 4
"""Tab stops are that many columns apart (CommonMark 0.31 section 2.2)."""

_LINE_END = re.compile("[\r\n]")
_RULES = {mark: re.compile(rf"[{re.escape(mark)} \t]*+") for mark in "*-_"}


class Line:
    """One line of a text, read from left to right past the marks of its containers.

    The text must end with a line end. Columns count from 0 and tabs reach to the next tab stop,
    so that `column` can stand inside a tab of which a container took a part.
    """

    __slots__ = (
        "_rule_character",
        "_rule_stop",
        "column",
        "end",
        "first",
        "first_column",
        "start",
        "text",
        "unix",
    )

    def __init__(self, text: str) -> None:
        self.text = text
        self.unix = "\r" not in text
        """Whether all lines end with LF alone."""
        self.start = self.end = 0
        """Offsets of the whole line, without its end."""
        self.column = 0
        """Column where the content of the innermost container begins."""
        self.first = self.first_column = 0
        """Offset and column of the first character that is not white space."""
        self._rule_character = ""
        self._rule_stop = 0

    def load(self, start: int) -> int:
        """Make the line that begins at `start` the current one; return where the next begins."""
        text = self.text
        if self.unix:
            end = text.find("\n", start)
        else:
            found = _LINE_END.search(text, start)
            end = found.start() if found else len(text)
        self.start, self.end = start, end
        self._rule_stop = 0
        self.column = 0
        self._measure(start, 0)
        return end + 2 if text.startswith("\r\n", end) else end + 1

    def skip(self, width: int) -> None:
        """Move past a marker of `width` characters at `first`."""
        self.column = self.first_column + width
        self._measure(self.first + width, self.column)

    @property
    def blank(self) -> bool:
        """Whether nothing but white space is left."""
        return self.first >= self.end

    @property
    def indent(self) -> int:
        """Columns of white space before the content."""
        return self.first_column - self.column

    def is_thematic_break(self) -> bool:
        """Whether the rest of the line is a thematic break (section 4.1).

        What is found is kept for the line: `- - - - a` is looked at once, not once a list.
        """
        text, first, end = self.text, self.first, self.end
        mark = text[first]
        if mark not in "*-_":
            return False
        if mark == self._rule_character and first < self._rule_stop:
            return False
        run = _RULES[mark].match(text, first, end)
        stop = run.end() if run else first
        if stop == end:
            return text.count(mark, first, end) >= 3
        self._rule_character, self._rule_stop = mark, stop
        return False

    def _measure(self, offset: int, column: int) -> None:
        text = self.text
        character = text[offset]
        while character in " \t":
            column += 1 if character == " " else TAB - column % TAB
            offset += 1
            character = text[offset]
        self.first, self.first_column = offset, column
