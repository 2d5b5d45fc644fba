"""All that can be said about a rule to the person who met it, whatever it is written on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from wikimend.repair.mender import Mender
from wikimend.rules.model import Drop, Example, Rule, RuleSet, Severity
from wikimend.rules.notices import NOTICES, Notice
from wikimend.rules.selection import Selection
from wikimend.text.block import BlockKind
from wikimend.text.page import DIALECTS, Dialect, Page

FAMILIES: Mapping[str, str] = {
    "WM1": "Wrecked links",
    "WM2": "Citations",
    "WM3": "Stray and unbalanced brackets",
    "WM4": "Damaged addresses and targets",
    "WM5": "Leftovers of wikitext, HTML and exporters",
    "WM6": "Leftovers of programs",
    "WM7": "Links that work and are written another way than the wiki wants",
    "WM8": "Links that point nowhere",
    "WM9": "Comments that silence rules, and mending itself",
}
"""What the rules of each family are about."""

Repair = Literal["safe", "unsafe", "suggest", "choice", "none"]
"""A rule's safety; or a choice of several readings; or none at all."""

_TRUST: Mapping[Repair, str] = {
    "safe": "`wikimend fix` makes the repair.",
    "unsafe": "Only `wikimend fix --unsafe-fixes` makes the repair.",
    "suggest": "The repair is a suggestion: you decide.",
    "choice": "Only a person can tell what it was; nothing is repaired until you choose.",
    "none": "There is no repair; it is only reported.",
}
_BLOCKS: Mapping[BlockKind, str] = {
    "paragraph": "paragraphs",
    "heading": "headings",
    "cell": "table cells",
}
_DIALECTS: Mapping[Dialect, str] = {"markdown": "Markdown", "mdx": "MDX", "mediawiki": "wikitext"}


@dataclass(frozen=True, slots=True)
class Switch:
    """One way to switch a rule on or off."""

    reach: str
    """Where it holds: `for a wiki`, `for a line`."""
    place: str
    """The file in which it is written; empty where the reach tells."""
    text: str
    """What is written there."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A damaged text and what becomes of it."""

    bad: str
    """The damaged text."""
    good: str | None
    """The mended text; None when it is only reported."""
    message: str
    """What is said about it; empty when nothing is found there."""
    readings: tuple[tuple[str, str], ...]
    """What it may have been, each text with what speaks for it; the likeliest first."""
    todo: bool
    """Whether it is a known miss."""


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule, or one finding that is part of the program."""

    id: str
    """Its id, such as `WM101`."""
    name: str
    """Its name."""
    severity: Severity
    """How bad a finding is."""
    enabled: bool
    """Whether it runs without being asked for."""
    about: str
    """What the damage is."""
    message: str
    """The template of what a finding says; empty where it differs from case to case."""
    cause: str
    """What made the damage; empty when nobody said."""
    repair: Repair
    """How far the repair may be trusted."""
    trust: str
    """The same in a sentence: whether and when it is made."""
    because: str
    """Why a repair that is not safe is not; else empty."""
    samples: tuple[Sample, ...]
    """Damaged texts."""
    drops: tuple[Drop, ...]
    """What the repair takes away, with the reason."""
    lookalikes: tuple[str, ...]
    """Texts that look damaged and stay as they are."""
    places: str
    """The parts of a page that it looks into."""
    dialects: tuple[str, ...]
    """The markup languages of the pages that it runs on."""
    switches: tuple[Switch, ...]
    """How to switch it off; on, where it is off by default."""


def rule_cards(ruleset: RuleSet) -> Iterator[RuleCard]:
    """Yield a card for each rule, in their order, and for each finding of the program."""
    for rule in ruleset.rules:
        yield rule_card(rule, ruleset)
    for notice in NOTICES.values():
        yield notice_card(notice)


def rule_card(rule: Rule, ruleset: RuleSet) -> RuleCard:
    """Return the card of one of the rules in `ruleset`."""
    repair: Repair = "choice" if rule.readings else rule.safety or "none"
    alone = Mender(RuleSet((rule,), ruleset.tokens), Selection((rule.id,)))
    return RuleCard(
        id=rule.id,
        name=rule.name,
        severity=rule.severity,
        enabled=rule.enabled,
        about=_line(rule.about),
        message=rule.message.source,
        cause=_line(rule.cause),
        repair=repair,
        trust=_TRUST[repair],
        because=_line(rule.because or ""),
        samples=tuple(_sample(rule, example, alone) for example in rule.examples),
        drops=rule.drop,
        lookalikes=tuple(example.bad for example in rule.counterexamples),
        places=_places(rule),
        dialects=tuple(_DIALECTS[dialect] for dialect in DIALECTS if dialect in rule.dialects),
        switches=_switches(rule.id, rule.enabled),
    )


def notice_card(notice: Notice) -> RuleCard:
    """Return the card of a finding that is part of the program."""
    return RuleCard(
        id=notice.id,
        name=notice.name,
        severity=notice.severity,
        enabled=True,
        about=notice.about,
        message="",
        cause="",
        repair="none",
        trust=_TRUST["none"],
        because="",
        samples=(),
        drops=(),
        lookalikes=(),
        places="the page as a whole",
        dialects=tuple(_DIALECTS[dialect] for dialect in DIALECTS),
        switches=_switches(notice.id, True),
    )


def _sample(rule: Rule, example: Example, alone: Mender) -> Sample:
    dialect = next(dialect for dialect in DIALECTS if dialect in rule.dialects)
    found = alone.mend(Page(example.bad, dialect=dialect)).findings
    readings = zip(example.readings, rule.readings, strict=True)
    return Sample(
        bad=example.bad,
        good=example.good,
        message=next((finding.message for finding in found if finding.rule == rule.id), ""),
        readings=tuple((text, _line(reading.because)) for text, reading in readings),
        todo=example.todo,
    )


def _places(rule: Rule) -> str:
    if rule.match is None:
        return "the page as a whole"
    return ", ".join(word for block, word in _BLOCKS.items() if block in rule.blocks)


def _switches(rule: str, on: bool) -> tuple[Switch, ...]:
    file = ".wikimend.yaml"
    if not on:
        return (
            Switch("for a wiki", file, f"schema: 1\noverrides: {{{rule}: on}}"),
            Switch("for a run", "", f"wikimend lint --select {rule}"),
        )
    return (
        Switch("for a wiki", file, f"schema: 1\nignore: [{rule}]"),
        Switch("for a run", "", f"wikimend lint --ignore {rule}"),
        Switch("for a page", "", f"<!-- wikimend-disable-file {rule} -- why -->"),
        Switch("for a line", "", f"<!-- wikimend-disable-next-line {rule} -- why -->"),
        Switch(
            "for a part",
            "",
            f"<!-- wikimend-disable {rule} -- why --> ... <!-- wikimend-enable {rule} -->",
        ),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
