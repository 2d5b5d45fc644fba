"""Candidates: every stretch of a leaf that some rule would claim."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wikimend.rules.model import Rule
from wikimend.rules.pattern import Match
from wikimend.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Candidate:
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
    """What would stand there; None when the rule only reports or a test refused the match."""

    @property
    def contextual(self) -> bool:
        """Whether some test of its rule asks for the surroundings."""
        return any(test.among for test in self.rule.where)


def find(tokens: Tokens, rules: Iterable[tuple[int, Rule]]) -> Iterator[Candidate]:
    """Yield the candidates of `rules` (with their priorities), tests of the match alone passed.

    A match that such a test refuses is yielded as one that is only reported, where its rule says
    so. Raises TimeoutError when a match takes too long.
    """
    for priority, rule in rules:
        if rule.match is None:
            continue
        for match in rule.match.matches(tokens):
            start, end = tokens.starts[match.first], tokens.starts[match.last]
            replacement = None
            if all(test.alone is None or test.alone(match, tokens) for test in rule.where):
                if rule.rewrite is not None:
                    replacement = rule.rewrite.render(match.values)
                    if replacement == tokens.text[start:end]:
                        continue
            elif not rule.refused:
                continue
            yield Candidate(rule, priority, match, start, end, replacement)
