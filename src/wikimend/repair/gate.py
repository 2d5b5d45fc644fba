"""The gate: which rules can find anything in a text, told from its raw characters alone."""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import regex

from wikimend.rules.model import Rule
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.block import Block, BlockKind
from wikimend.text.brackets import Balance
from wikimend.text.skeleton import may_be_unbalanced, unbalanced_stretches
from wikimend.text.tokens import Tokens

_REPEATED_GROUP = re.compile(r"\)[*+{]")
_PLAIN = re.compile(r"(?:[^\\.^$*+?{}\[\]|()]|\\[^\w\s])+")


@dataclass(frozen=True, slots=True)
class Need:
    """What some rules cannot do without."""

    literal: str | None
    """A string that must be there; None when it takes more to tell."""
    pattern: re.Pattern[str] | regex.Pattern[str] | None
    """A pattern that must be found; both are None where a bracket must lack its partner."""

    @classmethod
    def of(cls, source: str) -> Need:
        """Return the need written as the regular expression or built-in need `source`."""
        if source == UNBALANCED:
            return cls(None, None)
        if _PLAIN.fullmatch(source):
            return cls(re.sub(r"\\(.)", r"\1", source), None)
        return cls(None, _compiled(source))

    def __contains__(self, text: str) -> bool:
        """Return whether `text`, a leaf or a page, has it."""
        if self.literal is not None:
            return self.literal in text
        if self.pattern is not None:
            return _search(self.pattern, text, 0) is not None
        return may_be_unbalanced(text)

    def next(self, text: str, start: int = 0) -> tuple[int, int] | None:
        """Return the first stretch of a page that has it and ends after `start`, or None."""
        if self.literal is not None:
            at = text.find(self.literal, start)
            return None if at < 0 else (at, at + len(self.literal))
        if self.pattern is not None:
            found = _search(self.pattern, text, start)
            return found.span() if found else None
        stretches = unbalanced_stretches(text)
        index = bisect_right(stretches, start, key=lambda stretch: stretch[1])
        return stretches[index] if index < len(stretches) else None


def _compiled(source: str) -> re.Pattern[str] | regex.Pattern[str]:
    """Return a regular expression for `re` where it has it, and cannot take exponential time.

    A search with a time limit, which only `regex` has, costs ten times as much on a short text.
    """
    if not _REPEATED_GROUP.search(source):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with suppress(re.error, Warning):
                return re.compile(source)
    return regex.compile(source)


def _search(
    pattern: re.Pattern[str] | regex.Pattern[str], text: str, start: int
) -> re.Match[str] | regex.Match[str] | None:
    if isinstance(pattern, re.Pattern):
        return pattern.search(text, start)
    return pattern.search(text, start, timeout=limits.TIMEOUT)


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

    def met(self, text: str) -> frozenset[str]:
        """Return the needs that are met somewhere on a page."""
        return frozenset(source for source, need in self._needs.items() if need.next(text))

    def open_for(
        self, text: str, kind: BlockKind = "paragraph", among: frozenset[str] | None = None
    ) -> list[tuple[int, Rule]]:
        """Return the rules that may find something in a leaf, with their priorities.

        `among` are the needs that its page meets; None when that is not known.
        """
        asked = self._needs if among is None else among
        met = {source for source in asked if text in self._needs[source]}
        return [
            entry
            for entry in self._rules
            if kind in entry[1].blocks and not met.isdisjoint(entry[1].needs)
        ]

    def leaves(
        self, text: str, blocks: Sequence[Block], among: frozenset[str] | None = None
    ) -> list[Block]:
        """Return the leaves of a page in which some rule may find something, in order."""
        starts = [block.start for block in blocks]
        ends = [*starts, len(text) + 1]
        hit: set[int] = set()
        for source in self._needs if among is None else among:
            need = self._needs[source]
            # One place is enough for a block, and a paragraph may be a megabyte of them.
            place = need.next(text)
            while place is not None:
                first = bisect_right(starts, place[0])
                last = max(first, bisect_right(starts, place[1] - 1))
                hit.update(range(first - 1, last))
                place = need.next(text, ends[last])
        return [blocks[i] for i in sorted(hit) if i >= 0 and blocks[i].is_leaf]


def able(rules: Sequence[tuple[int, Rule]], tokens: Tokens) -> Sequence[tuple[int, Rule]]:
    """Return `rules` without those that need a bracket without a partner, where all have one.

    The gate tells from raw characters that one may lack its partner; the tokens of a leaf know.
    What only a repair would leave alone is looked at when the repair is made, and proved.
    """
    if Balance.of(tokens.kinds).unpaired:
        return rules
    return [entry for entry in rules if entry[1].needs != (UNBALANCED,)]
