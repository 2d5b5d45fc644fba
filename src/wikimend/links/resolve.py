"""Resolving: from a link to the page, file or section that answers for it, or to none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from wikimend.links import routes
from wikimend.links.anchors import ALGORITHMS
from wikimend.links.facts import Facts
from wikimend.links.link import EMBEDDED, WIKI, Link
from wikimend.links.missing import missing_status
from wikimend.links.outcome import Outcome, Status
from wikimend.links.places import Place, Places
from wikimend.links.site import Site, composed
from wikimend.links.surface import compared, holds
from wikimend.links.target import base_path, below_base, target
from wikimend.links.wikiresolve import resolve_wiki

MOST_REDIRECTS = 10
"""Redirects that are followed; browsers give up after about 20."""

_ANY_FRAGMENT = re.compile(
    r"\Atop\Z|:~:|\AL\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?\Z|\A[/!]|=", re.IGNORECASE
)


STRAY = ("about:blank#", "about:srcdoc#")
"""How a browser shows the sections of a page that it was handed without an address."""


@dataclass(eq=False)
class Resolver:
    """A site with what was found out about it."""

    site: Site
    """The index."""
    own: dict[str, str] = field(default_factory=dict)
    """Anchors that the page in hand has, in place of those of the index."""

    def __post_init__(self) -> None:
        """Make room for what is found out."""
        self.places = Places(self.site)

    def resolve(self, link: Link, page: str) -> Outcome:
        """Return where a link of the page at `page` leads."""
        conventions = self.site.conventions
        if link.kind in WIKI:
            if self.site.style(page) != "mediawiki" and conventions.wiki_links == "off":
                return Outcome("unused")
            return resolve_wiki(link, page, self)
        asked = target(link.destination, conventions.base_urls)
        match asked.reach:
            case "other" if link.destination.lower().startswith(STRAY):
                return self._stray(link, page)
            case "outside" | "template" | "other":
                return Outcome(asked.reach)
            case "empty":
                return Outcome("sound" if link.destination == "#" else "empty")
        if not asked.path:
            return self.section(page, asked.fragment, Outcome("sound", page, asked.fragment))
        place = self.places.place(asked, page)
        embedded = link.kind in EMBEDDED
        return self._judge(place, asked.fragment, embedded=embedded)

    def _stray(self, link: Link, page: str) -> Outcome:
        """Return what an address of an empty tab means, where its section is one of the page."""
        fragment = link.destination.partition("#")[2]
        asked = self.section(page, fragment, Outcome("sound", page, fragment))
        known = fragment and asked.status == "sound" and page in self.site.pages
        return replace(asked, status="stray") if known else Outcome("other")

    def take(self, path: str, now: Facts) -> None:
        """Take `now` for the sections of the page at `path`, instead of what the index has."""
        self.own[path] = compared(now, self.site.style(path))

    def _judge(self, place: Place, fragment: str, *, embedded: bool) -> Outcome:
        outcome = Outcome("sound", place.path, fragment, place.tried, (), place.address)
        match place.kind:
            case "page":
                return self.section(self.site.stored(place.path), fragment, outcome)
            case "folder" if fragment:
                return replace(outcome, status="page-missing", path="")
            case "file" | "folder":
                return outcome
            case "wrong-case":
                return replace(outcome, status="wrong-case")
            case "moved":
                return self._follow(place, fragment)
            case "beyond" | "rootless":
                return replace(outcome, status=place.kind, path="")
        status = missing_status(place.address, embedded)
        if not self.site.conventions.has_files and (embedded or status == "file-missing"):
            status = "beyond"
        return replace(outcome, status=status, path="")

    def _follow(self, place: Place, fragment: str) -> Outcome:
        """Follow the redirects of the table from an address that is no file."""
        site = self.site
        via: list[str] = []
        seen = {routes.key(place.address)}
        here = place
        while here.kind == "moved" and len(via) <= MOST_REDIRECTS:
            to = site.moved[routes.key(here.address)]
            if to.startswith("\0"):
                via.append(f"/{to[1:]}")
                here = Place("page", composed(to[1:]), here.address, ())
                break
            via.append(to)
            asked = target(to, site.conventions.base_urls)
            fragment = asked.fragment or fragment
            if asked.reach != "inside":
                status: Status = "sound" if asked.reach == "outside" else "redirect-missing"
                return Outcome(status, "", fragment, place.tried, tuple(via), place.address)
            # A file of redirects may count from the host or from the root of the wiki.
            urls = site.conventions.base_urls
            path = f"/{asked.path.lstrip('/')}"
            here = self.places.find("/", base_path(urls) + (below_base(path, urls) or path))
            if here.kind == "moved" and routes.key(here.address) in seen:
                return Outcome(
                    "redirect-loop", "", fragment, place.tried, tuple(via), place.address
                )
            seen.add(routes.key(here.address))
        return self._redirected(place, here, fragment, via)

    def _redirected(self, place: Place, here: Place, fragment: str, via: list[str]) -> Outcome:
        known = Outcome("redirected", here.path, fragment, place.tried, tuple(via), place.address)
        if here.kind == "page":
            section = self.section(self.site.stored(here.path), fragment, known)
            if section.status == "section-missing":
                return replace(known, status="redirect-missing")
        elif here.kind in ("rootless", "beyond"):
            return replace(known, status=here.kind, path="")
        elif here.kind not in ("file", "folder"):
            return replace(known, status="redirect-missing", path="")
        return replace(known, status="redirect-chain" if len(via) > 1 else "redirected")

    def section(self, page: str, fragment: str, outcome: Outcome) -> Outcome:
        """Return `outcome`, unless its page lacks the section."""
        if not fragment or _ANY_FRAGMENT.search(fragment):
            return outcome
        if page not in self.site.pages:
            return outcome
        known = self.own.get(page)
        if known is None:
            known = self.site.anchors_of(page)
        if self.has_section(page, fragment, known):
            return outcome
        status: Status = "unseen-section" if self.site.pages[page].is_open else "section-missing"
        return replace(outcome, status=status)

    def has_section(self, page: str, fragment: str, known: str) -> bool:
        """Return whether a fragment names one of the anchors `known` of a page."""
        fold = ALGORITHMS[self.site.style(page)].fold
        written = composed(unquote(fragment))
        if written.startswith("^"):
            return holds(known, written)
        wanted = [fragment, written, written.removeprefix("user-content-")]
        if self.site.style(page) == "obsidian":
            wanted.append(written.rpartition("#")[2])
        return any(holds(known, fold(name)) for name in wanted)
