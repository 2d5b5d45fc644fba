"""A question about a repair as it is shown: the place, the reason, the lines before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from wikimend.repair.finding import Finding, Mended
from wikimend.report.console import REPAIRS
from wikimend.report.excerpt import cells, fitting
from wikimend.report.marks import Mark, shared
from wikimend.report.paper import Piece
from wikimend.report.summary import way
from wikimend.report.visible import visible
from wikimend.text.edit import Edit, apply
from wikimend.text.position import Lines

_UNPROVEN = "It cannot be made: more would change than this place, or what was accepted."
"""What is said of a repair whose proof fails."""

_Line = tuple[str, Mark]
"""A line without its end, and the stretch that changes in it."""

_CUT = "..."
_LONGEST = 1000
"""How many code points of a changed stretch are shown."""
_WIDEST = len(r"\u2028")
"""How many cells a code point may take as it is shown."""
_LEAST = 30
"""How many cells beside a changed stretch are shown, however long that is."""
_NO_NUMBER = str.maketrans("123456789", " " * 9)


def question(
    now: Mended, finding: Finding, outcomes: Sequence[Mended | None], width: int
) -> Iterator[Piece]:
    """Yield what to show of a finding of a page that is `now`, and would be one of `outcomes`.

    The outcomes are those of its repair, or of its readings; None for one that cannot be made, but
    not for all. The lines are cut to `width` cells, but what changes in them is shown whole.
    """
    yield from _place(now, finding)
    change = _change(now, [outcome for outcome in outcomes if outcome is not None])
    margin = "  " if finding.readings else ""
    yield from _rows(f"{margin}  ", change.above, "", width)
    yield from _rows(f"{margin}- ", change.old, "removed", width)
    news = iter(change.news)
    for number, outcome in enumerate(outcomes):
        label = f"{number + 1} " if finding.readings else ""
        if outcome is None:
            yield f"{label}! {_UNPROVEN}\n", "warning"
        else:
            yield from _rows(f"{label}+ ", next(news), "added", width)
        if finding.readings:
            yield f"    because: {visible(finding.readings[number].because)}\n", ""
    yield from _rows(f"{margin}  ", change.below, "", width)


def refusal(now: Mended, finding: Finding, width: int) -> Iterator[Piece]:
    """Yield what to show of a finding with nothing that can be made of it."""
    yield from _place(now, finding)
    text, start, end = now.page.text, finding.start, finding.end
    before = text[text.rfind("\n", 0, start) + 1 : start]
    lines = _lines(before, text[start:end], text[end : _line_end(text, end)])
    yield from _rows("  ", lines, "", width)
    yield f"! {_UNPROVEN}\n\n", "warning"


def _place(now: Mended, finding: Finding) -> Iterator[Piece]:
    """Yield where a finding is, in the page as it was, what it says, and why it may be wrong."""
    line, column = Lines(now.page.text).position(finding.start)
    yield visible(now.page.name), "path"
    yield f":{line}:{column}: ", "place"
    yield finding.rule, finding.severity
    yield f" {finding.name}", ""
    if repair := REPAIRS.get(way(finding)):
        yield f" [{repair}]", "repair"
    yield f"\n{visible(finding.message)}\n", ""
    if finding.because and not finding.readings:
        yield f"because: {visible(finding.because)}\n", ""


@dataclass(frozen=True, slots=True)
class _Change:
    """Whole lines of a page and what they may become; each with the stretch that changes."""

    above: Sequence[_Line]
    """The line before them."""
    old: Sequence[_Line]
    """The lines as they are."""
    news: Sequence[Sequence[_Line]]
    """The lines after each outcome."""
    below: Sequence[_Line]
    """The line after them."""


def _change(now: Mended, outcomes: Sequence[Mended]) -> _Change:
    """Return what the outcomes make of the page `now`."""
    start, end, texts = _stretch(now, outcomes)
    text = now.text
    # Repairs that touch are one edit, of which what was accepted before has not changed now.
    heads, tails = zip(*(shared(text[start:end], new) for new in texts), strict=True)
    head, tail = min(heads), min(tails)
    start, end = start + head, end - tail
    first, last = text.rfind("\n", 0, start) + 1, _line_end(text, end)
    before, after = text[first:start], text[end:last]
    above = text[text.rfind("\n", 0, first - 1) + 1 : first - 1] if first else None
    below = text[last + 1 : _line_end(text, last + 1)] if last + 1 < len(text) else None
    return _Change(
        [(above, (0, 0))] if above is not None else [],
        _lines(before, text[start:end], after),
        [_lines(before, new[head : len(new) - tail], after) for new in texts],
        [(below, (0, 0))] if below is not None else [],
    )


def _line_end(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found


def _stretch(now: Mended, outcomes: Sequence[Mended]) -> tuple[int, int, list[str]]:
    """Return the stretch of the page `now` in which outcomes differ from it, and what they have."""
    sides = [frozenset(mended.edits) for mended in (now, *outcomes)]
    differing = frozenset.union(*sides) - frozenset.intersection(*sides)
    low = min(edit.start for edit in differing)
    high = max(edit.end for edit in differing)

    def inside(mended: Mended) -> str:
        edits = (e for e in mended.edits if low <= e.start and e.end <= high)
        shifted = (Edit(e.start - low, e.end - low, e.text) for e in edits)
        return apply(now.page.text[low:high], shifted)

    shift = sum(len(e.text) - (e.end - e.start) for e in now.edits if e.start < low)
    start = low + shift
    return start, start + len(inside(now)), [inside(outcome) for outcome in outcomes]


def _lines(before: str, changed: str, after: str) -> list[_Line]:
    """Return the lines of a text, each with its part of the changed stretch, which may be empty."""
    start, end = len(before), len(before) + len(changed)
    marked: list[_Line] = []
    low = 0
    for line in f"{before}{changed}{after}".split("\n"):
        marked.append((line, (max(start - low, 0), min(end - low, len(line)))))
        low += len(line) + 1
    return marked


def _rows(sign: str, lines: Iterable[_Line], ink: str, width: int) -> Iterator[Piece]:
    """Yield lines, each cut around what changed, and broken where that alone is too long."""
    for line, mark in lines:
        row: list[Piece] = [(sign if line else sign.rstrip(), ink)]
        left = room = width - len(sign)
        for character, name in _cut(line, mark, ink, room):
            if (size := cells(character)) > left:
                row.append((f"\n{' ' * len(sign)}", ""))
                left = room
            row.append((character, name))
            left -= size
        row.append(("\n", ""))
        for name, pieces in groupby(row, itemgetter(1)):
            yield "".join(piece for piece, _ in pieces), name
        sign = sign.translate(_NO_NUMBER)


def _cut(line: str, mark: Mark, ink: str, room: int) -> Iterator[Piece]:
    """Yield the characters of a line, as many as fit into `room` cells, but all that changed."""
    line = line.removesuffix("\r")
    start, end = (min(offset, len(line)) for offset in mark)
    changed = fitting(line[start : min(end, start + _LONGEST)], _LONGEST * _WIDEST)
    if end > start + _LONGEST:
        changed.append(_CUT)
    lead, rest = _around(line[:start], line[end:], max(_LEAST, room - cells("".join(changed))))
    word = f"{ink} word" if ink else ""
    yield from ((character, ink) for character in lead)
    yield from ((character, word) for character in changed)
    yield from ((character, ink) for character in rest)


def _around(before: str, after: str, room: int) -> tuple[list[str], list[str]]:
    """Return as much of two sides as fits into `room` cells; a short side leaves more to the other.

    >>> _around("What stands before, ", " and after.", 20)
    (['...', 'e', 'f', 'o', 'r', 'e', ',', ' '], [' ', 'a', 'n', 'd', ' ', 'a', '...'])
    """
    wanted = cells("".join(fitting(after, room)))
    lead = _beginning(before[::-1], max(room // 2, room - wanted))[::-1]
    return lead, _beginning(after, room - cells("".join(lead)))


def _beginning(text: str, room: int) -> list[str]:
    found = fitting(text, room)
    return found if len(found) == len(text) else [*fitting(text, room - len(_CUT)), _CUT]
