"""A mended page as a unified diff that `git apply` takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wikimend.repair.finding import Mended
from wikimend.report.change import Change, DiffLine, changes
from wikimend.report.gitname import header

NO_NEWLINE = "\\ No newline at end of file"

_LF = re.compile("\n")


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changed lines that are near each other, with the lines around them."""

    old: int
    """1-based number of the first old line; of the line before it when there is none."""
    old_count: int
    """How many old lines there are."""
    new: int
    """1-based number of the first new line; of the line before it when there is none."""
    new_count: int
    """How many new lines there are."""
    lines: tuple[DiffLine, ...]
    """The lines in the order of the diff."""

    @property
    def header(self) -> str:
        """The line that opens the hunk, without its end."""
        old = f"{self.old},{self.old_count}" if self.old_count != 1 else f"{self.old}"
        new = f"{self.new},{self.new_count}" if self.new_count != 1 else f"{self.new}"
        return f"@@ -{old} +{new} @@"


def patch(mended: Mended, context: int = 3) -> str:
    """Return the patch that makes the mended page of the old one; empty when they are equal."""
    pieces: list[str] = []
    for hunk in hunks(mended, context):
        pieces += (hunk.header, "\n")
        for line in hunk.lines:
            pieces += (line.sign, line.text)
            if not line.text.endswith("\n"):
                pieces += ("\n", NO_NEWLINE, "\n")
    return "".join([header(mended.page.name), *pieces]) if pieces else ""


def patch_bytes(mended: Mended, context: int = 3) -> bytes:
    """Return the patch as it is stored, with the undecodable bytes of the page."""
    return patch(mended, context).encode("utf-8", "surrogateescape")


def hunks(mended: Mended, context: int = 3) -> Iterator[Hunk]:
    """Yield the hunks of the diff, with `context` unchanged lines around each change."""
    text = mended.page.text
    starts = [0, *(end.end() for end in _LF.finditer(text)), len(text) + 1]
    # After a last LF no line begins for a diff, nor does one in an empty page.
    count = len(starts) - 1 - (starts[-2] == len(text))
    shift = 0
    for group in _near(changes(text, starts, mended.edits), 2 * context):
        first = max(0, group[0].start - context)
        stop = min(count, group[-1].stop + context)
        old_count = stop - first
        new_count = old_count + sum(len(change.new) - len(change.old) for change in group)
        yield Hunk(
            first + (old_count > 0),
            old_count,
            first + shift + (new_count > 0),
            new_count,
            tuple(_lines(text, starts, group, first, stop)),
        )
        shift += new_count - old_count


def _near(changes: Iterable[Change], distance: int) -> Iterator[list[Change]]:
    """Yield runs of changes with at most `distance` unchanged lines between two of them."""
    group: list[Change] = []
    for change in changes:
        if group and change.start - group[-1].stop > distance:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _lines(
    text: str, starts: Sequence[int], group: Iterable[Change], first: int, stop: int
) -> Iterator[DiffLine]:
    """Yield the lines of a hunk from line `first` to before line `stop`, as git orders them.

    Where changed lines follow each other, all that go stand before all that come.
    """
    coming: list[DiffLine] = []
    done = first
    for change in group:
        if change.start > done:
            yield from coming
            coming.clear()
            yield from _unchanged(text, starts, done, change.start)
        yield from change.old
        coming += change.new
        done = change.stop
    yield from coming
    yield from _unchanged(text, starts, done, stop)


def _unchanged(text: str, starts: Sequence[int], first: int, stop: int) -> Iterator[DiffLine]:
    for number in range(first, stop):
        yield DiffLine(" ", text[starts[number] : starts[number + 1]])
