"""All that a run tells, each kind of it on its stream.

The mended text or the diff has standard output; without them the findings have it, and otherwise
they are on standard error. Errors, notes and the summary are always on standard error, where they
must not stand amid findings for a program.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import BinaryIO, TextIO

from wikimend.cli.failure import tell
from wikimend.cli.options import Request
from wikimend.cli.outfile import outfile
from wikimend.cli.progress import Bar, DumpBar
from wikimend.errors import WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.formats import Reporter, open_report
from wikimend.report.summary import Summary
from wikimend.store.stdin import write_stdout
from wikimend.text.page import Page


class Outlets:
    """What listens to a run."""

    def __init__(self, request: Request, total: int, open_files: ExitStack) -> None:
        """Open them; the files close with `open_files`."""
        self._request = request
        self._findings = _findings(request, open_files)
        self._reporters = list(_reporters(request, self._findings, open_files))
        program_reads_stderr = request.for_machines and self._findings is sys.stderr
        self._notes = None if program_reads_stderr else sys.stderr
        # A JSON document holds the errors; beside one they would only spoil it.
        self._tells_errors = not program_reads_stderr or request.output_format != "json"
        # Between two pages it stands amid a line, which the bar would take away.
        amid_line = request.output_format == "json" and self._findings.isatty()
        wanted = not (request.quiet or amid_line)
        self.bar = DumpBar(wanted=wanted) if request.dump else Bar(total, wanted=wanted)
        """Shows how far the run is; it must go over the pages."""
        open_files.callback(self.bar.erase)
        self.summary = Summary()
        """What the run came to so far."""

    def page(self, mended: Mended) -> None:
        """Tell of a page."""
        self.summary.page(mended)
        self.show(mended)

    def show(self, mended: Mended) -> None:
        """Show a page that is counted already."""
        self.bar.erase()
        for reporter in self._reporters:
            reporter.page(mended)

    def error(self, error: WikimendError) -> None:
        """Tell of an error."""
        self.bar.erase()
        self.summary.error(error)
        for reporter in self._reporters:
            reporter.error(error)
        if self._tells_errors:
            tell(error)

    def finish(self, *, whole: bool = True) -> None:
        """Tell that the run is over, and what it came to; `whole` unless something ended it."""
        self.bar.erase()
        for reporter in self._reporters:
            reporter.finish(self.summary)
        if self._request.statistics and self._notes is not None:
            from wikimend.report.statistics import write_statistics

            listed = self._request.lists_findings
            write_statistics(self.summary, self._notes if listed else self._findings)
        sys.stdout.flush()
        if self._notes is not None:
            lines = self.summary.lines(diff=self._request.previews, whole=whole)
            self._notes.write("".join(f"{line}\n" for line in lines))


def _findings(request: Request, open_files: ExitStack) -> TextIO:
    """Return the stream for the findings."""
    if request.output_file is not None:
        binary = open_files.enter_context(outfile(request.output_file))
        stream = io.TextIOWrapper(binary, "utf-8", "backslashreplace", newline="\n")
        return open_files.enter_context(stream)
    return sys.stderr if request.shows_text or request.shows_diff else sys.stdout


def _reporters(request: Request, findings: TextIO, open_files: ExitStack) -> Iterator[Reporter]:
    if request.shows_text:
        yield _Text()
    if request.shows_diff:
        from wikimend.report.console import Diff

        yield Diff(sys.stdout)
    if request.patch is not None:
        yield _Patch(open_files.enter_context(outfile(request.patch)))
    if request.lists_findings:
        yield open_report(request.output_format, findings)


class _Silent:
    """A reporter of pages alone."""

    def error(self, error: WikimendError) -> None:
        """Write nothing."""

    def finish(self, summary: Summary) -> None:
        """Write nothing."""


class _Text(_Silent):
    """The mended text on standard output, byte for byte."""

    def page(self, mended: Mended) -> None:
        """Write the text of a page."""
        write_stdout(Page(mended.text).to_bytes())


class _Patch(_Silent):
    """The diff of every page in a file; never in colours, which `git apply` does not take."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def page(self, mended: Mended) -> None:
        """Write the diff of a page."""
        from wikimend.report.diff import patch_bytes

        self._stream.write(patch_bytes(mended))
