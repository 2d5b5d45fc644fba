"""Verdicts: whether the links of a page are all right, and what that depends on."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field

from wikimend.links.check import NOTICE_OF, LinkCheck
from wikimend.links.facts import Facts
from wikimend.links.link import WIKI
from wikimend.links.outcome import UNCHECKED

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
    if (
        known.lost
        or known.undecodable
        or len({h.id for h in known.headings if h.id}) != sum(1 for h in known.headings if h.id)
    ):
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


def surface(known: Facts) -> str:
    """Return what other pages can rest on of a page, as text: its sections, not their places."""
    names = known.names
    return json.dumps(
        [
            [[h.text, h.id] for h in known.headings],
            known.ids,
            [names.title, names.aliases, names.redirects, names.routes, names.numbers],
            known.moved,
            known.is_open,
        ]
    )
