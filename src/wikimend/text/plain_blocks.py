"""Blocks told apart without a state: headings, paragraphs, items of flat lists, fenced code.

Most of a page is such, and one match of a pattern takes a whole block. What may be anything else
is left to the scan by lines, which would come to the same blocks.
"""

from __future__ import annotations

import re
from functools import cache

from wikimend.text.block import Block

_ATX = r"\#{1,6}+(?=[ \t\r\n])"
_BULLET = r"[-+*][ ]{1,4}+"
_NUMBER = r"[0-9]{1,9}+[.)][ ]{1,4}+"
_LINE = re.compile(r"[ \t]*+([^\r\n]*+)(?:\r\n?|\n)")
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
        rf"(?:[ ]{{0,3}}+(?P<heading>{_ATX}{rest}){end}"
        # A paragraph: what follows must end it, and make neither a heading nor a table of it.
        rf"|(?P<paragraph>(?:[ ]{{0,3}}+{start}{rest}{end}){{1,500}}+)"
        rf"(?={blank}|\Z|{_ATX}|(?:[-+*]|1[.)])[ ]{{1,4}}+{start})"
        # An item of one line, in which nothing that follows can stand.
        rf"|(?:{_BULLET}|{_NUMBER})(?P<item>{start}{rest}){end}"
        rf"(?={_BULLET}|{_NUMBER}|\Z|{_ATX}|{blank}++(?![ \t]))"
        rf"{'' if mdx else _fence(rest, end)}){blank}*+"
    )


def _fence(rest: str, end: str) -> str:
    """Return a pattern of fenced code, up to the first line that can close it and does."""
    opening = r"(?P<fence>`{3,}+(?![^\r\n`]*`)|~{3,}+)"
    return (
        rf"|(?P<code>{opening}{rest}{end}(?:(?![ ]{{0,3}}+(?P=fence)){rest}{end}){{0,2000}}+"
        rf"[ ]{{0,3}}+(?P=fence)(?:(?<=`)`*+|(?<=~)~*+)[ \t]*+(?={end})){end}"
    )


def take_plain(text: str, start: int, blocks: list[Block], *, mdx: bool, unix: bool) -> int:
    """Add the plain blocks from `start`, where none is open, and return where the others begin.

    The text must end with a line end; `unix` tells whether each is LF.
    """
    match = _block(mdx=mdx, unix=unix).match
    while found := match(text, start):
        kind = found.lastgroup
        if kind == "item":
            blocks.append(Block("paragraph", (found.span("item"),)))
        elif kind == "code":
            blocks.append(Block("code", (found.span("code"),)))
        elif kind == "paragraph":
            end = found.end("paragraph")
            if unix and text.find("\n", start) == end - 1 and text[start] != " ":
                blocks.append(Block("paragraph", ((start, end - 1),)))
            else:
                lines = _LINE.finditer(text, start, end)
                blocks.append(Block("paragraph", tuple([line.span(1) for line in lines])))
        else:
            span = heading_span(text, *found.span("heading"))
            if span is not None:
                blocks.append(Block("heading", (span,)))
        start = found.end()
    return start


def heading_span(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return where the text of an ATX heading stands (CommonMark 0.31 section 4.2).

    Its marks begin at `start`, its line ends at `end`; None for an empty one.
    """
    line = text[start:end]
    content = line.lstrip("#").rstrip(" \t")
    opening = len(line) - len(line.lstrip("#"))
    unmarked = content.rstrip("#")
    if not unmarked or unmarked[-1] in " \t":
        content = unmarked.rstrip(" \t")
    last = start + opening + len(content)
    first = last - len(content.lstrip(" \t"))
    return (first, last) if first < last else None
