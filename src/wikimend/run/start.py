"""How the processes of a pool are started."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from contextlib import suppress
from multiprocessing import forkserver
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, ForkServerContext, SpawnContext

    Start = ForkContext | ForkServerContext | SpawnContext
    """A way to start workers."""

_LOADED = [
    "wikimend.run.pool",
    "wikimend.run.recipes",
    "wikimend.store.jsonl",
    "wikimend.store.xml_pages",
]
"""What nearly every worker needs."""


def start_method() -> ForkServerContext | SpawnContext:
    """Return how workers are started, which know nothing of this process's files and locks.

    Where the system can do it they are copies of a process that has loaded the program, and done
    nothing since. It begins to load when this is called first.
    """
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_LOADED)
        with suppress(OSError):  # its socket has no place, as in a folder with too long a name
            _begin()
            return context
    return multiprocessing.get_context("spawn")


def copying() -> ForkContext | None:
    """Return how workers are started as copies of this process, which have all that it has made.

    None where the system cannot do it, or its own libraries do not bear it, as on macOS. No other
    thread may be running.
    """
    if sys.platform == "darwin" or "fork" not in multiprocessing.get_all_start_methods():
        return None
    return multiprocessing.get_context("fork")


def is_copying(start: Start) -> bool:
    """Return whether workers that are started in this way are copies of this process."""
    return start.get_start_method() == "fork"


def _begin() -> None:
    # Ctrl-C would end it while it loads, with a traceback.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
