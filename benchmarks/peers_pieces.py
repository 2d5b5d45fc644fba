"""A page in two states: as it should be, and as it was found damaged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

Role = Literal["text", "link", "wreck", "decoy"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page."""

    clean: str
    """What should stand there."""
    damaged: str
    """What does stand there; the same, but for a wreck."""
    role: Role
    """What it is: running text, a sound link, a wreck, or what looks like a wreck and is none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A link, a wreck or a decoy on a page."""

    role: Role
    """Which of them it is."""
    wanted: str
    """What a tool must leave there, with the character before it and the one behind."""
    lines: range
    """The lines of the damaged page that it stands on; the first line is 1."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a tree, with the truth about it."""

    path: str
    """Its path in the tree."""
    clean: str
    """The text that must result."""
    damaged: str
    """The text that is given to the tools."""
    marks: tuple[Mark, ...]
    """Everything that is judged on it, in the order of the text."""

    def of_role(self, role: Role) -> list[Mark]:
        """Return the marks of one role."""
        return [mark for mark in self.marks if mark.role == role]


def text(content: str) -> Piece:
    """Return running text."""
    return Piece(content, content, "text")


def link(content: str) -> Piece:
    """Return a sound link."""
    return Piece(content, content, "link")


def decoy(content: str) -> Piece:
    """Return what must stay though it looks like a wreck."""
    return Piece(content, content, "decoy")


def leaf(path: str, pieces: Iterable[Piece]) -> Leaf:
    """Return the page that these pieces are."""
    parts = [*pieces]
    clean = "".join(part.clean for part in parts)
    damaged = "".join(part.damaged for part in parts)
    return Leaf(path, clean, damaged, tuple(_marks(parts, clean)))


def _marks(parts: list[Piece], clean: str) -> Iterator[Mark]:
    starts = accumulate((len(part.clean) for part in parts), initial=0)
    lines = accumulate((part.damaged.count("\n") for part in parts), initial=1)
    for part, start, line in zip(parts, starts, lines, strict=False):
        if part.role != "text":
            wanted = clean[max(0, start - 1) : start + len(part.clean) + 1]
            yield Mark(part.role, wanted, range(line, line + part.damaged.count("\n") + 1))
