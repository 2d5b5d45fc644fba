"""Every link of a page, with its place, kind, label and destination."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wikimend.links.attributes import attributes
from wikimend.links.definitions import Definition, definitions
from wikimend.links.flat_links import HARD, flat_links
from wikimend.links.leaf_links import LeafLinks
from wikimend.links.link import Link
from wikimend.links.wikitext_links import wikitext_links
from wikimend.text.block import LEAVES, Block, may_hold_links
from wikimend.text.blocks import scan
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page


@dataclass(frozen=True, slots=True)
class Extract:
    """What the leaves of a page hold."""

    links: tuple[Link, ...]
    """The links, by their places."""
    unclosed: tuple[int, ...]
    """Offsets in the page of brackets that nothing closes."""
    lexed: tuple[Leaf, ...] = ()
    """The leaves whose brackets are not flat; in no other is text that was meant as a link."""


def extract(page: Page, blocks: Sequence[Block] | None = None) -> Extract:
    """Return the links of a page; `blocks` are those of its text, where they are known.

    None is in code, in a comment or in front matter. Inline links, references, images and
    autolinks are those of CommonMark 0.31, bare addresses nearly those of GFM (section 6.9), links
    in double brackets those of Obsidian and MediaWiki; whether a wiki uses them is not asked here.
    """
    if not may_hold_links(page.text):
        return Extract((), ())
    blocks = scan(page.text, page.dialect, linked=True) if blocks is None else blocks
    if page.dialect == "mediawiki":
        return Extract(tuple(wikitext_links(page, blocks)), ())
    walk = _Walk(page, blocks)
    return Extract(tuple(walk.links()), tuple(walk.unclosed), tuple(walk.lexed))


class _Walk:
    """One page on the way to its links."""

    def __init__(self, page: Page, blocks: Sequence[Block]) -> None:
        self.page = page
        self.blocks = blocks
        self.unclosed: list[int] = []
        self.lexed: list[Leaf] = []
        self.clean = not any(mark in page.text for mark in (*HARD, "`"))
        self.defined: dict[str, Definition] = {}
        """The definitions of the page, by name."""
        self.defining: dict[int, tuple[Leaf, list[Definition], int]] = {}
        """The paragraphs that begin with definitions, by their starts: those that count, and the
        offset in the leaf after all of them."""

    def links(self) -> Iterator[Link]:
        text = self.page.text
        if "]:" in text:
            self._define()
        for block in self.blocks:
            if block.kind in LEAVES:
                spans = block.spans
                start = spans[0][0]
                source = text[start : spans[-1][1]]
                if "[" not in source and "://" not in source and "<" not in source:
                    continue
                if start in self.defining:
                    leaf, found, after = self.defining[start]
                    yield from map(_of_definition, found)
                    self.lexed.append(leaf)
                    if after < len(leaf.text):
                        yield from self._lexed(_rest(leaf, after))
                else:
                    yield from self._leaf(block, source, start)
            elif block.kind == "html":
                yield from _of_html(block, text)

    def _define(self) -> None:
        text = self.page.text
        for block in self.blocks:
            if block.kind == "paragraph" and text.startswith("[", block.start):
                leaf = Leaf.of(block, text)
                found, after = definitions(leaf)
                if after:
                    first = [x for x in found if self.defined.setdefault(x.name, x) is x]
                    self.defining[block.start] = leaf, first, after

    def _leaf(self, block: Block, source: str, start: int) -> list[Link]:
        if len(block.spans) == 1:
            flat = flat_links(source, self.defined, start, clean=self.clean)
            if flat is not None:
                return flat
            leaf = Leaf.of(block, self.page.text)
        else:
            leaf = Leaf.of(block, self.page.text)
            flat = flat_links(leaf.text, self.defined, clean=self.clean)
            if flat is not None:
                return [_placed(link, leaf) for link in flat]
        self.lexed.append(leaf)
        return self._lexed(leaf)

    def _lexed(self, leaf: Leaf) -> list[Link]:
        walk = LeafLinks(leaf, lex(leaf.text, (), self.page.dialect), self.defined)
        links = walk.links()
        self.unclosed += (leaf.offset(start) for start in walk.unclosed)
        return links


def _placed(link: Link, leaf: Leaf) -> Link:
    """Return a link of a leaf at its place in the page."""
    link = link._replace(start=leaf.offset(link.start), end=leaf.offset(link.end - 1) + 1)
    if link.kind in ("reference", "image-reference"):
        return link  # its destination is that of a definition, at its place
    first, last = leaf.offset(link.dest_start), link.dest_end
    stop = leaf.offset(last - 1) + 1 if last > link.dest_start else first
    return link._replace(dest_start=first, dest_end=stop)


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
