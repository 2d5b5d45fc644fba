"""One leaf, mended until nothing changes any more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from wikimend.repair.candidate import Candidate
from wikimend.repair.claims import Claims
from wikimend.repair.finding import Finding, Reading
from wikimend.repair.gate import Gate, able
from wikimend.repair.plan import Plan, plan
from wikimend.repair.proof import holds
from wikimend.repair.words import conserves
from wikimend.rules.model import Rule
from wikimend.text import limits
from wikimend.text.edit import Edit, Origin, apply, compose
from wikimend.text.leaf import Leaf
from wikimend.text.page import Dialect
from wikimend.text.reader import Reader
from wikimend.text.tokens import Tokens

MAX_PASSES = 10
"""How often a leaf is mended before it is given up; sqlfluff's loop has the same limit."""

MAX_TRIALS = 16
"""How many parts of a plan whose proof failed are tried by themselves."""

Rules = Sequence[tuple[int, Rule]]

Choose = Callable[[Candidate, int, int], str | None]
"""From a candidate and its span in the original to what shall stand there; None leaves it."""


class Verdict(NamedTuple):
    """A candidate of some pass and what became of it."""

    candidate: Candidate
    """The candidate, with offsets in the leaf as that pass saw it."""
    start: int
    """Offset of its first code point in the original leaf."""
    end: int
    """Offset after its last one in the original leaf."""
    fixed: bool
    """Whether its repair was made."""
    unproven: bool = False
    """Whether it would have been made, had its proof not failed."""

    def finding(self, leaf: Leaf) -> Finding:
        """Return what was found, at its place in the page."""
        candidate = self.candidate
        rule, values = candidate.rule, candidate.match.values
        message = " ".join(rule.message.render(values).split())
        if self.unproven:
            message += " Its repair would change more than it."
        repairable = candidate.replacement is not None and not self.unproven
        template = candidate.template if repairable else None
        # What one reading drops, another may write.
        written = template.names if template else ()
        dropped = [drop.capture for drop in rule.drop if template and drop.capture not in written]
        return Finding(
            rule.id,
            rule.name,
            rule.severity,
            message,
            leaf.offset(self.start),
            leaf.offset(self.end),
            rule.safety if repairable else None,
            candidate.replacement if repairable else None,
            rule.because if repairable else None,
            self.fixed,
            tuple(value.text for capture in dropped for value in values.get(capture, ())),
            tuple(
                Reading(text, reading.because)
                for text, reading in zip(candidate.readings, rule.readings, strict=False)
            ),
        )


class Settled(NamedTuple):
    """A leaf after mending."""

    text: str
    """Its text."""
    edits: tuple[Edit, ...] = ()
    """The edits of the original leaf that lead there."""
    verdicts: tuple[Verdict, ...] = ()
    """What was fixed, and what is still true of the text."""


class Unsettled(Exception):  # noqa: N818 - a state of a leaf, caught in this package
    """The repairs of a leaf go on for ever."""


