"""What the index keeps of a page: told by its text and dialect alone, so that it can be stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from wikimend.links import frontmatter
from wikimend.links.attributes import ids
from wikimend.links.extract import extract
from wikimend.links.frontmatter import Names
from wikimend.links.heading import Heading, heading, visible
from wikimend.links.link import Link
from wikimend.links.lost import Lost, lost
from wikimend.links.plain_page import plain_page
from wikimend.text.block import LEAVES, Block
from wikimend.text.blocks import scan
from wikimend.text.page import Page

VERSION = 5
"""Raised whenever the facts of some page become others."""

_REDIRECT = re.compile(r"\s*#redirect\s*:?\s*\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]", re.IGNORECASE)
_LIQUID = re.compile(r"\{%-?\s*(?:include|render|capture|for|block|content)")
_CODE = re.compile(r"^:::[ ]?code", re.MULTILINE)
_DIRECTIVE = re.compile(r"^\.\. include", re.MULTILINE)
_OPEN_MDX = re.compile(r"^[ \t]*<[A-Z][A-Za-z]*(?:\s[^>]*)?/>|^import\s.+\sfrom\s", re.MULTILINE)
_BLOCK_ID = re.compile(r"\^(?<![^\s\]]\^)([A-Za-z0-9-]+)[ \t]*$", re.MULTILINE)
_INLINE_ID = re.compile(r"\{:?\s*+#([^\s{}]++)[^{}]*+\}")
_HTML_HEADING = re.compile(r"<h([1-6])(\s[^>]*)?>(.*?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_UNDERLINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)[ ]{0,3}=+[ \t]*(?=[\r\n]|\Z)")
_HTML_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one page."""

    links: tuple[Link, ...] = ()
    """Its links, by place."""
    headings: tuple[Heading, ...] = ()
    """Its headings, in order."""
    ids: tuple[str, ...] = ()
    """The ids written out elsewhere than in headings; block ids of Obsidian begin with `^`."""
    names: Names = field(default_factory=Names)
    """What its front matter calls it."""
    moved: str = ""
    """The page that it redirects to, in wikitext; else empty."""
    is_open: bool = False
    """Whether it includes what is not on it, so that it may have sections that are not seen."""
    lost: tuple[Lost, ...] = ()
    """What looks like a link and is none."""
    undecodable: bool = False
    """Whether it has bytes that are not UTF-8, which every run must tell of."""
    title: str = ""
    """Its title: that of its front matter, else its first heading where that is the topmost."""


def facts(page: Page, blocks: Sequence[Block] | None = None) -> Facts:
    """Return the facts of a page; `blocks` are those of its text, where they are known."""
    text = page.text
    if blocks is None:
        plain = plain_page(text) if page.dialect == "markdown" else None
        if plain is not None:
            return _of_plain(page, *plain)
        blocks = scan(text, page.dialect, linked=True)
    found = extract(page, blocks)
    headings, written = _sections(page, blocks)
    moved = _REDIRECT.match(text) if page.dialect == "mediawiki" else None
    first = blocks[0] if blocks else None
    matter = text[first.start : first.end] if first and first.kind == "front_matter" else ""
    names = frontmatter.names(matter) if matter else Names()
    return Facts(
        found.links,
        tuple(headings),
        tuple(dict.fromkeys(written)),
        names,
        moved[1].strip() if moved else "",
        _is_open(page),
        tuple(lost(page, found)),
        page.undecodable() is not None,
        names.title or (headings[0].text if headings and _is_first(text, headings[0]) else ""),
    )


def _of_plain(page: Page, links: list[Link], places: list[tuple[int, int]]) -> Facts:
    text = page.text
    headings = [heading(text[start:end], start) for start, end in places]
    return Facts(
        tuple(links),
        tuple(headings),
        tuple(dict.fromkeys(_ids(text))),
        is_open=_is_open(page),
        undecodable=page.undecodable() is not None,
        title=headings[0].text if headings and _is_first(text, headings[0]) else "",
    )


def _is_open(page: Page) -> bool:
    """Return whether a page includes others."""
    text = page.text
    if page.dialect == "mdx" and _OPEN_MDX.search(text):
        return True
    # A character is found faster than a word, and most pages lack most of them.
    return (
        ("!" in text and ("[!INCLUDE" in text or "[!include" in text))
        or ("{" in text and _is_filled_in(text))
        or ("<" in text and "--8<--" in text)
        or (":" in text and ":::" in text and _CODE.search(text) is not None)
        or (".. include" in text and _DIRECTIVE.search(text) is not None)
    )


def _is_filled_in(text: str) -> bool:
    """Return whether a page has braces of a template that bring what is not on it."""
    if "{{" in text and any(mark in text for mark in ("{{<", "{{%", "{{#")):
        return True
    return "{%" in text and _LIQUID.search(text) is not None


def _is_first(text: str, found: Heading) -> bool:
    """Return whether a heading is of the first level: `# A`, or `A` over a line of `=`."""
    line = max(text.rfind(mark, 0, found.start) for mark in "\r\n") + 1
    before = text[line : found.start].strip()
    if before:
        return before == "#"
    return _UNDERLINE.match(text, found.start) is not None


def _sections(page: Page, blocks: Sequence[Block]) -> tuple[list[Heading], list[str]]:
    text = page.text
    headings: list[Heading] = []
    written: list[str] = []
    tags = "<" in text
    for block in blocks:
        kind = block.kind
        if kind == "heading":
            spans = block.spans
            start, end = spans[0]
            source = text[start:end] if len(spans) == 1 else block.text(text)
            headings.append(heading(source, start, page.dialect))
            if "<" in source:
                written += ids(source)
        elif kind == "html":
            source = text[block.start : block.end]
            written += ids(source)
            for found in _HTML_HEADING.finditer(source):
                shown = " ".join(_HTML_TAG.sub("", found[3]).split())
                named = ids(f"<h{found[2] or ''}>")
                headings.append(
                    Heading(visible(shown), named[0] if named else "", block.start + found.start())
                )
        elif tags and kind in LEAVES and text.find("<", block.start, block.end) >= 0:
            written += ids(block.text(text))
    return headings, written + _ids(text)


def _ids(text: str) -> list[str]:
    """Return the ids that are written out in braces, and those of blocks."""
    written: list[str] = []
    if "{" in text and ("{#" in text or "{:" in text):
        written += (found[1] for found in _INLINE_ID.finditer(text))
    if "^" in text:
        written += (f"^{found[1]}" for found in _BLOCK_ID.finditer(text))
    return written


def to_json(known: Facts) -> list[Any]:
    """Return the facts as what JSON can hold; `from_json` gives them back."""
    return [
        known.links,
        known.headings,
        known.ids,
        known.names if known.names != Names() else [],
        known.moved,
        known.is_open,
        known.lost,
        known.undecodable,
        known.title,
    ]


def from_json(data: list[Any]) -> Facts:
    """Return the facts that JSON made of `to_json`'s; raises for any other value."""
    links, headings, written, called, moved, is_open, wrecks, undecodable, title = data
    return Facts(
        tuple(map(Link._make, links)),
        tuple(map(Heading._make, headings)),
        tuple(written),
        names_from(called),
        moved,
        is_open,
        tuple(map(Lost._make, wrecks)),
        undecodable,
        title,
    )


def names_from(data: list[Any]) -> Names:
    """Return the names that JSON made this list of."""
    return Names(data[0], *map(tuple, data[1:])) if data else Names()
