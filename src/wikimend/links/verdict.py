"""Verdicts: whether the links of a page are all right, and what that depends on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from wikimend.links.check import NOTICE_OF, LinkCheck
from wikimend.links.facts import Facts
from wikimend.links.link import WIKI
from wikimend.links.outcome import UNCHECKED
from wikimend.links.surface import holds
from wikimend.links.wanted import Wanted, has_duplicate_ids

KEPT = 10_000
"""Addresses of which the page and its anchors are kept: 4 MB."""

EVERYTHING = "*"
"""The dependency of a verdict that any change of any page may overturn."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a page's links without looking at them again."""

    clean: bool
    """Whether nothing is found about them."""
    unchecked: dict[str, int] = field(default_factory=dict)
    """What was not checked."""
    depends: tuple[str, ...] = ()
    """The other pages whose sections it rests on, as stored, or `EVERYTHING`."""


def verdict(check: LinkCheck, path: str, known: Facts) -> Verdict:
    """Return the verdict on the page at `path`, whose facts are `known`."""
    if known.lost or known.undecodable or has_duplicate_ids(known):
        return Verdict(False)
    resolver, site = check.resolver, check.resolver.site
    counts: Counter[str] = Counter()
    depends: dict[str, None] = {}
    wikitext = site.style(path) == "mediawiki"
    for link in known.links:
        if link.kind in ("reference", "image-reference"):
            continue
        if check.skip.holds(link.destination):
            counts["skipped"] += 1
            continue
        outcome = resolver.resolve(link, path)
        if outcome.status in NOTICE_OF or next(check.forms.findings(link, outcome, path), None):
            return Verdict(False)
        if outcome.status in UNCHECKED:
            counts[outcome.status] += 1
        if outcome.fragment and outcome.path:
            depends[site.stored(outcome.path)] = None
        if wikitext and link.kind in WIKI:
            depends[EVERYTHING] = None
    depends.pop(path, None)
    return Verdict(True, dict(counts), tuple(depends))


class QuickVerdicts:
    """Verdicts told by what the links of a page want, without a look at each."""

    def __init__(self, check: LinkCheck) -> None:
        self._site = check.resolver.site
        self._places = check.resolver.places
        self._pages: dict[str, str | None] = {}
        self._anchors: dict[str, str] = {}
        options, conventions = check.options, self._site.conventions
        self._can_tell = not (options.skip or options.has_form or conventions.relative_to_url)

    def verdict(self, path: str, want: Wanted) -> Verdict | None:
        """Return the verdict on the page at `path`, if its links are plain and sound."""
        conventions = self._site.conventions
        brackets = want.in_brackets and (
            conventions.wiki_links != "off" or self._site.style(path) == "mediawiki"
        )
        own = want.outside and conventions.base_urls
        if not (self._can_tell and want.is_plain) or brackets or own:
            return None
        depends: dict[str, None] = {}
        pages, anchors = self._pages, self._anchors
        if len(pages) > KEPT:
            pages.clear()
            anchors.clear()
        for asked in want.addresses:
            address, _, fragment = asked.partition("#")
            if address in pages:
                page = pages[address]
            else:
                page = pages[address] = self._page(address)
            if page is None:
                return None
            if fragment:
                if not page:
                    return None
                if page not in anchors:
                    anchors[page] = self._site.anchors_of(page)
                if not holds(anchors[page], fragment):
                    return None
                depends[page] = None
        depends.pop(path, None)
        counts = {"outside": want.outside} if want.outside else {}
        return Verdict(True, counts, tuple(depends))

    def _page(self, address: str) -> str | None:
        """Return the page at an address, empty for a file or folder; None where it must be seen."""
        if self._site.has(address):  # as most are: nothing else answers before it
            stored = self._site.stored(address)
            return stored if stored in self._site.pages else ""
        if address.startswith("/"):
            place = self._places.find("/", address)
        else:
            place = self._places.at(address)
        if place.kind == "page":
            return self._site.stored(place.path)
        return "" if place.kind in ("file", "folder") else None
