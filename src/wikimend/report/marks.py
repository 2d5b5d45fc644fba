"""The stretches of a line that an edit changed, for marking words in a diff."""

from __future__ import annotations

import re
from collections.abc import Sequence

Mark = tuple[int, int]
"""Start and end of a changed stretch, in code points."""

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def shared(old: str, new: str) -> tuple[int, int]:
    """Return how many code points `old` and `new` share at their start and at their end.

    Only whole words are shared: a word that differs in one letter differs.

    >>> shared("[a cat sat)", "[a car sat)")
    (3, 5)
    """
    head = _whole_words(old, new, alike(old, new))
    old, new = old[head:][::-1], new[head:][::-1]
    return head, _whole_words(old, new, alike(old, new))


def alike(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items `old` and `new` share at their start."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(old), len(new)))


def _whole_words(old: str, new: str, length: int) -> int:
    """Return `length` less the part of a word that goes on in `old` or `new`."""
    if _is_word(old[length : length + 1]) or _is_word(new[length : length + 1]):
        while length and _is_word(old[length - 1]):
            length -= 1
    return length


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def lines(text: str) -> list[str]:
    r"""Return the lines of `text` with their ends; only LF ends a line, as in git.

    >>> lines("a\r\nb\rc")
    ['a\r\n', 'b\rc']
    """
    return _LINE.findall(text)


def by_line(text: str, marks: Sequence[Mark]) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return each line of `text` with its share of the sorted `marks`, counted from its start."""
    marked: list[tuple[str, tuple[Mark, ...]]] = []
    low = index = 0
    for line in lines(text):
        end = low + len(line.rstrip("\n"))
        mine: list[Mark] = []
        while index < len(marks) and marks[index][0] < low + len(line):
            start, stop = max(marks[index][0], low), min(marks[index][1], end)
            if start < stop:
                mine.append((start - low, stop - low))
            if marks[index][1] > low + len(line):
                break
            index += 1
        marked.append((line, tuple(mine)))
        low += len(line)
    return marked
