"""The one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress

from wikimend.errors import RuleFileError, WikimendError

FAILED = 2
INTERRUPTED = 130
BROKEN_PIPE = 141
"""What shells report of a program that SIGPIPE ended, as it ends `cat` before `head -1`."""


def guarded(work: Callable[[], int]) -> int:
    """Return the exit code of `work`, or that of what stopped it, once the user was told."""
    try:
        code = work()
        sys.stdout.flush()
    except WikimendError as error:
        tell(error)
        return error.exit_code
    except KeyboardInterrupt:
        say("interrupted; every page is whole: the old one or the mended one")
        return INTERRUPTED
    except BrokenPipeError:
        _give_up_streams()
        return BROKEN_PIPE
    except OSError as error:  # such as a full disk under a redirected standard output
        say(": ".join(filter(None, (error.filename, error.strerror or str(error)))))
        _give_up_streams()
        return FAILED
    return code


def tell(error: WikimendError) -> None:
    """Write `error` to standard error: a line for each mistake, with its place."""
    mistakes = error.problems if isinstance(error, RuleFileError) else (error,)
    for mistake in mistakes:
        say(str(mistake))


def say(message: str) -> None:
    """Write one error message to standard error, after all that standard output has so far."""
    from wikimend.report.paper import paper
    from wikimend.report.visible import visible

    with suppress(OSError):
        sys.stdout.flush()
    paper(sys.stderr).write([("error", "error"), (f": {visible(message)}\n", "")])


def _give_up_streams() -> None:
    """Send what is still buffered nowhere, or Python would complain about it when it exits."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere, stream.fileno())
