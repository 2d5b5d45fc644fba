"""The edits of a page as whole lines that become other whole lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from wikimend.report.marks import Mark, alike, by_line, shared
from wikimend.text.edit import Edit


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a diff."""

    sign: Literal[" ", "-", "+"]
    """Whether it stays, goes or comes."""
    text: str
    """The line with its LF; without one it ends the page."""
    marks: tuple[Mark, ...] = ()
    """The stretches that changed, where the line has a counterpart on the other side."""


@dataclass(frozen=True, slots=True)
class Change:
    """Neighbouring lines of which the first and the last differ."""

    start: int
    """0-based number of the first old line, or of the line before which new ones come."""
    old: Sequence[DiffLine]
    """The lines that go."""
    new: Sequence[DiffLine]
    """The lines that come."""

    @property
    def stop(self) -> int:
        """0-based number of the line after the last old one."""
        return self.start + len(self.old)


def changes(text: str, starts: Sequence[int], edits: Iterable[Edit]) -> Iterator[Change]:
    """Yield what disjoint, sorted `edits` do to the lines of `text`, in order.

    `starts` holds the offset of each line (one after the last LF, too) and `len(text) + 1`.
    """
    group: list[Edit] = []
    first = last = 0
    for edit in edits:
        if text[edit.start : edit.end] == edit.text:
            continue
        line = bisect_right(starts, edit.start) - 1
        if group and line > last:
            yield from _change(text[starts[first] : starts[last + 1]], starts[first], first, group)
            group = []
        if not group:
            first = line
        # The line that the edit ends in is touched, even at its very start: they may be joined.
        last = bisect_right(starts, edit.end) - 1
        group.append(edit)
    if group:
        yield from _change(text[starts[first] : starts[last + 1]], starts[first], first, group)


def _change(text: str, offset: int, number: int, edits: Iterable[Edit]) -> Iterator[Change]:
    """Yield what `edits` do to `text`, whole lines at `offset` of which `number` is the first."""
    pieces: list[str] = []
    old_marks: list[Mark] = []
    new_marks: list[Mark] = []
    done = length = 0
    for edit in edits:
        start, end = edit.start - offset, edit.end - offset
        pieces += (text[done:start], edit.text)
        length += start - done
        head, tail = shared(text[start:end], edit.text)
        old_marks.append((start + head, end - tail))
        new_marks.append((length + head, length + len(edit.text) - tail))
        length += len(edit.text)
        done = end
    pieces.append(text[done:])
    old = [DiffLine("-", *line) for line in by_line(text, old_marks)]
    new = [DiffLine("+", *line) for line in by_line("".join(pieces), new_marks)]
    was, becomes = [line.text for line in old], [line.text for line in new]
    head = alike(was, becomes)
    tail = alike(was[head:][::-1], becomes[head:][::-1])
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    if old and new:
        yield Change(number + head, old, new)
    elif old or new:
        yield Change(number + head, _unmarked(old), _unmarked(new))


def _unmarked(lines: Iterable[DiffLine]) -> list[DiffLine]:
    return [DiffLine(line.sign, line.text) for line in lines]
