"""A page from standard input, and its bytes to standard output."""

from __future__ import annotations

import sys

from wikimend.errors import PageError, Place
from wikimend.store.dialect import dialect_of
from wikimend.text.page import Page


def read_stdin(filename: str | None = None) -> Page:
    """Return the page on standard input, called `filename`, which tells its dialect.

    Raises PageError when there is no standard input.
    """
    name = filename or "<stdin>"
    if sys.stdin is None:  # closed by the shell: `wikimend fix - <&-`
        raise PageError("standard input is closed", Place(name))
    return Page.from_bytes(sys.stdin.buffer.read(), name, dialect_of(name))


def write_stdout(data: bytes) -> None:
    """Write `data` as it is to standard output; raises BrokenPipeError when nobody reads on."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
