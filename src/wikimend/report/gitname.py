"""File names as git writes them in the header of a patch."""

from __future__ import annotations

import re
from pathlib import PurePath

_UNUSUAL = re.compile(rb'[\x00-\x1f"\\\x7f-\xff]')
_ESCAPES = {
    b"\a": b"\\a",
    b"\b": b"\\b",
    b"\t": b"\\t",
    b"\n": b"\\n",
    b"\v": b"\\v",
    b"\f": b"\\f",
    b"\r": b"\\r",
    b'"': b'\\"',
    b"\\": b"\\\\",
}


def header(name: str) -> str:
    """Return the two lines that open the patch of the page `name`.

    The name is made relative, for `git apply` in the folder where it starts. A name with unusual
    characters is quoted as in C, and a name with a space ends in a tab (gitformat-patch(5),
    `core.quotePath` true).

    >>> header("a b.md")
    '--- a/a b.md\\t\\n+++ b/a b.md\\t\\n'
    """
    path = PurePath(name)
    relative = path.relative_to(path.anchor).as_posix()
    old, new = quoted(f"a/{relative}"), quoted(f"b/{relative}")
    tab = "\t" if " " in relative else ""
    return f"--- {old}{tab}\n+++ {new}{tab}\n"


def quoted(path: str) -> str:
    """Return a path as git writes it: in quotes as in C where it has unusual characters."""
    raw = path.encode("utf-8", "surrogateescape")
    if not _UNUSUAL.search(raw):
        return path
    return f'"{_UNUSUAL.sub(_escape, raw).decode("ascii")}"'


def _escape(found: re.Match[bytes]) -> bytes:
    return _ESCAPES.get(found[0], b"\\%03o" % found[0][0])
