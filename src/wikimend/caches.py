"""Where caches are kept, and how one is written: in one step, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zlib import crc32


def cache_folder() -> Path:
    """Return the folder of caches: what `WIKIMEND_CACHE_DIR` names, else that of the system."""
    chosen = os.environ.get("WIKIMEND_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "linux":
        # As the XDG Base Directory Specification says; importing the library takes longer than
        # reading what is kept there.
        wanted = Path(os.environ.get("XDG_CACHE_HOME", ""))
        return (wanted if wanted.is_absolute() else Path.home() / ".cache") / "wikimend"
    from platformdirs import user_cache_path

    return user_cache_path("wikimend", appauthor=False)


def can_write(path: Path) -> bool:
    """Return whether a cache can be written at a path, as far as can be told without writing it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(path.parent, os.W_OK | os.X_OK)


def write_cache(path: Path, write: Callable[[Path], object]) -> None:
    """Replace a cache by what `write` puts at a path; where that fails, the next run has none."""
    new = path.with_name(f"{path.name}.{os.urandom(4).hex()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(new)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()


def read_sealed(path: Path, head: bytes) -> bytes | None:
    """Return what `write_sealed` has kept with this head; None where it is not whole, or another.

    The head is one line, without its end: it names all that the body rests on.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = data.partition(b"\n")[2]
    return body if data == _sealed(head, body) else None


def write_sealed(path: Path, head: bytes, body: bytes) -> None:
    """Keep `body` with its size and checksum, as `write_cache` does."""
    data = _sealed(head, body)
    write_cache(path, lambda new: new.write_bytes(data))


def _sealed(head: bytes, body: bytes) -> bytes:
    return b"%s %d %08x\n%s" % (head, len(body), crc32(body), body)
