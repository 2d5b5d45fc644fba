"""The wiki that a run is about: where its top is, and the check of its links."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from wikimend.errors import Place, UsageError
from wikimend.links.options import LinkOptions
from wikimend.links.unchecked import unchecked_links
from wikimend.repair.check import Checked
from wikimend.repair.finding import Finding
from wikimend.store.listing import git_top
from wikimend.text.block import Block
from wikimend.text.page import Page

if TYPE_CHECKING:
    from wikimend.links.check import LinkCheck

_OUTSIDE = ("http://", "https://", "mailto:", "//")

FEW = 8
"""As many pages are first looked at for links that an index could say anything about."""


@dataclass(frozen=True, slots=True)
class Wiki:
    """A folder of pages, and what is asked of their links."""

    top: Path
    """The folder that the index covers, absolute and without symbolic links."""
    root: str | None
    """The folder that `/path` counts from, from the top; None for a guess."""
    options: LinkOptions
    """What the wiki says about its links."""
    config_folder: Path | None = None
    """The folder of the configuration."""
    cached: bool = True
    """Whether the cache is used."""
    staged: bool = False
    """Whether the index is made of what is staged in git."""


def find_wiki(
    start: Path,
    options: LinkOptions,
    *,
    root_dir: Path | None = None,
    config: Path | None = None,
    cached: bool = True,
    staged: bool = False,
) -> Wiki | None:
    """Return the wiki that the file or folder `start` belongs to; None where it is in none.

    Its root is `root_dir`, else what the options say; its top is that of the git repository around
    it, or the root itself. Without a root, a git repository or a configuration that speaks of
    links there is no wiki. Raises UsageError for a root that is no folder.
    """
    folder = config.parent if config is not None else None
    root: Path | None = root_dir
    if root is None and options.root is not None and folder is not None:
        root = folder / options.root
    if root is not None:
        if not root.is_dir():
            place = Place(str(config)) if root_dir is None and config is not None else None
            raise UsageError(f"the root of the wiki, {root}, is no folder", place)
        real = Path(os.path.realpath(root))
        top = git_top(real) or real
        return Wiki(top, _from(real, top), options, folder, cached, staged)
    top_here = git_top(start if start.is_dir() else start.parent)
    if top_here is None and folder is not None and options != LinkOptions():
        top_here = Path(os.path.realpath(folder))
    if top_here is None:
        return None
    return Wiki(top_here, None, options, folder, cached, staged)


def _from(path: Path, top: Path) -> str:
    relative = path.relative_to(top).as_posix()
    return "" if relative == "." else relative


def located(name: str, top: Path) -> str | None:
    """Return the path from `top` of the page called `name`; None where it lies elsewhere."""
    return Located(top)(name)


class Located:
    """Tells where pages are; what links lead to is found once for each folder."""

    def __init__(self, top: Path) -> None:
        self._prefix = f"{top.as_posix().rstrip('/')}/"
        self._folders: dict[str, str] = {}

    def __call__(self, name: str) -> str | None:
        """Return the path from the top of the page called `name`; None where it is elsewhere."""
        # As `os.path.split`, which takes longer, but for the slash.
        start = name.rfind("/") + 1
        folder, base = (name[:start], name[start:]) if os.sep == "/" else os.path.split(name)
        real = self._folders.get(folder)
        if real is None:
            real = Path(os.path.realpath(folder)).as_posix().rstrip("/")
            self._folders[folder] = real
        path = f"{real}/{base}"
        return path[len(self._prefix) :] if path.startswith(self._prefix) else None


class Alone:
    """The check of pages that belong to no wiki: nothing is found, their links are counted."""

    def check(self, page: Page, blocks: Sequence[Block] | None) -> Checked:
        """Return how many links there are."""
        return unchecked_links(page, blocks)

    def judges(self, page: Page) -> bool:
        """Return False: there is nothing to judge links by."""
        return False

    def holds(self, before: Page, after: Page, repaired: Sequence[Finding]) -> bool:
        """Return whether nothing was repaired."""
        return not repaired


class Lazy:
    """A check whose index is built when a page has a link that it could say anything about."""

    def __init__(self, build: Callable[[], LinkCheck]) -> None:
        self._build = build
        self._built: LinkCheck | None = None

    @property
    def built(self) -> LinkCheck:
        """The check with its index."""
        if self._built is None:
            self._built = self._build()
        return self._built

    def check(self, page: Page, blocks: Sequence[Block] | None) -> Checked:
        """Return what is found on a page, as the built check does."""
        if self._built is None and not _may_matter(page, blocks):
            return unchecked_links(page, blocks)
        return self.built.check(page, blocks)

    def judges(self, page: Page) -> bool:
        """Return whether the page is in the wiki; one without links needs no index for that."""
        return self._built is None or self._built.judges(page)

    def holds(self, before: Page, after: Page, repaired: Sequence[Finding]) -> bool:
        """Return whether nothing but the repairs was made."""
        return self.built.holds(before, after, repaired)


def _may_matter(page: Page, blocks: Sequence[Block] | None) -> bool:
    """Return whether a page has a link into a wiki, lost or not, or ids in headings."""
    if not any(mark in page.text for mark in ("[", "<", "{#")):
        return False
    from wikimend.links.facts import facts

    known = facts(page, blocks)
    inside = any(not link.destination.startswith(_OUTSIDE) for link in known.links)
    return inside or bool(known.lost) or any(heading.id for heading in known.headings)
