"""A mistake inside one text of a rule file, and the guess at what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class SyntaxProblem(Exception):  # noqa: N818 - it becomes a `Problem`
    """A pattern, template or argument of a rule file that cannot be understood."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        """What is wrong, for the person who wrote the file."""
        self.offset = offset
        """Where it is wrong: code points from the start of the text."""


def guess(word: str, known: Iterable[str]) -> str:
    """Return `; did you mean X?` for the known word nearest to `word`, or nothing.

    >>> guess("sevrity", ["severity", "safety"])
    '; did you mean severity?'
    """
    near = get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]}?" if near else ""
