"""The formats in which findings are reported: `--output-format`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol, TextIO

from wikimend.errors import WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.console import Concise, Full
from wikimend.report.document import Document, JsonLines
from wikimend.report.summary import Summary


class Reporter(Protocol):
    """Writes what a run finds, page by page."""

    def page(self, mended: Mended) -> None:
        """Report a page."""

    def error(self, error: WikimendError) -> None:
        """Report an error, where the format has a place for it."""

    def finish(self, summary: Summary) -> None:
        """Report that the run is over."""


FORMATS: Mapping[str, Callable[[TextIO], Reporter]] = {
    "concise": Concise,
    "full": Full,
    "json": Document,
    "jsonl": JsonLines,
}
"""Each format by name, as a reporter to be opened on a stream."""
