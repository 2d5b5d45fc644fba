"""The proof: what a rule could not know when it was loaded, and a repair may not do."""

from __future__ import annotations

import pytest

from wikimend.text.page import Page

from .rulefile import mender

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
]


@pytest.mark.parametrize(("name", "rule", "text"), REFUSED, ids=[case[0] for case in REFUSED])
def test_a_repair_that_would_do_more_is_reported(name: str, rule: str, text: str) -> None:
    mended = mender(rule).mend(Page(text))
    assert mended.text is text
    (finding,) = mended.findings
    assert finding.message == "m Its repair would change more than it."
    assert (finding.fixed, finding.replacement, finding.safety) == (False, None, None)


@pytest.mark.parametrize(("rule", "text", "wanted"), FINE)
def test_a_repair_that_does_no_more_is_made(rule: str, text: str, wanted: str) -> None:
    mended = mender(rule).mend(Page(text))
    assert mended.text == wanted
    assert all(finding.fixed for finding in mended.findings)
