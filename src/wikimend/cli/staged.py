"""The pages that are staged in git."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from wikimend.errors import UsageError
from wikimend.run.config import Settings
from wikimend.store import git
from wikimend.store.dialect import DIALECT_OF_SUFFIX, dialect_of
from wikimend.store.listing import git_top
from wikimend.store.tree import is_excluded
from wikimend.text.page import Page


def staged_pages(paths: Sequence[str], settings: Settings) -> Iterator[Page]:
    """Yield the staged pages that `paths` mean, called as they are from the current folder.

    Raises UsageError where there is no git repository.
    """
    here = Path(os.path.realpath("."))
    top = git_top(here)
    if top is None:
        raise UsageError("there is no git repository here, so that nothing is staged")
    wanted = tuple(f"{Path(os.path.realpath(path)).as_posix()}/" for path in paths)
    found = []
    for file in git.staged(top):
        whole = (top / file.path).as_posix()
        name = Path(os.path.relpath(whole, here)).as_posix()
        if not file.path.lower().endswith(tuple(DIALECT_OF_SUFFIX)):
            continue
        left_out = is_excluded(name, exclude=settings.exclude, exclude_root=settings.exclude_root)
        if f"{whole}/".startswith(wanted) and not left_out:
            found.append((name, file.blob))
    contents = git.contents(top, [blob for _, blob in found])
    for (name, _), data in zip(found, contents, strict=True):
        yield Page.from_bytes(data, name, dialect_of(name))
