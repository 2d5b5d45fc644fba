"""The plan: which candidates get the stretch they claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import groupby

from wikimend.repair.candidate import Candidate, applicable, find, found_by
from wikimend.rules.constraint import Surroundings
from wikimend.rules.model import Rule
from wikimend.rules.pattern import TAKEN
from wikimend.rules.vocabulary import UNBALANCED
from wikimend.text import limits
from wikimend.text.brackets import Balance
from wikimend.text.lexer import lex_alone
from wikimend.text.tokens import Tokens

_Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """Disjoint candidates of one pass over a leaf, by their place."""

    repairs: tuple[Candidate, ...]
    """Those to be made."""
    held: tuple[Candidate, ...]
    """Those that are only reported; nothing else may touch what they claim."""


def plan(
    claims: Claims, tokens: Tokens, choose: Callable[[Candidate], str | None], most: int
) -> Plan:
    """Return the plan: by priority, then from right to left where surroundings are asked for.

    `choose` gives what is to stand in the place of a candidate, None to leave it; raises ValueError
    for what was not offered, Crowded where more than `most` of them get what they claim, and
    TimeoutError as patterns do.

    The order in the rule file decides between candidates that overlap. A test of the surroundings
    sees what follows as it would be after all repairs, also those that may not be made: what stands
    beside a damaged link is often another one, and its brackets say nothing.
    """
    sweep = _Sweep(tokens, claims)
    chosen: dict[_Key, str | None] = {}
    repairs: list[Candidate] = []
    held: list[Candidate] = []
    queue = [(-c.end, c.priority, c.start, c) for c in claims.granted]
    heapify(queue)
    while queue:
        candidate = heappop(queue)[-1]
        if candidate.contextual and not candidate.refused:
            around = sweep.around(candidate)
            tests = (test.among for test in candidate.rule.where if test.among)
            if not all(test(candidate.match, tokens, around) for test in tests):
                if not candidate.rule.refused:
                    if claims.overlooked > candidate.priority:
                        return plan(claims.whole(), tokens, _again(chosen, choose), most)
                    for heir in claims.release(candidate):
                        heappush(queue, (-heir.end, heir.priority, heir.start, heir))
                    continue
                candidate = replace(candidate, replacement=None, readings=(), refused=True)
        choice = chosen[_key(candidate)] = None if candidate.refused else choose(candidate)
        if choice is None:
            held.append(candidate)
        else:
            candidate = candidate.repaired(choice)
            repairs.append(candidate)
        if len(repairs) + len(held) > most:
            raise limits.Crowded
        sweep.settled(candidate)
    return Plan(_by_place(repairs), _by_place(held))


def _again(
    chosen: Mapping[_Key, str | None], choose: Callable[[Candidate], str | None]
) -> Callable[[Candidate], str | None]:
    """Return a choice that asks nothing twice: it may be a person who is asked."""

    def choice(candidate: Candidate) -> str | None:
        key = _key(candidate)
        return chosen[key] if key in chosen else choose(candidate)

    return choice


def _by_place(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: candidate.start))


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
        self._waiting: defaultdict[_Key, list[Candidate]] = defaultdict(list)
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
        return [heir for heir in self._waiting.pop(_key(candidate), []) if self._claim(heir)]

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
                self._waiting[_key(owner)].append(candidate)
                return False
        self._owners.update(dict.fromkeys(tokens, candidate))
        return True

    def _pairs_all(self) -> bool:
        """Return whether each bracket has a partner once all repairs are made.

        Of those that are sought for a bracket without one, another could be the right one.
        """
        if any(candidate.rule.needs == (UNBALANCED,) for candidate in self.granted):
            return False
        total, done = Balance(), 0
        for candidate in sorted(self.granted, key=_start):
            total += Balance.of(self._tokens.kinds[done : candidate.match.first])
            total += _balance(candidate)
            done = candidate.match.last
        return not (total + Balance.of(self._tokens.kinds[done:])).unpaired


def _start(candidate: Candidate) -> int:
    return candidate.start


def _key(candidate: Candidate) -> _Key:
    """Return what tells a candidate from all that were found with it."""
    return candidate.priority, candidate.match.first, candidate.match.last


class _Sweep:
    """The brackets before and after each candidate, as they will be as far as that is known.

    Those after it are all decided. Before it, what no surroundings can change counts as it will
    be, and all else as it is. Damage that nobody repairs says nothing about the brackets around it.
    """

    def __init__(self, tokens: Tokens, claims: Claims) -> None:
        candidates = claims.everyone
        self._kinds = tokens.kinds
        self._sure = sorted(
            (c for c in claims.granted if not c.contextual), key=lambda candidate: candidate.start
        )
        self._asked = any(candidate.contextual for candidate in candidates)
        self._firsts = sorted({candidate.match.first for candidate in candidates})
        self._lasts = sorted({candidate.match.last for candidate in candidates})
        self._before: dict[int, Balance] | None = None
        self._reached = len(self._kinds)
        self._after = {self._reached: Balance()}

    def around(self, candidate: Candidate) -> Surroundings:
        """Return what stands around a candidate."""
        first, last = candidate.match.first, candidate.match.last
        if self._before is None:
            self._before = dict(self._prefixes())
        return Surroundings(
            before=self._before[first],
            now=(now := Balance.of(self._kinds[first:last])),
            then=now if candidate.replacement is None else _balance(candidate),
            after=self._behind(last),
        )

    def settled(self, candidate: Candidate) -> None:
        """Take a decided candidate into account from here on leftwards."""
        if self._asked:
            first, last = candidate.match.first, candidate.match.last
            self._after[first] = _balance(candidate) + self._behind(last)
            self._reached = min(self._reached, first)

    def _prefixes(self) -> Iterator[tuple[int, Balance]]:
        """Yield the brackets before each token with which some candidate begins."""
        total, done = Balance(), 0
        sure = iter(self._sure)
        coming = next(sure, None)
        for first in self._firsts:
            while coming is not None and coming.match.first < first:
                total += Balance.of(self._kinds[done : coming.match.first]) + _balance(coming)
                done = coming.match.last
                coming = next(sure, None)
            if done < first:
                total += Balance.of(self._kinds[done:first])
                done = first
            yield first, total

    def _behind(self, index: int) -> Balance:
        while self._reached > index:
            while self._lasts and self._lasts[-1] >= self._reached:
                self._lasts.pop()
            stop = max(index, self._lasts[-1] if self._lasts else 0)
            step = Balance.of(self._kinds[stop : self._reached])
            self._after[stop] = step + self._after[self._reached]
            self._reached = stop
        return self._after[index]


def _balance(candidate: Candidate) -> Balance:
    text = candidate.replacement or ""
    # Most repairs of stray brackets leave none, and lexing is the costly part.
    return Balance.of(lex_alone(text).kinds) if any(map(text.__contains__, "[]()")) else Balance()
