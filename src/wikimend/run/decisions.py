"""What a person decides about the repairs of a page, one question after another.

Nothing here reads a key or draws: a review gives the question that is next and takes the answer.
Every answer goes through the engine again, so that what was accepted is planned and proven like
any repair, and what only shows behind a repair is asked about as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from wikimend.repair.candidate import Candidate
from wikimend.repair.finding import Finding, Mended
from wikimend.repair.mender import Mender
from wikimend.text.page import Page

Key = tuple[str, int, int, tuple[str, ...]]
"""A rule's id, a span of the page as it was, and the texts that were offered for it."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided so far."""

    accepted: Mapping[Key, str] = field(default_factory=dict)
    """What shall stand at a place of this page."""
    skipped: frozenset[Key] = frozenset()
    """The places of this page that the person wants as they are."""
    impossible: frozenset[Key] = frozenset()
    """The places of this page for which nothing that is offered can be proven."""
    always: Mapping[str, int] = field(default_factory=dict)
    """The rules (ids) whose offers are all accepted, each with the 0-based number of the offer."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The 0-based number of the reading that was last chosen, by rule id."""

    def lasting(self) -> Decisions:
        """Return what still counts on the next page."""
        return Decisions(always=self.always, numbers=self.numbers)

    def about(self, key: Key) -> str | None:
        """Return what shall stand at a place; None to leave it."""
        rule, _, _, offers = key
        if key in self.skipped or key in self.impossible:
            return None
        number = self.always.get(rule, len(offers))
        return self.accepted.get(key, offers[number] if number < len(offers) else None)

    def decided(self, key: Key) -> bool:
        """Return whether a person, or the proof, has spoken about this place."""
        return key in self.accepted or key in self.skipped or key in self.impossible


@dataclass(frozen=True, slots=True)
class Question:
    """A place of the page at which something can be done."""

    finding: Finding
    """What was found there."""
    now: Mended
    """The page with all that was accepted so far."""
    outcomes: tuple[Mended | None, ...]
    """The page after each offer: the repair, or the readings in order; None where it cannot be."""

    @property
    def key(self) -> Key:
        """What a decision about it is kept under."""
        return _key(self.finding)

    @property
    def numbered(self) -> bool:
        """Whether there are readings to choose from."""
        return bool(self.finding.readings)

    @property
    def possible(self) -> bool:
        """Whether anything can be accepted."""
        return any(outcome is not None for outcome in self.outcomes)


class Review:
    """One page while it is reviewed."""

    def __init__(self, mender: Mender, page: Page, earlier: Decisions | None = None) -> None:
        """Take a page and what was decided on earlier pages that goes for this one."""
        self._mender = mender
        self._page = page
        self._past: list[tuple[Decisions, Mended]] = []
        self.decisions = (earlier or Decisions()).lasting()
        """What was decided so far."""
        self.mended = self._with(self.decisions)
        """The page with all that was accepted so far."""

    def question(self) -> Question | None:
        """Return what to ask next, in the order of the page; None when nothing is left to ask."""
        for finding in self.mended.open:
            key = _key(finding)
            if key[3] and not self.decisions.decided(key):
                outcomes = tuple(self._after(key, offer) for offer in key[3])
                return Question(finding, self.mended, outcomes)
        return None

    def accept(self, question: Question, number: int = 0) -> None:
        """Make the repair of a question, or the reading with this 0-based number."""
        outcome = question.outcomes[number]
        assert outcome is not None
        decisions = self._accepting(question.key, question.key[3][number])
        if question.numbered:
            numbers = {**decisions.numbers, question.finding.rule: number}
            decisions = replace(decisions, numbers=numbers)
        self._take(decisions, outcome)

    def skip(self, question: Question) -> None:
        """Leave the place of a question as it is."""
        skipped = self.decisions.skipped | {question.key}
        self._take(replace(self.decisions, skipped=skipped), self.mended)

    def number_for_all(self, question: Question) -> int | None:
        """Return the 0-based number of the offer that all of the rule may take, or None.

        Of readings it is the one that was last chosen for the rule: what is likely in one place
        need not be in another, so that a person must have judged one.
        """
        if not question.numbered:
            return 0
        number = self.decisions.numbers.get(question.finding.rule)
        return number if number is not None and question.outcomes[number] is not None else None

    def accept_all(self, question: Question, number: int = 0) -> bool:
        """Make this and every further repair of the rule, here and on later pages.

        Returns False, with nothing changed, when they cannot be made together.
        """
        always = {**self.decisions.always, question.finding.rule: number}
        decisions = replace(self.decisions, always=always)
        outcome = self._with(decisions)
        if not _keeps(self.mended, outcome, question.key):
            return False
        self._take(decisions, outcome)
        return True

    def pass_over(self, question: Question) -> None:
        """Leave a question for which nothing can be accepted."""
        impossible = self.decisions.impossible | {question.key}
        self.decisions = replace(self.decisions, impossible=impossible)

    def undo(self) -> None:
        """Take the last answer about this page back."""
        self.decisions, self.mended = self._past.pop()

    @property
    def can_undo(self) -> bool:
        """Whether an answer about this page can be taken back."""
        return bool(self._past)

    @property
    def skipped(self) -> int:
        """How many findings the person left as they are."""
        return sum(_key(finding) in self.decisions.skipped for finding in self.mended.open)

    def unproven(self) -> tuple[Finding, ...]:
        """Return the findings that were accepted with all of their rule, and whose proof fails."""
        chosen: set[Key] = set()
        mended = self._with(self.decisions, chosen)
        spans = {key[:3] for key in chosen}
        return tuple(f for f in mended.open if (f.rule, f.start, f.end) in spans)

    def _take(self, decisions: Decisions, mended: Mended) -> None:
        self._past.append((self.decisions, self.mended))
        self.decisions, self.mended = decisions, mended

    def _accepting(self, key: Key, text: str) -> Decisions:
        return replace(self.decisions, accepted={**self.decisions.accepted, key: text})

    def _after(self, key: Key, text: str) -> Mended | None:
        outcome = self._with(self._accepting(key, text))
        return outcome if _keeps(self.mended, outcome, key) else None

    def _with(self, decisions: Decisions, chosen: set[Key] | None = None) -> Mended:
        """Return the page mended as was decided; `chosen` is given what was to be made."""

        def choose(candidate: Candidate, start: int, end: int) -> str | None:
            offers = _offers(candidate.replacement, candidate.readings)
            key = (candidate.rule.id, start, end, offers)
            text = decisions.about(key)
            if text is not None and chosen is not None:
                chosen.add(key)
            return text

        def choose_repair(finding: Finding) -> str | None:
            key = _key(finding)
            text = decisions.about(key) if key[3] else None
            if text is not None and chosen is not None:
                chosen.add(key)
            return text

        return self._mender.mend(self._page, choose, choose_repair)


def _offers(replacement: str | None, readings: tuple[str, ...]) -> tuple[str, ...]:
    if readings:
        return readings
    return () if replacement is None else (replacement,)


def _key(finding: Finding) -> Key:
    readings = tuple(reading.replacement for reading in finding.readings)
    offers = _offers(finding.replacement, readings)
    return finding.rule, finding.start, finding.end, offers


def _keeps(before: Mended, after: Mended, key: Key) -> bool:
    """Return whether a repair was made and all the earlier ones still are."""
    done = {_key(finding) for finding in after.findings if finding.fixed}
    return key in done and all(_key(f) in done for f in before.findings if f.fixed)
