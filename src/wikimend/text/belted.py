"""Regular expressions of rule files: with a time limit, where they may need one.

A call with a limit costs several times what a match in a short text does. How long a text surely
takes no time worth a limit follows from how many repeats a pattern has, if none has a repeat or
alternatives in it: a search then takes at most as many steps as the length to the power of two
more than that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import regex

from wikimend.text import limits

_STEPS = 100_000_000
"""How many steps of a search are taken without a limit: half a second at the most."""
_ANYHOW = 12
"""A text so short needs no limit, whatever the pattern."""

_PARTS = re.compile(
    r"\\[pP]\{[^}]*\}|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|(?P<close>\))"
    r"|(?P<open>\((?:\?(?:[:=!>]|<[=!]|P?<\w+>))?)"
    r"|(?P<repeat>[*+]|\{[0-9]*(?:,[0-9]*)?\})|(?P<choice>[?|])",
    re.DOTALL,
)

_ALIKE = re.compile(
    r"(?!.*(?:--|&&|~~|\|\|))(?:[^\\()\[\]{}^$*+?]|\\[^\w\s]|\\w|\((?:\?:)?(?!\?)|\)"
    r"|\[\^?(?:[^\\\[\]^]|\\[^\w\s]|\\w)+\]|(?:[*+?]|\{\d+(?:,\d*)?\})(?![+?]))*",
    re.DOTALL,
)
"""What `re` and `regex` take alike in a text of ASCII; in others they differ about `\\w`."""


class Belted:
    """A compiled regular expression whose methods raise TimeoutError where a match takes long."""

    __slots__ = ("_carefree", "_compiled", "_simple")

    def __init__(self, source: str) -> None:
        """Compile it; raises `regex.error` for what is none."""
        self._compiled = regex.compile(source, regex.V0)
        self._carefree = carefree(source)
        self._simple = re.compile(source) if _ALIKE.fullmatch(source) else None

    def fullmatch(self, text: str) -> regex.Match[str] | None:
        """Return the match of the whole text."""
        if len(text) <= self._carefree:
            return self._compiled.fullmatch(text)
        return self._compiled.fullmatch(text, timeout=limits.TIMEOUT)

    def fits(self, text: str) -> bool:
        """Return whether the whole text matches; `re` tells it in a third of the time."""
        if self._simple is not None and len(text) <= self._carefree and text.isascii():
            return self._simple.fullmatch(text) is not None
        return self.fullmatch(text) is not None

    def search(self, text: str, timeout: float) -> bool:
        """Return whether it is found; `timeout` is in seconds."""
        if len(text) <= self._carefree:
            return self._compiled.search(text) is not None
        return self._compiled.search(text, timeout=timeout) is not None

    def match(self, text: str, start: int) -> regex.Match[str] | None:
        """Return the match that begins at an offset."""
        if len(text) <= self._carefree:
            return self._compiled.match(text, start)
        return self._compiled.match(text, start, timeout=limits.TIMEOUT)

    def finditer(self, text: str) -> Iterator[regex.Match[str]]:
        """Yield the matches from left to right."""
        if len(text) <= self._carefree:
            return self._compiled.finditer(text)
        return self._compiled.finditer(text, timeout=limits.TIMEOUT)

    def overlapping(self, text: str, timeout: float) -> Iterator[regex.Match[str]]:
        """Yield a match from each place where one begins; `timeout` is in seconds."""
        if len(text) <= self._carefree:
            return self._compiled.finditer(text, overlapped=True)
        return self._compiled.finditer(text, overlapped=True, timeout=timeout)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its groups."""
        return tuple(self._compiled.groupindex)


@cache
def belted(source: str) -> Belted:
    """Return the regular expression `source`; raises `regex.error` for what is none."""
    return Belted(source)


def carefree(source: str) -> int:
    r"""Return up to which length of text a search for `source` needs no time limit.

    >>> carefree("ab"), carefree("a*b"), carefree(r"[*]\*a+b+"), carefree("(?:a|aa)+")
    (10000, 464, 100, 12)
    """
    repeats = choices = 0
    groups: list[int] = []
    """For each open group how many choices stood before it."""
    closed = -1, 0
    """Where a group ended last, and how many choices stood before it."""
    for part in _PARTS.finditer(source):
        if part["open"]:
            groups.append(choices)
        elif part["close"]:
            if not groups:
                return _ANYHOW
            closed = part.end(), groups.pop()
        elif part["repeat"] or part["choice"]:
            if part["repeat"] and part.start() == closed[0] and choices > closed[1]:
                return _ANYHOW  # one in another
            repeats += part["repeat"] is not None
            choices += 1
    return max(_ANYHOW, round(_STEPS ** (1 / (repeats + 2)))) if not groups else _ANYHOW
