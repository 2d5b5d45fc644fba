"""The names that a pattern may use besides the built-in kinds of token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wikimend.rules.model import TokenKind


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The tokens and sets of a rule file, those that it inherits first."""

    tokens: Mapping[str, TokenKind] = field(default_factory=dict)
    """Kinds of token that rule files add; their order decides the characters they get."""
    sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Sets by name, each a tuple of items as written: `TEXT`, `'('`, `TEXT~/[a-z]+/`, `PROSE`."""
