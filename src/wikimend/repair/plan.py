"""The plan: which candidates get the stretch they claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

from wikimend.repair.candidate import Candidate
from wikimend.rules.constraint import Surroundings
from wikimend.text.brackets import Balance
from wikimend.text.lexer import lex_alone
from wikimend.text.tokens import Tokens


@dataclass(frozen=True, slots=True)
class Plan:
    """Disjoint candidates of one pass over a leaf, by their place."""

    repairs: tuple[Candidate, ...]
    """Those to be made."""
    held: tuple[Candidate, ...]
    """Those that are only reported; nothing else may touch what they claim."""


def plan(
    candidates: Iterable[Candidate], tokens: Tokens, choose: Callable[[Candidate], str | None]
) -> Plan:
    """Return the plan: by priority, then from right to left where surroundings are asked for.

    `choose` gives what is to stand in the place of a candidate, None to leave it; raises ValueError
    for what was not offered.

    The order in the rule file decides between candidates that overlap. A test of the surroundings
    sees what follows as it would be after all repairs, also those that may not be made: what stands
    beside a damaged link is often another one, and its brackets say nothing.
    """
    everyone = tuple(candidates)
    claims = _Claims(everyone)
    sweep = _Sweep(tokens, everyone, claims.granted)
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
                    for heir in claims.release(candidate):
                        heappush(queue, (-heir.end, heir.priority, heir.start, heir))
                    continue
                candidate = replace(candidate, replacement=None, readings=(), refused=True)
        chosen = None if candidate.refused else choose(candidate)
        if chosen is None:
            held.append(candidate)
        else:
            candidate = candidate.repaired(chosen)
            repairs.append(candidate)
        sweep.settled(candidate)
    return Plan(_by_place(repairs), _by_place(held))


def _by_place(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: candidate.start))


class _Claims:
    """Who claims which tokens, given by priority, and who waits for whom."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._owners: dict[int, Candidate] = {}
        self._waiting: defaultdict[int, list[Candidate]] = defaultdict(list)
        ordered = sorted(candidates, key=lambda c: (c.priority, c.start))
        self.granted = [candidate for candidate in ordered if self._claim(candidate)]

    def release(self, candidate: Candidate) -> list[Candidate]:
        """Give up a claim; return those among the waiting who have theirs now."""
        for index in range(candidate.match.first, candidate.match.last):
            del self._owners[index]
        return [heir for heir in self._waiting.pop(id(candidate), []) if self._claim(heir)]

    def _claim(self, candidate: Candidate) -> bool:
        tokens = range(candidate.match.first, candidate.match.last)
        for index in tokens:
            owner = self._owners.get(index)
            if owner is not None:
                self._waiting[id(owner)].append(candidate)
                return False
        self._owners.update(dict.fromkeys(tokens, candidate))
        return True


class _Sweep:
    """The brackets before and after each candidate, as they will be as far as that is known.

    Those after it are all decided. Before it, what no surroundings can change counts as it will
    be, and all else as it is. Damage that nobody repairs says nothing about the brackets around it.
    """

    def __init__(
        self, tokens: Tokens, candidates: tuple[Candidate, ...], granted: Iterable[Candidate]
    ) -> None:
        self._kinds = tokens.kinds
        self._sure = sorted(
            (c for c in granted if not c.contextual), key=lambda candidate: candidate.start
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
