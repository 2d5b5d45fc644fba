"""A bar on standard error that shows how far a long run has come."""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn

_Item = TypeVar("_Item")

PATIENCE = 1.0
"""Seconds before the bar appears."""
PAUSE = 0.1
"""Seconds between two drawings of the bar."""


class Progressing(Protocol):
    """What tells how far it is."""

    @property
    def position(self) -> int:
        """How much is read."""

    @property
    def length(self) -> int:
        """How much there is."""


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
        from rich.progress import Progress

        if self._progress is None:
            console = Console(stderr=True)
            if not console.is_interactive:
                self._due = math.inf
                return
            self._progress = Progress(
                *self._columns(),
                console=console,
                transient=True,
                auto_refresh=False,  # a thread that draws could do so amid a finding
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._progress.add_task("", total=self._total, **self._told())
        if not self._drawn:
            self._progress.start()
            self._drawn = True
        task = self._progress.task_ids[0]
        self._progress.update(task, completed=self._done, refresh=True, **self._told())

    def _columns(self) -> Iterable[ProgressColumn]:
        """Return what the bar consists of."""
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn

        return TextColumn("pages"), BarColumn(), MofNCompleteColumn()

    def _told(self) -> Mapping[str, Any]:
        """Return what the columns tell beside what is done."""
        return {}


class DumpBar(Bar):
    """The bar of a run over a dump: what is read of the file, how fast, and the changes so far."""

    def __init__(self, *, wanted: bool) -> None:
        super().__init__(2, wanted=wanted)
        self.changed = 0
        """Pages that were changed so far."""

    def reading(self, dump: Progressing, chunks: Iterable[_Item]) -> Iterator[_Item]:
        """Yield `chunks` of `dump`, which tells how far its file was read."""
        self._total = max(1, dump.length)
        for chunk in self.over(chunks):
            self._done = dump.position - 1  # one more when the next chunk is asked for
            yield chunk

    def _columns(self) -> Iterable[ProgressColumn]:
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            TextColumn,
            TimeRemainingColumn,
            TransferSpeedColumn,
        )

        return (
            BarColumn(),
            DownloadColumn(),
            TransferSpeedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[changed]} pages changed"),
        )

    def _told(self) -> Mapping[str, Any]:
        return {"changed": self.changed}
