"""A leaf in which more is found than is looked at stays as it was, and one finding says so."""

from __future__ import annotations

import pytest
from benchmarks.linear import CASES, LARGE

from wikimend.api import mend
from wikimend.repair.mender import Mender
from wikimend.rules.reader import loads
from wikimend.rules.selection import Selection
from wikimend.text import limits
from wikimend.text.page import Page

from .rulefile import REPAIR, UNCLOSED, mender, rule_file

REPORTED = "match: \"'[' TEXT AT\""
ANY = "match: \"'[' TEXT~/[a-z]/ ']'\"\nneeds: '\\['"
TWICE = "match: \"START word:TEXT AT\"\nrewrite: '{word}'\nsafety: safe"
ONCE_MORE = "match: \"'<' word:TEXT '>'\"\nrewrite: '({word})'\nsafety: safe\nneeds: '<'"
LAST = "match: \"'(' word:TEXT ')'\"\nneeds: ['<', '\\(']"

ALONE = "match: \"'(' TEXT AT\"\nneeds: '\\('"

FINDINGS, MATCHES, BRACKETS = 3, 8, 12

FEW = [
    ("as many repairs", [REPAIR], "[a@@] [b@@] [c@@]", "[a] [b] [c]"),
    ("as many reports", [REPORTED], "[a@@ [b@@ [c@@", None),
    ("as many in each of two paragraphs", [REPAIR], "[a@@] [b@@]\n\n[c@@] [d@@]",
     "[a] [b]\n\n[c] [d]"),
    ("as many repairs in two passes", [TWICE], "a@@@@@@", "a"),
    ("as many claims", [UNCLOSED, UNCLOSED], "[a@@ " * 4 + "]" * 4, None),
    ("as many brackets without a partner", [ALONE], "(" * 12 + "[] ()", None),
    ("many matches that claim the same", [REPAIR, REPORTED], "[a@@] [b@@] [c@@]", "[a] [b] [c]"),
]  # fmt: skip
MANY = [
    ("a repair more", [REPAIR], "[a@@] [b@@] [c@@] [d@@]"),
    ("a report more", [REPORTED], "[a@@ [b@@ [c@@ [d@@"),
    ("a report more than repairs", [REPAIR, REPORTED], "[a@@] [b@@] [c@@] [d@@"),
    ("a repair more in another pass", [TWICE], "a@@@@@@@@"),
    ("a report more in another pass", [ONCE_MORE, LAST], "<1> <2>"),
    ("a claim more, granted or not", [UNCLOSED, UNCLOSED], "[a@@ " * 5 + "]" * 5),
    ("a place more for one rule to look at", [ANY], "[a] " * 9),
    ("a bracket more without a partner", [ALONE], "(" * 7 + "]" * 6),
    ("the same in a heading", [REPAIR], "## [a@@] [b@@] [c@@] [d@@]"),
    ("the same in a quote", [REPAIR], "> [a@@] [b@@]\n> [c@@] [d@@]"),
]


@pytest.fixture(autouse=True)
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let limits be so low that a test can show what stands at them."""
    monkeypatch.setattr(limits, "FINDINGS", FINDINGS)
    monkeypatch.setattr(limits, "MATCHES", MATCHES)
    monkeypatch.setattr(limits, "BRACKETS", BRACKETS)


def outcome(rig: Mender, text: str) -> tuple[str, list[tuple[str, str]], int]:
    """Return the page mended, what was found where, and how much is silenced."""
    mended = rig.mend(Page(text))
    found = [(f.rule, text[f.start : f.end]) for f in mended.findings]
    assert found == [(f.rule, text[f.start : f.end]) for f in mended.unapplied().findings]
    return mended.text, found, len(mended.suppressed)


@pytest.mark.parametrize(
    ("rules", "text", "mended"), [case[1:] for case in FEW], ids=[case[0] for case in FEW]
)
def test_below_the_limits(rules: list[str], text: str, mended: str | None) -> None:
    got, found, _ = outcome(mender(*rules), text)
    assert "WM905" not in dict(found)
    assert got == (mended or text)


@pytest.mark.parametrize(
    ("rules", "text"), [case[1:] for case in MANY], ids=[case[0] for case in MANY]
)
def test_above_the_limits(rules: list[str], text: str) -> None:
    got, found, _ = outcome(mender(*rules), text)
    leaf = text.removeprefix("## ").removeprefix("> ")
    assert (got, found) == (text, [("WM905", leaf)])


def test_the_other_paragraphs_are_mended() -> None:
    crowd = "[a@@] " * 4 + "b"
    text, found, _ = outcome(mender(REPAIR), f"[a@@]\n\n{crowd}\n\n[b@@]")
    assert text == f"[a]\n\n{crowd}\n\n[b]"
    assert found == [("XY1", "[a@@]"), ("WM905", crowd), ("XY1", "[b@@]")]


@pytest.mark.parametrize("selector", ["WM905", "WM9", "crowded-paragraph", ""])
def test_silenced(selector: str) -> None:
    page = f"<!-- wikimend-disable {selector} -->\n\n" + "[a@@] " * 4 + "b\n\n"
    page += f"<!-- wikimend-enable {selector} -->\n\n[a@@]"
    text, found, silenced = outcome(mender(REPAIR), page)
    assert (text, found, silenced) == (f"{page[:-3]}]", [("XY1", "[a@@]")], 1)


@pytest.mark.parametrize("selection", [Selection(("XY1",)), Selection(ignore=("WM905",))])
def test_not_asked_for(selection: Selection) -> None:
    rig = Mender(loads(rule_file(REPAIR)).ruleset, selection)
    assert outcome(rig, "[a@@] " * 4) == ("[a@@] " * 4, [], 0)


def test_its_citations_are_not_told() -> None:
    about = "find: {missing: url}\nscope: page"
    rig = mender(REPAIR, about)
    source = "[9](https://e.org)"
    page = f"[1] {'[a@@] ' * 3}\n\n{source}"
    assert outcome(rig, page)[1][0] == ("XY2", "[1]")
    page = f"[1] {'[a@@] ' * 4}b\n\n{source}"
    assert outcome(rig, page)[1] == [("WM905", page.partition("\n")[0])]


WRECKS = (
    "Near the pier [low tide[/coast/[low-tide[/coast/[low-tide--TEMP--/coast)--FIX-- begins, where"
    " the old road meets the sea (it was built in 1890) and boats rest in winter; gulls wait above"
    " it [[3]]]https://example.org/tides) for the boats. "
)
"""Prose with a wreck every 120 characters."""


def test_a_page_of_wrecks_in_one_line_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    mended = mend(WRECKS * 1000)
    link, cited = "[low tide](/coast/low-tide)", "[3](https://example.org/tides)"
    assert (mended.text.count(link), mended.text.count(cited)) == (1000, 1000)
    assert all(finding.fixed for finding in mended.findings)


def test_the_longest_line_of_the_benchmark_is_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    mended = mend(CASES["one line of prose with wrecks"][1](2 * LARGE))
    assert len(mended.findings) > 2 * LARGE // 500
    assert all(finding.fixed for finding in mended.findings)


@pytest.mark.parametrize("piece", ["[", "[[1]", "[a[/b/[c", "[a] (https://e.org/a) ", "[cite: 1] "])
def test_nothing_but_damage(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    text = piece * 70_000
    mended = mend(text)
    assert [(f.rule, f.start, f.end) for f in mended.findings] == [("WM905", 0, len(text))]
    assert mended.text is text
