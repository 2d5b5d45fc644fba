"""The links of a leaf, read off its tokens as CommonMark 0.31 section 6.3 reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wikimend.text.definitions import normalized
from wikimend.text.tokens import Tokens

_BRACKET = re.compile(r"\[|\]\(D\)|\]\(\)|\]")
_LONGEST_LABEL = 999


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a leaf."""

    start: int
    """Offset in the leaf of the bracket that opens it."""
    destination: tuple[int, int]
    """Where its destination stands; of a reference the label that the page defines."""
    inline: bool
    """Whether it has its destination beside it."""


def links(tokens: Tokens) -> Iterator[Link]:
    """Yield the inline links of a leaf, and its references to labels that the page defines.

    They come in the order in which they end. Of `[text][label]` the reference is `[label]`.
    """
    opened: list[int] = []
    starts = tokens.starts
    for found in _BRACKET.finditer(tokens.kinds):
        index = found.start()
        if found.group() == "[":
            opened.append(index)
            continue
        if not opened:
            continue
        first = opened.pop()
        if found.group() == "](D)":
            yield Link(starts[first], (starts[index + 2], starts[index + 3]), True)
        elif tokens.defined and _is_defined(tokens, first + 1, index):
            yield Link(starts[first], (starts[first + 1], starts[index]), False)


def _is_defined(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether the tokens from `first` up to `last` are a label that the page defines."""
    is_short = tokens.starts[last] - tokens.starts[first] <= _LONGEST_LABEL
    return is_short and normalized(tokens.slice(first, last)) in tokens.defined
