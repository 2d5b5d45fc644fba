"""The proof: what a rule could not know when it was loaded, and a repair may not do."""

from __future__ import annotations

import pytest

from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.reader import loads
from wikimend.text.page import Page

from .rulefile import rule_file

STRIP = "match: \"'<' AT\"\nrewrite: ''\nsafety: safe"
JOIN = "match: \"left:TEXT NL right:TEXT AT\"\nrewrite: '{left}{right}'\nsafety: safe"
LOUD = "match: \"word:TEXT AT\"\nrewrite: '{word|lower}'\nsafety: safe"
ADD = "match: \"word:TEXT AT\"\nrewrite: 'new {word}'\nsafety: safe"
LINK = "match: \"'[' word:TEXT AT path:TEXT AT\"\nrewrite: '[{word}]({path})'\nsafety: safe"
TARGET = "match: \"'<' path:TEXT AT\"\nrewrite: '({path})'\nsafety: safe"
TWICE = """\
match: "(word:TEXT '<')+ AT"
where: [{same: word}]
rewrite: '{word}'
safety: safe"""
DROP = """\
match: "'[' word:TEXT AT waste:TEXT~/[a-z]+/ ']'"
rewrite: '[{word}]'
drop: [{capture: waste, because: it is waste}]
safety: safe"""

OPENED = "match: \"'[' '[' word:TEXT AT\"\nrewrite: '{word}'\nsafety: safe"
CLOSE = "match: \"'<' word:TEXT AT\"\nrewrite: '{word}]'\nsafety: safe"
TAG = "match: tag:HTML~/<(?<name>[^>]+)>/ AT\nrewrite: '{name}'\nsafety: safe"
TAGS = """\
match: tag:HTML~/<(?<name>[^>]+)>/ link:ANY~/<(?<address>[^>]+)>/ AT
rewrite: '{name} {address}'
safety: safe"""
LABEL = """\
match: "'[' label:(ANY | DEST | '!' | '[' | ']' | '(' | ')'){1,20} AT path:TEXT AT"
rewrite: '[{label}]({path})'
safety: safe"""
LOSE = """\
match: "'[' label:(ANY | DEST | '!' | '[' | ']' | '(' | ')'){1,20} AT path:TEXT~/(?<a>c)(?<b>d)/ AT"
rewrite: '[{a}]({b})'
drop: [{capture: label, because: it is waste}]
safety: safe"""
UNWRAP = """\
match: "'<' label:(ANY | DEST | '!' | '[' | ']' | '(' | ')'){1,20} AT"
rewrite: '{label}'
safety: safe"""

