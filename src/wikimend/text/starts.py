"""What may begin on a line: one function for each kind of block, found by its first character."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from types import MappingProxyType

from wikimend.text import definitions, html_blocks, open_blocks, tables
from wikimend.text.block import Block
from wikimend.text.plain_blocks import heading_span
from wikimend.text.state import QUOTE, State, skip_quote

_ATX = re.compile(r"#{1,6}+(?=[ \t]|\Z)")
_SETEXT = re.compile(r"(?:=++|-++)[ \t]*+\Z")
_FENCE = re.compile(r"(?:`{3,}+(?![^\r\n]*`)|~{3,}+)")
_MARKER = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])(?=[ \t]|\Z)")
_ESM = re.compile(r"(?:import|export) ")


class Begun(Enum):
    """What began on a line."""

    NOTHING = 0
    """Nothing; another kind of block may."""
    CONTAINER = 1
    """A container, in which the rest of the line may begin further blocks."""
    LEAF = 2
    """A leaf, or a block without text, that takes the rest of the line."""


Start = Callable[[State], Begun]


def quote(state: State) -> Begun:
    """Begin a block quote (CommonMark 0.31 section 5.1)."""
    if state.is_full:
        return Begun.NOTHING
    state.close()
    state.enter(QUOTE)
    skip_quote(state.line)
    return Begun.CONTAINER


def item(state: State) -> Begun:
    """Begin a list item (section 5.2)."""
    line = state.line
    marker = _MARKER.match(state.text, line.first, line.end)
    if not marker or state.is_full:
        return Begun.NOTHING
    width = marker.end() - marker.start()
    if state.paragraph and not _may_interrupt(state, marker):
        return Begun.NOTHING
    state.close()
    indent = line.indent
    line.skip(width)
    spaces = 1 if line.blank or line.indent > state.code_indent else line.indent
    line.column += spaces
    state.enter(indent + width + spaces)
    state.childless = line.blank
    return Begun.CONTAINER


def heading(state: State) -> Begun:
    """Begin an ATX heading (section 4.2); an empty one is no block."""
    line, text = state.line, state.text
    opening = _ATX.match(text, line.first, line.end)
    if not opening:
        return Begun.NOTHING
    state.close()
    state.begin(None)
    span = heading_span(text, line.first, line.end)
    if span is not None:
        state.blocks.append(Block("heading", (span,)))
    return Begun.LEAF


def underline(state: State) -> Begun:
    """End a setext heading (section 4.3): the paragraph becomes one, its definitions apart."""
    line, paragraph = state.line, state.paragraph
    if not paragraph or not _SETEXT.match(state.text, line.first, line.end):
        return Begun.NOTHING
    spans = paragraph.lines
    defined = 0
    if state.text.startswith("[", spans[0][0]):
        text = Block("paragraph", tuple(spans)).text(state.text)
        defined = definitions.definition_lines(text)
    if defined == len(spans):
        return Begun.NOTHING
    if defined:
        state.blocks.append(Block("paragraph", tuple(spans[:defined])))
    state.blocks.append(Block("heading", tuple(spans[defined:])))
    state.begin(None)
    return Begun.LEAF


def thematic_break(state: State) -> Begun:
    """Begin and end a thematic break (section 4.1)."""
    if not state.line.is_thematic_break():
        return Begun.NOTHING
    state.close()
    state.begin(None)
    return Begun.LEAF


def fence(state: State) -> Begun:
    """Begin fenced code (section 4.5)."""
    opening = _FENCE.match(state.text, state.line.first)
    if not opening:
        return Begun.NOTHING
    return _leaf(state, open_blocks.Fence(state.line, opening.group(), state.code_indent))


def html(state: State) -> Begun:
    """Begin an HTML block (section 4.6); in MDX the same lines hold JSX."""
    line = state.line
    kind = html_blocks.html_kind(state.text, line.first, line.end)
    if not kind:
        return Begun.NOTHING
    if kind == html_blocks.STANDALONE and isinstance(state.leaf, open_blocks.Paragraph):
        return Begun.NOTHING
    closer = html_blocks.CLOSERS.get(kind)
    closed = closer and closer.search(state.text, line.first, line.end)
    return _leaf(state, open_blocks.Html(line, kind), closed=bool(closed))


def table(state: State) -> Begun:
    """Begin a table: the line is its delimiter row, its header the line before (GFM 4.10)."""
    line, paragraph, text = state.line, state.paragraph, state.text
    if not paragraph:
        return Begun.NOTHING
    width = tables.columns(text, line.first, line.end)
    start, end = paragraph.lines[-1]
    if not width or not tables.is_header(text, start, end, width):
        return Begun.NOTHING
    del paragraph.lines[-1]
    if not paragraph.lines:
        state.leaf = None
    opened = open_blocks.Table(linked=state.linked)
    opened.add(text, start, end)
    return _leaf(state, opened)


def math(state: State) -> Begun:
    """Begin displayed math."""
    opening = state.math.opening(state.line)
    if not opening:
        return Begun.NOTHING
    closer, closed = opening
    return _leaf(state, open_blocks.Math(state.line, closer), closed=closed)


def expression(state: State) -> Begun:
    """Begin an MDX expression; one with text after it on its only line is part of a paragraph."""
    line = state.line
    brace = state.braces.get(line.first, -1)
    if brace < 0 or (brace < line.end and state.text[brace + 1 : line.end].strip(" \t")):
        return Begun.NOTHING
    return _leaf(state, open_blocks.Expression(line, brace), closed=brace < line.end)


def esm(state: State) -> Begun:
    """Begin MDX import and export lines: at the left margin, outside of all else."""
    line = state.line
    if state.containers or state.leaf or line.first != line.start:
        return Begun.NOTHING
    if not _ESM.match(state.text, line.first, line.end):
        return Begun.NOTHING
    return _leaf(state, open_blocks.Esm(line, state.braces))


def _leaf(state: State, leaf: open_blocks.OpenBlock, *, closed: bool = False) -> Begun:
    state.close()
    state.begin(leaf)
    if closed:
        state.close()
    return Begun.LEAF


def _may_interrupt(state: State, marker: re.Match[str]) -> bool:
    """Whether the item after `marker` can interrupt a paragraph: not empty, and numbered 1."""
    if not state.text[marker.end() : state.line.end].strip(" \t"):
        return False
    return marker.group()[:-1] in ("", "1")


_MARKDOWN: Mapping[str, Sequence[Start]] = {
    ">": (quote,),
    "#": (heading,),
    "`": (fence,),
    "~": (fence,),
    "<": (html,),
    "=": (underline,),
    "-": (table, underline, thematic_break, item),
    "*": (thematic_break, item),
    "_": (thematic_break,),
    "+": (item,),
    **dict.fromkeys("0123456789", (item,)),
    "|": (table,),
    ":": (table,),
    "$": (math,),
    "\\": (math,),
}
STARTS: Mapping[bool, Mapping[str, Sequence[Start]]] = MappingProxyType(
    {False: _MARKDOWN, True: {**_MARKDOWN, "{": (expression,), "i": (esm,), "e": (esm,)}}
)
"""What a line may begin, by its first character, in the order of precedence; True for MDX."""
