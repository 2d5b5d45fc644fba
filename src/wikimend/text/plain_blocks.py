"""Blocks told apart without a state: headings, paragraphs, items of flat lists, fenced code.

Most of a page is such, and one match of a pattern takes a whole block. What may be anything else
is left to the scan by lines, which would come to the same blocks.
"""

from __future__ import annotations

import re
from functools import cache

from wikimend.text.block import Block, may_hold_links

_ATX = r"\#{1,6}+(?=[ \t\r\n])"
_BULLET = r"[-+*][ ]{1,4}+"
_NUMBER = r"[0-9]{1,9}+[.)][ ]{1,4}+"
_LINE = re.compile(r"[ \t]*+([^\r\n]++)")
_QUOTED = re.compile(r">[ \t]*+([^\r\n]++)")
_HEADING, _PARAGRAPH, _ITEM, _QUOTE, _CODE = range(1, 6)
"""The groups of the pattern of one block."""
_PLAIN_CHARACTERS = {
    False: r"[^ \t\r\n#>+*0-9`~<=_|:$\\-]",
    True: r"[^ \t\r\n#>+*0-9`~<=_|:$\\{-]",
}


def plain_start(*, mdx: bool) -> str:
    """Return a pattern of how a line begins that can be nothing but text of a paragraph."""
    return (
        rf"{'(?!import |export )' if mdx else ''}(?:{_PLAIN_CHARACTERS[mdx]}"
        r"|\*{1,2}+(?=[^ \t\r\n*])|_{1,2}+(?=[^ \t\r\n_])|[0-9]++(?![.)])|-(?=[^ \t\r\n:|-])"
        r"|`{1,2}+(?!`)|~{1,2}+(?!~)|\#(?=[^ \t\r\n#])|\+(?=[^ \t\r\n])|:(?!-)|\$(?!\$)|\\(?!\[))"
    )


@cache
def _block(*, mdx: bool, unix: bool) -> re.Pattern[str]:
    """Return a pattern of one block and the blank lines after it.

    Lines end with LF alone where `unix` says so; such a pattern is three times as fast.
    """
    start = plain_start(mdx=mdx)
    rest, end = (".*+", r"\n") if unix else (r"[^\r\n]*+", r"(?:\r\n?+|\n)")
    blank = rf"(?:[ \t]*+{end})"
    return re.compile(
        rf"(?:[ ]{{0,3}}+({_ATX}{rest}){end}"
        # A paragraph: what follows must end it, and make neither a heading nor a table of it.
        rf"|((?>(?:[ ]{{0,3}}+{start}{rest}{end}){{1,500}}))"
        rf"(?={blank}|\Z|{_ATX}|(?:[-+*]|1[.)])[ ]{{1,4}}+{start})"
        # An item that is a paragraph, in which nothing that follows can stand.
        rf"|(?:{_BULLET}|{_NUMBER})({start}{rest}(?>(?:{end}[ \t]*+{start}{rest}){{0,500}}))"
        rf"{end}(?={_BULLET}|{_NUMBER}|\Z|{_ATX}|(?>{blank}+)(?![ \t]))"
        # A paragraph of a quote, up to a line that ends it.
        rf"|((?>(?:>[ ]{{0,4}}+{start}{rest}{end}){{1,500}}))"
        rf"(?=>?{blank}|\Z|{_ATX})(?>(?:>{blank})?)"
        rf"{_fence(rest, end, mdx=mdx)})(?>{blank}*)"
    )


def _fence(rest: str, end: str, *, mdx: bool) -> str:
    """Return a pattern of fenced code, up to the first line that can close it and does."""
    indent = r"[ \t]*+" if mdx else "[ ]{0,3}+"
    opening = r"(?P<fence>`{3,}+(?![^\r\n`]*`)|~{3,}+)"
    return (
        rf"|({opening}{rest}{end}(?>(?:(?!{indent}(?P=fence)){rest}{end}){{0,2000}})"
        rf"{indent}(?P=fence)(?:(?<=`)`*+|(?<=~)~*+)[ \t]*+(?={end})){end}"
    )


def take_plain(
    text: str, start: int, blocks: list[Block], *, mdx: bool, unix: bool, linked: bool = False
) -> int:
    """Add the plain blocks from `start`, where none is open, and return where the others begin.

    The text must end with a line end; `unix` tells whether each is LF. With `linked` only headings
    and what may hold links are added, lines without indent as one.
    """
    match = _block(mdx=mdx, unix=unix).match
    while found := match(text, start):
        kind = found.lastindex or 0
        first, end = found.span(kind)
        start = found.end()
        if kind == _HEADING:
            span = heading_span(text, first, end)
            if span is not None:
                blocks.append(Block("heading", (span,)))
        elif linked and (kind == _CODE or not may_hold_links(text, first, end)):
            continue
        elif kind == _CODE:
            blocks.append(Block("code", ((first, end),)))
        else:
            blocks.append(Block("paragraph", _lines(text, first, end, kind, unix, linked)))
    return start


def _lines(
    text: str, start: int, end: int, kind: int, unix: bool, linked: bool
) -> tuple[tuple[int, int], ...]:
    """Return the spans of a paragraph that a pattern found, alone, in an item or in a quote."""
    if unix and kind != _QUOTE and text[start] != " ":
        if kind == _PARAGRAPH:
            end -= 1
        if text.find("\n", start, end) < 0 or (
            linked
            and text[start] != "["  # definitions are told apart by their lines
            and text.find("\n ", start, end) < 0
            and text.find("\n\t", start, end) < 0
        ):
            return ((start, end),)
    lines = (_QUOTED if kind == _QUOTE else _LINE).finditer(text, start, end)
    return tuple([line.span(1) for line in lines])


def heading_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the text of an ATX heading stands (CommonMark 0.31 section 4.2).

    Its marks begin at `start`, its line ends at `end`; None for an empty one.
    """
    line = text[start:end].lstrip("#").lstrip(" \t")
    content = line.rstrip(" \t")
    if content[-1:] == "#":
        unmarked = content.rstrip("#")
        if not unmarked or unmarked[-1] in " \t":
            content = unmarked.rstrip(" \t")
    first = end - len(line)
    return (first, first + len(content)) if content else None
