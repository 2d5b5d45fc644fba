"""What other pages of a wiki can rest on of a page: its names and sections, not their places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from wikimend.links.anchors import ALGORITHMS, AnchorStyle, anchors
from wikimend.links.facts import Facts, names_from
from wikimend.links.frontmatter import Names


class Section(NamedTuple):
    """A heading of a page."""

    text: str
    """What the reader sees."""
    id: str
    """The id that is written out in it; empty where an algorithm makes one of the text."""


class Surface(NamedTuple):
    """What others can rest on of one page; a tuple, because there are thousands."""

    sections: tuple[Section, ...] = ()
    """Its headings, in order."""
    ids: tuple[str, ...] = ()
    """The ids written out elsewhere than in headings; block ids of Obsidian begin with `^`."""
    anchors: str = "<"
    """All that a fragment may name on it, as its style compares it: see `compared`."""
    title: str = ""
    """Its title."""
    names: Names = Names()
    """What its front matter calls it."""
    moved: str = ""
    """The page that it redirects to, in wikitext; else empty."""
    is_open: bool = False
    """Whether it may have sections that are not seen."""


def surface(known: Facts, style: AnchorStyle) -> Surface:
    """Return what others can rest on of a page, whose anchors are made in this style."""
    return Surface(
        tuple([Section(heading.text, heading.id) for heading in known.headings]),
        known.ids,
        compared(known, style),
        known.title,
        known.names,
        known.moved,
        known.is_open,
    )


def compared(known: Facts, style: AnchorStyle) -> str:
    """Return all that a fragment may name on a page, as the style compares it, in order.

    It is one text, with `<` around each: `holds` and `listed` tell what is in it.
    """
    fold = ALGORITHMS[style].fold
    headings = anchors(style, ((h.text, h.id) for h in known.headings))
    blocks = (name for name in known.ids if name.startswith("^"))
    return together((*map(fold, (*headings, *known.ids, *unnamed(headings))), *blocks))


def together(anchors: Iterable[str]) -> str:
    """Return anchors as one text, each once.

    >>> together(["ebb", "flood", "ebb"])
    '<ebb<flood<'
    """
    return "<".join(("", *dict.fromkeys(map(_without_mark, anchors)), ""))


def holds(anchors: str, name: str) -> bool:
    """Return whether `name` is one of the anchors that were put together."""
    return f"<{_without_mark(name)}<" in anchors


def listed(anchors: str) -> list[str]:
    """Return the anchors that were put together, in order."""
    return anchors.split("<")[1:-1]


def _without_mark(name: str) -> str:
    return name.replace("<", "\0") if "<" in name else name


def unnamed(headings: Iterable[str]) -> list[str]:
    """Return what kramdown and Markdig call headings without a letter or digit, in order."""
    count = sum(1 for name in headings if not name or (name[0] == "-" and name[1:].isdigit()))
    return [f"section-{number}" if number else "section" for number in range(count)]


def to_json(shown: Surface) -> list[Any]:
    """Return a surface, but for its anchors, as what JSON can hold; `from_json` gives it back."""
    return [*shown[:2], shown.title, shown.names if shown.names != Names() else [], *shown[5:]]


def from_json(data: list[Any], anchors: str) -> Surface:
    """Return the surface that `to_json` made this list of; raises for any other value."""
    sections, ids, title, called, moved, is_open = data
    return Surface(
        tuple(map(Section._make, sections)),
        tuple(ids),
        anchors,
        title,
        names_from(called),
        moved,
        is_open,
    )
