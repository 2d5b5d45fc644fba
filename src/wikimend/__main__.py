"""The command `wikimend`, also as `python -m wikimend`."""

from __future__ import annotations

import io
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        _prepare_streams()
        from wikimend.cli.main import wikimend

        wikimend(prog_name="wikimend")
    except KeyboardInterrupt:
        sys.exit(130)
    raise AssertionError("click leaves with an exit code")


def _prepare_streams() -> None:
    """Let any page name and any sentence be written, whatever the encoding of the terminal.

    A stream that the shell closed (`>&-`) is one that leads nowhere.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            from pathlib import Path

            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    main()
