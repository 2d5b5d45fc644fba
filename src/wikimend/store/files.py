"""Pages as files: read whole, written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from wikimend.errors import PageError, Place
from wikimend.text.page import Page
from wikimend.text.position import Lines

if TYPE_CHECKING:
    from wikimend.store.tree import Source

_REASONS = {
    errno.ENOENT: "the file is gone",
    errno.EISDIR: "it is a folder",
    errno.EACCES: "permission denied",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
}


def read(source: Source) -> Page:
    """Return the page stored at `source`; raises PageError when it cannot be read."""
    try:
        data = source.path.read_bytes()
    except OSError as error:
        raise PageError(f"cannot be read: {reason(error)}", Place(source.name)) from error
    return Page.from_bytes(data, source.name, source.dialect)


def undecodable_error(page: Page) -> PageError | None:
    """Return what to tell about the first byte of `page` that is not UTF-8, or None."""
    offset = None if page.text.isascii() else page.undecodable()
    if offset is None:
        return None
    byte = ord(page.text[offset]) - 0xDC00
    return PageError(
        f"byte 0x{byte:02x} is not UTF-8; the rest of the page was handled and the byte stays",
        Place(page.name, *Lines(page.text).position(offset)),
    )


def write(path: Path, data: bytes, *, expected: bytes | None = None) -> None:
    """Replace the page at `path` by `data` in one step; on any error it stays as it was.

    The new page is written to a hidden file beside the old one (`.name.wikimend-` and eight
    digits), forced to the disk and renamed over it. After `kill -9` the page is the old or the new
    one, whole; a hidden file may stay behind, which is no page and may be deleted. After a power
    cut the same holds; without the fsync the new name could be on the disk before the new bytes.
    (The folder is not forced to the disk: a page written last may be the old one again.)

    Links stay links: the file they lead to is replaced. The mode is kept, and the owner where we
    may set it. Other hard links to the file keep the old page.

    Raises PageError when the page cannot be written, when it is read-only, and, if `expected` is
    given, when its bytes are no longer those. The last look is right before the renaming.
    """
    try:
        _replace(Path(os.path.realpath(path, strict=True)), path, data, expected)
    except OSError as error:
        raise PageError(f"cannot be written: {reason(error)}", Place(str(path))) from error


def _replace(target: Path, path: Path, data: bytes, expected: bytes | None) -> None:
    old = target.stat()
    if not os.access(target, os.W_OK):
        raise PageError("read-only; left alone", Place(str(path)))
    # 50 code points of the name: with all of them the new name could be too long for the disk.
    new = target.with_name(f".{target.name[:50]}.wikimend-{os.urandom(4).hex()}")
    try:
        with new.open("xb") as stream:
            copy_rights(new, old)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if expected is not None and target.read_bytes() != expected:
            raise PageError("changed while it was being mended; left alone", Place(str(path)))
        new.replace(target)
    except BaseException:
        with suppress(OSError):
            new.unlink()
        raise


def copy_rights(new: Path, old: os.stat_result) -> None:
    """Give `new` the owner (where we may) and the mode of `old`; it is still empty."""
    if hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(new, old.st_uid, old.st_gid)
    new.chmod(stat.S_IMODE(old.st_mode))


def reason(error: OSError) -> str:
    """Return what went wrong in the words of a person, without the name of the file."""
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
