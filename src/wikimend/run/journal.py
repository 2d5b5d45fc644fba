"""The record of changes of pages that are files: it grows, and knows of a change before the disk.

A run that is killed between the two has recorded a change that was not made; whoever takes changes
back sees that from the page. The next run adds what it changes, so that no record is ever lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wikimend.errors import WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.changes import page_change_lines, read_changes
from wikimend.store.compression import CODECS, codec_of, require
from wikimend.store.part import Part, require_plain


def root_of(paths: Sequence[str]) -> Path:
    """Return the folder that recorded paths count from.

    It is the folder that is the only path; else the current one, or the nearest around all.
    """
    if len(paths) == 1 and Path(paths[0]).is_dir():
        return Path(paths[0])
    named = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
    here = Path.cwd()
    if all(path.is_relative_to(here) for path in named):
        return here
    return Path(os.path.commonpath([here, *named]))


class Journal:
    """An open record of changes."""

    def __init__(self, path: Path, root: Path) -> None:
        """Open the record at `path`, of pages below `root`; it may hold changes already.

        Raises UsageError when it cannot be written, PageError when it is no record of changes.
        """
        require_plain(path)
        self._root = os.path.abspath(root)  # noqa: PTH100
        self._codec = codec_of(path.name)
        require(self._codec)
        if path.exists():
            for _ in read_changes(path):
                pass
        size = path.stat().st_size if path.is_file() else 0
        self._part = Part(path, path, size, 0o666)

    @contextmanager
    def recorded(self, mended: Mended) -> Iterator[None]:
        """Record the changes of a page before the block, which makes them.

        Raises PageError when the disk does not take it; when the block fails, nothing is recorded.
        """
        path = os.path.relpath(mended.page.name, self._root).replace(os.sep, "/")
        data = "".join(page_change_lines(path, mended)).encode()
        before = self._part.size
        try:
            self._part.write(CODECS[self._codec].compress(data) if self._codec else data)
            self._part.sync()
            yield
        except WikimendError:
            self._part.cut(before)
            raise

    def close(self) -> None:
        """Close the file."""
        self._part.close()