class Settling:
    """A leaf on its way: mended pass by pass until nothing changes any more."""

    __slots__ = ("_choose", "_defined", "_edits", "_fixed", "_passes", "_reader", "_seen",
                 "_tokens", "text")  # fmt: skip

    def __init__(
        self, text: str, reader: Reader, choose: Choose, defined: frozenset[str] = frozenset()
    ) -> None:
        """Begin with a leaf as it is.

        `choose` tells what to do with a candidate; `defined` are the labels that the page defines.
        """
        self.text = text
        """The text of the leaf as it is now."""
        self._reader = reader
        self._choose = choose
        self._defined = defined
        self._edits: list[Edit] = []
        self._fixed: list[Verdict] = []
        self._seen = {text}
        self._tokens: Tokens | None = None
        self._passes = 0

    def go_on(self, rules: Rules) -> Settled | None:
        """Return the leaf where it is settled; else mend it once and return None.

        `rules` are those that may find something in its text, with their priorities. Raises
        Unsettled after `MAX_PASSES`, or when a text comes back; Crowded where more is found than
        `limits` allow; TimeoutError as patterns do.
        """
        if not rules:
            return Settled(self.text, tuple(self._edits), tuple(self._fixed))
        if self._passes == MAX_PASSES:
            raise Unsettled
        self._passes += 1
        tokens = self._tokens or self._read(self.text)
        origin = Origin(self._edits)

        def chosen(candidate: Candidate) -> str | None:
            return self._choose(candidate, *origin.span(candidate.start, candidate.end))

        claims = Claims(tokens, able(rules, tokens))
        planned = plan(claims, tokens, chosen, limits.FINDINGS - len(self._fixed))
        repairs, failed, after = _prove(planned, tokens, self._read, self._reader.dialect)
        if not repairs:
            left = [_verdict(c, origin, fixed=False) for c in planned.held]
            left += [_verdict(c, origin, fixed=False, unproven=True) for c in failed]
            return Settled(self.text, tuple(self._edits), tuple(self._fixed + left))
        self._fixed += [_verdict(repair, origin, fixed=True) for repair in repairs]
        self._edits = compose(self._edits, _edits(repairs), self.text)
        self.text, self._tokens = after.text, after
        if self.text in self._seen:
            raise Unsettled
        self._seen.add(self.text)
        return None

    def _read(self, text: str) -> Tokens:
        return self._reader.read(text, self._defined)


def settle(
    leaves: Iterable[tuple[Leaf, Settling, Rules]], gate: Gate
) -> Iterator[tuple[Leaf, Settled | Unsettled | limits.Crowded]]:
    """Yield leaves of a page, given with the rules that may find something in each, once settled.

    Or why they cannot be. All are mended once before one is mended again, so that the gate is
    asked but once about all that the repairs may have brought. Raises TimeoutError as patterns do.
    """
    waiting = list(leaves)
    while waiting:
        mended: list[tuple[Leaf, Settling]] = []
        for leaf, settling, rules in waiting:
            try:
                done = settling.go_on(rules)
            except (Unsettled, limits.Crowded) as error:
                yield leaf, error
            else:
                if done is None:
                    mended.append((leaf, settling))
                else:
                    yield leaf, done
        if not mended:
            return
        met = gate.met("\n\n".join([settling.text for _, settling in mended]))
        waiting = [
            (leaf, settling, gate.open_for(settling.text, leaf.block.kind, met))
            for leaf, settling in mended
        ]


def _verdict(
    candidate: Candidate, origin: Origin, *, fixed: bool, unproven: bool = False
) -> Verdict:
    return Verdict(
        candidate, *origin.span(candidate.start, candidate.end), fixed=fixed, unproven=unproven
    )


def _edits(repairs: Sequence[Candidate]) -> list[Edit]:
    return [Edit(r.start, r.end, r.replacement or "", (r.rule.id,)) for r in repairs]


def _prove(
    planned: Plan, tokens: Tokens, read: Callable[[str], Tokens], dialect: Dialect
) -> tuple[list[Candidate], list[Candidate], Tokens]:
    """Return the repairs whose proof holds, the others, and the leaf after the former."""
    good: list[Candidate] = []
    bad: list[Candidate] = []
    conserving: list[Candidate] = []
    for repair in planned.repairs:
        template = repair.template
        fine = template is not None and conserves(repair, template, tokens)
        (conserving if fine else bad).append(repair)
    after = tokens
    trials = 0
    queue = [conserving] if conserving else []
    while queue:
        part = queue.pop(0)
        trials += 1
        together = sorted((*good, *part), key=lambda repair: repair.start)
        edits = _edits(together)
        result = read(apply(tokens.text, edits))
        if holds(together, tokens, result, Origin(edits), dialect):
            good, after = together, result
        elif len(part) == 1 or trials > MAX_TRIALS:
            bad += part
        else:
            queue += [part[: len(part) // 2], part[len(part) // 2 :]]
    return good, bad, after
