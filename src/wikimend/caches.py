"""Where caches are kept, and how one is written: in one step, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


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
