"""A summary counts everything, says it in a few lines, and knows the exit code."""

from __future__ import annotations

import io
from typing import Any

import pytest

from wikimend.errors import PageError
from wikimend.repair.finding import Finding, Mended
from wikimend.report.statistics import statistics, write_statistics
from wikimend.report.summary import FailOn, Summary
from wikimend.rules.model import Severity
from wikimend.text.edit import Edit
from wikimend.text.page import Page

SAFE = Finding("WM101", "nested-link", "error", "m", 0, 1, "safe", "b")
FIXED = SAFE._replace(fixed=True, dropped=("x", "y"))
UNSAFE = Finding("WM301", "unclosed", "warning", "m", 0, 1, "unsafe", "", "why")
SUGGESTION = Finding("WM302", "swapped", "info", "m", 0, 1, "suggest", "b", "why")
REPORT = Finding("WM201", "no-source", "warning", "m", 0, 1)
PAGE = Page("a", "page.md")
EDITS = (Edit(0, 1, "b"),)


def summary(
    *findings: Finding, edits: tuple[Edit, ...] = (), suppressed: int = 0, errors: int = 0
) -> Summary:
    counts = Summary()
    counts.page(Mended(PAGE, "", edits, findings, (REPORT,) * suppressed))
    for _ in range(errors):
        counts.error(PageError("gone"))
    return counts


def left_unread() -> Summary:
    counts = summary(UNSAFE)
    counts.skipped, counts.unread = 1, 2
    return counts


def left(severity: Severity | None) -> Summary:
    return summary(REPORT._replace(severity=severity)) if severity else summary()


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        (None, {"error": 0, "warning": 0, "info": 0, "never": 0}),
        ("info", {"error": 0, "warning": 0, "info": 1, "never": 0}),
        ("warning", {"error": 0, "warning": 1, "info": 1, "never": 0}),
        ("error", {"error": 1, "warning": 1, "info": 1, "never": 0}),
    ],
)
def test_exit_code_by_severity(severity: Severity | None, codes: dict[FailOn, int]) -> None:
    assert {fail_on: left(severity).exit_code(fail_on) for fail_on in codes} == codes


@pytest.mark.parametrize(
    ("counts", "options", "code"),
    [
        (Summary(), {"diff": True}, 0),
        (summary(), {"diff": True, "exit_non_zero_on_fix": True}, 0),
        (summary(FIXED, edits=EDITS), {}, 0),
        (summary(suppressed=1), {}, 0),
        (summary(UNSAFE, REPORT), {}, 0),
        (summary(FIXED, edits=EDITS), {"diff": True, "exit_zero": True}, 0),
        (summary(SAFE), {"exit_zero": True}, 0),
        (summary(FIXED, edits=EDITS), {"diff": True}, 1),
        (summary(FIXED, edits=EDITS), {"exit_non_zero_on_fix": True}, 1),
        (summary(SAFE), {}, 1),
        (left_unread(), {}, 1),
        (left_unread(), {"fail_on": "never"}, 0),
        (summary(errors=1), {}, 2),
        (summary(SAFE, errors=1), {"exit_zero": True}, 2),
        (summary(FIXED, edits=EDITS, errors=1), {"diff": True}, 2),
    ],
)
def test_exit_code(counts: Summary, options: dict[str, Any], code: int) -> None:
    assert counts.exit_code(**options) == code


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        (Summary(), ["No page read, none changed."]),
        (summary(), ["1 page read, none changed.", "Nothing is left to repair."]),
        (
            summary(FIXED, FIXED, edits=EDITS),
            [
                "1 page read, 1 changed.",
                "Repaired: 2 WM101.",
                "Nothing is left to repair.",
                "4 pieces of debris dropped.",
            ],
        ),
        (
            left_unread(),
            [
                "1 page read, none changed.",
                "Left: 1 WM301 (1 warning).",
                "Of these 1 more with --unsafe-fixes.",
                "1 finding skipped, 2 pages not looked at.",
            ],
        ),
        (
            summary(SAFE, SAFE),
            [
                "1 page read, none changed.",
                "Left: 2 WM101 (2 errors).",
                "Of these 2 with `wikimend fix`.",
            ],
        ),
        (
            summary(FIXED, UNSAFE, SUGGESTION, REPORT, REPORT, edits=EDITS, suppressed=1, errors=2),
            [
                "1 page read, 1 changed.",
                "Repaired: 1 WM101.",
                "Left: 2 WM201, 1 WM301, 1 WM302 (3 warnings, 1 info).",
                "Of these 1 more with --unsafe-fixes, 1 suggestion to judge, 2 without a repair.",
                "2 pieces of debris dropped, 1 finding suppressed.",
                "2 errors: not everything was done.",
            ],
        ),
    ],
    ids=["no pages", "clean", "fixed", "quit", "lint", "everything"],
)
def test_lines(counts: Summary, lines: list[str]) -> None:
    assert counts.lines() == lines
    assert counts.lines(whole=False) == [line for line in lines if not line.startswith("Nothing")]


def test_a_diff_would_change() -> None:
    lines = summary(FIXED, edits=EDITS).lines(diff=True)
    assert lines[:2] == ["1 page read, 1 would change.", "Would repair: 1 WM101."]


def test_statistics_count_what_was_and_what_was_not_repaired() -> None:
    counts = summary(FIXED, SAFE, UNSAFE, REPORT, REPORT, REPORT, edits=EDITS)
    assert statistics(counts) == [
        (3, 0, "WM201", "no-source"),
        (2, 2, "WM101", "nested-link"),
        (1, 0, "WM301", "unclosed"),
    ]


def test_statistics_are_aligned() -> None:
    stream = io.StringIO()
    write_statistics(summary(*[FIXED] * 10, REPORT._replace(rule="X1")), stream)
    assert stream.getvalue().splitlines() == [
        "count  fixable  id     name",
        "   10       10  WM101  nested-link",
        "    1        0  X1     no-source",
    ]


def test_statistics_of_nothing_are_nothing() -> None:
    stream = io.StringIO()
    write_statistics(summary(), stream)
    assert stream.getvalue() == ""
