"""Small rule files for these tests: each rule is written as the keys that matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from wikimend.repair.candidate import Candidate
from wikimend.repair.mender import Mender
from wikimend.repair.settle import Rules, Settled, Settling
from wikimend.rules.model import RuleSet
from wikimend.rules.reader import loads

_FILE = """\
schema: 1
tokens:
  AT: {pattern: '@@', role: marker}
rules:
"""
_RULE = """\
  - id: XY{number}
    name: {name}
    message: m
    about: b
    severity: error
"""
_NAMES = ("one", "two", "three", "four")


def rule_file(*rules: str) -> str:
    """Return a rule file; `AT` is a marker, and XY1, XY2 ... have these keys beside the usual."""
    text = _FILE
    for number, (name, keys) in enumerate(zip(_NAMES, rules, strict=False), 1):
        text += _RULE.format(number=number, name=name)
        text += "".join(f"    {line}\n" for line in keys.splitlines())
    return text


def ruleset(*rules: str) -> RuleSet:
    """Return the rules of such a file."""
    return loads(rule_file(*rules)).ruleset


def mender(*rules: str, unsafe_fixes: bool = False) -> Mender:
    """Return such rules, ready for pages."""
    return Mender(ruleset(*rules), unsafe_fixes=unsafe_fixes)


def settled_by(rules: Rules, settling: Settling) -> Settled:
    """Return a leaf once these rules, all asked of it each time, have settled it."""
    while (settled := settling.go_on(rules)) is None:
        pass
    return settled


def shown(candidates: Iterator[Candidate] | tuple[Candidate, ...], text: str) -> list[str]:
    """Return candidates as `XY1 what -> becomes`."""
    return [f"{c.rule.id} {text[c.start : c.end]} -> {c.replacement}" for c in candidates]


def cases(name: str) -> list[tuple[str, str, str]]:
    """Return the cases of the data file `name`: what it is called, what is given and wanted."""
    text = Path(__file__).with_name(name).read_text("utf-8")
    found: list[tuple[str, str, str]] = re.findall(
        r"^== (?!\+)(.+)\n((?:.*\n)*?)==>\n((?:(?!== ).*\n)*)", text, re.MULTILINE
    )
    assert len(found) == len(re.findall(r"^== (?!\+)", text, re.MULTILINE)) > 1
    return found


REPAIR = "match: \"'[' word:TEXT AT ']'\"\nrewrite: '[{word}]'\nsafety: safe"
"""The keys of a rule that makes `[a@@]` `[a]`."""

UNCLOSED = """\
match: "open:'[' word:TEXT~/[a-z]+/ AT"
where: [{unclosed: open}]
rewrite: '{word}'
safety: safe"""
"""The keys of a rule that makes `[a@@` `a`, unless the bracket is closed."""
