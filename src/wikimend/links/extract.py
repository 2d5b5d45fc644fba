"""Every link of a page, with its place, kind, label and destination."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wikimend.links import destination
from wikimend.links.attributes import attributes
from wikimend.links.definitions import Definition, definitions
from wikimend.links.leaf_links import LeafLinks
from wikimend.links.link import Link
from wikimend.links.wikitext_links import wikitext_links
from wikimend.text.block import Block
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page

_SIMPLE = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s\[\]]*)\)")
_HARD = re.compile(r"[`<\\${]")
_MARK = re.compile(r"\[|://|<|\\\[")


@dataclass(frozen=True, slots=True)
class Extract:
    """What the leaves of a page hold."""

    links: tuple[Link, ...]
    """The links, by their places."""
    unclosed: tuple[int, ...]
    """Offsets in the page of brackets that nothing closes."""


def extract(page: Page, blocks: Sequence[Block] | None = None) -> Extract:
    """Return the links of a page; `blocks` are those of its text, where they are known.

    None is in code, in a comment or in front matter. Inline links, references, images and
    autolinks are those of CommonMark 0.31, bare addresses nearly those of GFM (section 6.9), links
    in double brackets those of Obsidian and MediaWiki; whether a wiki uses them is not asked here.
    """
    if not _MARK.search(page.text):
        return Extract((), ())
    blocks = scan(page.text, page.dialect) if blocks is None else blocks
    if page.dialect == "mediawiki":
        return Extract(tuple(wikitext_links(page, blocks)), ())
    walk = _Walk(page, blocks)
    links = sorted(walk.links(), key=lambda link: (link.start, -link.end))
    return Extract(tuple(links), tuple(walk.unclosed))


class _Walk:
    """One page on the way to its links."""

    def __init__(self, page: Page, blocks: Sequence[Block]) -> None:
        self.page = page
        self.blocks = blocks
        self.unclosed: list[int] = []

    def links(self) -> Iterator[Link]:
        text = self.page.text
        leaves: list[tuple[Leaf, int]] = []
        defined: dict[str, Definition] = {}
        for block in self.blocks:
            if block.is_leaf:
                start, end = block.start, block.end
                if (
                    text.find("[", start, end) < 0
                    and text.find("://", start, end) < 0
                    and text.find("<", start, end) < 0
                ):
                    continue
                leaf = Leaf.of(block, text)
                found, after = definitions(leaf) if block.kind == "paragraph" else ([], 0)
                for definition in found:
                    first = defined.setdefault(definition.name, definition)
                    if first is definition:
                        yield _of_definition(definition)
                leaves.append((leaf, after))
            elif block.kind == "html":
                yield from _of_html(block, text)
        for leaf, after in leaves:
            yield from self._leaf(leaf, after, defined)

    def _leaf(self, leaf: Leaf, after: int, defined: Mapping[str, Definition]) -> Iterable[Link]:
        if after == len(leaf.text) and after:
            return ()
        if not after and not defined:
            simple = _simple(leaf)
            if simple is not None:
                return simple
        if after:
            leaf = _rest(leaf, after)
        walk = LeafLinks(leaf, lex(leaf.text, (), self.page.dialect), defined)
        links = walk.links()
        self.unclosed += (leaf.offset(start) for start in walk.unclosed)
        return links


def _simple(leaf: Leaf) -> list[Link] | None:
    """Return the links of a leaf that holds nothing but plain ones; None for any other leaf.

    Most leaves are such; they are never lexed.
    """
    text = leaf.text
    if _HARD.search(text):
        return None
    found = list(_SIMPLE.finditer(text))
    brackets = len(found)
    if text.count("[") != brackets or text.count("]") != brackets:
        return None
    inside = sum(match[3].count("://") for match in found)
    if text.count("://") != inside:
        return None
    links = []
    for match in found:
        start, end = match.span()
        first, last = match.span(3)
        # A plain destination stands on one line, and the link ends right after it.
        shift = leaf.offset(first) - first
        links.append(
            Link(
                "image" if match[1] else "inline",
                leaf.offset(start),
                end + shift,
                match[2],
                destination.plain(match[3]),
                first + shift,
                last + shift,
            )
        )
    return links


def _rest(leaf: Leaf, after: int) -> Leaf:
    """Return a paragraph without the definitions at its start."""
    line = leaf.starts.index(after)
    starts = tuple(start - after for start in leaf.starts[line:])
    return Leaf(Block(leaf.block.kind, leaf.block.spans[line:]), leaf.text[after:], starts)


def _of_definition(definition: Definition) -> Link:
    return Link(
        "definition",
        definition.start,
        definition.dest_end,
        definition.label,
        definition.destination,
        definition.dest_start,
        definition.dest_end,
    )


def _of_html(block: Block, text: str) -> Iterator[Link]:
    start, end = block.start, block.end
    for value, first, last in attributes(text[start:end]):
        span = (start + first, start + last)
        yield Link("html", *span, "", value, *span, protected=True)
