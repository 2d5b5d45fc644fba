"""Needs: what a text must have for some rule to find anything in it."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.skeleton import is_suspicious, may_be_unbalanced, suspicious_lines

if TYPE_CHECKING:
    import regex

CITED = r"\[[0-9]{1,3}\]"
"""What every page with a numbered citation contains, as a regular expression."""

_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{[^}]*\})(?!\+)")
_POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[^}]*\})\+")
_IS_RIGHT = re.fullmatch(r"(?:ab?c)*+ab", "abcab") is not None
"""Whether `re` repeats groups possessively as it should; that of Python 3.11.2 does not."""
_PLAIN = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")
_FIRST = re.compile(r"(?:\\([^\w\s])|([^\\.^$*+?{}\[|()]))(?![*+?{])")
_PARTS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.DOTALL)
_SEVERAL = 3
"""How many needs that begin with the same two characters are a family."""


class Need:
    """What some rules cannot do without."""

    __slots__ = ("_pattern", "literal", "opening", "source")

    def __init__(self, source: str, literal: str | None, opening: str) -> None:
        self.source = source
        """The regular expression or built-in need, as written."""
        self.literal = literal
        """A string that must be there; None when it takes more to tell."""
        self.opening = opening
        """The one or two characters that it begins with; empty when they are not known."""
        self._pattern: re.Pattern[str] | regex.Pattern[str] | None = None

    @classmethod
    def of(cls, source: str) -> Need:
        """Return the need written as the regular expression or built-in need `source`."""
        if source == UNBALANCED:
            return cls(source, None, "")
        if _PLAIN.fullmatch(source):
            literal = re.sub(r"\\(.)", r"\1", source)
            return cls(source, literal, literal[:2])
        if _REPEATED_GROUP.search(source) or _has_branches(source):
            return cls(source, None, "")
        first = _FIRST.match(source)
        second = _FIRST.match(source, first.end()) if first else None
        return cls(source, None, "".join(each[1] or each[2] for each in (first, second) if each))

    @property
    def ticked(self) -> bool:
        """Whether it may speak of what stands in a code span."""
        return "`" in self.source

    def __contains__(self, text: str) -> bool:
        """Return whether `text`, one leaf, has it."""
        if self.literal is not None:
            return self.literal in text
        if self.source == UNBALANCED:
            return may_be_unbalanced(text)
        return self._search(text, 0) is not None

    def meets(self, text: str) -> bool:
        """Return whether a page has it somewhere."""
        return is_suspicious(text) if self.source == UNBALANCED else text in self

    def next(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Return the first stretch of a page that has it and ends after `start`, or None."""
        if self.literal is not None:
            at = text.find(self.literal, start)
            return None if at < 0 else (at, at + len(self.literal))
        if self.source == UNBALANCED:
            stretches = suspicious_lines(text)
            index = bisect_right(stretches, start, key=lambda stretch: stretch[1])
            return stretches[index] if index < len(stretches) else None
        found = self._search(text, start)
        return found.span() if found else None

    def _search(self, text: str, start: int) -> re.Match[str] | regex.Match[str] | None:
        if self._pattern is None:
            self._pattern = _compiled(self.source)
        if isinstance(self._pattern, re.Pattern):
            return self._pattern.search(text, start)
        return self._pattern.search(text, start, timeout=limits.TIMEOUT)


class Family:
    """Needs that begin alike, so that one search can tell that none is met."""

    __slots__ = ("_any", "needs", "opening")

    def __init__(self, opening: str, needs: Iterable[Need]) -> None:
        self.opening = opening
        """What they begin with."""
        self.needs = tuple(needs)
        """The needs."""
        self._any: re.Pattern[str] | None = None

    def met(self, text: str) -> bool:
        """Return whether some need of the family may be met in a text."""
        if len(self.opening) == 1 and self.opening not in text:
            return False
        if len(self.needs) == 1:
            return text in self.needs[0]
        if self._any is None:
            merged = _plain_pattern(_merged([need.source for need in self.needs]))
            self._any = merged or re.compile(re.escape(self.opening))
        return self._any.search(text) is not None


def families(needs: Iterable[Need]) -> Iterator[Family]:
    """Yield the families of needs of which it is known how they begin.

    It is one character, or two where several needs have both: few needs are asked then where one
    of them is met, and a search more costs little.
    """
    known = [need for need in needs if need.opening]
    sizes = Counter(need.opening for need in known)
    by_opening: dict[str, list[Need]] = {}
    for need in known:
        opening = need.opening if sizes[need.opening] >= _SEVERAL else need.opening[0]
        by_opening.setdefault(opening, []).append(need)
    return (Family(opening, members) for opening, members in by_opening.items())


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


def _compiled(source: str) -> re.Pattern[str] | regex.Pattern[str]:
    """Return a regular expression for `re` where it has it, and cannot take exponential time.

    A search with a time limit, which only `regex` has, costs ten times as much on a short text.
    """
    pattern = None if _REPEATED_GROUP.search(source) else _plain_pattern(source)
    if pattern is None:
        import regex

        return regex.compile(source)
    return pattern


def _plain_pattern(source: str) -> re.Pattern[str] | None:
    """Return a regular expression for `re`; None where only `regex` has it, or has it otherwise."""
    if not _IS_RIGHT and _POSSESSIVE_GROUP.search(source):
        return None
    with warnings.catch_warnings(), suppress(re.error, Warning):
        warnings.simplefilter("error")
        return re.compile(source)
    return None


def _has_branches(source: str) -> bool:
    """Return whether a regular expression has branches outside of all groups."""
    depth = 0
    for part in _PARTS.findall(source):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            return True
    return False
