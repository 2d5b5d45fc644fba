"""Rules as records: what a rule file says once it is read and checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from wikimend.text.block import LEAVES, BlockKind
from wikimend.text.page import Dialect

if TYPE_CHECKING:
    from wikimend.rules.constraint import Constraint, Surroundings
    from wikimend.rules.pattern import Match, Pattern
    from wikimend.rules.template import Template
    from wikimend.rules.vocabulary import TokenKind
    from wikimend.text.tokens import Tokens

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
Safety = Literal["safe", "unsafe", "suggest"]
SAFETIES: tuple[Safety, ...] = get_args(Safety)


class Drop(NamedTuple):
    """Page text that a repair removes on purpose."""

    capture: str
    """The capture whose text goes."""
    because: str
    """Why losing it is right."""


class Reading(NamedTuple):
    """One of several texts that a damaged place may stand for."""

    rewrite: Template
    """What the match would become."""
    because: str
    """What speaks for it, in one sentence."""


class Example(NamedTuple):
    """A damaged text and what mending makes of it."""

    bad: str
    """The damaged text."""
    good: str | None
    """The mended text; None when the rule only reports."""
    todo: bool = False
    """A known miss: mending must not give `good` yet."""
    not_in: tuple[str, ...] = ()
    """Surroundings in which the example makes no sense, such as `table`."""
    line: int = 0
    """1-based line of the example in its file."""
    readings: tuple[str, ...] = ()
    """What the text becomes by each reading of the rule, in their order."""


class PageTest(NamedTuple):
    """What a `scope: page` rule looks for among a page's numbered citations."""

    group: str | None = None
    """The column whose equal values are compared: `number` or `url`."""
    differ: str | None = None
    """The column that must not differ within a group."""
    missing: str | None = None
    """The column that must not be empty."""


class Parts(NamedTuple):
    """What a rule is compiled to, and what it is tested with."""

    message: Template
    """One sentence for the person who sees the finding."""
    match: Pattern | None
    """What the damage looks like as tokens; None for a rule about the page."""
    where: tuple[Constraint, ...]
    """Tests that a match must pass."""
    rewrite: Template | None
    """What the match becomes; None when the rule only reports or has several readings."""
    readings: tuple[Reading, ...]
    """What the match may stand for, where only a person can tell; the likeliest first."""
    drop: tuple[Drop, ...]
    """Captures whose text the repair removes."""
    examples: tuple[Example, ...]
    """Damaged texts with their repair; each is a test."""
    counterexamples: tuple[Example, ...]
    """Texts that look damaged and are right: `bad` is the text, `good` the same."""


class Compiled:
    """The parts of a rule, made when first asked for: a page needs few of all rules."""

    def __init__(self, make: Callable[[], Parts]) -> None:
        self._make = make

    @cached_property
    def parts(self) -> Parts:
        """The parts."""
        return self._make()

    @cached_property
    def required(self) -> frozenset[str] | None:
        """The kinds of token that every match holds; None for a rule without a pattern."""
        return self.parts.match.required if self.parts.match else None

    @cached_property
    def alone(self) -> tuple[Callable[[Match, Tokens], bool], ...]:
        """The tests of a match by itself."""
        return tuple(test.alone for test in self.parts.where if test.alone)

    @cached_property
    def among(self) -> tuple[Callable[[Match, Tokens, Surroundings], bool], ...]:
        """The tests of a match in its surroundings."""
        return tuple(test.among for test in self.parts.where if test.among)


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of damage: how it looks and what it becomes."""

    id: str
    """Permanent id: `WM` and a number; its first digit is the family."""
    name: str
    """Short kebab-case name."""
    about: str
    """What the damage is and where it comes from, for a wiki editor."""
    severity: Severity
    """How bad a finding is."""
    safety: Safety | None
    """How far the repair may be trusted; None when the rule makes none by itself."""
    because: str | None
    """Why a repair that is not safe is not."""
    dialects: frozenset[Dialect]
    """The dialects of the pages that it runs on."""
    page: PageTest | None
    """What is compared over the whole page; None for a rule with a pattern."""
    refused: bool
    """Whether a match that fails a test is reported."""
    needs: tuple[str, ...]
    """Regular expressions, one of which is found in every text with a match: the gate."""
    compiled: Compiled = field(compare=False)
    """The parts that are compiled."""
    enabled: bool = True
    """Whether it runs without being selected by name."""
    cause: str = ""
    """What made the damage: which kind of program, which accident."""
    blocks: frozenset[BlockKind] = LEAVES
    """The kinds of leaf that it looks into."""
    source: str = field(default="", compare=False)
    """The file that it was read from."""

    @property
    def message(self) -> Template:
        """One sentence for the person who sees the finding."""
        return self.compiled.parts.message

    @property
    def match(self) -> Pattern | None:
        """What the damage looks like as tokens; None for a rule about the page."""
        return self.compiled.parts.match

    @property
    def where(self) -> tuple[Constraint, ...]:
        """Tests that a match must pass."""
        return self.compiled.parts.where

    @property
    def rewrite(self) -> Template | None:
        """What the match becomes; None when the rule only reports or has several readings."""
        return self.compiled.parts.rewrite

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What the match may stand for, where only a person can tell; the likeliest first."""
        return self.compiled.parts.readings

    @property
    def drop(self) -> tuple[Drop, ...]:
        """Captures whose text the repair removes."""
        return self.compiled.parts.drop

    @property
    def examples(self) -> tuple[Example, ...]:
        """Damaged texts with their repair; each is a test."""
        return self.compiled.parts.examples

    @property
    def counterexamples(self) -> tuple[Example, ...]:
        """Texts that look damaged and are right: `bad` is the text, `good` the same."""
        return self.compiled.parts.counterexamples


class Override(NamedTuple):
    """What a wiki wants otherwise about findings that no rule file makes; None for as they are."""

    severity: Severity | None = None
    """How bad they are."""
    enabled: bool | None = None
    """Whether they are told without being selected by name."""
    safety: Safety | None = None
    """How far a repair may be trusted at most."""
    because: str | None = None
    """Why not further."""


@dataclass(frozen=True, slots=True, eq=False)
class RuleSet:
    """All rules of a run, in the order of their priority; compared by identity."""

    rules: tuple[Rule, ...]
    """The rules; the first that claims a stretch of text has it."""
    tokens: tuple[TokenKind, ...] = ()
    """The kinds of token that the rule files add."""
    overrides: Mapping[str, Override] = field(default_factory=dict)
    """What is wanted otherwise of notices, by their ids."""

    def __getitem__(self, key: str) -> Rule:
        """Return the rule with this id or name; raises KeyError."""
        for rule in self.rules:
            if key in (rule.id, rule.name):
                return rule
        raise KeyError(key)
