"""The line a finding is about, cut to what fits, and the carets under it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from wikimend.report.visible import visible

_LINE_END = re.compile(r"[\r\n]")
_CUT = "..."
_TAB = " " * 4


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of one line, safe to show."""

    before: str
    """What stands before the span; begins with `...` where more does."""
    span: str
    """The span, as far as it is on this line and fits."""
    after: str
    """What stands behind the span; ends in `...` where more does."""

    @property
    def carets(self) -> str:
        """The line to show below: carets under each cell of the span, one under an empty span."""
        return " " * cells(self.before) + "^" * max(1, cells(self.span))


def excerpt(text: str, start: int, end: int, column: int, width: int) -> Excerpt:
    """Return the line of `text` around the span from `start` to `end`, `width` cells at most.

    `column` is the 1-based column of `start`. The time does not depend on the line's length.
    """
    line_start = start - column + 1
    found = _LINE_END.search(text, start, start + width)
    line_end = found.start() if found else min(len(text), start + width)
    more = end > line_end or (found is None and line_end < len(text))
    span_end = min(end, line_end)
    room = width - len(_CUT)
    line = text[max(line_start, start - width) : line_end]
    if len(fitting(line, room)) < line_end - line_start:
        room -= len(_CUT)
    rest = fitting(text[start:line_end], room)
    lead = fitting(
        reversed(text[max(line_start, start - width) : start]),
        max(room // 3, room - cells("".join(rest))),
    )[::-1]
    rest = fitting(text[start:line_end], room - cells("".join(lead)))
    return Excerpt(
        (_CUT if len(lead) < start - line_start else "") + "".join(lead),
        "".join(rest[: span_end - start]),
        "".join(rest[span_end - start :]) + (_CUT if more or len(rest) < line_end - start else ""),
    )


def cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes; CJK characters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def fitting(text: Iterable[str], room: int) -> list[str]:
    """Return the first characters of `text` that fit into `room` cells, as they are shown."""
    shown: list[str] = []
    for character in text:
        shown.append(_TAB if character == "\t" else visible(character))
        room -= cells(shown[-1])
        if room < 0:
            shown.pop()
            break
    return shown
