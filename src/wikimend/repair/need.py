"""Needs: what a text must have for some rule to find anything in it."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

import regex

from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.skeleton import is_suspicious, may_be_unbalanced, suspicious_lines

Expression = re.Pattern[str] | regex.Pattern[str]

_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{[^}]*\})(?!\+)")
_PLAIN = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")
_FIRST = re.compile(r"(?:\\([^\w\s])|([^\\.^$*+?{}\[|()]))(?![*+?{])")
_PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Need:
    """What some rules cannot do without."""

    source: str
    """The regular expression or built-in need, as written."""
    literal: str | None
    """A string that must be there; None when it takes more to tell."""
    pattern: Expression | None
    """A pattern that must be found; both are None where a bracket must lack its partner."""
    first: str | None
    """The character that it begins with; None when that is not known."""

    @classmethod
    def of(cls, source: str) -> Need:
        """Return the need written as the regular expression or built-in need `source`."""
        if source == UNBALANCED:
            return cls(source, None, None, None)
        if _PLAIN.fullmatch(source):
            literal = re.sub(r"\\(.)", r"\1", source)
            return cls(source, literal, None, literal[0])
        pattern = _compiled(source)
        known = isinstance(pattern, re.Pattern) and not _has_branches(source)
        found = _FIRST.match(source) if known else None
        return cls(source, None, pattern, (found[1] or found[2]) if found else None)

    def __contains__(self, text: str) -> bool:
        """Return whether `text`, one leaf, has it."""
        if self.literal is not None:
            return self.literal in text
        if self.pattern is not None:
            return _search(self.pattern, text, 0) is not None
        return may_be_unbalanced(text)

    def meets(self, text: str) -> bool:
        """Return whether a page has it somewhere."""
        if self.literal is None and self.pattern is None:
            return is_suspicious(text)
        return text in self

    def next(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Return the first stretch of a page that has it and ends after `start`, or None."""
        if self.literal is not None:
            at = text.find(self.literal, start)
            return None if at < 0 else (at, at + len(self.literal))
        if self.pattern is not None:
            found = _search(self.pattern, text, start)
            return found.span() if found else None
        stretches = suspicious_lines(text)
        index = bisect_right(stretches, start, key=lambda stretch: stretch[1])
        return stretches[index] if index < len(stretches) else None


class Family:
    """Needs that begin with the same character, so that one search can tell that none is met."""

    __slots__ = ("_any", "first", "needs")

    def __init__(self, first: str, needs: Iterable[Need]) -> None:
        self.first = first
        """The character."""
        self.needs = tuple(needs)
        """The needs."""
        self._any: re.Pattern[str] | None = None

    def met(self, text: str) -> bool:
        """Return whether some need of the family is met in a text."""
        if self.first not in text:
            return False
        if len(self.needs) == 1:
            return self.needs[0].meets(text)
        if self._any is None:
            self._any = re.compile(_merged([need.source for need in self.needs]))
        return self._any.search(text) is not None


def families(needs: Iterable[Need]) -> Iterator[Family]:
    """Yield the families of needs whose first character is known."""
    by_first: dict[str, list[Need]] = {}
    for need in needs:
        if need.first is not None:
            by_first.setdefault(need.first, []).append(need)
    return (Family(first, members) for first, members in by_first.items())


def _merged(sources: Sequence[str]) -> str:
    """Return a regular expression that finds what one of `sources` finds, first characters first.

    >>> _merged(["ab", "ac?", "[0-9]"])
    'a(?:b|c?)|[0-9]'
    """
    branches: dict[str, list[str]] = {}
    others: list[str] = []
    for source in sources:
        found = None if _has_branches(source) else _FIRST.match(source)
        if found:
            branches.setdefault(found[0], []).append(source[found.end() :])
        else:
            others.append(source)
    merged = (
        first + (f"(?:{_merged(rests)})" if len(rests) > 1 else rests[0])
        for first, rests in branches.items()
    )
    return "|".join([*merged, *others])


def _compiled(source: str) -> Expression:
    """Return a regular expression for `re` where it has it, and cannot take exponential time.

    A search with a time limit, which only `regex` has, costs ten times as much on a short text.
    """
    if not _REPEATED_GROUP.search(source):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with suppress(re.error, Warning):
                return re.compile(source)
    return regex.compile(source)


def _has_branches(source: str) -> bool:
    """Return whether a regular expression has branches outside of all groups."""
    depth = 0
    for part in _PARTS.findall(source):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            return True
    return False


def _search(pattern: Expression, text: str, start: int) -> re.Match[str] | regex.Match[str] | None:
    if isinstance(pattern, re.Pattern):
        return pattern.search(text, start)
    return pattern.search(text, start, timeout=limits.TIMEOUT)
