"""The gate: which rules can find anything in a text, told from its raw characters alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import regex

from wikimend.rules.model import Rule
from wikimend.text import limits
from wikimend.text.block import Block

_PLAIN = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")


@dataclass(frozen=True, slots=True)
class Need:
    """What some rules cannot do without."""

    literal: str | None
    """A string that must be there; None when it takes a pattern to tell."""
    pattern: regex.Pattern[str] | None
    """The pattern, where it takes one."""

    @classmethod
    def of(cls, source: str) -> Need:
        """Return the need written as the regular expression `source`."""
        if _PLAIN.fullmatch(source):
            return cls(re.sub(r"\\(.)", r"\1", source), None)
        return cls(None, regex.compile(source))

    def __contains__(self, text: str) -> bool:
        """Return whether `text` has it."""
        if self.pattern is None:
            return (self.literal or "") in text
        return self.pattern.search(text, timeout=limits.TIMEOUT) is not None

    def places(self, text: str, start: int = 0) -> Iterator[int]:
        """Yield the offsets in `text` from `start` on where it stands."""
        if self.pattern is not None:
            scan = self.pattern.finditer(text, start, timeout=limits.TIMEOUT)
            yield from (found.start() for found in scan)
            return
        literal = self.literal or ""
        at = text.find(literal, start)
        while at >= 0:
            yield at
            at = text.find(literal, at + len(literal))


class Gate:
    """The rules of a run for one dialect, by what they need."""

    __slots__ = ("_needs", "_rules")

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self._rules = tuple(rules)
        self._needs: dict[str, Need] = {}
        for _, rule in self._rules:
            for source in rule.needs:
                if source not in self._needs:
                    self._needs[source] = Need.of(source)

    def open_for(self, text: str) -> list[tuple[int, Rule]]:
        """Return the rules that may find something in `text`, with their priorities."""
        met = {source for source, need in self._needs.items() if text in need}
        return [entry for entry in self._rules if not met.isdisjoint(entry[1].needs)]

    def leaves(self, text: str, blocks: Sequence[Block]) -> list[Block]:
        """Return the leaves of a page in which some rule may find something, in order."""
        starts = [block.start for block in blocks]
        ends = [*starts, len(text) + 1]
        hit: set[int] = set()
        for need in self._needs.values():
            # One place is enough for a block, and a paragraph may be a megabyte of them.
            place = next(need.places(text), None)
            while place is not None:
                following = bisect_right(starts, place)
                hit.add(following - 1)
                place = next(need.places(text, ends[following]), None)
        return [blocks[i] for i in sorted(hit) if i >= 0 and blocks[i].is_leaf]
