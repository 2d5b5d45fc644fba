"""Rows of a table as GitHub Flavored Markdown 0.29 section 4.10 says."""

from __future__ import annotations

import re

_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITER = re.compile(
    r"(?!-[ \t]|-\Z)\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*\|?[ \t]*+\Z"
)


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    r"""Return the spans of the cells of the row from `start` to `end`, without white space.

    A pipe after a backslash does not split, one in a code span does. An empty cell is an empty
    span.

    >>> cells(r"| a | b\|c |", 0, 12)
    [(2, 3), (6, 10)]
    """
    row = text[start:end]
    parts = _PIPE.split(row) if "\\" in row else row.split("|")
    spans: list[tuple[int, int]] = []
    stop = start - 1
    for part in parts:
        begin = stop + 1
        stop = begin + len(part)
        content = part.strip(" \t")
        first = begin + len(part) - len(part.lstrip(" \t")) if content else stop
        spans.append((first, first + len(content)))
    if not parts[0].strip(" \t"):
        del spans[0]
    if len(parts) > 1 and not parts[-1].strip(" \t"):
        del spans[-1]
    return spans


def columns(text: str, start: int, end: int) -> int:
    """Return how many cells the delimiter row from `start` to `end` has, 0 if it is none."""
    if not _DELIMITER.match(text, start, end):
        return 0
    return len(cells(text, start, end))


def is_header(text: str, start: int, end: int, width: int) -> bool:
    """Whether a line can be the header of a table of `width` columns; it must hold a pipe."""
    return text.find("|", start, end) >= 0 and len(cells(text, start, end)) == width
