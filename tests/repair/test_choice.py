"""A page mended as somebody chooses: only what is offered, and never past the proof."""

from __future__ import annotations

import pytest

from wikimend.repair.candidate import Candidate
from wikimend.repair.finding import Reading
from wikimend.text.page import Page

from .rulefile import REPAIR, mender

SUGGEST = REPAIR.replace("safety: safe", "safety: suggest") + "\nbecause: it is"
STRIP = "match: \"'<' AT\"\nrewrite: ''\nsafety: suggest\nbecause: it is"
READINGS = """\
match: "'<' AT"
readings:
  - {rewrite: '', because: it may go}
  - {rewrite: ' ', because: it may be a space}"""
REFUSED = REPAIR + "\nwhere: [{matches: ['{word}', b]}]\nrefused: report"
INNER = "match: \"word:TEXT AT\"\nrewrite: '{word}!'\nsafety: safe"


def accept(candidate: Candidate, start: int, end: int) -> str | None:
    """Accept every repair; of readings the first."""
    return candidate.replacement if candidate.rule.rewrite else candidate.readings[0]


def refuse(candidate: Candidate, start: int, end: int) -> str | None:
    """Accept nothing."""
    return None


@pytest.mark.parametrize("rules", [[REPAIR], [SUGGEST], [REPAIR, INNER]])
def test_what_is_refused_stays_and_lets_nobody_else_in(rules: list[str]) -> None:
    page = Page("x [a@@] y")
    mended = mender(*rules).mend(page, refuse)
    assert (mended.text, mended.edits) == (page.text, ())
    assert [(f.rule, f.fixed, f.replacement) for f in mended.findings] == [("XY1", False, "[a]")]


def test_a_suggestion_that_is_accepted() -> None:
    mended = mender(SUGGEST).mend(Page("x [a@@] y"), accept)
    assert mended.text == "x [a] y"
    assert [(f.fixed, f.safety) for f in mended.findings] == [(True, "suggest")]


def test_some_are_accepted_and_some_are_not() -> None:
    mended = mender(SUGGEST).mend(
        Page("[a@@] [b@@]\n\n[c@@]"), lambda c, start, end: c.replacement if start else None
    )
    assert mended.text == "[a@@] [b]\n\n[c]"
    assert [finding.fixed for finding in mended.findings] == [False, True, True]


@pytest.mark.parametrize(("number", "text"), [(None, "a, <@@ b"), (0, "a,  b"), (1, "a,   b")])
def test_a_reading_that_is_chosen(number: int | None, text: str) -> None:
    def choose(candidate: Candidate, start: int, end: int) -> str | None:
        return None if number is None else candidate.readings[number]

    mended = mender(READINGS).mend(Page("a, <@@ b"), choose)
    (finding,) = mended.findings
    assert (mended.text, finding.fixed) == (text, number is not None)
    assert finding.readings == (Reading("", "it may go"), Reading(" ", "it may be a space"))
    assert finding.replacement == (None if number is None else finding.readings[number].replacement)


@pytest.mark.parametrize("rule", [STRIP, READINGS], ids=["a suggestion", "a reading"])
def test_the_proof_guards_what_is_accepted(rule: str) -> None:
    mended = mender(rule).mend(Page("a<@@b"), accept)
    assert mended.text is mended.page.text
    (finding,) = mended.findings
    assert finding.message == "m Its repair would change more than it."
    assert (finding.fixed, finding.replacement) == (False, None)


def test_nobody_is_asked_for_what_is_refused_suppressed_or_only_reported() -> None:
    def ask(candidate: Candidate, start: int, end: int) -> str | None:
        raise AssertionError(candidate)

    rig = mender(REFUSED)
    assert [f.rule for f in rig.mend(Page("[a@@]"), ask).findings] == ["XY1"]
    silent = "<!-- wikimend-disable XY1 -->\n\n[b@@]"
    assert [f.rule for f in rig.mend(Page(silent), ask).suppressed] == ["XY1"]


def test_places_are_those_of_the_page() -> None:
    asked = []

    def ask(candidate: Candidate, start: int, end: int) -> str | None:
        asked.append((start, end))
        return candidate.replacement

    page = Page("a\r\n\r\n> b\r\n> <@@@@ [c@@]\r\n")
    twice = "match: \"'<' AT\"\nrewrite: '<'\nsafety: safe"
    mended = mender(SUGGEST, twice).mend(page, ask)
    assert mended.text == "a\r\n\r\n> b\r\n> < [c]\r\n"
    assert [page.text[start:end] for start, end in sorted(asked)] == ["<@@", "<@@@@", "[c@@]"]


@pytest.mark.parametrize("rule", [SUGGEST, READINGS, "match: \"'[' TEXT AT\"", "match: \"'<' AT\""])
def test_what_was_not_offered_cannot_be_chosen(rule: str) -> None:
    with pytest.raises(ValueError, match="'new' was not offered by XY1"):
        mender(rule).mend(Page("[a@@] <@@"), lambda candidate, start, end: "new")
