"""The index of a dump, made of its own pages: built in a pass of its own, read by every worker."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from wikimend.links import guess, surface
from wikimend.links.anchors import AnchorStyle
from wikimend.links.check import LinkCheck
from wikimend.links.named import place_of
from wikimend.links.options import LinkOptions
from wikimend.links.redirects import redirects
from wikimend.links.resolve import Resolver
from wikimend.links.site import Site
from wikimend.links.suggest import Suggester
from wikimend.links.surface import listed, together
from wikimend.run import linkcache
from wikimend.run.reading import make
from wikimend.run.shelf import Entry, Shelf
from wikimend.store.dump import Key, Text
from wikimend.text.page import Page

Indexed = tuple[str, bool, str, str, str, str]
"""A page: its path, whether the dump itself tells that, and its anchors, surface, names and
destinations from the root, as an entry has them."""


def indexed(text: Text, style: AnchorStyle) -> Indexed | None:
    """Return what the index keeps of a text; None of one that has neither a path nor a title."""
    place = located(text.page, text.key)
    if place is None:
        return None
    anchors, shown, called, rooted, _, _ = make(replace(text.page, name=place), style)
    return place, text.key.path is not None, anchors, shown, called, rooted


def located(page: Page, key: Key) -> str | None:
    """Return the path of a page of a dump, by which its links are judged."""
    return place_of(key.path, key.title, page.dialect)


@dataclass(frozen=True, slots=True)
class DumpIndex:
    """An index in a file, and how links are read by it."""

    path: Path
    """The file, in the form of a cache."""
    style: AnchorStyle
    """How anchors of Markdown are made."""
    root: str | None
    """The folder that `/path` counts from; None where that is not known."""
    has_paths: bool
    """Whether pages have paths, or titles alone."""
    options: LinkOptions
    """What the configuration says about links."""
    table: Mapping[str, str]
    """The redirects of the files that it names."""

    def check(self) -> LinkCheck:
        """Return what judges pages of the dump; where each stands is told to it page by page."""
        known = linkcache.load(self.path, self.style)
        shelf = known[0] if known else linkcache.empty(None, self.style)
        resolver = Resolver(_site(shelf, self.root, self.has_paths, self.options, self.table))
        return LinkCheck(resolver, self.options, Suggester(resolver), lambda name: None)


@dataclass(eq=False)
class IndexBuilder:
    """An index of a dump on its way."""

    options: LinkOptions
    """What the configuration says about links."""
    folder: Path | None = None
    """The folder of the configuration."""
    shelf: Shelf = field(init=False)
    """The pages so far."""
    has_paths: bool = False
    """Whether a page had a path."""

    def __post_init__(self) -> None:
        self.shelf = linkcache.empty(None, self.style)

    @property
    def style(self) -> AnchorStyle:
        """How anchors of Markdown are made."""
        return self.options.anchors or "github"

    def add(self, pages: Iterable[Indexed]) -> None:
        """Take some pages; one that is there twice, as with two texts, has what both have."""
        for path, has_path, anchors, shown, called, rooted in pages:
            self.has_paths |= has_path
            entry = Entry(path, 0, 0, "", anchors, shown, called, rooted, "", "")
            old = self.shelf.paths.find(path)
            if old is not None:
                entry = _both(self.shelf.entry(old), entry)
            self.shelf.put(entry)

    def finish(self, path: Path) -> DumpIndex | None:
        """Write the index to the file at `path`; None where no page has a name.

        Raises OSError when it cannot be written.
        """
        if not len(self.shelf):
            return None
        table = dict(self._redirects())
        root = None if self.options.root is None else self.options.root.strip("./")
        if root is None:
            roots = guess.roots(self.shelf.paths)
            root = self._believed(roots, [Resolver(self._site(r, table)) for r in roots])
        linkcache.write(path, self.shelf)
        return DumpIndex(path, self.style, root, self.has_paths, self.options, table)

    def _site(self, root: str, table: Mapping[str, str]) -> Site:
        return _site(self.shelf, root, self.has_paths, self.options, table)

    def _believed(self, roots: list[str], resolvers: list[Resolver]) -> str | None:
        sums = [0] * (len(roots) + 1)
        for entry in map(self.shelf.entry, self.shelf.rooted()):
            found = guess.evidence(entry.path, json.loads(entry.rooted), resolvers)
            sums = [one + other for one, other in zip(sums, found, strict=True)]
        return guess.believed(roots, tuple(sums))

    def _redirects(self) -> Iterator[tuple[str, str]]:
        for name in self.options.redirects:
            place = (self.folder or Path()) / name
            try:
                text = place.read_text("utf-8", "replace")
            except OSError:
                continue
            for redirect in redirects(text, name):
                yield redirect.old, redirect.new


def _site(
    shelf: Shelf,
    root: str | None,
    has_paths: bool,
    options: LinkOptions,
    table: Mapping[str, str],
) -> Site:
    held = guess.conventions(options, root, list(filter(guess.tells, shelf.paths)))
    return Site(
        shelf.surfaces(),
        (),
        replace(held, has_paths=has_paths, has_files=False),
        shelf.names(),
        table,
        anchors=shelf.column(shelf.anchors.__getitem__),
        paths=shelf.paths,
    )


def _both(one: Entry, other: Entry) -> Entry:
    first, second = (surface.from_json(json.loads(e.surface), e.anchors) for e in (one, other))
    merged = first._replace(
        sections=first.sections + second.sections,
        ids=first.ids + second.ids,
        is_open=first.is_open or second.is_open,
    )
    return one._replace(
        anchors=together(listed(one.anchors) + listed(other.anchors)),
        surface=json.dumps(surface.to_json(merged)),
        called=one.called or other.called,
        rooted=one.rooted or other.rooted,
    )
