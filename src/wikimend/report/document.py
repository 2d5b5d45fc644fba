"""Findings for machines: one JSON document, or JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TextIO, TypedDict

from wikimend.errors import WikimendError
from wikimend.repair.finding import Finding, Mended
from wikimend.report.summary import WAYS, Summary, way
from wikimend.rules.model import SEVERITIES, Safety, Severity
from wikimend.text.position import Lines

VERSION = 1
"""Raised when a field is removed or changes its meaning; new fields may come at any time."""


class Point(TypedDict):
    """A place in the page as it was."""

    offset: int
    """Code points from the start of the page."""
    line: int
    """1-based line."""
    column: int
    """1-based column in code points."""


class ReadingRecord(TypedDict):
    """One of several texts that a damaged place may stand for; a member of `readings`."""

    replacement: str
    """What would stand there."""
    because: str
    """What speaks for it."""


class FindingRecord(TypedDict):
    """A finding; a line of JSON lines, or a member of `findings` of a page of the document."""

    rule: str
    """The id of the rule."""
    name: str
    """The name of the rule."""
    severity: Severity
    """`error`, `warning` or `info`."""
    message: str
    """One sentence for the editor of the page."""
    path: str
    """The page."""
    start: Point
    """Where it begins."""
    end: Point
    """Where it has ended: the place after its last code point."""
    safety: Safety | None
    """`safe`, `unsafe` or `suggest`; null when there is no repair."""
    replacement: str | None
    """What stands there after the repair; null when there is no repair."""
    because: str | None
    """Why the repair is not made by default; null when it is, or when there is none."""
    readings: list[ReadingRecord]
    """What it may have been, the likeliest first, where a person must choose; else empty."""
    fixed: bool
    """Whether the repair was made, or is part of the diff."""
    suppressed: bool
    """Whether a comment in the page silenced it."""


class ErrorRecord(TypedDict):
    """Something that went wrong; a member of `errors` of the document."""

    path: str | None
    """The file; null when it is about none."""
    line: int | None
    """1-based line; null when the whole file is meant."""
    column: int | None
    """1-based column; null when the whole line is meant."""
    message: str
    """What went wrong."""


class RuleRecord(TypedDict):
    """What a rule found; a value of `rules` of the summary, by id."""

    name: str
    """The name of the rule."""
    fixed: int
    """Repairs made."""
    left: int
    """Open findings."""


class SummaryRecord(TypedDict):
    """The counts of the run; `summary` of the document."""

    pages: int
    """Pages read."""
    changed: int
    """Pages changed."""
    fixed: int
    """Repairs made."""
    left: dict[str, int]
    """Open findings by severity."""
    left_by_safety: dict[str, int]
    """Open findings by the safety of their repair; `none` without a repair."""
    suppressed: int
    """Findings that a comment in a page silenced."""
    dropped: int
    """Pieces of debris that the repairs removed."""
    unchecked: dict[str, int]
    """Links that were not judged, by the reason."""
    errors: int
    """Errors reported."""
    rules: dict[str, RuleRecord]
    """What each rule found."""


class Document:
    """One JSON document: `version`, `pages`, `errors`, `summary`; pages are written as they come.

    A page is `{"path": ..., "changed": ..., "findings": [...]}`.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._before = f'{{"version": {VERSION}, "pages": [\n'
        self._errors: list[ErrorRecord] = []

    def page(self, mended: Mended) -> None:
        """Write a page with all its findings."""
        page = {
            "path": mended.page.name,
            "changed": mended.changed,
            "findings": list(finding_records(mended)),
        }
        self._stream.write(self._before + json.dumps(page))
        self._before = ",\n"

    def error(self, error: WikimendError) -> None:
        """Keep an error for the end of the document."""
        self._errors.append(error_record(error))

    def finish(self, summary: Summary) -> None:
        """Write the end of the document."""
        opening = self._before.removesuffix(",\n")
        errors, counts = json.dumps(self._errors), json.dumps(summary_record(summary))
        self._stream.write(f'{opening}\n], "errors": {errors}, "summary": {counts}}}\n')


class JsonLines:
    """One JSON object on a line for each finding."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def page(self, mended: Mended) -> None:
        """Write the findings of a page."""
        for record in finding_records(mended):
            self._stream.write(json.dumps(record) + "\n")

    def error(self, error: WikimendError) -> None:
        """Write nothing: a line is a finding, and errors belong on standard error."""

    def finish(self, summary: Summary) -> None:
        """Write nothing: a line is a finding."""


def finding_records(mended: Mended) -> Iterator[FindingRecord]:
    """Yield the findings of a page, the suppressed ones among them, by place."""
    lines = Lines(mended.page.text)
    silenced = [(finding, True) for finding in mended.suppressed]
    heard = [(finding, False) for finding in mended.findings]
    for finding, suppressed in sorted(heard + silenced, key=lambda pair: pair[0].start):
        yield _finding_record(finding, suppressed, mended.page.name, lines)


def _finding_record(finding: Finding, suppressed: bool, path: str, lines: Lines) -> FindingRecord:
    repair = way(finding)
    return {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity,
        "message": finding.message,
        "path": path,
        "start": _point(lines, finding.start),
        "end": _point(lines, finding.end),
        "safety": None if repair == "none" else repair,
        "replacement": finding.replacement,
        "because": finding.because,
        "readings": [
            {"replacement": reading.replacement, "because": reading.because}
            for reading in finding.readings
        ],
        "fixed": finding.fixed,
        "suppressed": suppressed,
    }


def _point(lines: Lines, offset: int) -> Point:
    line, column = lines.position(offset)
    return {"offset": offset, "line": line, "column": column}


def error_record(error: WikimendError) -> ErrorRecord:
    """Return `error` with its place."""
    place = error.place
    return {
        "path": place.path if place else None,
        "line": (place.line or None) if place else None,
        "column": (place.column or None) if place else None,
        "message": error.message,
    }


def summary_record(summary: Summary) -> SummaryRecord:
    """Return the counts of a run."""
    return {
        "pages": summary.pages,
        "changed": summary.changed,
        "fixed": summary.fixed.total(),
        "left": {severity: summary.severities[severity] for severity in SEVERITIES},
        "left_by_safety": {repair: summary.ways[repair] for repair in WAYS},
        "suppressed": summary.suppressed,
        "dropped": summary.dropped,
        "unchecked": dict(sorted(summary.unchecked.items())),
        "errors": summary.errors,
        "rules": {
            rule: {"name": name, "fixed": summary.fixed[rule], "left": summary.left[rule]}
            for rule, name in sorted(summary.names.items())
        },
    }
