"""`wikimend rules explain`: one rule, for the person who met it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import fill, indent
from typing import TYPE_CHECKING

import click

from wikimend.cli.options import config_option

if TYPE_CHECKING:
    from wikimend.repair.notices import Notice
    from wikimend.report.paper import Piece
    from wikimend.rules.model import Example, Rule, RuleSet

_WIDTH = 79
_TRUST = {
    "safe": "`wikimend fix` makes the repair.",
    "unsafe": "Only `wikimend fix --unsafe-fixes` makes the repair.",
    "suggest": "The repair is a suggestion: you decide, and make it by hand.",
    None: "There is no repair; it is only reported.",
}
_ON = """\
for a wiki   in .wikimend.yaml:   schema: 1
                                  overrides: {{{id}: on}}
for a run    wikimend lint --select {id}
"""
_OFF = """\
for a wiki   in .wikimend.yaml:   schema: 1
                                  ignore: [{id}]
for a run    wikimend lint --ignore {id}
for a page   <!-- wikimend-disable-file {id} -- why -->
for a line   <!-- wikimend-disable-next-line {id} -- why -->
for a part   <!-- wikimend-disable {id} -- why --> ... <!-- wikimend-enable {id} -->
"""


@click.command("explain")
@click.argument("rule", metavar="ID|NAME")
@config_option
def command(rule: str, config: Path | None) -> int:
    """Explain one rule.

    What the damage looks like, what it becomes, what only looks like it, and how to switch the
    rule off.
    """
    from wikimend.cli.configuration import configuration
    from wikimend.report.paper import paper

    pieces = _explained(configuration(config).ruleset, rule)
    paper(sys.stdout).write(pieces)
    return 0


def _explained(ruleset: RuleSet, word: str) -> Iterator[Piece]:
    from wikimend.errors import UsageError
    from wikimend.repair.notices import NOTICES
    from wikimend.rules.problem import guess

    known: dict[str, Rule | Notice] = {}
    for rule in ruleset.rules:
        known |= {rule.id: rule, rule.name: rule}
    for notice in NOTICES.values():
        known |= {notice.id: notice, notice.name: notice}
    if word not in known:
        raise UsageError(f"no rule is called '{word}'{guess(word, known)}")
    return _pieces(known[word], ruleset)


def _pieces(rule: Rule | Notice, ruleset: RuleSet) -> Iterator[Piece]:
    from wikimend.rules.model import Rule

    on = not isinstance(rule, Rule) or rule.enabled
    yield f"{rule.id} {rule.name}", "span"
    yield f" ({rule.severity})\n\n", rule.severity
    yield f"{_wrapped(rule.about)}\n", ""
    if isinstance(rule, Rule):
        yield from _rule(rule, ruleset)
    yield f"\nSwitched {'off' if on else 'on'}\n", "span"
    yield indent((_OFF if on else _ON).format(id=rule.id), "  "), ""


def _rule(rule: Rule, ruleset: RuleSet) -> Iterator[Piece]:
    because = f" {rule.because}" if rule.because else ""
    yield f"{_wrapped(_TRUST[rule.safety] + because)}\n", ""
    for example in rule.examples[:1]:
        yield "\nDamaged\n", "span"
        yield _quoted(example.bad), "removed"
        if example.good is not None:
            yield "\nMended\n", "span"
            yield _quoted(example.good), "added"
        yield "\nMessage\n", "span"
        yield _quoted(_message(rule, ruleset, example)), ""
    if rule.counterexamples:
        yield "\nLooks like it and is right\n", "span"
        for example in rule.counterexamples:
            yield _quoted(example.bad), ""


def _message(rule: Rule, ruleset: RuleSet, example: Example) -> str:
    """Return what the rule says of its example; its template where it finds nothing there."""
    from wikimend.repair.mender import Mender
    from wikimend.rules.selection import Selection
    from wikimend.text.page import DIALECTS, Page

    dialect = next(dialect for dialect in DIALECTS if dialect in rule.dialects)
    mended = Mender(ruleset, Selection((rule.name,))).mend(Page(example.bad, dialect=dialect))
    said = (finding.message for finding in mended.findings if finding.rule == rule.id)
    return next(said, rule.message.source)


def _wrapped(text: str) -> str:
    return fill(" ".join(text.split()), _WIDTH, break_long_words=False, break_on_hyphens=False)


def _quoted(text: str) -> str:
    from wikimend.report.visible import visible

    return "".join(f"  {visible(line)}\n" for line in text.splitlines())
