"""All files below a folder, pages and others, without what `.gitignore` files leave out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from wikimend.store.ignore import Chain, above, enter, ignored
from wikimend.store.tree import VCS_FOLDERS


@dataclass(frozen=True, slots=True)
class Listed:
    """A file, and what tells that it changed."""

    path: str
    """Its path from the folder, with `/`."""
    size: int
    """Bytes."""
    changed: int
    """When it was changed last, in nanoseconds since the epoch; 0 where that is not known."""


def listing(top: Path) -> Iterator[Listed]:
    """Yield the files below `top` in the order of their paths, folder by folder.

    Links to files are files. A link to a folder is walked as the folder that it leads to, unless
    that is around it. What cannot be read is left out: it is no target of a link either.
    """
    real = f"{os.path.realpath(top).rstrip('/')}/"
    waiting: list[tuple[str, str, Chain]] = [("", real, above(real))]
    while waiting:
        shown, folder, chain = waiting.pop()
        try:
            with os.scandir(folder) as scan:
                entries = sorted(scan, key=lambda entry: entry.name)
        except OSError:
            continue
        chain = enter(chain, folder, {entry.name for entry in entries})
        inside: list[tuple[str, str, Chain]] = []
        for entry in entries:
            is_folder = entry.is_dir()
            path = entry.path + "/" * is_folder
            if entry.name in VCS_FOLDERS or ignored(chain, path):
                continue
            if not is_folder:
                with suppress(OSError):
                    status = entry.stat()
                    yield Listed(shown + entry.name, status.st_size, status.st_mtime_ns)
                continue
            if entry.is_symlink():
                path = f"{os.path.realpath(path)}/"
                if folder.startswith(path):
                    continue
            inside.append((f"{shown}{entry.name}/", path, chain))
        waiting += reversed(inside)


def git_top(start: Path) -> Path | None:
    """Return the top folder of the git working tree that `start` is in, or None."""
    real = Path(os.path.realpath(start))
    return next((f for f in (real, *real.parents) if (f / ".git").exists()), None)
