"""The alphabet of the program: the kinds of token, one character each.

A leaf of a page (a paragraph, a heading, a table cell) is lexed once into tokens. The characters
of their kinds, joined, are a short string that rules search with regular expressions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import compress, pairwise
from types import MappingProxyType
from typing import Protocol

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "TEXT": "T",  # a run of plain text, as long as it can be
        "URL": "U",  # a bare http(s) URL with balanced parentheses
        "DEST": "D",  # the destination and title between the parentheses of a sound link
        "ESCAPE": "E",  # a backslash and the punctuation that it escapes
        "CODE": "C",  # a code span
        "MATH": "M",  # $...$, $$...$$ or \(...\)
        "TEMPLATE": "P",  # {{...}} or {%...%}; in MDX also {...}
        "HTML": "H",  # an inline tag, processing instruction or declaration
        "COMMENT": "K",  # an inline HTML comment: no set holds it, so no rule crosses it
        "AUTOLINK": "A",  # <https://...> or <name@example.org>
        "TICKS": "`",  # backticks that open no code span
        "NL": "N",  # the end of a line within the leaf
        "BREAK": "B",  # a backslash at the end of a line: a hard line break
    }
)
"""The name of every built-in kind with the character that stands for it."""

PUNCTUATION = "[]()<>!"
"""Characters that are tokens of their own; `!` only right before `[`."""

OPAQUE = frozenset("CMPHKA")
"""Kinds whose text no rule may change."""

MARKUP = frozenset(PUNCTUATION + "NB")
"""Kinds that carry no text of their own."""

FIRST_ADDED = 0xE000
"""Code point of the first kind that a rule file adds (the Unicode private use area)."""


class Test(Protocol):
    """What is asked of the text of a token."""

    def fits(self, text: str) -> bool:
        """Return whether the whole text is as it should be."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a leaf as parallel arrays; the tokens joined are the leaf's text."""

    text: str
    """The leaf's text."""
    kinds: str
    """One character a token."""
    starts: list[int]
    """Offset of each token in `text`, and the length of `text` at the end."""
    defined: frozenset[str] = frozenset()
    """The labels that the page defines, normalized: `[label]` is a link where it is among them."""

    _texts: dict[str, list[str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _answers: dict[tuple[str, Test], int] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __len__(self) -> int:
        return len(self.kinds)

    def of_kind(self, kind: str) -> list[str]:
        """Return the text of each token of a kind, in order."""
        texts = self._texts.get(kind)
        if texts is None:
            text, chosen = self.text, [each == kind for each in self.kinds]
            spans = compress(pairwise(self.starts), chosen)
            texts = self._texts[kind] = [text[start:end] for start, end in spans]
        return texts

    def answers(self, kind: str, test: Test) -> int:
        """Return what a test says of the texts of a kind, in bytes: 1 where it holds, else 0.

        That of the first token is the lowest. Rules ask the same of a leaf; it is told once.
        """
        found = self._answers.get((kind, test))
        if found is None:
            texts = self.of_kind(kind)
            holds = {text: test.fits(text) for text in set(texts)}
            found = int.from_bytes(bytes(map(holds.__getitem__, texts)), "little")
            self._answers[kind, test] = found
        return found

    def slice(self, first: int, last: int) -> str:
        """Return the text of the tokens from `first` up to, not including, `last`."""
        return self.text[self.starts[first] : self.starts[last]]
