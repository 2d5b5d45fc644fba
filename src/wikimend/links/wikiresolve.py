"""Resolving names in double brackets, over the redirects that pages of wikitext can be."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wikimend.links.anchors import ALGORITHMS
from wikimend.links.link import EMBEDDED, Link
from wikimend.links.missing import missing_status
from wikimend.links.outcome import Outcome
from wikimend.links.site import composed
from wikimend.links.wikinames import wiki_page, wiki_target

if TYPE_CHECKING:
    from wikimend.links.resolve import Resolver


def resolve_wiki(link: Link, page: str, resolver: Resolver) -> Outcome:
    """Return where a link in double brackets on `page` leads."""
    site = resolver.site
    name, fragment = wiki_target(link, page, site)
    if not name:
        if not fragment:
            return Outcome("empty")
        return _section(page, fragment, Outcome("sound", page, fragment), resolver)
    path = wiki_page(name, page, site, embedded=link.kind in EMBEDDED)
    if path is None:
        return Outcome("other")
    if not path:
        return Outcome(missing_status(name, link.kind in EMBEDDED), "", fragment, (name,), (), name)
    outcome = Outcome("sound", composed(path), fragment, (path,), (), name)
    if path not in site.pages:
        return outcome
    if site.pages[path].moved:
        return _moved(path, outcome, resolver)
    return _section(path, fragment, outcome, resolver)


def _moved(path: str, outcome: Outcome, resolver: Resolver) -> Outcome:
    """Follow the redirects that pages of wikitext are."""
    site = resolver.site
    via: list[str] = []
    seen = {path}
    while site.pages[path].moved:
        name, _, fragment = site.pages[path].moved.partition("#")
        following = wiki_page(name, path, site, embedded=False)
        via.append(site.pages[path].moved)
        if not following or following not in site.pages:
            return replace(outcome, status="redirect-missing", path="", via=tuple(via))
        if following in seen:
            return replace(outcome, status="redirect-loop", via=tuple(via))
        seen.add(following)
        path = following
        outcome = replace(outcome, fragment=outcome.fragment or fragment)
    end = replace(outcome, path=composed(path), via=tuple(via))
    judged = _section(path, outcome.fragment, end, resolver)
    if judged.status != "sound":
        return replace(end, status="redirect-missing")
    return replace(end, status="redirect-chain" if len(via) > 1 else "sound")


def _section(page: str, fragment: str, outcome: Outcome, resolver: Resolver) -> Outcome:
    """Return `outcome`, unless its page lacks the section; a heading may be named by its text."""
    judged = resolver.section(page, fragment, outcome)
    if judged.status != "section-missing" or resolver.site.style(page) == "mediawiki":
        return judged
    wanted = ALGORITHMS["obsidian"].fold(fragment.rpartition("#")[2])
    texts = (section.text for section in resolver.site.pages[page].sections)
    return outcome if wanted in map(ALGORITHMS["obsidian"].fold, texts) else judged
