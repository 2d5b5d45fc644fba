"""The links of a leaf, read off its tokens as CommonMark 0.31 section 6.3 reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wikimend.text.definitions import normalized
from wikimend.text.tokens import Tokens

_BRACKET = re.compile(r"\[|\]\(D?\)|\]")
_LONGEST_LABEL = 999


class Link(NamedTuple):
    """A link or image of a leaf."""

    start: int
    """Offset in the leaf of the bracket that opens its text."""
    destination: tuple[int, int]
    """Where its destination stands; of a reference the label that the page defines."""
    inline: bool
    """Whether it has its destination beside it."""

    @property
    def closer(self) -> int:
        """Offset in the leaf of the bracket right before its destination or after its label."""
        return self.destination[0] - len("](") if self.inline else self.destination[1]


def links(tokens: Tokens) -> Iterator[Link]:
    """Yield the inline links of a leaf, and its references to labels that the page defines.

    They come in the order in which they end; none is inside the text of another, but images are.
    """
    kinds, starts = tokens.kinds, tokens.starts
    if not tokens.defined and "](D)" not in kinds and "]()" not in kinds:
        return
    opened: list[int] = []
    texts: dict[int, int] = {}  # where the label of a reference opens, and its text
    inactive = 0  # how many of the outermost brackets hold a link and open none any more
    for found in _BRACKET.finditer(kinds):
        index = found.start()
        if found.group() == "[":
            opened.append(index)
            continue
        if not opened:
            continue
        first = opened.pop()
        if first + 1 == index and first in texts:
            continue  # [text][], which was a reference when its text ended
        begin = texts.pop(first, first)
        image = kinds[begin - 1 : begin] == "!"
        active = image or len(opened) >= inactive
        inactive = min(inactive, len(opened))
        if not active:
            continue
        if begin < first:
            link = Link(starts[begin], (starts[first + 1], starts[index]), False)
        elif found.group() != "]":
            link = Link(starts[begin], (starts[index + 2], starts[found.end() - 1]), True)
        elif label := _label_at(tokens, index + 1):
            if _is_defined(tokens, *label):
                texts[index + 1] = first
            continue
        elif _is_defined(tokens, first + 1, index):
            link = Link(starts[begin], (starts[first + 1], starts[index]), False)
            if kinds.startswith("[]", index + 1):
                texts[index + 1] = first
        else:
            continue
        if not image:
            inactive = len(opened)
        yield link


def paired_closers(tokens: Tokens) -> Iterator[int]:
    """Yield the offsets of the closing brackets that have a partner, whether of a link or not."""
    opened = 0
    for index, kind in enumerate(tokens.kinds):
        if kind == "[":
            opened += 1
        elif kind == "]" and opened:
            opened -= 1
            yield tokens.starts[index]


def _label_at(tokens: Tokens, index: int) -> tuple[int, int] | None:
    """Return the tokens of the label in brackets that opens at `index`, or None."""
    if not tokens.defined or tokens.kinds[index : index + 1] != "[":
        return None
    end = _BRACKET.search(tokens.kinds, index + 1)
    if end is None or end.group() == "[" or not tokens.slice(index + 1, end.start()).strip():
        return None
    return index + 1, end.start()


def _is_defined(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the tokens from `first` up to `last` are a label that the page defines."""
    is_short = 0 < tokens.starts[last] - tokens.starts[first] <= _LONGEST_LABEL
    return (
        bool(tokens.defined)
        and is_short
        and normalized(tokens.slice(first, last)) in tokens.defined
    )
