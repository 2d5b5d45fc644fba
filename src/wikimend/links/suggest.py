"""Did you mean: what a link that leads nowhere may have meant, the best guess first."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from wikimend.links import routes
from wikimend.links.alike import Alike
from wikimend.links.anchors import STYLES, slug
from wikimend.links.heading import visible
from wikimend.links.link import WIKI, Link
from wikimend.links.outcome import Outcome
from wikimend.links.resolve import Resolver
from wikimend.links.site import composed
from wikimend.links.suggestion import CERTAIN, MOST, Reason, Suggestion, made, similar
from wikimend.links.target import decoded, target
from wikimend.links.wikinames import halves, wiki_page

_SHORTEST_LABEL = 3
KEPT = 5_000
"""Addresses of which is kept what is similar to them: that takes long to find."""
MOST_COMPARED = 200_000
"""Names of a wiki from which on none is sought that is merely similar: 100 ms for each link."""
_NOTION = re.compile(r"[ -][0-9a-f]{32}(?=\.|\Z)")
_NUMBERING = re.compile(r"\A(?:[0-9]+[.)]?)+\s+")
_PAGE_ID = re.compile(r"(?:\A|[?&])page_?id=([0-9]+)", re.IGNORECASE)


class Suggester:
    """Finds suggestions in a site; `renames` gives the new paths by the old ones, from git."""

    def __init__(
        self, resolver: Resolver, renames: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    ) -> None:
        self.resolver = resolver
        self.site = resolver.site
        self._renames = renames
        self._alike: dict[tuple[str, bool], list[tuple[str, int]]] = {}
        self._known: dict[tuple[bool, bool], Alike] = {}

    @cached_property
    def renames(self) -> Mapping[str, tuple[str, ...]]:
        """The new paths of files by the old ones; asked for when a page is missing."""
        known = self._renames()
        return {
            old: tuple(p for p in news if self.site.has(composed(p))) for old, news in known.items()
        }

    def suggest(self, link: Link, outcome: Outcome, page: str) -> list[Suggestion]:
        """Return what a link may have meant, the surest first, each page and section once."""
        found: dict[tuple[str, str], Suggestion] = {}
        for suggestion in self._all(link, outcome, page):
            key = suggestion.path, suggestion.fragment
            if key not in found or found[key].confidence < suggestion.confidence:
                found[key] = suggestion
        ranked = sorted(found.values(), key=lambda s: (-s.confidence, s.path.count("/"), s.path))
        return ranked[:MOST]

    def _all(self, link: Link, outcome: Outcome, page: str) -> Iterator[Suggestion]:
        match outcome.status:
            case "redirected" | "redirect-chain" if outcome.path:
                yield Suggestion(outcome.path, outcome.fragment, "redirect", 100)
            case "stray":
                yield made(outcome.path, outcome.fragment, "spelling of the address")
            case "wrong-case":
                yield from self._case(outcome)
            case "section-missing":
                yield from self._section(link, outcome)
            case "page-missing" | "file-missing" | "redirect-missing" | "empty":
                yield from self._missing(link, outcome, page)

    def _case(self, outcome: Outcome) -> Iterator[Suggestion]:
        for path in self.site.alike(outcome.path):
            yield made(path, outcome.fragment, "letter case")

    def _section(self, link: Link, outcome: Outcome) -> Iterator[Suggestion]:
        page = self.site.stored(outcome.path)
        fragment = decoded(outcome.fragment)
        anchors = list(
            dict.fromkeys((*self.site.heading_anchors(page), *self.site.pages[page].ids))
        )
        if self.site.style(page) == "obsidian":
            anchors = [section.text for section in self.site.pages[page].sections]
        label = self.site.name_key(_NUMBERING.sub("", _label(link)))
        for anchor in anchors:
            if anchor.casefold() == fragment.casefold():
                yield made(outcome.path, anchor, "letter case")
            elif self.site.name_key(anchor) == self.site.name_key(fragment):
                yield made(outcome.path, anchor, "other style of anchor")
        sections = zip(self.site.pages[page].sections, anchors, strict=False)
        for section, anchor in sections:
            if fragment in {slug(style, section.text) for style in STYLES}:
                yield made(outcome.path, anchor, "other style of anchor")
            elif label and self.site.name_key(_NUMBERING.sub("", section.text)) == label:
                yield made(outcome.path, anchor, "heading of the page")
        elsewhere = self.site.sections.get(fragment)
        if len(elsewhere) == 1:
            yield made(composed(elsewhere[0]), fragment, "section of another page")
        folded = {anchor.casefold(): anchor for anchor in anchors}
        for anchor, score in similar(fragment, folded):
            yield Suggestion(outcome.path, folded[anchor], "similar name", score)

    def _missing(self, link: Link, outcome: Outcome, page: str) -> Iterator[Suggestion]:
        fragment = outcome.fragment
        for path, reason, part in self._pages(link, outcome, page):
            stored = self.site.pages.get(path)
            if stored is not None and stored.moved:
                continue  # a page that is nothing but a redirect
            if path and (path != page or reason in CERTAIN):
                yield made(composed(path), fragment if part is None else part, reason)
        if (
            outcome.address
            and outcome.status != "empty"
            and not (link.kind in WIKI and outcome.via)
        ):
            yield from self._similar(outcome)

    def _pages(
        self, link: Link, outcome: Outcome, page: str
    ) -> Iterator[tuple[str, Reason, str | None]]:
        """Yield pages with the reason, and the section where it is another than was asked for."""
        site = self.site
        address = outcome.address
        if link.kind in WIKI:
            first, second = halves(link, site.conventions.wiki_links == "text-first")
            swapped = wiki_page(second, page, site, embedded=False) if second else ""
            if swapped:
                yield swapped, "swapped halves", None
            if not outcome.via:
                for path in self._stem_case(first.partition("#")[0]):
                    yield path, "letter case", None
        else:
            yield from (
                (path, "spelling of the address", part) for path, part in self._spelled(link, page)
            )
            yield from ((path, "part of the path twice", None) for path in self._undoubled(address))
        for new in self.renames.get(address, ()) or self._renamed(outcome):
            yield new, "renamed in git", None
        for number in _PAGE_ID.findall(target(link.destination).query):
            yield from ((path, "id of the old wiki", None) for path in site.numbers.get(number))
        name = site.name_key(_NOTION.sub("", posixpath.basename(_bare(address))))
        if name and outcome.status == "file-missing":
            base = posixpath.basename(address).casefold()
            yield from ((path, "same name elsewhere", None) for path in site.file_names.get(base))
        elif name:
            yield from ((path, "alias", None) for path in site.aliases.get(name))
            places = site.stems.get(name)
            if name in {site.name_key(index) for index in routes.INDEXES}:
                places = ()
            yield from ((path, "same name elsewhere", None) for path in places)
            if not places and name not in site.aliases:
                yield from ((path, "title of the page", None) for path in site.titles.get(name))
        label = site.name_key(_label(link))
        if label and outcome.status != "file-missing":
            for table in (site.titles, site.aliases, site.stems):
                yield from ((path, "title of the page", None) for path in table.get(label))

    def _stem_case(self, name: str) -> tuple[str, ...]:
        """Return the pages whose name differs from `name` in nothing but letter case."""
        bare = posixpath.basename(name).replace("_", " ").casefold()
        return tuple(
            path
            for path in self.site.stems.get(self.site.name_key(posixpath.basename(name)))
            if posixpath.basename(routes.stem(path)).replace("_", " ").casefold() == bare
        )

    def _renamed(self, outcome: Outcome) -> tuple[str, ...]:
        return next((self.renames[path] for path in outcome.tried if path in self.renames), ())

    def _spelled(self, link: Link, page: str) -> Iterator[tuple[str, str | None]]:
        """Yield the files that answer once a mistake in the spelling of an address is undone."""
        raw = link.destination
        tries: list[tuple[str, str | None]] = (
            [(raw.replace("\\", "/"), None)] if "\\" in raw else []
        )
        if "%25" in raw:
            tries.append((raw.replace("%25", "%"), None))
        if "#" in raw or "?" in raw:
            tries.append((raw.replace("?", "%3F").replace("#", "%23"), ""))
        if "[[" in raw:
            tries.append((raw.replace("[[", "").replace("]]", ""), None))
        for text, part in tries:
            place = self.resolver.places.place(target(text), page) if text else None
            if place is not None and place.kind in ("page", "file"):
                yield place.path, part

    def _undoubled(self, address: str) -> Iterator[str]:
        """Yield what answers for an address with a part that is there twice in a row taken once."""
        parts = address.split("/")
        for index in range(1, len(parts)):
            for size in range(1, min(index, len(parts) - index) + 1):
                if parts[index - size : index] == parts[index : index + size]:
                    place = self.resolver.places.at(
                        "/".join((*parts[:index], *parts[index + size :]))
                    )
                    if place.kind in ("page", "file"):
                        yield place.path

    def _similar(self, outcome: Outcome) -> Iterator[Suggestion]:
        is_file = outcome.status == "file-missing"
        wanted = outcome.address if is_file else _bare(outcome.address)
        asked = (wanted, is_file)
        if len(self._alike) >= KEPT:
            self._alike.clear()
        if asked not in self._alike:
            known = self._names(is_file, "/" in wanted)
            found = known.like(wanted.casefold()) if wanted and len(known) <= MOST_COMPARED else []
            self._alike[asked] = found
        for path, score in self._alike[asked]:
            yield Suggestion(composed(path), outcome.fragment, "similar name", score)

    def _names(self, is_file: bool, by_path: bool) -> Alike:
        """Return what files or pages may be called, folded: their whole paths or last parts."""
        if (is_file, by_path) not in self._known:
            site = self.site
            named: Iterator[tuple[str, str]] = ((path, path) for path in site.all_files)
            if not is_file:
                stems = ((routes.stem(path), path) for path in site.all_pages)
                named = chain(site.routes.items(), stems)
            self._known[is_file, by_path] = Alike(
                (
                    ((name if by_path else posixpath.basename(name)).casefold(), path)
                    for name, path in named
                ),
                site.all_files if is_file else site.all_pages,
            )
        return self._known[is_file, by_path]


def _bare(address: str) -> str:
    bare = routes.stem(address.rstrip("/"))
    served = routes.without_suffix(bare)
    return bare if served is None else served


def _label(link: Link) -> str:
    if link.kind in WIKI or link.kind == "definition":
        return ""
    label = visible(" ".join(link.label.split()))
    return label if len(label) >= _SHORTEST_LABEL else ""
