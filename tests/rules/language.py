"""A small vocabulary for tests of patterns, and patterns run over texts."""

from __future__ import annotations

from wikimend.rules.alphabet import added_kind
from wikimend.rules.pattern import Match, compile_pattern
from wikimend.rules.vocabulary import TokenKind, Vocabulary
from wikimend.text.lexer import Marker, lex
from wikimend.text.tokens import Tokens

TOKENS = {
    "TEMP": TokenKind("TEMP", "--TEMP--", "marker", ("--TEMP--",)),
    "OAI": TokenKind("OAI", r":cite\[\d+\]", "text", (":cite[",)),
}
SETS = {
    "PROSE": ("TEXT", "CODE", "NL", "'('", "')'"),
    "NUMBER": (r"TEXT~/\d+/",),
    "WIDE": ("PROSE", "'['"),
}
VOCABULARY = Vocabulary(TOKENS, SETS)
MARKERS = tuple(
    Marker(added_kind(i), token.pattern, token.literals) for i, token in enumerate(TOKENS.values())
)


def tokens_of(text: str) -> Tokens:
    """Return the tokens of a leaf, with the markers of the vocabulary."""
    return lex(text, MARKERS)


def matches(pattern: str, text: str) -> list[Match]:
    """Return the matches of a pattern in a leaf's text."""
    return list(compile_pattern(pattern, VOCABULARY).matches(tokens_of(text)))


def found(pattern: str, text: str) -> list[str]:
    """Return what a pattern matches in a leaf's text."""
    tokens = tokens_of(text)
    return [tokens.slice(match.first, match.last) for match in matches(pattern, text)]
