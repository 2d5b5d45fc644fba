"""Examples are tests: what `wikimend rules test` runs for each rule of a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from wikimend.errors import Place
from wikimend.repair.candidate import Candidate
from wikimend.repair.mender import Mender
from wikimend.repair.settle import Choose
from wikimend.repair.surroundings import PROTECTED, SURROUNDINGS
from wikimend.rules.loaded import LoadedRules
from wikimend.rules.model import Example, Rule, RuleSet
from wikimend.rules.rule_schema import SURROUNDINGS as WORDS
from wikimend.rules.selection import Selection
from wikimend.text.edit import apply
from wikimend.text.page import DIALECTS, Dialect, Page


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold."""

    place: Place
    """Where the example stands."""
    rule: str
    """The id of its rule."""
    check: str
    """What was tried, such as `alone` or `in a table cell`."""
    expected: str
    """What should have come out."""
    got: str
    """What came out."""

    def __str__(self) -> str:
        return (
            f"{self.place}: {self.rule}, {self.check}:\n"
            f"  expected {self.expected}\n  got      {self.got}"
        )


@dataclass(frozen=True, slots=True)
class Count:
    """How much was tested."""

    examples: int
    """Damaged texts."""
    counterexamples: int
    """Texts that look damaged and are right."""
    checks: int
    """Pages made of them and mended."""


@dataclass(frozen=True, slots=True)
class _Trial:
    """A text before some rules."""

    check: str
    """What is tried."""
    mender: Mender
    """The rules."""
    text: str
    """The text."""
    wanted: str
    """What it must become."""
    reports: bool | None = None
    """Whether the rule must have a finding; None where that goes without saying."""
    reading: int | None = None
    """The number of the rule's reading that a person accepts; None for no person."""


@dataclass(frozen=True, slots=True)
class _Bench:
    """A rule with the menders that its examples are put before."""

    rule: Rule
    """The rule, a suggestion of which counts as accepted."""
    alone: Mender
    """Only this rule repairs and speaks."""
    together: Mender
    """All rules that are on, and this one; unsafe repairs allowed where its own is unsafe."""
    safely: Mender
    """The same with safe repairs only."""

    @classmethod
    def of(cls, rule: Rule, ruleset: RuleSet) -> _Bench:
        """Return the bench of one rule."""
        own = replace(rule, safety="unsafe") if rule.safety == "suggest" else rule
        rules = tuple(own if other is rule else other for other in ruleset.rules)
        accepted = replace(ruleset, rules=rules)
        unsafe = own.safety == "unsafe"
        everyone = Selection(tuple(r.name for r in rules if r.enabled or r is own))
        return cls(
            own,
            Mender(accepted, Selection((own.name,)), unsafe_fixes=unsafe),
            Mender(accepted, everyone, unsafe_fixes=unsafe),
            Mender(accepted, everyone),
        )

    def first_trials(self, example: Example) -> Iterator[_Trial]:
        """Yield the trials of an example by itself."""
        wanted, reports = _outcome(example)
        yield _Trial("alone", self.alone, example.bad, wanted, reports)
        yield _Trial("with all rules", self.together, example.bad, wanted, reports)
        for number, text in enumerate(example.readings):
            check = f"reading {number + 1}"
            yield _Trial(check, self.alone, example.bad, text, reports, number)

    def further_trials(self, example: Example) -> Iterator[_Trial]:
        """Yield the trials of an example in its surroundings."""
        wanted, reports = _outcome(example)
        dialect = _dialect(self.rule)
        for name, place in SURROUNDINGS[dialect].items():
            if name not in example.not_in:
                bad, good = place.around(example.bad), place.around(wanted)
                yield _Trial(WORDS[name], self.together, bad, good, reports)
        for check, place in PROTECTED[dialect].items():
            if place.takes(example.bad):
                page = place.around(example.bad)
                yield _Trial(check, self.together, page, page, False)

    def counter_trials(self, example: Example) -> Iterator[_Trial]:
        """Yield the trials of a counterexample."""
        text = example.bad
        yield _Trial("counterexample", self.safely, text, text, False)
        yield _Trial("counterexample alone", self.alone, text, text, False)
        for name, place in SURROUNDINGS[_dialect(self.rule)].items():
            if name not in example.not_in:
                page = place.around(text)
                check = f"counterexample {WORDS[name]}"
                yield _Trial(check, self.safely, page, page, False)

    def judge(self, example: Example, trial: _Trial) -> Iterator[Failure]:
        """Yield what is wrong with the outcome of a trial."""
        rule = self.rule
        place = Place(rule.source, example.line)
        page = Page(trial.text, dialect=_dialect(rule))
        if trial.reading is None:
            mended = trial.mender.mend(page)
        else:
            mended = trial.mender.mend(page, _accepting(rule, trial.reading))
        if mended.text != trial.wanted:
            yield Failure(place, rule.id, trial.check, repr(trial.wanted), repr(mended.text))
            return
        if apply(trial.text, mended.edits) != mended.text:
            check = f"{trial.check}, edits replayed"
            yield Failure(place, rule.id, check, repr(mended.text), repr(mended.edits))
        if mended.changed and trial.reading is None:
            again = trial.mender.mend(Page(mended.text, dialect=_dialect(rule)))
            if again.changed:
                check = f"{trial.check}, mended again"
                yield Failure(place, rule.id, check, repr(mended.text), repr(again.text))
        found = [finding.rule for finding in mended.findings]
        if trial.reports is not None and (rule.id in found) is not trial.reports:
            expected = f"{'a' if trial.reports else 'no'} finding of {rule.id}"
            got = ", ".join(dict.fromkeys(found)) or "no finding"
            yield Failure(place, rule.id, trial.check, expected, got)


