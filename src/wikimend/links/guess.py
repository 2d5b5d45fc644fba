"""Guesses about a wiki that does not say how its links are to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from wikimend.links.anchors import AnchorStyle
from wikimend.links.options import LinkOptions, WikiLinks
from wikimend.links.resolve import Resolver
from wikimend.links.site import Conventions
from wikimend.links.target import target

ROOTS = ("", "docs", "content")
"""The folders below the top that `/path` may count from."""

_MARKS: Sequence[tuple[str, AnchorStyle]] = (
    (".obsidian/app.json", "obsidian"),
    (".obsidian/core-plugins.json", "obsidian"),
    (".obsidian/appearance.json", "obsidian"),
    ("mkdocs.yml", "python-markdown"),
    ("mkdocs.yaml", "python-markdown"),
    (".gitlab-ci.yml", "gitlab"),
)
"""Files that tell how anchors are made, the strongest first."""

_SIDEBAR = "_Sidebar.md"
_TELLING = frozenset({_SIDEBAR, *(mark for mark, _ in _MARKS)})

Evidence = tuple[int, ...]
"""How many root-relative links there are, and how many lead somewhere from each of some roots."""


def tells(path: str) -> bool:
    """Return whether a file of this path may tell anything: no other is looked for."""
    return path[path.rfind("/") + 1 :] in _TELLING or ".obsidian/" in path


def roots(pages: Collection[str]) -> list[str]:
    """Return the folders that `/path` may count from in a wiki with these pages."""
    return [root for root in ROOTS if not root or any(p.startswith(f"{root}/") for p in pages)]


def conventions(options: LinkOptions, root: str | None, files: Collection[str]) -> Conventions:
    """Return the conventions of a wiki with these files: what it says, else what they tell."""
    vault = _has_vault(files)
    gollum = any(name.rpartition("/")[2] == _SIDEBAR for name in files)
    wiki_links: WikiLinks = "page-first" if vault else "text-first" if gollum else "off"
    return Conventions(
        root=root,
        base_urls=options.base_urls,
        anchors=anchor_style(options, root, files),
        wiki_links=options.wiki_links or wiki_links,
        relative_to_url=options.relative_to == "url",
        spaces=options.spaces or ("-" if gollum else ""),
        locales=options.locales,
    )


def anchor_style(options: LinkOptions, root: str | None, files: Collection[str]) -> AnchorStyle:
    """Return how a wiki with these files makes anchors: what it says, else what they tell."""
    if options.anchors is not None:
        return options.anchors
    if _has_vault(files):
        return "obsidian"
    places = {"", *(f"{folder}/" for folder in (root, *ROOTS) if folder)}
    seen = (style for mark, style in _MARKS if any(place + mark in files for place in places))
    return next(seen, "github")


def _has_vault(files: Iterable[str]) -> bool:
    return any(name.startswith(".obsidian/") or "/.obsidian/" in name for name in files)


def evidence(path: str, rooted: Iterable[str], resolvers: Sequence[Resolver]) -> Evidence:
    """Return what a page tells of the roots that `resolvers` take for granted.

    `rooted` are the destinations of its links that count from the root.
    """
    hits = [0] * len(resolvers)
    total = 0
    for destination in rooted:
        asked = target(destination)
        if asked.reach != "inside" or asked.path == "/":
            continue
        total += 1
        for index, resolver in enumerate(resolvers):
            hits[index] += resolver.places.place(asked, path).kind not in ("missing", "beyond")
    return (total, *hits)


def believed(roots: Sequence[str], found: Evidence) -> str | None:
    """Return the root from which most root-relative links lead somewhere; None if none is such."""
    total, *hits = found
    best = max(range(len(roots)), key=lambda index: hits[index])
    return roots[best] if 2 * hits[best] > total else None
