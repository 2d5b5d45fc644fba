"""What `.gitignore` files and `--exclude` leave out, decided path by path as git does.

A pattern is asked about a path itself, never about the folders over it: a walk does not enter a
folder that is left out. That is git's own way (gitignore(5)), and it is why `GitIgnoreSpec` only
translates the patterns here: its `match_file` also lets a pattern for a folder speak for the files
below, so that `!docs/` would bring back `docs/build/` although `build/` is ignored.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

Row = tuple[re.Pattern[str], bool]
"""A pattern with True (leave out what it is about) or False (`!`, keep it)."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of one ignore file, or of `--exclude`."""

    folder: str
    """The folder that they are relative to: absolute, with `/` at its end."""
    rows: tuple[Row, ...]
    """The patterns, the last of the file first."""

    def verdict(self, path: str) -> bool | None:
        """Return True if `path` is left out, False if it is kept, None if no pattern is about it.

        `path` is absolute, with `/` at its end if it is a folder. Outside of `folder` only patterns
        without a folder of their own, such as `*.draft.md`, can be about it.
        """
        inside = path.startswith(self.folder)
        path = path[len(self.folder) :] if inside else _outside(path, self.folder)
        for pattern, leave_out in self.rows:
            if pattern.search(path) and _is_about(pattern, path):
                return leave_out
        return None


def _outside(path: str, folder: str) -> str:
    relative = Path(os.path.relpath(path, folder)).as_posix()
    return relative + "/" * path.endswith("/")


def _is_about(pattern: re.Pattern[str], path: str) -> bool:
    # The only group in pathspec's expressions is the slash after a folder that matched; elsewhere
    # than at the end of the path, that folder is one over it. An expression without the group is
    # about whatever is in a folder, as `docs/**` is, but not about the folder.
    if pattern.groups:
        return any(found.end() == len(path) for found in pattern.finditer(path))
    return bool(pattern.search(path.rstrip("/")))


def compile_patterns(lines: Iterable[str], folder: str) -> Patterns:
    """Return the patterns on `lines` (gitignore syntax), relative to `folder`.

    Raises ValueError with the first line that is no pattern.
    """
    rows: list[Row] = []
    for line in lines:
        rows[:0] = _translate(line)
    return Patterns(folder, tuple(rows))


def _translate(line: str) -> list[Row]:
    from pathspec import GitIgnoreSpec

    # To pathspec `docs/**/` is `docs/`; to git it is any folder in there.
    line = re.sub(r"/\*\*/\s*$", "/**/*/", line)
    try:
        patterns = GitIgnoreSpec.from_lines([line], backend="simple").patterns
    except (ValueError, IndexError, re.error) as error:
        raise ValueError(line) from error
    return [
        (pattern.regex, pattern.include)
        for pattern in patterns
        if pattern.regex is not None and pattern.include is not None
    ]


Chain = tuple[Patterns, ...]
"""The ignore files that hold in a folder, the weakest first."""


def ignored(chain: Chain, path: str) -> bool:
    """Return whether the ignore files leave `path` out; the deepest that speaks decides."""
    for patterns in reversed(chain):
        verdict = patterns.verdict(path)
        if verdict is not None:
            return verdict
    return False


def above(folder: str) -> Chain:
    """Return what holds in `folder` from the folders over it, up to the git top level.

    Empty outside of a git repository. `folder` is absolute, without links, with `/` at its end.
    """
    chain: Chain = ()
    for parent in Path(folder).parents:
        names = [name for name in (".git", ".gitignore") if (parent / name).exists()]
        chain = enter((), f"{parent.as_posix().rstrip('/')}/", names) + chain
        if ".git" in names:
            return chain
    return ()


def enter(chain: Chain, folder: str, names: Collection[str]) -> Chain:
    """Return what holds in `folder`, which holds files called `names`, when `chain` holds over it.

    A folder with its own `.git` starts anew, as it does for git. Raises OSError when an ignore file
    cannot be read.
    """
    if ".git" in names:
        chain = _load(f"{folder}.git/info/exclude", folder)
    if ".gitignore" in names:
        chain += _load(f"{folder}.gitignore", folder)
    return chain


def _load(path: str, folder: str) -> Chain:
    try:
        text = Path(path).read_bytes().decode("utf-8-sig", "surrogateescape")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ()
    rows: list[Row] = []
    for line in text.split("\n"):
        with suppress(ValueError):  # git passes over what is no pattern without a word
            rows[:0] = _translate(line)
    return (Patterns(folder, tuple(rows)),) if rows else ()
