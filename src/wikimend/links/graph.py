"""The graph of a wiki: which page links to which, and what follows from that."""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wikimend.links import routes
from wikimend.links.resolve import Resolver

LEADING = frozenset({"sound", "wrong-case", "section-missing", "unseen-section", "redirected"})
"""The outcomes of links that a reader can follow to a page."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The pages of a wiki and the links between them; paths are as stored, from the top."""

    pages: tuple[str, ...]
    """All pages, sorted."""
    links: Mapping[tuple[str, str], int]
    """How many links lead from one page to another; a page's links to itself are left out."""
    missing: Mapping[str, tuple[str, ...]]
    """The pages that are linked to and do not exist, with those that link to them."""
    entrances: frozenset[str] = field(default_factory=frozenset)
    """The pages where a reader comes in, which no other needs to link to."""

    @property
    def orphans(self) -> list[str]:
        """The pages that no other page links to."""
        linked = {to for _, to in self.links}
        return [page for page in self.pages if page not in linked | self.entrances]

    @property
    def dead_ends(self) -> list[str]:
        """The pages that link to no other page."""
        linking = {start for start, _ in self.links}
        return [page for page in self.pages if page not in linking]

    @property
    def wanted(self) -> list[tuple[str, int]]:
        """The missing pages with how many pages link to them, the most wanted first."""
        counts = ((name, len(pages)) for name, pages in self.missing.items())
        return sorted(counts, key=lambda pair: (-pair[1], pair[0]))

    def backlinks(self, page: str) -> list[tuple[str, int]]:
        """Return the pages that link to `page`, with how many links each has."""
        return sorted((start, count) for (start, to), count in self.links.items() if to == page)


def graph(resolver: Resolver) -> Graph:
    """Return the graph of the wiki that `resolver` knows."""
    site = resolver.site
    links: Counter[tuple[str, str]] = Counter()
    missing: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for page, known in site.facts.items():
        for link in known.links:
            if link.kind == "definition":
                continue
            outcome = resolver.resolve(link, page)
            to = site.stored(outcome.path)
            if outcome.status in LEADING and to in site.pages and to != page:
                links[page, to] += 1
            elif outcome.status == "page-missing" and outcome.address:
                missing[routes.key(outcome.address)][page] = None
    pages = tuple(sorted(site.pages))
    return Graph(
        pages,
        dict(links),
        {name: tuple(sorted(starts)) for name, starts in missing.items()},
        _entrances(pages, resolver),
    )


def _entrances(pages: Iterable[str], resolver: Resolver) -> frozenset[str]:
    """Return the indexes of the top and of the root."""
    tops = {"", resolver.site.conventions.root or ""}
    return frozenset(
        page
        for page in pages
        if posixpath.dirname(page) in tops
        and posixpath.basename(routes.stem(page)) in routes.INDEXES
    )
