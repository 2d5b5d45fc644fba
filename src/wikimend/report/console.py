"""Findings and diffs for people: on a terminal in colours, elsewhere as plain text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TextIO

from wikimend.errors import WikimendError
from wikimend.repair.finding import Finding, Mended
from wikimend.report.change import DiffLine
from wikimend.report.diff import NO_NEWLINE, hunks, patch, patch_bytes
from wikimend.report.excerpt import excerpt
from wikimend.report.gitname import header
from wikimend.report.paper import Piece, paper
from wikimend.report.summary import Summary, Way, way
from wikimend.report.visible import visible
from wikimend.text.position import Lines

REPAIRS: Mapping[Way, str] = {"safe": "fix", "unsafe": "unsafe fix", "suggest": "suggestion"}
"""What a repair is called in front of the reader."""

_LONGEST_REPAIR = 1000
_INKS = {" ": "", "-": "removed", "+": "added"}


class Concise:
    """One line for each open finding: `path:line:column: ID name message [fix]`."""

    def __init__(self, stream: TextIO) -> None:
        self._paper = paper(stream)

    def page(self, mended: Mended) -> None:
        """Write the open findings of a page."""
        if mended.open:
            lines = Lines(mended.page.text)
            for finding in mended.open:
                self._paper.write(self._pieces(mended, finding, *lines.position(finding.start)))

    def error(self, error: WikimendError) -> None:
        """Write nothing: errors belong on standard error."""

    def finish(self, summary: Summary) -> None:
        """Write nothing: the summary belongs on standard error."""

    def _pieces(self, mended: Mended, finding: Finding, line: int, column: int) -> Iterator[Piece]:
        yield visible(mended.page.name), "path"
        yield f":{line}:{column}: ", "place"
        yield finding.rule, finding.severity
        yield f" {finding.name} {visible(finding.message)}", ""
        if repair := REPAIRS.get(way(finding)):
            yield f" [{repair}]", "repair"
        yield "\n", ""


class Full(Concise):
    """Each open finding with its line, carets under the place, and the repairs not made."""

    def _pieces(self, mended: Mended, finding: Finding, line: int, column: int) -> Iterator[Piece]:
        yield from super()._pieces(mended, finding, line, column)
        margin = " " * len(str(line))
        width = self._paper.width - len(margin) - 3
        shown = excerpt(mended.page.text, finding.start, finding.end, column, width)
        yield f"{margin} |", "margin"
        yield "\n", ""
        yield f"{line} | ", "margin"
        yield shown.before, ""
        yield shown.span, "span"
        yield f"{shown.after}\n", ""
        yield f"{margin} | ", "margin"
        yield shown.carets, finding.severity
        yield "\n", ""
        # A suggestion that is one of several readings is the first of them.
        if not (finding.readings and finding.safety == "suggest"):
            yield from self._repair(finding, margin)
        for number, reading in enumerate(finding.readings, 1):
            yield f"{margin} = ", "margin"
            yield f"reading {number}: {_repair(reading.replacement)}", "repair"
            yield "\n", ""
            yield f"{margin} = ", "margin"
            yield f"because: {visible(reading.because)}\n", ""
        yield "\n", ""

    def _repair(self, finding: Finding, margin: str) -> Iterator[Piece]:
        if finding.replacement is not None and (repair := REPAIRS.get(way(finding))):
            yield f"{margin} = ", "margin"
            yield f"{repair}: {_repair(finding.replacement)}", "repair"
            yield "\n", ""
        if finding.because:
            yield f"{margin} = ", "margin"
            yield f"because: {visible(finding.because)}\n", ""


class Diff:
    """The diff of every changed page: for `git apply`, or for a person at a terminal."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._paper = paper(stream)

    def page(self, mended: Mended) -> None:
        """Write the diff of a page."""
        if self._paper.terminal:
            self._paper.write(_drawn(mended))
        elif (binary := getattr(self._stream, "buffer", None)) is not None:
            # Bytes, so that no line end is translated and undecodable bytes come out as they are.
            self._stream.flush()
            binary.write(patch_bytes(mended))
            binary.flush()
        else:
            self._stream.write(patch(mended))

    def error(self, error: WikimendError) -> None:
        """Write nothing: errors belong on standard error."""

    def finish(self, summary: Summary) -> None:
        """Write nothing: the summary belongs on standard error."""


def _repair(replacement: str) -> str:
    """Return what to show of a repair."""
    if not replacement:
        return "remove it"
    cut = "..." if len(replacement) > _LONGEST_REPAIR else ""
    return visible(replacement[:_LONGEST_REPAIR]) + cut


def _drawn(mended: Mended) -> Iterator[Piece]:
    """Yield the diff of a page for a terminal, with the changed words marked."""
    for number, hunk in enumerate(hunks(mended)):
        if not number:
            for name in header(mended.page.name).splitlines():
                yield name, "path"
                yield "\n", ""
        yield hunk.header, "hunk"
        yield "\n", ""
        for line in hunk.lines:
            yield from _drawn_line(line)


def _drawn_line(line: DiffLine) -> Iterator[Piece]:
    ink = _INKS[line.sign]
    body = line.text.removesuffix("\n")
    # The CR of a CR LF is only worth showing where it changed.
    if body.endswith("\r") and not (line.marks and line.marks[-1][1] == len(body)):
        body = body.removesuffix("\r")
    yield line.sign, ink
    done = 0
    for start, end in line.marks:
        yield visible(body[done:start]), ink
        yield visible(body[start:end]), f"{ink} word"
        done = end
    yield visible(body[done:]), ink
    yield "\n", ""
    if not line.text.endswith("\n"):
        yield f"{NO_NEWLINE}\n", ""
