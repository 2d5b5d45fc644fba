"""Runs the program: inside the test's own process, or as a process of its own."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, TextIO
from unittest import mock

import pytest

import wikimend as package
from wikimend.__main__ import main

COMMAND = (sys.executable, "-m", "wikimend")
WRECK = "[{0}[/sea/[{0}--TEMP--/sea)--FIX--"
"""A damaged link with the label and page name `{0}`."""

_CACHE = Path(tempfile.gettempdir()) / f"wikimend-tests-{os.getpid()}"
_SOURCE = str(Path(package.__file__).parents[1])
_ABOUT_TERMINALS = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "CI", "COLUMNS")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run left behind."""

    code: int
    """Its exit code."""
    out: str
    """Standard output; bytes that are not UTF-8 as surrogates."""
    err: str
    """Standard error."""


# Started in the background of a shell, a process ignores Ctrl-C, and so would its children.
INTERRUPTIBLE = (
    sys.executable,
    "-c",
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from wikimend.__main__ import main\n"
    "main()",
)


def environment(variables: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    """Return the environment without what it says about terminals, and with `variables`."""
    kept = {key: value for key, value in os.environ.items() if key not in _ABOUT_TERMINALS}
    here = {
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "PYTHONPATH": _SOURCE,
        "WIKIMEND_CACHE_DIR": str(_CACHE),
    }
    return {**kept, **here, **variables}


def wikimend(
    *arguments: str,
    stdin: bytes = b"",
    variables: Mapping[str, str] = MappingProxyType({}),
) -> Outcome:
    """Return what `wikimend` with these arguments does, in this process."""
    out, err = io.BytesIO(), io.BytesIO()
    code = run(
        arguments,
        io.BytesIO(stdin),
        io.TextIOWrapper(out, "utf-8"),
        io.TextIOWrapper(err, "utf-8"),
        variables,
    )
    return Outcome(code, *(b.getvalue().decode("utf-8", "surrogateescape") for b in (out, err)))


def run(
    arguments: Sequence[str],
    stdin: BinaryIO,
    stdout: TextIO,
    stderr: TextIO,
    variables: Mapping[str, str],
) -> int:
    """Run `wikimend` on these streams and return its exit code."""
    with (
        mock.patch.object(sys, "argv", ["wikimend", *arguments]),
        mock.patch.object(sys, "stdin", io.TextIOWrapper(stdin)),
        mock.patch.object(sys, "stdout", stdout),
        mock.patch.object(sys, "stderr", stderr),
        mock.patch.dict(os.environ, environment(variables), clear=True),
        pytest.raises(SystemExit) as left,
    ):
        main()
    stdout.flush()
    stderr.flush()
    assert isinstance(left.value.code, int)
    return left.value.code
