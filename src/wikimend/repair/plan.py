"""The plan: which candidates get the stretch they claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from wikimend.repair.candidate import Candidate
from wikimend.repair.claims import Claims, Key, balance_of, key_of
from wikimend.rules.constraint import Surroundings
from wikimend.text import limits
from wikimend.text.brackets import Balance
from wikimend.text.tokens import Tokens


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
    chosen: dict[Key, str | None] = {}
    repairs: list[Candidate] = []
    held: list[Candidate] = []
    queue = [(-c.end, c.priority, c.start, c) for c in claims.granted]
    heapify(queue)
    while queue:
        candidate = heappop(queue)[-1]
        if candidate.contextual and not candidate.refused:
            around = sweep.around(candidate)
            tests = candidate.rule.compiled.among
            if not all(test(candidate.match, tokens, around) for test in tests):
                if not candidate.rule.refused:
                    if claims.overlooked > candidate.priority:
                        return plan(claims.whole(), tokens, _again(chosen, choose), most)
                    for heir in claims.release(candidate):
                        heappush(queue, (-heir.end, heir.priority, heir.start, heir))
                    continue
                candidate = candidate._replace(replacement=None, readings=(), refused=True)
        choice = None
        if not candidate.refused:
            choice = chosen[key_of(candidate)] = choose(candidate)
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
    chosen: Mapping[Key, str | None], choose: Callable[[Candidate], str | None]
) -> Callable[[Candidate], str | None]:
    """Return a choice that asks nothing twice: it may be a person who is asked."""

    def choice(candidate: Candidate) -> str | None:
        key = key_of(candidate)
        return chosen[key] if key in chosen else choose(candidate)

    return choice


def _by_place(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda candidate: candidate.start))


class _Sweep:
    """The brackets before and after each candidate, as they will be as far as that is known.

    Those after it are all decided. Before it, what no surroundings can change counts as it will
    be, and all else as it is. Damage that nobody repairs says nothing about the brackets around it.
    """

    def __init__(self, tokens: Tokens, claims: Claims) -> None:
        candidates = claims.everyone
        self._kinds = tokens.kinds
        self._asked = any(candidate.contextual for candidate in candidates)
        self._sure: list[Candidate] = []
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        if self._asked:
            sure = (candidate for candidate in claims.granted if not candidate.contextual)
            self._sure = sorted(sure, key=lambda candidate: candidate.start)
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
            then=now if candidate.replacement is None else balance_of(candidate),
            after=self._behind(last),
        )

    def settled(self, candidate: Candidate) -> None:
        """Take a decided candidate into account from here on leftwards."""
        if self._asked:
            first, last = candidate.match.first, candidate.match.last
            self._after[first] = balance_of(candidate) + self._behind(last)
            self._reached = min(self._reached, first)

    def _prefixes(self) -> Iterator[tuple[int, Balance]]:
        """Yield the brackets before each token with which some candidate begins."""
        total, done = Balance(), 0
        sure = iter(self._sure)
        coming = next(sure, None)
        for first in self._firsts:
            while coming is not None and coming.match.first < first:
                total += Balance.of(self._kinds[done : coming.match.first]) + balance_of(coming)
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
