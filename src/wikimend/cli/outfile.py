"""A file for the output of a run: it appears under its name when it is whole."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wikimend.errors import Place, UsageError


@contextmanager
def outfile(path: Path) -> Iterator[BinaryIO]:
    """Give a stream whose bytes are the file at `path` once the block ends.

    A run that is interrupted leaves what it has written so far, a run that fails leaves the old
    file. What is no plain file, such as `/dev/null`, is written to directly. Raises UsageError
    when nothing can be written there, at first or later on.
    """
    plain = path.is_file() or not path.exists()
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name[:50]}.wikimend-{os.urandom(4).hex()}")
    new = temporary if plain else path
    try:
        stream = new.open("xb" if plain else "wb")
    except OSError as error:
        raise _refused(error, path) from error
    stopped: BaseException | None = None
    try:
        with stream:
            try:
                yield stream
            except (KeyboardInterrupt, BrokenPipeError) as error:
                stopped = error
        if plain:
            _take_over(new, target)
    except BaseException as error:
        if plain:
            new.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # as only streams say it
            raise _refused(error, path) from error
        raise
    if stopped is not None:
        raise stopped


def _refused(error: OSError, path: Path) -> UsageError:
    return UsageError(f"cannot be written: {error.strerror or error}", Place(str(path)))


def _take_over(new: Path, target: Path) -> None:
    with suppress(FileNotFoundError):
        new.chmod(stat.S_IMODE(target.stat().st_mode))
    new.replace(target)
