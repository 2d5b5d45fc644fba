"""The formats in which findings are reported: `--output-format`."""

from __future__ import annotations

from typing import Protocol, TextIO

from wikimend.errors import WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.summary import Summary


class Reporter(Protocol):
    """Writes what a run finds, page by page."""

    def page(self, mended: Mended) -> None:
        """Report a page."""

    def error(self, error: WikimendError) -> None:
        """Report an error, where the format has a place for it."""

    def finish(self, summary: Summary) -> None:
        """Report that the run is over."""


def open_report(name: str, stream: TextIO) -> Reporter:
    """Return the reporter of a format, opened on a stream; raises KeyError for another name.

    Only what it takes is imported: most runs find nothing to report.
    """
    if name in ("json", "jsonl"):
        from wikimend.report.document import Document, JsonLines

        return Document(stream) if name == "json" else JsonLines(stream)
    from wikimend.report.console import Concise, Full

    if name == "full":
        return Full(stream)
    return {"concise": Concise}[name](stream)
