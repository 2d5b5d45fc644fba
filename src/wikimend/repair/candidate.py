"""Candidates: every stretch of a leaf that some rule would claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from wikimend.rules.model import Rule
from wikimend.rules.pattern import Match
from wikimend.rules.template import Template
from wikimend.text.tokens import Tokens


class Candidate(NamedTuple):
    """A match of a rule, before it is known whether the rule gets the stretch."""

    rule: Rule
    """The rule that matches."""
    priority: int
    """Place of the rule in its file; the lower wins."""
    match: Match
    """The tokens and captures."""
    start: int
    """Offset in the leaf of its first code point."""
    end: int
    """Offset in the leaf after its last one."""
    replacement: str | None
    """What would stand there; None when the rule makes no repair by itself or a test refused it."""
    readings: tuple[str, ...] = ()
    """What may have been meant, where a person must choose."""
    refused: bool = False
    """Whether a test refused the match, which is reported all the same."""

    @property
    def template(self) -> Template | None:
        """What writes `replacement`; None when there is none."""
        if self.replacement is None or self.rule.rewrite is not None:
            return self.rule.rewrite
        return self.rule.readings[self.readings.index(self.replacement)].rewrite

    def repaired(self, replacement: str) -> Candidate:
        """Return the candidate with what was chosen; raises ValueError where it was not offered."""
        if replacement == self.replacement:
            return self
        if replacement not in self.readings:
            raise ValueError(f"{replacement!r} was not offered by {self.rule.id}")
        return self._replace(replacement=replacement)

    @property
    def contextual(self) -> bool:
        """Whether some test of its rule asks for the surroundings."""
        return bool(self.rule.compiled.among)


def find(tokens: Tokens, rules: Iterable[tuple[int, Rule]]) -> Iterator[Candidate]:
    """Yield the candidates of `rules` (with their priorities), tests of the match alone passed.

    A match that such a test refuses is yielded as one that is only reported, where its rule says
    so. Raises Crowded where a rule has more than `limits.MATCHES`, TimeoutError when one takes too
    long.
    """
    for entry in applicable(tokens, rules):
        yield from found_by(entry, tokens, tokens.kinds)


def applicable(tokens: Tokens, rules: Iterable[tuple[int, Rule]]) -> list[tuple[int, Rule]]:
    """Return those of `rules` that may find something, by the kinds that are there."""
    present = frozenset(tokens.kinds)
    return [e for e in rules if (kinds := e[1].compiled.required) is not None and kinds <= present]


def found_by(entry: tuple[int, Rule], tokens: Tokens, free: str) -> list[Candidate]:
    """Return the candidates of one rule, as `find` does.

    `free` are the kinds of the tokens, with TAKEN for those that no candidate may hold.
    """
    priority, rule = entry
    matches = rule.match.matches(tokens, free) if rule.match else None
    if not matches:
        return []
    found = []
    for match in matches:
        start, end = tokens.starts[match.first], tokens.starts[match.last]
        if not all(test(match, tokens) for test in rule.compiled.alone):
            if rule.refused:
                found.append(Candidate(rule, priority, match, start, end, None, refused=True))
            continue
        replacement = None
        if rule.rewrite is not None:
            replacement = rule.rewrite.render(match.values)
            if replacement == tokens.text[start:end]:
                continue
        readings = tuple(reading.rewrite.render(match.values) for reading in rule.readings)
        found.append(Candidate(rule, priority, match, start, end, replacement, readings))
    return found
