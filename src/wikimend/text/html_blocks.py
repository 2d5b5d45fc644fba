"""The seven kinds of HTML block of CommonMark 0.31 section 4.6: where they begin and end."""

from __future__ import annotations

import re

COMMENT = 2
"""The kind of HTML block that is a comment."""
UNTIL_BLANK = 6
"""The first kind that ends at a blank line and not at a closing mark."""
STANDALONE = 7
"""The kind that cannot interrupt a paragraph: any complete tag alone on its line."""

_RAW = "script|pre|style|textarea"
_BLOCK_NAMES = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p"
    "|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_NAME = "[A-Za-z][A-Za-z0-9-]*+"
_ATTRIBUTE = (
    r"[ \t]++[A-Za-z_:][A-Za-z0-9_.:-]*+"
    r"""(?:[ \t]*+=[ \t]*+(?:[^ \t"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
)
_START = re.compile(
    rf"<(?:((?:{_RAW})(?=[ \t>]|\Z))|(!--)|(\?)|(![A-Z])|(!\[CDATA\[)"
    rf"|(/?(?:{_BLOCK_NAMES})(?=[ \t]|/?>|\Z)))",
    re.IGNORECASE | re.ASCII,
)
_TAG = re.compile(rf"<(?:{_NAME}(?:{_ATTRIBUTE})*[ \t]*+/?|/{_NAME}[ \t]*+)>[ \t]*+\Z", re.ASCII)

CLOSERS = {
    1: re.compile(rf"</(?:{_RAW})>", re.IGNORECASE | re.ASCII),
    COMMENT: re.compile("-->"),
    3: re.compile(r"\?>"),
    4: re.compile(">"),
    5: re.compile(r"\]\]>"),
}
"""What a line holds with which the block ends, for the kinds that do not end at a blank line."""


def html_kind(text: str, first: int, end: int) -> int:
    """Return which kind of HTML block, 1 to 7, the line from `first` to `end` begins, or 0."""
    start = _START.match(text, first, end)
    if start:
        return start.lastindex or 0
    return STANDALONE if _TAG.match(text, first, end) else 0
