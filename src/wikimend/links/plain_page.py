"""Pages on which every line is text: their links and headings, told without a scan of blocks."""

from __future__ import annotations

import re

from wikimend.links.flat_links import flat_lines
from wikimend.links.link import Link
from wikimend.text.plain_blocks import heading_span

_HIDING = ("`", "<", "$", "\\", "{", "|", "\t", "\r")
"""Without these characters there is no HTML, math, template or table, and no code but `~~~`."""
_MARKED = re.compile(
    r"\n(?=[ #>*+=0-9-])(?:[ ]{0,3}+(#{1,6}+(?=[ \n])[^\n]*+)|[ >*+=0-9.)-]*+[#\n])"
)
"""A line that is a heading; or one that may be some other, or the underline of one."""


def plain_page(text: str) -> tuple[list[Link], list[tuple[int, int]]] | None:
    r"""Return the links of a page of Markdown, and where its headings stand.

    None where a page may hold anything but headings and paragraphs of text, wherever these stand,
    or a link that its lines or brackets do not tell.

    >>> plain_page("# Tides\n\nSee [ebb](ebb.md).")[1], plain_page("See `[ebb](ebb.md)`.")
    ([(2, 7)], None)
    """
    for sign in _HIDING:
        if sign in text:
            return None
    if text.startswith(("---", "+++", "\ufeff")) or (":" in text and "]:" in text):
        return None
    if "    " in text or ("~" in text and "~~~" in text):
        return None
    links = flat_lines(text)
    if links is None:
        return None
    headings = []
    lines = f"\n{text}\n"
    for found in _MARKED.finditer(lines):
        if found.lastindex is None:
            return None
        start, end = found.span(1)
        span = heading_span(text, start - 1, end - 1)
        if span is not None:
            headings.append(span)
    return links, headings
