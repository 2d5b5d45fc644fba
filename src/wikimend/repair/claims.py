"""Claims: which tokens each candidate would have, and who gets them at first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from wikimend.repair.candidate import Candidate, applicable, find, found_by
from wikimend.rules.model import Rule
from wikimend.rules.pattern import TAKEN
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.brackets import Balance
from wikimend.text.lexer import lex_alone
from wikimend.text.tokens import Tokens

Key = tuple[int, int, int]
"""What tells a candidate from all that were found with it."""


class Claims:
    """Who claims which tokens, given by priority, and who waits for whom."""

    def __init__(self, tokens: Tokens, rules: Sequence[tuple[int, Rule]] = ()) -> None:
        """Let the rules, with their priorities and in their order, claim what they find.

        What a rule would find in tokens that another has is not looked for. Nor is a bracket
        without a partner, where all have one once the others have made their repairs. Only where
        a claim is given up does that matter: see `whole`. Raises Crowded where there are more than
        `limits.MATCHES`, TimeoutError as patterns do.
        """
        self.granted: list[Candidate] = []
        """Who got, at first, what they claim."""
        self.everyone: list[Candidate] = []
        """They, and who waits."""
        self.overlooked = -1
        """The priority of the last rule that may have found more; -1 where none may."""
        self._tokens = tokens
        self._rules = applicable(tokens, rules)
        self._owners: dict[int, Candidate] = {}
        self._waiting: defaultdict[Key, list[Candidate]] = defaultdict(list)
        kinds = free = tokens.kinds
        paired = False
        for entry in self._rules:
            if free is not kinds:
                self.overlooked = entry[0]
                if paired and entry[1].needs == (UNBALANCED,):
                    continue
            found = found_by(entry, tokens, free)
            if found and self._add(found):
                free = "".join(TAKEN if i in self._owners else k for i, k in enumerate(kinds))
                paired = self._pairs_all()

    @classmethod
    def of(cls, candidates: Iterable[Candidate], tokens: Tokens) -> Claims:
        """Return the claims of all candidates there are, which come by priority."""
        claims = cls(tokens)
        for _, same in groupby(candidates, key=lambda candidate: candidate.priority):
            claims._add(same)
        return claims

    def whole(self) -> Claims:
        """Return the claims of all that the rules find; raises TimeoutError as patterns do."""
        return Claims.of(find(self._tokens, self._rules), self._tokens)

    def release(self, candidate: Candidate) -> list[Candidate]:
        """Give up a claim; return those among the waiting who have theirs now."""
        for index in range(candidate.match.first, candidate.match.last):
            del self._owners[index]
        return [heir for heir in self._waiting.pop(key_of(candidate), []) if self._claim(heir)]

    def _add(self, candidates: Iterable[Candidate]) -> bool:
        """Let candidates of one rule claim their tokens; return whether one gets them."""
        ordered = sorted(candidates, key=_start)
        granted = [candidate for candidate in ordered if self._claim(candidate)]
        self.everyone += ordered
        if len(self.everyone) > limits.MATCHES:
            raise limits.Crowded
        self.granted += granted
        return bool(granted)

    def _claim(self, candidate: Candidate) -> bool:
        tokens = range(candidate.match.first, candidate.match.last)
        for index in tokens:
            owner = self._owners.get(index)
            if owner is not None:
                self._waiting[key_of(owner)].append(candidate)
                return False
        self._owners.update(dict.fromkeys(tokens, candidate))
        return True

    def _pairs_all(self) -> bool:
        """Return whether each bracket has a partner once all repairs are made.

        Of those that are sought for a bracket without one, another could be the right one.
        """
        if any(candidate.rule.needs == (UNBALANCED,) for candidate in self.granted):
            return False
        kinds, done = self._tokens.kinds, 0
        pieces: list[str] = []
        for candidate in sorted(self.granted, key=_start):
            pieces += (kinds[done : candidate.match.first], _brackets_of(candidate))
            done = candidate.match.last
        return not Balance.of("".join((*pieces, kinds[done:]))).unpaired


def _start(candidate: Candidate) -> int:
    return candidate.start


def key_of(candidate: Candidate) -> Key:
    """Return the key of a candidate."""
    return candidate.priority, candidate.match.first, candidate.match.last


def balance_of(candidate: Candidate) -> Balance:
    """Return the brackets of what would stand in the place of a candidate."""
    return Balance.of(_brackets_of(candidate))


def _brackets_of(candidate: Candidate) -> str:
    """Return the kinds of the tokens of what would stand in the place of a candidate.

    Where it has no bracket there are none: lexing is the costly part, and most repairs of stray
    brackets leave none.
    """
    text = candidate.replacement or ""
    bare = "[" not in text and "]" not in text and "(" not in text and ")" not in text
    return "" if bare else lex_alone(text).kinds
