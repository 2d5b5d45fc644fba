"""The pages of a run before they are read, in little memory."""

from __future__ import annotations

import os
import zlib
from collections.abc import Collection, Iterable, Iterator

from wikimend.errors import PageError
from wikimend.store.tree import Source
from wikimend.text.page import Page

Found = Source | PageError | Page
"""A page that waits, one that is there already, or why there is none."""

_BLOCK = 500
"""Names that are packed together."""


class Pages(Collection[Found]):
    """What was found, in its order; a page that waits takes some ten bytes."""

    def __init__(self, found: Iterable[Found]) -> None:
        """Look for all of it now."""
        self._kept: list[bytes | PageError | Page] = []
        self._count = 0
        names: list[str] = []
        for page in found:
            self._count += 1
            if isinstance(page, Source):
                names.append(page.name)
            if len(names) == _BLOCK or not isinstance(page, Source):
                self._keep(names)
            if not isinstance(page, Source):
                self._kept.append(page)
        self._keep(names)

    def _keep(self, names: list[str]) -> None:
        if names:
            self._kept.append(zlib.compress(os.fsencode("\0".join(names)), 1))
            names.clear()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Found]:
        for kept in self._kept:
            if isinstance(kept, bytes):
                names = os.fsdecode(zlib.decompress(kept)).split("\0")
                yield from map(Source.called, names)
            else:
                yield kept

    def __contains__(self, page: object) -> bool:
        return any(page == found for found in self)
