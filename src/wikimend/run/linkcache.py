"""What is known of the pages of a wiki from one run to the next: a file, checked, not trusted.

The first line holds the version of the program and how anchors are made. One line a page follows,
then what was found out about their links, and last a digest of the rest: a file that was cut,
edited or written by another version is as good as none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO

from wikimend import __version__
from wikimend.caches import cache_folder, write_cache
from wikimend.links.anchors import AnchorStyle
from wikimend.links.facts import VERSION
from wikimend.run.notes import Notes
from wikimend.run.scratch import Scratch
from wikimend.run.shelf import Shelf


def cache_path(top: Path, *, staged: bool = False) -> Path:
    """Return where the cache of the wiki at `top` is kept.

    That is in the folder that `WIKIMEND_CACHE_DIR` names, else where the system keeps caches.
    """
    name = blake2b(os.fsencode(os.path.realpath(top)), digest_size=12).hexdigest()
    return cache_folder() / f"links-{name}{'-staged' * staged}.txt"


def empty(folder: Path | None, style: AnchorStyle) -> Shelf:
    """Return an empty shelf, whose file is in `folder`, or where the system has such files."""
    scratch = Scratch.empty(folder)
    scratch.append(_head(style))
    return Shelf(scratch)


def begun(shelf: Shelf, basis: str, shape: str) -> Notes:
    """Return notes on the pages of a shelf, to be written behind them; see `Notes`."""
    shelf.scratch.append(f"\t{basis}\t{shape}\n".encode("ascii"))
    return Notes(shelf.scratch, len(shelf), basis, shape)


def load(path: Path, style: AnchorStyle) -> tuple[Shelf, Notes] | None:
    """Return what a cache has; None where there is no cache that can be believed."""
    found = None
    # What is no cache may raise any of these before its digest is seen to be wrong.
    with suppress(OSError, ValueError, LookupError, OverflowError):
        file = path.open("rb")
        try:
            found = _loaded(file, style)
        finally:
            if found is None:
                file.close()
    return found


def _loaded(file: BinaryIO, style: AnchorStyle) -> tuple[Shelf, Notes] | None:
    first = file.readline()
    if first != _head(style):
        return None
    digest = blake2b(first, digest_size=16)
    shelf = Shelf(Scratch(file, os.fstat(file.fileno()).st_size))
    notes: Notes | None = None
    start, line = len(first), b""
    for following in file:
        if line:
            digest.update(line)
            if notes is not None:
                notes.take(line, start)
            elif line[:1] == b"\t":
                _, basis, shape = line[:-1].decode("ascii").split("\t")
                notes = Notes(shelf.scratch, len(shelf), basis, shape)
            else:
                shelf.take(line, start)
            start += len(line)
        line = following
    if line != _foot(digest):
        return None
    return shelf, notes or Notes(shelf.scratch, len(shelf))


def save(path: Path, shelf: Shelf) -> None:
    """Replace the cache in one step; where that cannot be done, the next run has none."""
    write_cache(path, lambda to: write(to, shelf))


def write(path: Path, shelf: Shelf) -> None:
    """Write a shelf and the notes on it to the file at `path`; raises OSError if that fails."""
    digest = blake2b(digest_size=16)
    with path.open("wb") as file:
        for piece in shelf.scratch.pieces(len(shelf.scratch)):
            digest.update(piece)
            file.write(piece)
        file.write(_foot(digest))


def _head(style: AnchorStyle) -> bytes:
    return f"wikimend links {__version__} {VERSION} {style}\n".encode("ascii")


def _foot(digest: blake2b) -> bytes:
    return f"{digest.hexdigest()}\n".encode("ascii")
