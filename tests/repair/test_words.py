"""The words of a repair: none is lost, none comes from nowhere, no two are glued."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from wikimend.repair.candidate import Candidate, find
from wikimend.repair.mender import Mender
from wikimend.repair.words import conserves, glue
from wikimend.rules.model import Compiled, Drop
from wikimend.rules.pattern import compile_pattern
from wikimend.rules.reader import loads
from wikimend.rules.template import compile_template
from wikimend.text.lexer import lex
from wikimend.text.tokens import Tokens

from .rulefile import REPAIR, mender, rule_file


def names(cases: Sequence[tuple[str, ...]]) -> list[str]:
    """Return what the cases are called."""
    return [case[0] for case in cases]


PAIR = "'[' a:TEXT AT b:TEXT AT"
INNER = r"t:TEXT~/(?<a>\w)(?<n>\d)(?<b>\w)/ AT"
SCHEME = "'[' a:TEXT AT b:TEXT~/https:(?<c>.*)/ AT"

LOSSES = [
    ("a word lost", "'<' one:TEXT AT two:TEXT AT", "{one}", "", "<a@@b@@"),
    ("a part dropped inside a word", INNER, "{a}{b}", "n", "x1y@@"),
    ("a part dropped at the edge", r"'<' t:TEXT~/(?<n>\d)(?<b>\w)/ AT", "{b}", "n", "a<1y@@"),
    ("a capture dropped inside a word", "a:TEXT '<' n:TEXT AT b:TEXT", "{a}{b}", "n", "x<1@@y"),
    ("a marker between words", "a:TEXT AT b:TEXT", "{a}{b}", "", "x@@y"),
    ("a word glued on the left", "'<' a:TEXT AT", "{a}", "", "x<a@@"),
    ("a word glued on the right", "'<' a:TEXT AT", "{a}", "", "<a@@y"),
    ("a word from nowhere", "a:TEXT AT", "see {a}", "", "a@@"),
    ("a scheme in a text", "a:TEXT AT", "at https://{a}", "", "e.org@@"),
    ("a scheme with a word", PAIR, "[{a}](xhttps://{b})", "", "[a@@b@@"),
    ("a scheme lost", SCHEME, "[{a}]({c})", "", "[a@@https:b@@"),
    ("spaces taken out of a label", PAIR, "[{a|despace}]({b})", "", "[a b@@c@@"),
    ("spaces taken out of a text", "a:TEXT AT", "{a|despace}", "", "a b@@"),
    ("letters of an address lost", PAIR, "[{a}]({b|strip:xy})", "", "[a@@xcy@@"),
    ("a word of an address in the label", PAIR, "[{b}]({b|despace})", "a",
     "[c@@a b@@"),
    ("a vowel sign lost", "a:TEXT AT", "{a|strip:\u0940}", "", "\u0928\u0926\u0940@@"),
    ("an accent lost", "a:TEXT AT", "{a|strip:\u0301}", "", "cafe\u0301@@"),
    ("a joiner lost", "a:TEXT AT", "{a|strip:\u200c}", "", "\u0645\u06cc\u200c@@"),
]  # fmt: skip
KEPT = [
    ("nothing happens to words", "'[' a:TEXT AT", "[{a}]", "", "[a b@@"),
    ("a dropped part between words", INNER, "{a} {b}", "n", "x1y@@"),
    ("a dropped part that held another", r"t:TEXT~/(?<n>1(?<m>2+)3)(?<b>\w+)/ AT", "{b}", "n,m",
     "12223xyz@@"),
    ("a dropped part that is not there", r"a:TEXT~/(?<b>\w)(?<n>\d)?/ AT", "{b}", "n", "x@@"),
    ("a dropped capture", "a:TEXT AT n:TEXT AT", "{a}", "n", "x@@1@@"),
    ("a repeat that says the same", "(a:TEXT '<')+ AT", "{a}", "", "x<x<@@"),
    ("another neighbour", "'<' a:TEXT AT", "{a}", "", "x <a@@, y"),
    ("an underline, which is markup", "a:TEXT AT", "{a|strip:_}", "", "_a_@@"),
    ("a scheme for an address", PAIR, "[{a}](https://{b})", "", "[a@@e.org@@"),
    ("the scheme of mail", PAIR, "[{a}](mailto:{b})", "", "[a@@b@e.org@@"),
    ("spaces of an address", PAIR, "[{a}]({b|despace})", "", "[a b@@c d@@"),
    ("spaces and a scheme", PAIR, "[{a}](https://{b|despace})", "", "[a@@e.o rg@@"),
    ("escapes of an address", PAIR, "[{a}]({b|decode})", "", "[a@@c%20%C3%A9@@"),
    ("entities of an address", PAIR, "[{a}]({b|entities})", "", "[a@@c&amp;d@@"),
    ("hidden mail", PAIR, "[{a} {b|cfemail}](mailto:{b|cfemail})", "",
     "[a@@7c11193c19041d110c101952130e1b@@"),
]  # fmt: skip


LOADED = loads(rule_file(REPAIR))


def candidate(match: str, rewrite: str, drops: str, text: str) -> tuple[Candidate, Tokens]:
    """Return the one repair of a rule with these keys in a leaf, whatever it loses."""
    pattern = compile_pattern(match, LOADED.vocabulary)
    rule = LOADED.ruleset.rules[0]
    parts = rule.compiled.parts._replace(
        match=pattern,
        where=(),
        rewrite=compile_template(rewrite, pattern.captures),
        drop=tuple(Drop(name, "it is waste") for name in drops.split(",") if name),
    )
    rule = replace(rule, compiled=Compiled(lambda: parts))
    tokens = lex(text, Mender(LOADED.ruleset).markers)
    (found,) = find(tokens, [(0, rule)])
    return found, tokens


@pytest.mark.parametrize(("name", "match", "rewrite", "drops", "text"), LOSSES, ids=names(LOSSES))
def test_a_loss(name: str, match: str, rewrite: str, drops: str, text: str) -> None:
    found, tokens = candidate(match, rewrite, drops, text)
    assert found.template is not None
    assert not conserves(found, found.template, tokens)


@pytest.mark.parametrize(("name", "match", "rewrite", "drops", "text"), KEPT, ids=names(KEPT))
def test_no_loss(name: str, match: str, rewrite: str, drops: str, text: str) -> None:
    found, tokens = candidate(match, rewrite, drops, text)
    assert found.template is not None
    assert conserves(found, found.template, tokens)


@pytest.mark.parametrize(
    ("text", "glued"),
    [
        ("a<@@<@@b", True),
        ("a<@@<@@<@@b", True),
        ("c <@@ a<@@<@@b", True),
        ("a<@@b", False),  # one repair alone is not its business
        ("a<@@ <@@b", False),
        ("a<@@<@@ b", False),
        (" <@@<@@b", False),
        ("<@@<@@b", False),
        ("a<@@<@@", False),
    ],
)
def test_words_glued_by_repairs_that_touch(text: str, glued: bool) -> None:
    rig = mender("match: \"'<' AT\"\nrewrite: ''\nsafety: safe")
    tokens = lex(text, rig.markers)
    assert glue([*find(tokens, enumerate(rig.ruleset.rules))], text) is glued
