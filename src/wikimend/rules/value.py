"""What a capture holds: text of which the code, math and tags must come out byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from wikimend.text.tokens import OPAQUE, Tokens


class Value(NamedTuple):
    """The text of one repeat of a capture."""

    text: str
    """The text."""
    opaque: tuple[tuple[int, int], ...] = ()
    """Stretches of it that no filter may change, in order."""

    @classmethod
    def of(cls, tokens: Tokens, first: int, last: int) -> Value:
        """Return the text of the tokens from `first` up to, not including, `last`."""
        if OPAQUE.isdisjoint(tokens.kinds[first:last]):
            return cls(tokens.slice(first, last))
        begin = tokens.starts[first]
        opaque = tuple(
            (tokens.starts[i] - begin, tokens.starts[i + 1] - begin)
            for i in range(first, last)
            if tokens.kinds[i] in OPAQUE
        )
        return cls(tokens.slice(first, last), opaque)

    @classmethod
    def joined(cls, values: Iterable[Value], separator: str) -> Value:
        """Return all values as one, with `separator` between them."""
        first, *others = values
        rest = (piece for value in others for piece in ((separator, False), *value.pieces()))
        return _glue((*first.pieces(), *rest))

    def pieces(self) -> list[tuple[str, bool]]:
        """Return the text in pieces, each with whether it is opaque."""
        edges = [0, *(edge for stretch in self.opaque for edge in stretch), len(self.text)]
        return [(self.text[a:b], bool(i % 2)) for i, (a, b) in enumerate(pairwise(edges))]

    def change(self, change: Callable[[str], str]) -> Value:
        """Return the value with `change` made to all that is not opaque."""
        if not self.opaque:
            return Value(change(self.text))
        return _glue((t, True) if opaque else (change(t), False) for t, opaque in self.pieces())

    def strip(self, characters: str | None = None) -> Value:
        """Return the value without `characters` (white space) at its edges."""
        if not self.opaque:
            return Value(self.text.strip(characters))
        pieces = self.pieces()
        pieces[0] = (pieces[0][0].lstrip(characters), False)
        pieces[-1] = (pieces[-1][0].rstrip(characters), False)
        return _glue(pieces)


Values = tuple[Value, ...]


def _glue(pieces: Iterable[tuple[str, bool]]) -> Value:
    text = ""
    opaque = []
    for piece, fixed in pieces:
        if fixed:
            opaque.append((len(text), len(text) + len(piece)))
        text += piece
    return Value(text, tuple(opaque))
