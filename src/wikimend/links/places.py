"""Places: which page, file or folder answers for a path."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, replace
from typing import Literal

from wikimend.links import routes
from wikimend.links.site import Site, composed
from wikimend.links.target import Target, below_base
from wikimend.links.wikinames import by_name

KEPT = 8_000
"""How many places are kept once they were found: 4 MB."""

Kind = Literal["page", "file", "folder", "wrong-case", "moved", "missing", "beyond", "rootless"]


@dataclass(frozen=True, slots=True)
class Place:
    """What answers for a path."""

    kind: Kind
    """What it is."""
    path: str
    """The page or file, composed, from the top; the path itself where nothing answers."""
    address: str
    """The path asked for, from the top."""
    tried: tuple[str, ...]
    """The files that were looked for, in order."""


class Places:
    """The places of one site, each found once, as long as there are not too many."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._known: dict[tuple[str, str], Place] = {}

    def place(self, asked: Target, page: str) -> Place:
        """Return what answers for the path of a target on `page`."""
        folder = "/" if asked.path.startswith("/") else posixpath.dirname(page)
        if folder != "/" and self.site.conventions.relative_to_url:
            folder = routes.route(page)
        known = self._known.get((folder, asked.path))
        if known is None:
            if len(self._known) >= KEPT:
                self._known.clear()
            known = self._known[folder, asked.path] = self.find(folder, asked.path)
        return known

    def at(self, address: str) -> Place:
        """Return what answers for an address that counts from the top."""
        site = self.site
        tried: list[str] = []
        is_folder = address.rstrip("/").casefold() in site.folded_folders
        suffixes = site.suffixes
        for candidate in routes.candidates(address, is_folder=is_folder, suffixes=suffixes):
            tried.append(candidate)
            if site.has(candidate):
                kind: Kind = "page" if site.stored(candidate) in site.pages else "file"
                return Place(kind, candidate, address, tuple(tried))
        found = site.routes.get(address.strip("/").removesuffix(".html"))
        if found is not None:
            return Place("page", composed(found), address, (*tried, found))
        if address.rstrip("/") in site.folders:
            return Place("folder", address.rstrip("/"), address, tuple(tried))
        for candidate in tried:
            others = site.alike(candidate)
            if others:
                return Place("wrong-case", others[0], address, tuple(tried))
        kind = "moved" if routes.key(address) in site.moved else "missing"
        return Place(kind, address, address, tuple(tried))

    def find(self, folder: str, path: str) -> Place:
        """Return what answers for `path` from a folder; `/` is the root."""
        root = self.site.conventions.root
        if folder != "/":
            if not self.site.conventions.has_paths:
                return Place("rootless", path, path, ())
            address = routes.joined(folder, path)
            place = Place("beyond", path, path, ()) if address is None else self.at(address)
            return self._by_name(place, folder, path)
        if root is None:
            return Place("rootless", path, path, ())
        below = below_base(path, self.site.conventions.base_urls)
        if below is None:
            return Place("beyond", path, path, ())
        tried: list[str] = []
        first: Place | None = None
        for start in self._starts(below):
            address = routes.joined(root, start.lstrip("/") or ".")
            if address is None:
                return Place("beyond", path, path, ())
            place = self.at(address)
            tried += place.tried
            if place.kind not in ("missing", "wrong-case", "moved"):
                return replace(place, tried=tuple(tried))
            first = first or place
        assert first is not None
        return replace(first, tried=tuple(tried))

    def _by_name(self, place: Place, folder: str, path: str) -> Place:
        """Return what Obsidian finds for a relative path that leads nowhere: it takes any suffix.

        (obsidian.md, Settings, New link format, Shortest path when possible.)
        """
        if place.kind != "missing" or self.site.conventions.wiki_links != "page-first":
            return place
        found = by_name(path, f"{folder}/x" if folder else "x", self.site)
        if not found:
            return place
        kind: Kind = "page" if found in self.site.pages else "file"
        return replace(place, kind=kind, path=composed(found), tried=(*place.tried, found))

    def _starts(self, path: str) -> list[str]:
        """Return the paths that are asked for: this one, and those of the languages."""
        locales = self.site.conventions.locales
        if not locales:
            return [path]
        first, _, rest = path.lstrip("/").partition("/")
        return [path, f"/{locales[0]}/{rest}" if first in locales else f"/{locales[0]}{path}"]
