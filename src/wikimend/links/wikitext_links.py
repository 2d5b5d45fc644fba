"""The links of a page of wikitext (mediawiki.org, Help:Links)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from wikimend.links.link import Link
from wikimend.text.block import Block
from wikimend.text.leaf import Leaf
from wikimend.text.page import Page

_LINK = re.compile(
    r"\[\[(?P<page>[^\[\]|\n]+)(?P<text>\|(?:[^\[\]]|\[[^\[\]]*\])*)?\]\]"
    r"|\[(?P<url>(?:https?:)?//[^\s\[\]<>\"]+)(?P<title>[^\[\]\n]*)\]"
    r"|(?P<bare>https?://[^\s\[\]<>\"'|{}]*[^\s\[\]<>\"'|{}.,;:!?)])"
)
_FILE = re.compile(r"\s*(?:file|image)\s*:", re.IGNORECASE)


def wikitext_links(page: Page, blocks: Sequence[Block]) -> Iterator[Link]:
    """Yield the links in double brackets, the outside links and the bare addresses, in order."""
    for block in blocks:
        if block.is_leaf:
            leaf = Leaf.of(block, page.text)
            for found in _LINK.finditer(leaf.text):
                yield _link(leaf, found)


def _link(leaf: Leaf, found: re.Match[str]) -> Link:
    start, end = leaf.offset(found.start()), leaf.offset(found.end() - 1) + 1
    if found["page"] is not None:
        written = found["page"]
        first = found.start("page")
        last = found.end("text") if found["text"] is not None else found.end("page")
        return Link(
            "embed" if _FILE.match(written) else "wiki",
            start,
            end,
            written + (found["text"] or ""),
            written.strip(),
            leaf.offset(first),
            leaf.offset(last - 1) + 1,
        )
    name = "url" if found["url"] is not None else "bare"
    return Link(
        "inline" if name == "url" else "bare",
        start,
        end,
        (found["title"] or "").strip(),
        found[name],
        leaf.offset(found.start(name)),
        leaf.offset(found.end(name) - 1) + 1,
    )
