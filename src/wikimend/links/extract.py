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

_SIMPLE = re.compile(r"\[([^\[\]]*)\]\(([^()\s\[\]]*)\)")
_HARD = "`<\\${"
"""Characters of whose leaf the lexer must be asked."""
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
    links = list(walk.links())
    if walk.out_of_order:
        links.sort(key=lambda link: (link.start, -link.end))
    return Extract(tuple(links), tuple(walk.unclosed))


class _Walk:
    """One page on the way to its links."""

    def __init__(self, page: Page, blocks: Sequence[Block]) -> None:
        self.page = page
        self.blocks = blocks
        self.unclosed: list[int] = []
        self.plain = not any(mark in page.text for mark in _HARD)
        self.out_of_order = False
        """Whether links were found elsewhere than behind the ones before."""

    def links(self) -> Iterator[Link]:
        text = self.page.text
        leaves: list[tuple[Leaf, int]] = []
        defined: dict[str, Definition] = {}
        for block in self.blocks:
            if block.is_leaf:
                spans = block.spans
                start = spans[0][0]
                source = text[start : spans[-1][1]]
                if "[" not in source and "://" not in source and "<" not in source:
                    continue
                if len(spans) == 1:
                    simple = _simple(source, start, self.plain)
                    if simple is not None:
                        yield from simple
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
        self.out_of_order = bool(leaves)
        for leaf, after in leaves:
            yield from self._leaf(leaf, after, defined)

    def _leaf(self, leaf: Leaf, after: int, defined: Mapping[str, Definition]) -> Iterable[Link]:
        if after == len(leaf.text) and after:
            return ()
        simple = None if after else _simple(leaf.text, 0, self.plain)
        if simple is not None:
            return [_placed(link, leaf) for link in simple]
        if after:
            leaf = _rest(leaf, after)
        walk = LeafLinks(leaf, lex(leaf.text, (), self.page.dialect), defined)
        links = walk.links()
        self.unclosed += (leaf.offset(start) for start in walk.unclosed)
        return links


def _simple(text: str, shift: int, plain: bool) -> list[Link] | None:
    """Return the links of a leaf that holds nothing but plain ones; None for any other leaf.

    Most leaves are such; they are never lexed. Offsets begin with `shift`; `plain` tells that no
    character of the page needs the lexer.
    """
    if not plain and any(mark in text for mark in _HARD):
        return None
    brackets = text.count("[")
    if text.count("]") != brackets:
        return None
    links = []
    addresses = text.count("://")
    for match in _SIMPLE.finditer(text):
        start, end = match.span()
        label, to = match.groups()
        if addresses:
            addresses -= to.count("://")
        image = start > 0 and text[start - 1] == "!"
        last = end - 1 + shift
        links.append(
            Link(
                "image" if image else "inline",
                start - image + shift,
                end + shift,
                label,
                destination.plain(to),
                last - len(to),
                last,
            )
        )
    return None if addresses or len(links) < brackets else links


def _placed(link: Link, leaf: Leaf) -> Link:
    """Return a link of a leaf at its place in the page; a plain destination is on one line."""
    first = leaf.offset(link.dest_start)
    shift = first - link.dest_start
    return link._replace(
        start=leaf.offset(link.start),
        end=link.end + shift,
        dest_start=first,
        dest_end=link.dest_end + shift,
    )


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
