"""One family of errors, each with a place; `cli` turns them into messages and exit codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something is, as a person looks for it."""

    path: str
    """The file as the user named it; `<stdin>` or `<string>` where there is none."""
    line: int = 0
    """1-based line; 0 when the whole file is meant."""
    column: int = 0
    """1-based column in code points; 0 when the whole line is meant."""

    def __str__(self) -> str:
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.path, *numbers])


class WikimendError(Exception):
    """Something the user must know and can act on; never a bug and never a damaged page."""

    exit_code = 2

    def __init__(self, message: str, place: Place | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class UsageError(WikimendError):
    """The command line or a configuration value makes no sense."""


class PageError(WikimendError):
    """A page could not be read, decoded or written; every other page is still handled."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a rule file."""

    place: Place
    """Where the mistake stands."""
    message: str
    """What is wrong and, where it can be told, what was meant."""

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class RuleFileError(WikimendError):
    """All the mistakes of a rule file at once, in the order of their places."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
