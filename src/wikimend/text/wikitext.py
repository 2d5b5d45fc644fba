"""What no one may touch in wikitext: comments, verbatim tags and templates."""

from __future__ import annotations

import re

from wikimend.text.block import BlockKind

Region = tuple[int, int, BlockKind]

_TAGS: dict[str, BlockKind] = {
    "nowiki": "code",
    "pre": "code",
    "math": "math",
    "syntaxhighlight": "code",
    "source": "code",
}
_TOKEN = re.compile(rf"<!--|<({'|'.join(_TAGS)})(?=[\s/>])[^<>]*+>|\{{\{{+|\}}\}}+", re.IGNORECASE)
_CLOSERS = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE | re.ASCII) for name in _TAGS} | {
    "!--": re.compile("-->")
}
_PARAGRAPH_END = re.compile(r"(?:\r\n?+|\n)[ \t]*+(?=[\r\n]|\Z)")


def regions(text: str, start: int) -> list[Region]:
    """Return the protected regions of `text` from `start` on, in order and disjoint.

    A comment that is never closed reaches to the end of the page, a template to the end of its
    paragraph; a tag that is never closed is text. All as MediaWiki shows them.
    """
    found: list[Region] = []
    opened: list[list[int]] = []
    missing: set[str] = set()
    position = start
    while token := _TOKEN.search(text, position):
        mark = token.group()
        position = token.end()
        if mark.startswith("{"):
            opened.append([token.start(), len(mark)])
        elif mark.startswith("}"):
            found += _templates(opened, position - len(mark), len(mark))
        elif not mark.endswith("/>"):
            name = (token.group(1) or "!--").lower()
            end = _verbatim_end(text, position, name, missing)
            if end > position:
                found.append((token.start(), end, _TAGS.get(name, "comment")))
                position = end
    return _disjoint(found + _unclosed(text, opened))


def _templates(opened: list[list[int]], position: int, width: int) -> list[Region]:
    """Close templates with the `width` braces at `position`: the innermost first."""
    closed: list[Region] = []
    while opened and width > 1:
        first, braces = opened[-1]
        pair = min(braces, width, 3)
        width -= pair
        position += pair
        closed.append((first + braces - pair, position, "template"))
        opened[-1][1] -= pair
        if opened[-1][1] < 2:
            opened.pop()
    return closed


def _verbatim_end(text: str, position: int, name: str, missing: set[str]) -> int:
    if name in missing:
        return -1
    closer = _CLOSERS[name].search(text, position)
    if closer:
        return closer.end()
    if name == "!--":
        return len(text)
    missing.add(name)
    return -1


def _unclosed(text: str, opened: list[list[int]]) -> list[Region]:
    found: list[Region] = []
    end = 0
    for first, _ in opened:
        if first >= end:
            closing = _PARAGRAPH_END.search(text, first)
            end = closing.start() if closing else len(text)
            found.append((first, end, "template"))
    return found


def _disjoint(found: list[Region]) -> list[Region]:
    """Return the outermost of nested regions; two that overlap become one."""
    disjoint: list[Region] = []
    for region in sorted(found, key=lambda region: (region[0], -region[1])):
        if disjoint and region[0] < disjoint[-1][1]:
            first, end, kind = disjoint[-1]
            disjoint[-1] = (first, max(end, region[1]), kind)
        else:
            disjoint.append(region)
    return disjoint
