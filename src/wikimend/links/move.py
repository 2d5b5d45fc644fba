"""Moving pages and sections: which destinations must change so that every link leads as before."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wikimend.links.anchors import slug
from wikimend.links.facts import Facts
from wikimend.links.forms import Rewriting
from wikimend.links.link import Link
from wikimend.links.options import LinkOptions
from wikimend.links.outcome import Outcome
from wikimend.links.redirects import redirects
from wikimend.links.resolve import Resolver
from wikimend.links.site import Site, composed
from wikimend.links.surface import Surface, surface, together
from wikimend.text.edit import Edit

FOLLOWED = frozenset({"sound", "wrong-case", "section-missing", "unseen-section"})
"""The outcomes of links that lead to a page or file, and must go on doing so."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section that gets another place or name."""

    page: str
    """Its page, as stored, before the move."""
    anchor: str
    """Its anchor before."""
    new_page: str
    """Its page afterwards."""
    new_anchor: str
    """Its anchor afterwards."""


@dataclass(eq=False)
class Move:
    """A site before and after some of its files have moved."""

    before: Resolver
    """The site as it is."""
    after: Resolver
    """The site as it will be."""
    paths: Mapping[str, str]
    """The new path, as stored, of each file that moves."""
    section: Section | None = None
    """A section that moves, when no file does."""

    def __post_init__(self) -> None:
        self._forms = Rewriting(self.after, LinkOptions())

    def edits(self, page: str, known: Facts) -> Iterator[Edit]:
        """Yield the edits of the page stored at `page`, whose facts are `known`.

        A destination that leads to the same place all the same is left as it is, and so is one that
        leads nowhere.
        """
        seen: set[int] = set()
        for link in known.links:
            if link.kind in ("reference", "image-reference") or link.dest_start in seen:
                continue
            seen.add(link.dest_start)
            text = self.destination(link, page)
            if text is not None:
                yield Edit(link.dest_start, link.dest_end, text, ("mv",))

    def redirect_edits(self, text: str, name: str) -> Iterator[Edit]:
        """Yield the edits of a file of redirects called `name`: where these lead, not whence."""
        root = self.before.site.conventions.root or ""
        page = posixpath.join(root, name)
        for redirect in redirects(text, name):
            span = redirect.start, redirect.end
            rooted = redirect.new.startswith("/") or "://" in redirect.new
            new = redirect.new if rooted else f"/{redirect.new}"
            written = self.destination(Link("inline", *span, "", new, *span), page)
            if written is not None and (rooted or written.startswith("/")):
                yield Edit(*span, written if rooted else written[1:], ("mv",))

    def destination(self, link: Link, page: str) -> str | None:
        """Return what must stand for the destination of a link on `page`; None for what does."""
        outcome = self.before.resolve(link, page)
        if outcome.status not in FOLLOWED or not outcome.path:
            return None
        old = self.before.site.stored(outcome.path)
        new = composed(self.paths.get(old, old))
        fragment = outcome.fragment
        if self.section is not None:
            if not self._names_section(old, fragment):
                return None
            new, fragment = composed(self.section.new_page), self.section.new_anchor
        place = self.paths.get(page, page)
        if fragment == outcome.fragment and self._leads(link, place, new, outcome):
            return None
        return self._forms.replacement(link, new, fragment, place)

    def _leads(self, link: Link, page: str, path: str, before: Outcome) -> bool:
        after = self.after.resolve(link, page)
        return after.path == path and after.status == before.status

    def _names_section(self, page: str, fragment: str) -> bool:
        assert self.section is not None
        if page != self.section.page or not fragment:
            return False
        return self.before.has_section(page, fragment, together([self.section.anchor]))


def moved(resolver: Resolver, paths: Mapping[str, str]) -> Move:
    """Return the move of files, whose old and new paths are `paths`."""
    site = resolver.site
    after = Site(
        _Renamed(site.pages, paths),
        frozenset(paths.get(path, path) for path in site.files),
        site.conventions,
        {paths.get(path, path): names for path, names in site.called.items()},
        site.redirect_table,
    )
    return Move(resolver, Resolver(after), paths)


class _Renamed(Mapping[str, Surface]):
    """What others rest on of pages by their new paths."""

    def __init__(self, pages: Mapping[str, Surface], paths: Mapping[str, str]) -> None:
        self._pages = pages
        self._old = {paths.get(path, path): path for path in pages}

    def __getitem__(self, path: str) -> Surface:
        return self._pages[self._old[path]]

    def __contains__(self, path: object) -> bool:
        return path in self._old

    def __iter__(self) -> Iterator[str]:
        return iter(self._old)

    def __len__(self) -> int:
        return len(self._old)


@dataclass(frozen=True, slots=True)
class Renaming:
    """A heading that gets another text."""

    start: int
    """Offset in the page of what is replaced."""
    text: str
    """Its text before, as the reader sees it."""
    new: str
    """Its text afterwards."""


def section_move(
    resolver: Resolver, old: tuple[str, str], new: tuple[str, str]
) -> tuple[Move, Renaming | None]:
    """Return the move of the section `old` (page as stored, fragment) to `new`.

    Where `new` is no section yet, and on the same page, it is the new text of the heading. Raises
    LookupError with what is missing: `old` or `new`.
    """
    site = resolver.site
    (page, fragment), (new_page, wanted) = old, new
    anchors = site.heading_anchors(page)
    if fragment not in anchors and fragment not in site.pages[page].ids:
        raise LookupError("old")
    known = (*site.heading_anchors(new_page), *site.pages[new_page].ids)
    renaming = None
    if wanted not in known:
        if page != new_page or fragment not in anchors:
            raise LookupError("new")
        heading = site.facts[page].headings[anchors.index(fragment)]
        if heading.id:
            raise LookupError("id")
        renaming = Renaming(heading.start, heading.text, wanted)
        wanted = slug(site.style(page), wanted)
    section = Section(page, fragment, new_page, wanted)
    after = resolver if renaming is None else _renamed_heading(resolver, page, renaming)
    move = Move(resolver, after, {}, section)
    return move, renaming


def _renamed_heading(resolver: Resolver, page: str, renaming: Renaming) -> Resolver:
    site = resolver.site
    known = site.facts[page]
    headings = tuple(
        h._replace(text=renaming.new) if h.start == renaming.start else h for h in known.headings
    )
    shown = surface(replace(known, headings=headings), site.style(page))
    return Resolver(replace(site, pages={**site.pages, page: shown}, anchors={}))


def into(new: str, old: str, folders: frozenset[str]) -> str:
    """Return where `old` goes when it is moved to `new`: into it, where that is a folder.

    >>> into("archive/", "sea/tides.md", frozenset())
    'archive/tides.md'
    """
    bare = new.rstrip("/")
    if new.endswith("/") or bare in folders:
        return f"{bare}/{posixpath.basename(old)}" if bare else posixpath.basename(old)
    return bare