FINE = [
    (STRIP, "a <@@ b", "a  b"),
    (STRIP, "a<@@, b", "a, b"),
    (JOIN, "a \nb@@", "a b"),
    (LOUD, "abc@@", "abc"),
    (LINK, "[a@@/b@@ c", "[a](/b) c"),
    (LINK, "[see [a@@/b@@ here](/c)", "[see [a](/b) here](/c)"),
    (LINK, "[a](/b) [c@@/d@@ ![e](/f)", "[a](/b) [c](/d) ![e](/f)"),
    (TARGET, "[a] </b@@", "[a] (/b)"),
    (TWICE, "a<a<@@", "a"),
    (DROP, "[a@@oai]", "[a]"),
    (STRIP, "a\n<@@", "a\n"),
    (STRIP, "a\n<@@ b\n\n<@@  c", "a\n b\n\n  c"),
    (STRIP, "- a\n<@@b", "- a\nb"),
    (STRIP, "a\n<@@[b]: /c", "a\n[b]: /c"),
    (STRIP, "<@@[a](/b) [c [d](/e)", "[a](/b) [c [d](/e)"),
    (STRIP, "a<@@, [b] [c][b]\n\n[b]: /d", "a, [b] [c][b]\n\n[b]: /d"),
    (STRIP, "[a<@@][b] [^1]\n\n[b]: /d\n[^1]: c", "[a][b] [^1]\n\n[b]: /d\n[^1]: c"),
    (LINK, "[a@@/b@@ [b][d]\n\n[d]: /e", "[a](/b) [b][d]\n\n[d]: /e"),
    (TAG, "<i>@@", "i"),
    (TAG, "<i>@@ <b>", "i <b>"),
    (TAG.replace("HTML", "AUTOLINK"), "<https://e.org>@@", "https://e.org"),
    (TAGS.replace("ANY", "AUTOLINK"), "<i><https://e.org>@@", "i https://e.org"),
    (LABEL, "[![a](/b)@@/c@@", "[![a](/b)](/c)"),
    (LABEL, "[x ![a](/b) ![d](/e)@@/c@@", "[x ![a](/b) ![d](/e)](/c)"),
    (LABEL, "[x [a]@@/c@@", "[x [a]](/c)"),
    (UNWRAP, "<[a](/b)@@", "[a](/b)"),
    (UNWRAP, "<[![a](/b)](/c)@@", "[![a](/b)](/c)"),
    (UNWRAP, "<x [a]() y@@", "x [a]() y"),
    (UNWRAP, "<x [a][b] y@@\n\n[b]: /c", "x [a][b] y\n\n[b]: /c"),
    (CLOSE, "[b <a@@", "[b a]"),
]
REFUSED = [
    ("words glued on the right", STRIP, "a<@@b"),
    ("words glued over a line end", JOIN, "a\nb@@"),
    ("a word changed", LOUD, "Abc@@"),
    ("a word from nowhere", ADD, "abc@@"),
    ("a dropped word glued", DROP.replace("'[{word}]'", "'{word}'"), "[a@@oai]b"),
    ("a code span made", STRIP, "`<@@`` a```"),
    ("a code span broken", STRIP, "`<@@`` a``"),
    ("math broken", STRIP, "$a$<@@1"),
    ("a tag made", STRIP.replace("'<' AT", "'<' AT '>'").replace("''", "'>'"), "<b<@@>"),
    ("a link made of its neighbor", STRIP, "[a]<@@(/b)"),
    ("a link made that was not declared", TARGET, "[a]</b@@"),
    ("a link around it undone", LINK, "[b [a@@/c@@] d](/e)"),
    ("a heading made", STRIP, "<@@# a"),
    ("a heading underlined", STRIP, "a\n<@@=="),
    ("a list made", STRIP, "<@@- a"),
    ("a quote made", STRIP, "<@@> a"),
    ("a fence made", STRIP, "<@@~~~ a"),
    ("a table made", STRIP, "a | b\n<@@---|---"),
    ("a definition made", STRIP, "<@@[a]: /b"),
    ("a rule drawn", STRIP, "a\n<@@***"),
    ("indented code made", STRIP, "<@@    a"),
    ("a paragraph emptied", STRIP, "<@@"),
    ("a paragraph split", STRIP, "a\n<@@\nb"),
    ("a link outside that loses its bracket", OPENED, "[[a@@](/b)"),
    ("an image outside that loses its bracket", OPENED, "![[a@@ c](/b)"),
    ("a link without a target that loses its bracket", OPENED, "[[a@@]()"),
    ("a link of somebody else closed too early", CLOSE, "[b <a@@ c](/d)"),
    ("a link closed for somebody else", TARGET.replace("({path})", "]({path})"), "[b </a@@ c"),
    ("a tag changed", TAG.replace("HTML", "ANY"), "<i>@@"),
    ("an autolink changed", TAG.replace("HTML", "ANY"), "<https://e.org>@@"),
    ("an autolink changed by a rule for tags", TAGS, "<i><https://e.org>@@"),
    ("a link of a capture inside another", LABEL, "[x [a](/b)@@/c@@"),
    ("a link of a capture lost", LOSE, "[x [a](/b)@@cd@@"),
    ("an image of a capture lost", LOSE, "[![a](/b)@@cd@@"),
    ("a reference made", STRIP, "[a <@@ b]\n\n[a b]: /c"),
    ("a reference lost", STRIP, "[a <@@ b]\n\n[a <@@ b]: /c"),
    ("a reference in the label of a new link", LABEL, "[x [a]@@/c@@\n\n[a]: /b"),
    ("text that becomes that of a reference", STRIP, "[x]<@@[a]\n\n[a]: /b"),
]


def mend(rule: str, text: str) -> Mended:
    """Return the page `text` after a rule that may name the set ANY."""
    file = rule_file(rule).replace("rules:", "sets: {ANY: [TEXT, CODE, HTML, AUTOLINK]}\nrules:")
    return Mender(loads(file).ruleset).mend(Page(text))


@pytest.mark.parametrize(("name", "rule", "text"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_repair_that_would_do_more_is_reported(name: str, rule: str, text: str) -> None:
    mended = mend(rule, text)
    assert mended.text is text
    assert mended.findings
    for finding in mended.findings:
        assert finding.message == "m Its repair would change more than it."
        assert (finding.fixed, finding.replacement, finding.safety) == (False, None, None)


@pytest.mark.parametrize(("rule", "text", "wanted"), FINE)
def test_a_repair_that_does_no_more_is_made(rule: str, text: str, wanted: str) -> None:
    mended = mend(rule, text)
    assert mended.text == wanted
    assert all(finding.fixed for finding in mended.findings)


def test_two_repairs_that_touch_glue_no_words() -> None:
    mended = mend(STRIP, "a<@@<@@b")
    assert mended.text == "a<@@b"
    assert [finding.fixed for finding in mended.findings] == [True, False]
