"""`wikimend rules explain`: one rule, for the person who met it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

from wikimend.cli.options import config_option

if TYPE_CHECKING:
    from wikimend.report.paper import Piece
    from wikimend.report.rulecard import RuleCard
    from wikimend.rules.model import Rule, RuleSet
    from wikimend.rules.notices import Notice

_WIDTH = 79


@click.command("explain")
@click.argument("rule", metavar="ID|NAME")
@config_option
def command(rule: str, config: Path | None) -> int:
    """Explain one rule.

    What the damage looks like, what made it, what it becomes, what only looks like it, and how to
    switch the rule off.
    """
    from wikimend.cli.configuration import configuration
    from wikimend.report.paper import paper

    card = _card(configuration(config).ruleset, rule)
    paper(sys.stdout).write(_pieces(card))
    return 0


def _card(ruleset: RuleSet, word: str) -> RuleCard:
    """Return the card of the rule with this id or name; raises UsageError where there is none."""
    from wikimend.errors import UsageError
    from wikimend.report.rulecard import notice_card, rule_card
    from wikimend.rules.notices import NOTICES
    from wikimend.rules.problem import guess

    for rule in ruleset.rules:
        if word in (rule.id, rule.name):
            return rule_card(rule, ruleset)
    for notice in NOTICES.values():
        if word in (notice.id, notice.name):
            return notice_card(notice)
    known: list[Rule | Notice] = [*ruleset.rules, *NOTICES.values()]
    words = [word for entry in known for word in (entry.id, entry.name)]
    raise UsageError(f"no rule is called '{word}'{guess(word, words)}")


def _pieces(card: RuleCard) -> Iterator[Piece]:
    yield f"{card.id} {card.name}", "span"
    yield f" ({card.severity})\n\n", card.severity
    yield _wrapped(card.about), ""
    if card.cause:
        yield _wrapped(f"What made it: {card.cause}"), ""
    yield _wrapped(f"{card.trust} {card.because}"), ""
    for sample in card.samples[:1]:
        yield from _section("Damaged", (sample.bad,), "removed")
        if sample.good is not None:
            yield from _section("Mended", (sample.good,), "added")
        yield from _section("Message", (sample.message or card.message,))
        if sample.readings:
            yield "\nIt may have been\n", "span"
        for text, because in sample.readings:
            yield _quoted(text), "added"
            yield _wrapped(because, "    "), ""
    if card.drops:
        reading = " by one reading or another" if card.repair == "choice" else ""
        yield f"\nTaken away{reading}\n", "span"
        yield from ((_wrapped(f"{d.capture}: {d.because}", "  "), "") for d in card.drops)
    if card.lookalikes:
        yield from _section("Looks like it and is right", card.lookalikes)
    yield from _section("Runs on", (f"{', '.join(card.dialects)}: {card.places}",))
    yield f"\nSwitched {'off' if card.enabled else 'on'}\n", "span"
    for switch in card.switches:
        place = f"in {switch.place}:   " if switch.place else ""
        yield indent(_hanging(f"{switch.reach:<13}{place}", switch.text), "  "), ""


def _section(heading: str, texts: Iterable[str], ink: str = "") -> Iterator[Piece]:
    yield f"\n{heading}\n", "span"
    yield from ((_quoted(text), ink) for text in texts)


def _wrapped(text: str, margin: str = "") -> str:
    lines = fill(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=margin,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return f"{lines}\n"


def _hanging(label: str, text: str) -> str:
    return label + text.replace("\n", "\n" + " " * len(label)) + "\n"


def _quoted(text: str) -> str:
    from wikimend.report.visible import visible

    return indent("".join(f"{visible(line)}\n" for line in text.splitlines()), "  ")
