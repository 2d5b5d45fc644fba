"""A bar on standard error that shows how far a long run has come."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

_Item = TypeVar("_Item")

PATIENCE = 1.0
"""Seconds before the bar appears."""
PAUSE = 0.1
"""Seconds between two drawings of the bar."""


class Bar:
    """The bar of one run; it is only ever drawn on a terminal where a person waits."""

    def __init__(self, total: int, *, wanted: bool) -> None:
        watched = wanted and total > 1 and sys.stderr.isatty() and "CI" not in os.environ
        self._due = monotonic() + PATIENCE if watched else math.inf
        self._total = total
        self._done = 0
        self._progress: Progress | None = None
        self._drawn = False

    def over(self, items: Iterable[_Item]) -> Iterator[_Item]:
        """Yield `items`; each is done when the next one is asked for."""
        for item in items:
            yield item
            self._done += 1
            now = monotonic()
            if now >= self._due:
                self._due = now + PAUSE
                self._draw()

    def erase(self) -> None:
        """Take the bar away, so that something else can be written; it comes back by itself."""
        if self._drawn and self._progress is not None:
            self._progress.stop()
            self._drawn = False

    def _draw(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        if self._progress is None:
            console = Console(stderr=True)
            if not console.is_interactive:
                self._due = math.inf
                return
            self._progress = Progress(
                TextColumn("pages"),
                BarColumn(),
                MofNCompleteColumn(),
                console=console,
                transient=True,
                auto_refresh=False,  # a thread that draws could do so amid a finding
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._progress.add_task("", total=self._total)
        if not self._drawn:
            self._progress.start()
            self._drawn = True
        self._progress.update(self._progress.task_ids[0], completed=self._done, refresh=True)
