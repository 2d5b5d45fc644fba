"""The record of changes of pages that are files: it grows, and knows of a change before the disk.

A run that is killed between the two has recorded a change that was not made; whoever takes changes
back sees that from the page. The next run adds what it changes, so that no record is ever lost.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.repair.finding import Mended
from wikimend.report.changes import page_change_lines, read_changes
from wikimend.store.compression import CODECS, codec_of, require
from wikimend.store.files import reason


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
        self._root = os.path.abspath(root)  # noqa: PTH100
        self._place = Place(str(path))
        self._codec = codec_of(path.name)
        require(self._codec)
        if path.exists():
            for _ in read_changes(path):
                pass
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
            self._size = os.lseek(self._file, 0, os.SEEK_END)
        except OSError as error:
            raise UsageError(f"cannot be written: {reason(error)}", self._place) from error

    @contextmanager
    def recorded(self, mended: Mended) -> Iterator[None]:
        """Record the changes of a page before the block, which makes them.

        Raises PageError when the disk does not take it; when the block fails, nothing is recorded.
        """
        path = os.path.relpath(mended.page.name, self._root).replace(os.sep, "/")
        data = "".join(page_change_lines(path, mended)).encode()
        before = self._size
        try:
            self._add(CODECS[self._codec].compress(data) if self._codec else data)
            yield
        except WikimendError:
            self._cut(before)
            raise

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def _add(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._file, view) :]
            os.fsync(self._file)
        except OSError as error:
            raise PageError(f"cannot be written: {reason(error)}", self._place) from error
        self._size += len(data)

    def _cut(self, size: int) -> None:
        os.ftruncate(self._file, size)
        os.lseek(self._file, size, os.SEEK_SET)
        self._size = size
