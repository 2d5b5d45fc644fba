"""The JSON that other programs read keeps its schema."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.repair.finding import Finding, Mended, Reading
from wikimend.report.formats import open_report
from wikimend.report.summary import Summary
from wikimend.text.edit import Edit
from wikimend.text.page import Page

FINDING = Finding("WM101", "nested-link", "error", "Bad.", 2, 4, "safe", "c", None, True, ("x",))
SILENCED = Finding("WM201", "no-source", "warning", "No.", 0, 1)
READINGS = (Reading("c", "It is likely."), Reading("", "It may be."))
CLEAN = Mended(Page("", "clean.md"), "")
PAGE = Mended(Page("a\nb", "dir/p.md"), "", (Edit(2, 3, "c"),), (FINDING,), (SILENCED,))

FINDING_JSON: dict[str, object] = {
    "rule": "WM101",
    "name": "nested-link",
    "severity": "error",
    "message": "Bad.",
    "path": "dir/p.md",
    "start": {"offset": 2, "line": 2, "column": 1},
    "end": {"offset": 4, "line": 2, "column": 3},
    "safety": "safe",
    "replacement": "c",
    "because": None,
    "readings": [],
    "fixed": True,
    "suppressed": False,
}
SILENCED_JSON: dict[str, object] = {
    "rule": "WM201",
    "name": "no-source",
    "severity": "warning",
    "message": "No.",
    "path": "dir/p.md",
    "start": {"offset": 0, "line": 1, "column": 1},
    "end": {"offset": 1, "line": 1, "column": 2},
    "safety": None,
    "replacement": None,
    "because": None,
    "readings": [],
    "fixed": False,
    "suppressed": True,
}


def report(form: str, *pages: Mended, errors: tuple[WikimendError, ...] = ()) -> str:
    stream = io.StringIO()
    reporter = open_report(form, stream)
    summary = Summary()
    for page in pages:
        summary.page(page)
        reporter.page(page)
    for error in errors:
        summary.error(error)
        reporter.error(error)
    reporter.finish(summary)
    return stream.getvalue()


def test_there_is_no_other_format() -> None:
    with pytest.raises(KeyError):
        open_report("xml", io.StringIO())


@pytest.mark.parametrize(("pages", "count"), [((), 0), ((CLEAN,), 1), ((CLEAN, CLEAN), 2)])
def test_document_of_clean_pages(pages: tuple[Mended, ...], count: int) -> None:
    assert json.loads(report("json", *pages)) == {
        "version": 1,
        "pages": [{"path": "clean.md", "changed": False, "findings": []}] * count,
        "errors": [],
        "summary": {
            "pages": count,
            "changed": 0,
            "fixed": 0,
            "left": {"error": 0, "warning": 0, "info": 0},
            "left_by_safety": {"safe": 0, "unsafe": 0, "suggest": 0, "none": 0},
            "suppressed": 0,
            "dropped": 0,
            "unchecked": {},
            "errors": 0,
            "rules": {},
        },
    }


def test_document() -> None:
    errors = (PageError("gone", Place("q.md", 3)), UsageError("what?"))
    assert json.loads(report("json", PAGE, CLEAN, errors=errors)) == {
        "version": 1,
        "pages": [
            {"path": "dir/p.md", "changed": True, "findings": [SILENCED_JSON, FINDING_JSON]},
            {"path": "clean.md", "changed": False, "findings": []},
        ],
        "errors": [
            {"path": "q.md", "line": 3, "column": None, "message": "gone"},
            {"path": None, "line": None, "column": None, "message": "what?"},
        ],
        "summary": {
            "pages": 2,
            "changed": 1,
            "fixed": 1,
            "left": {"error": 0, "warning": 0, "info": 0},
            "left_by_safety": {"safe": 0, "unsafe": 0, "suggest": 0, "none": 0},
            "suppressed": 1,
            "dropped": 1,
            "unchecked": {},
            "errors": 2,
            "rules": {"WM101": {"name": "nested-link", "fixed": 1, "left": 0}},
        },
    }


def test_open_findings_are_counted_by_severity_and_safety() -> None:
    open_one = FINDING._replace(fixed=False, severity="info", safety="suggest")
    summary = json.loads(report("json", replace(PAGE, findings=(open_one,))))["summary"]
    assert (summary["left"]["info"], summary["left_by_safety"]["suggest"]) == (1, 1)


def test_readings_of_a_finding() -> None:
    chosen = FINDING._replace(safety=None, replacement=None, fixed=False, readings=READINGS)
    (record,) = json.loads(report("json", replace(PAGE, findings=(chosen,), suppressed=())))[
        "pages"
    ][0]["findings"]
    assert (record["safety"], record["replacement"]) == (None, None)
    assert record["readings"] == [
        {"replacement": "c", "because": "It is likely."},
        {"replacement": "", "because": "It may be."},
    ]


def test_json_lines_are_findings_and_nothing_else() -> None:
    lines = report("jsonl", CLEAN, PAGE, errors=(PageError("gone"),)).splitlines()
    assert [json.loads(line) for line in lines] == [SILENCED_JSON, FINDING_JSON]


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_no_text_breaks_the_output(form: str) -> None:
    message = 'caf\udce9 \ud800 \u2028 \x1b " \n 語'
    page = replace(PAGE, findings=(FINDING._replace(message=message),), suppressed=())
    output = report(form, page)
    assert output.isascii()
    assert output.replace("\n", "").isprintable()
    read = json.loads(output)
    finding = read["pages"][0]["findings"][0] if form == "json" else read
    assert finding["message"] == message
