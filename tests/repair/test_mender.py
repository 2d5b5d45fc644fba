"""A page as a whole: what stays as it was, and what is said of it."""

from __future__ import annotations

import pytest

from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.reader import loads
from wikimend.text import limits
from wikimend.text.page import Page

from .rulefile import REPAIR, mender, rule_file

LEFT = "match: \"'[' word:TEXT~/a/ ']'\"\nrewrite: '({word})'\nsafety: safe\nneeds: '\\['"
RIGHT = "match: \"'(' word:TEXT~/a/ ')'\"\nrewrite: '[{word}]'\nsafety: safe\nneeds: '\\('"
SLOW = "match: \"'[' word:TEXT~/(?:a|aa)+[!?]/ AT\"\nrewrite: '[{word}'\nsafety: safe"
MANY = "match: \"'(' ('[' | '[' '[')+ ']' AT\""


def outcome(mended: Mended) -> list[tuple[str, int, int, bool]]:
    """Return the rules, places and fates of what was found."""
    return [(f.rule, f.start, f.end, f.fixed) for f in mended.findings]


def test_a_clean_page_is_the_same_object() -> None:
    mended = mender(REPAIR).mend(Page("[a] \udc80\r\n"))
    assert mended.text is mended.page.text
    assert outcome(mended) == []


def test_a_paragraph_that_does_not_settle_stays_and_the_others_do_not() -> None:
    text = "x [a]\n\n[b@@]"
    mended = mender(LEFT, RIGHT, REPAIR).mend(Page(text))
    assert mended.text == "x [a]\n\n[b]"
    assert outcome(mended) == [("WM903", 0, 5, False), ("XY3", 7, 12, True)]


def test_repairs_that_undo_each_other() -> None:
    mended = mender(LEFT, RIGHT).mend(Page("x [a] y"))
    assert mended.text is mended.page.text
    assert outcome(mended) == [("WM903", 0, 7, False)]


def test_a_repair_that_changes_the_rest_of_the_page() -> None:
    fence = "match: \"'<' AT mark:TICKS\"\nrewrite: '{mark}'\nsafety: safe"
    text = "a\n\n<@@```\n\n[b@@]"
    mended = mender(REPAIR, fence).mend(Page(text))
    assert mended.text == "a\n\n<@@```\n\n[b]"
    assert outcome(mended) == [("XY2", 3, 9, False), ("XY1", 11, 16, True)]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(SLOW, f"[{'a' * 40}@@", id="text pattern"),
        pytest.param(MANY, "( " + "[" * 60 + "]@@", id="pattern"),
    ],
)
def test_a_rule_that_takes_too_long(rule: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = mender(REPAIR, rule)
    monkeypatch.setattr(limits, "TIMEOUT", 0.01)
    mended = slow.mend(Page(f"[b@@]\n\n{text}"))
    assert mended.text is mended.page.text
    assert outcome(mended) == [("WM904", 0, 0, False)]
    assert slow.mend(Page("[b@@]")).text == "[b]"


@pytest.mark.parametrize(
    ("safety", "unsafe_fixes", "fixed"),
    [
        ("safe", False, True),
        ("safe", True, True),
        ("unsafe", False, False),
        ("unsafe", True, True),
        ("suggest", False, False),
        ("suggest", True, False),
    ],
)
def test_safety(safety: str, unsafe_fixes: bool, fixed: bool) -> None:
    keys = REPAIR.replace("safety: safe", f"safety: {safety}") + "\nbecause: it is" * (
        safety != "safe"
    )
    mended = mender(keys, unsafe_fixes=unsafe_fixes).mend(Page("[a@@]"))
    assert mended.text == ("[a]" if fixed else "[a@@]")
    (finding,) = mended.findings
    assert (finding.fixed, finding.replacement, finding.safety) == (fixed, "[a]", safety)
    assert finding.because == (None if safety == "safe" else "it is")


@pytest.mark.parametrize(("number", "dropped"), [(0, ("b",)), (1, ("a",))])
def test_a_reading_drops_only_what_it_does_not_write(number: int, dropped: tuple[str, ...]) -> None:
    keys = """\
match: "'[' one:TEXT AT two:TEXT ']'"
readings:
  - {rewrite: '[{one}]', because: one}
  - {rewrite: '[{two}]', because: two}
drop:
  - {capture: one, because: two}
  - {capture: two, because: one}"""
    page = Page("[a@@b]")
    mended = mender(keys).mend(page, lambda candidate, start, end: candidate.readings[number])
    assert [finding.dropped for finding in mended.findings] == [dropped]
    assert [finding.dropped for finding in mender(keys).mend(page).findings] == [()]


def test_one_mender_for_many_pages() -> None:
    rig = Mender(mender(REPAIR).ruleset)
    texts = [rig.mend(Page(text)).text for text in ("[a@@]", "[a]", "[a@@]")]
    assert texts == ["[a]", "[a]", "[a]"]


def test_what_is_found_without_being_mended() -> None:
    page = Page("a [b@@]")
    mended = mender(REPAIR).outcome(page, mends=False)
    assert mended.text is page.text
    assert outcome(mended) == [("XY1", 2, 7, False)]
    assert mender(REPAIR).outcome(page, mends=True).text == "a [b]"


def test_a_token_that_takes_a_backtick_for_itself() -> None:
    """What follows it is no code span then, though two backticks stand around it."""
    text = rule_file("match: \"any:'['\"\nneeds: '\\[!'")
    odd = "  ODD: {pattern: '%%[^%]*%%', role: marker, needs: '%%'}\nrules:\n"
    page = Page("%%a ` %% b [!c ` d")
    assert outcome(Mender(loads(text).ruleset).mend(page)) == []
    wary = Mender(loads(text.replace("rules:\n", odd)).ruleset)
    assert wary.signs == ("%%",)
    assert outcome(wary.mend(page)) == [("XY1", 11, 12, False)]
