"""Attributes of HTML tags: where `href` and `src` lead, and what `id` and `name` are there."""

from __future__ import annotations

import re
from collections.abc import Iterator

_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))"""
_LINK = re.compile(rf"(?<=[\s\"'])(?:href|src){_VALUE}", re.IGNORECASE)
_ID = re.compile(
    rf"<[a-z][^<>]*?\sid{_VALUE}|<a\s(?:[^<>]*?\s)?name{_VALUE}", re.IGNORECASE | re.DOTALL
)
_UNREAD = re.compile(
    r"<(script|style|pre|textarea)(?=[\s>]).*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.IGNORECASE | re.DOTALL,
)


def attributes(tags: str) -> Iterator[tuple[str, int, int]]:
    """Yield where the `href` and `src` of HTML lead, and where in `tags` that is written.

    What stands in scripts, styles, verbatim text and comments is none.

    >>> list(attributes('<a href="/a&amp;b">'))
    [('/a&b', 9, 17)]
    """
    from html import unescape

    unread = [found.span() for found in _UNREAD.finditer(tags)] if tags.count("<") > 1 else []
    for found in _LINK.finditer(tags):
        group = found.lastindex or 1
        start, end = found.span(group)
        if not any(
            first <= start < last and tags[first:start].count(">") for first, last in unread
        ):
            yield unescape(found[group]).strip(), start, end


def ids(tags: str) -> list[str]:
    """Return the ids, and the names of anchors, in HTML.

    >>> ids('<h2 id="a">b</h2> <a name=c>')
    ['a', 'c']
    """
    from html import unescape

    return [unescape(found[found.lastindex or 1]) for found in _ID.finditer(tags)]
