"""Edits of one immutable text: collected, applied once, and composed over several passes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import NamedTuple


class Edit(NamedTuple):
    """A stretch of a text and what stands there afterwards."""

    start: int
    """Offset of the first code point replaced."""
    end: int
    """Offset after the last code point replaced; equal to `start` for an insertion."""
    text: str
    """What stands there afterwards; empty for a deletion."""
    rules: tuple[str, ...] = ()
    """The ids of the rules that made it, the first first."""


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return `text` with all `edits` made at once; they may touch, but not overlap.

    Raises ValueError when two edits overlap or one reaches outside the text.

    >>> apply("a [b c", [Edit(2, 3, "")])
    'a b c'
    """
    pieces: list[str] = []
    done = 0
    for edit in sorted(edits):
        if not done <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit} overlaps another or lies outside the text")
        pieces += (text[done : edit.start], edit.text)
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


class Origin:
    """Where each offset of an edited text came from."""

    __slots__ = ("_begins", "_edits")

    def __init__(self, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits)
        self._begins: list[int] = []
        shift = 0
        for edit in self._edits:
            self._begins.append(edit.start + shift)
            shift += _growth(edit)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original span of the stretch from `start` to `end` of the edited text.

        A span that reaches into replaced text covers the whole of what was replaced.

        >>> Origin([Edit(0, 5, "x")]).span(0, 2)
        (0, 6)
        """
        first = self._start(start)
        return first, max(first, self._end(end))

    def _start(self, offset: int) -> int:
        index = bisect_right(self._begins, offset) - 1
        if index < 0:
            return offset
        edit, past = self._edits[index], offset - self._begins[index]
        return edit.start if past < len(edit.text) else edit.end + past - len(edit.text)

    def _end(self, offset: int) -> int:
        index = bisect_left(self._begins, offset) - 1
        if index < 0:
            return offset
        edit, past = self._edits[index], offset - self._begins[index]
        return edit.end + max(0, past - len(edit.text))


def compose(first: Iterable[Edit], second: Iterable[Edit], middle: str) -> list[Edit]:
    """Return edits of the original text that do what `first` and then `second` do.

    `first` are edits of the original, `middle` is what they make of it, `second` are edits of
    `middle`. Edits of the two passes that meet become one, which names the rules of both.

    >>> compose([Edit(0, 1, "xy")], [Edit(1, 3, "")], "xybc")
    [Edit(start=0, end=2, text='x', rules=())]
    """
    spans: list[tuple[int, int, int, Edit]] = []
    shift = 0
    for edit in sorted(first):
        spans.append((edit.start + shift, edit.start + shift + len(edit.text), 1, edit))
        shift += _growth(edit)
    spans += ((edit.start, edit.end, 2, edit) for edit in second)
    spans.sort(key=lambda span: span[:3])
    composed: list[Edit] = []
    shift = index = 0
    while index < len(spans):
        low, high = spans[index][:2]
        stop = index + 1
        while stop < len(spans) and spans[stop][0] <= high:
            high = max(high, spans[stop][1])
            stop += 1
        group = spans[index:stop]
        start = low - shift
        shift += sum(_growth(edit) for *_, turn, edit in group if turn == 1)
        later = [Edit(e.start - low, e.end - low, e.text) for *_, turn, e in group if turn == 2]
        rules = dict.fromkeys(rule for *_, edit in group for rule in edit.rules)
        composed.append(Edit(start, high - shift, apply(middle[low:high], later), tuple(rules)))
        index = stop
    return composed


def _growth(edit: Edit) -> int:
    return len(edit.text) - (edit.end - edit.start)