def check(loaded: LoadedRules) -> Iterator[Failure]:
    """Yield every example and counterexample of the file's own rules that does not hold.

    An example whose repair fails by itself is not tried in surroundings. One with `todo` must
    fail.
    """
    for rule in _own(loaded):
        bench = _Bench.of(rule, loaded.ruleset)
        for example in rule.examples:
            failures = list(_failures(bench, example))
            if not example.todo:
                yield from failures
            elif not failures:
                place = Place(rule.source, example.line)
                yield Failure(place, rule.id, "todo", "a failure", "none: remove 'todo'")
        for example in rule.counterexamples:
            for trial in bench.counter_trials(example):
                yield from bench.judge(example, trial)


def count(loaded: LoadedRules) -> Count:
    """Return how much `check` tests of a file whose examples hold."""
    examples = counterexamples = checks = 0
    for rule in _own(loaded):
        bench = _Bench.of(rule, loaded.ruleset)
        examples += len(rule.examples)
        counterexamples += len(rule.counterexamples)
        for example in rule.examples:
            checks += len([*bench.first_trials(example), *bench.further_trials(example)])
        for example in rule.counterexamples:
            checks += len([*bench.counter_trials(example)])
    return Count(examples, counterexamples, checks)


def _failures(bench: _Bench, example: Example) -> Iterator[Failure]:
    first = [f for trial in bench.first_trials(example) for f in bench.judge(example, trial)]
    yield from first
    if not first:
        for trial in bench.further_trials(example):
            yield from bench.judge(example, trial)


def _own(loaded: LoadedRules) -> list[Rule]:
    """Return the rules that the file itself holds; those it inherits are tested with theirs."""
    place = loaded.settings.place
    return [r for r in loaded.ruleset.rules if place is None or r.source == place.path]


def _accepting(rule: Rule, number: int) -> Choose:
    """Return the choice of a person who accepts one reading wherever the rule asks."""

    def choose(candidate: Candidate, start: int, end: int) -> str | None:
        return candidate.readings[number] if candidate.rule.id == rule.id else None

    return choose


def _dialect(rule: Rule) -> Dialect:
    return next(dialect for dialect in DIALECTS if dialect in rule.dialects)


def _outcome(example: Example) -> tuple[str, bool | None]:
    """Return what an example must become, and whether it must be reported."""
    return (example.bad, True) if example.good is None else (example.good, None)
