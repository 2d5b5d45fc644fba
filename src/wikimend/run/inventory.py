"""The files of a wiki as they are now, in little memory."""

from __future__ import annotations

from collections.abc import Iterator

from wikimend.links.guess import tells
from wikimend.links.names import Names, Texts
from wikimend.links.room import Numbers
from wikimend.run.wiki import Wiki
from wikimend.store import git
from wikimend.store.dialect import DIALECT_OF_SUFFIX
from wikimend.store.listing import listing

_SUFFIXES = tuple(DIALECT_OF_SUFFIX)


class Inventory:
    """All files below the top of a wiki; its pages by their numbers, from 0 on."""

    def __init__(self, wiki: Wiki) -> None:
        """Look for all of them now; raises UsageError where git does not know what is staged."""
        self.pages = Texts()
        """The paths of its pages from the top."""
        self.sizes = Numbers("Q")
        """The sizes of the pages in bytes; 0 for what is staged."""
        self.changed = Numbers("q")
        """When they were changed, in nanoseconds; 0 where that is not known."""
        self.blobs = Texts()
        """The names of their contents in git, where they are staged."""
        self.others = Names()
        """The paths of the other files."""
        self.telling: list[str] = []
        """Those of all of them that tell how links are read."""
        for path, size, changed, blob in _found(wiki):
            if tells(path):
                self.telling.append(path)
            if not path.lower().endswith(_SUFFIXES):
                self.others.add(path)
            else:
                self.pages.append(path)
                self.sizes.append(size)
                self.changed.append(changed)
                if wiki.staged:
                    self.blobs.append(blob)


def _found(wiki: Wiki) -> Iterator[tuple[str, int, int, str]]:
    if wiki.staged:
        return ((file.path, 0, 0, file.blob) for file in git.staged(wiki.top))
    return ((file.path, file.size, file.changed, "") for file in listing(wiki.top))
