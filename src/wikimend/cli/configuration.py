"""The rules and settings of a run: from the configuration, else those that are shipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from wikimend.cli.options import Request
from wikimend.errors import Place, UsageError
from wikimend.repair.mender import Mender
from wikimend.rules.loaded import LoadedRules
from wikimend.rules.selection import Selection
from wikimend.rules.shipped import shipped
from wikimend.run.config import Settings, find_config, merge


def configuration(path: Path | None) -> LoadedRules:
    """Return the rules of the file at `path`, or of the configuration that is in force here.

    Raises RuleFileError with every mistake of the file.
    """
    path = path or _found()
    if path is None:
        return shipped()
    from wikimend.rules.reader import load

    return load(path)


def _found() -> Path | None:
    here = Path.cwd()
    path = find_config(here)
    # Short where it can be: messages begin with it.
    return path.relative_to(here) if path is not None and path.is_relative_to(here) else path


def settings_of(request: Request, loaded: LoadedRules) -> Settings:
    """Return what the command line asks for, completed by the configuration."""
    return merge(
        loaded.settings,
        select=request.select,
        ignore=request.ignore,
        exclude=request.exclude,
        fail_on=request.fail_on,
        unsafe_fixes=request.unsafe_fixes,
    )


def mender_of(loaded: LoadedRules, settings: Settings) -> Mender:
    """Return the rules ready to mend; raises UsageError for a selector that names none of them."""
    selection = Selection(settings.select, settings.ignore)
    file = loaded.settings
    written = {*(file.select or ()), *(file.ignore or ())}
    asked = {*(settings.select or ()), *settings.ignore}
    with blaming(file.place if asked <= written else None):
        return Mender(loaded.ruleset, selection, unsafe_fixes=settings.unsafe_fixes)


@contextmanager
def blaming(place: Place | None) -> Iterator[None]:
    """Give every UsageError of the block this place: that of the file with the mistake."""
    try:
        yield
    except UsageError as error:
        raise UsageError(error.message, place) from error
