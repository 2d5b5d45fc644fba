"""The links of a page that belongs to no wiki: counted, not followed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from wikimend.links.link import WIKI
from wikimend.links.outcome import UNCHECKED
from wikimend.repair.check import Checked
from wikimend.text.block import Block
from wikimend.text.page import Page

_MARKS = ("](", "]:", "://", "<", "@", "www.")
"""Without any of these a page has no links that lead outside or need a root."""


def unchecked_links(page: Page, blocks: Sequence[Block] | None = None) -> Checked:
    """Return what can be said of the links of a page that belongs to no wiki: their number."""
    if not any(mark in page.text for mark in _MARKS):
        return Checked()
    from wikimend.links.extract import extract
    from wikimend.links.target import target

    counts: Counter[str] = Counter()
    for link in extract(page, blocks).links:
        if link.kind in ("reference", "image-reference", *WIKI):
            continue
        reach = target(link.destination).reach
        if reach == "inside":
            counts["rootless"] += 1
        elif reach in UNCHECKED:
            counts[reach] += 1
    return Checked((), dict(counts))
