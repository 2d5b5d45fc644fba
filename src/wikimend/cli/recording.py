"""What is kept of the changes of pages that are files: all of them, or a few drawn at random."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from wikimend.repair.finding import Mended
from wikimend.report.changes import page_change_lines
from wikimend.report.sample import Sample
from wikimend.report.show import show_changes
from wikimend.run.journal import Journal, root_of


def recorder(
    report: Path, paths: tuple[str, ...], open_files: ExitStack
) -> Callable[[Mended], AbstractContextManager[object]]:
    """Return what records the changes of a page, in the file `report`, around their making.

    The record closes with `open_files`. Raises UsageError when it cannot be written.
    """
    journal = Journal(report, root_of(paths))
    open_files.callback(journal.close)
    return journal.recorded


class Drawing:
    """Some of the changes of a run, drawn at random."""

    def __init__(self, size: int, seed: int) -> None:
        """Draw so many, the same ones for the same `seed`."""
        self._sample = Sample[str](size, seed)

    def hearing(self, on_page: Callable[[Mended], None]) -> Callable[[Mended], None]:
        """Return what tells `on_page` of a page, and draws from its changes."""

        def hear(mended: Mended) -> None:
            on_page(mended)
            self._sample.draw(page_change_lines(mended.page.name, mended))

        return hear

    def show(self) -> None:
        """Write what was drawn to standard output."""
        show_changes(map(json.loads, self._sample.items), sys.stdout)
