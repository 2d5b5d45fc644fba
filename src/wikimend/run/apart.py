"""Work whose memory does not stay with this process: a copy of it does the work and ends."""

from __future__ import annotations

import gc
import signal
import sys
from collections.abc import Callable
from types import FrameType


def apart(work: Callable[[], object]) -> bool:
    """Return whether a copy of this process did some work, of which it tells no more.

    False where no copy can be made, and where the work failed in it, of which nothing is told
    either. No other thread may be running.
    """
    from wikimend.run.start import copying

    start = copying()
    if start is None:
        return False
    process = start.Process(target=_silently, args=(work,))
    try:
        process.start()
        process.join()
    except OSError:  # the system has no room for another process
        return False
    finally:
        if process.pid is not None and process.exitcode is None:
            process.terminate()
            process.join()
    return process.exitcode == 0


def _silently(work: Callable[[], object]) -> None:
    gc.freeze()  # to look for garbage is to write to what is shared
    signal.signal(signal.SIGTERM, _leave)  # processes that the work has started end with it
    try:
        work()
    except BaseException:  # whoever waits does the work itself, and tells what is wrong
        sys.exit(1)


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(1)
