"""The names that a pattern may use besides the built-in kinds of token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

UNBALANCED = "\0unbalanced"
"""The need of texts in which some bracket may lack its partner; no regular expression."""

BUILT_IN_GATES: Mapping[str, str] = {"UNBALANCED": UNBALANCED}
"""Gates that every file may use, with the need that each stands for."""


@dataclass(frozen=True, slots=True)
class TokenKind:
    """A kind of token that a rule file adds: a marker or another piece of running text."""

    name: str
    """Upper-case name for use in patterns, such as `TEMP`."""
    pattern: str
    """A regular expression over page text (`regex` syntax)."""
    role: Literal["marker", "text"]
    """A marker is machine residue that may vanish; text must survive a repair."""
    literals: tuple[str, ...]
    """Strings, one of which every occurrence contains."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens and sets of a rule file, those that it inherits first."""

    tokens: Mapping[str, TokenKind] = field(default_factory=dict)
    """Kinds of token that rule files add; their order decides the characters they get."""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sets by name, each a tuple of items as written: `TEXT`, `'('`, `TEXT~/[a-z]+/`, `PROSE`."""
    gates: Mapping[str, str] = field(default_factory=dict)
    """Gates by name: regular expressions over raw text, one of which a match needs."""
