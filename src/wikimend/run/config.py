"""The settings of a run: what the command line says, else the wiki's file, else the default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wikimend.report.summary import FailOn
    from wikimend.rules.loaded import FileSettings

CONFIG_NAMES = (".wikimend.yaml", "wikimend.yaml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is asked to do, whoever asked."""

    select: tuple[str, ...] | None = None
    """Ids, names or families of the rules to run; None for those that are enabled."""
    ignore: tuple[str, ...] = ()
    """Ids, names or families of the rules not to run."""
    exclude: tuple[str, ...] = ()
    """Patterns in gitignore syntax of pages to leave out."""
    exclude_root: Path = Path()
    """The folder that `exclude` is relative to."""
    fail_on: FailOn = "error"
    """The lowest severity that fails the run."""
    unsafe_fixes: bool = False
    """Whether unsafe repairs are made."""


def find_config(start: Path) -> Path | None:
    """Return the wiki's configuration in the folder `start` or the nearest folder over it."""
    folder = start.absolute()
    for parent in (folder, *folder.parents):
        for name in CONFIG_NAMES:
            if (parent / name).is_file():
                return parent / name
    return None


def merge(
    file: FileSettings,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    exclude: Sequence[str] | None = None,
    fail_on: FailOn | None = None,
    unsafe_fixes: bool | None = None,
) -> Settings:
    """Return the settings of `file`, replaced by those of the command line that are not None.

    A list on the command line replaces the list of the file. Patterns to exclude are relative to
    the folder of the file that holds them, or to the current one.
    """
    if exclude is None and file.place is not None:
        exclude_root = Path(file.place.path).parent
    else:
        exclude_root = Path()
    chosen = file.select if select is None else tuple(select)
    return Settings(
        chosen,
        tuple((file.ignore if ignore is None else ignore) or ()),
        tuple((file.exclude if exclude is None else exclude) or ()),
        exclude_root,
        fail_on or file.fail_on or "error",
        bool(file.unsafe_fixes if unsafe_fixes is None else unsafe_fixes),
    )
