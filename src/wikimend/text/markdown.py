"""The block scan of Markdown and MDX: CommonMark 0.31, the tables of GFM, and displayed math."""

from __future__ import annotations

import re

from wikimend.text.block import Block
from wikimend.text.open_blocks import IndentedCode, Paragraph, Region, Table, Taken
from wikimend.text.page import Dialect
from wikimend.text.plain_blocks import plain_start, take_plain
from wikimend.text.starts import STARTS, Begun
from wikimend.text.state import State

_PLAIN = {
    mdx: re.compile(rf"(?: {{0,3}}+{plain_start(mdx=mdx)}[^\r\n]*+(?:\r\n?|\n)){{1,500}}")
    for mdx in (False, True)
}
"""Lines that can be nothing but text of a paragraph: 500 at most, because `re` keeps a record of
each repeat until it is done."""
_LINE = re.compile(r"[ \t]*+([^\r\n]*+)(?:\r\n?|\n)")
_BLANK = re.compile(r"(?:[ \t]*+(?:\r\n?|\n)){1,500}")


def is_plain(text: str) -> bool:
    """Return whether all lines of a text go on with a paragraph, wherever it stands."""
    run = _PLAIN[True].match(text + "\n")
    return run is not None and run.end() > len(text)


def scan_markdown(text: str, start: int, dialect: Dialect, *, linked: bool = False) -> list[Block]:
    """Return the blocks of `text` from `start` on, in order; with `linked`, as `scan` says."""
    state = State(text if text.endswith(("\n", "\r")) else text + "\n", dialect, linked=linked)
    plain = _PLAIN[state.mdx]
    mdx, unix = state.mdx, state.line.unix
    while start < len(text):
        if state.leaf is None and not state.containers:
            start = take_plain(state.text, start, state.blocks, mdx=mdx, unix=unix, linked=linked)
            if start >= len(text):
                break
        skipped = _skip(state, start, plain)
        if skipped > start:
            start = skipped
        else:
            start = state.line.load(start)
            _take(state)
    state.matched = 0
    state.close()
    return state.blocks


def _skip(state: State, start: int, plain: re.Pattern[str]) -> int:
    """Take the lines from `start` that need no closer look; return where the others begin."""
    leaf, text = state.leaf, state.text
    if isinstance(leaf, Region | Table):
        return start if state.containers else leaf.skip(text, start)
    blank = _BLANK.match(text, start)
    if blank:
        state.line.load(start)
        _take(state)
        if state.containers and text[blank.end() : blank.end() + 1] not in ("", " ", "\t"):
            state.matched = 0
            state.close()  # the next line stands in none of them
        return blank.end()
    run = None if state.containers else plain.match(text, start)
    if not run:
        return start
    if leaf is None:
        state.leaf = leaf = Paragraph()
    leaf.lines += [line.span(1) for line in _LINE.finditer(text, start, run.end())]
    return run.end()


def _take(state: State) -> None:
    """Take the current line: go on with what is open, begin what it begins, or add text."""
    line = state.line
    state.match()
    leaf = state.leaf
    if state.matched < len(state.containers):
        if line.blank or not isinstance(leaf, Paragraph):
            state.close()
    elif isinstance(leaf, Region):
        taken = leaf.take(line)
        if taken is not Taken.NOT:
            if taken is Taken.LAST:
                state.close()
            return
        state.close()
    elif line.blank:
        state.close()
    if not line.blank:
        _begin(state)


def _begin(state: State) -> None:
    line, text = state.line, state.text
    starts = STARTS[state.mdx]
    while not line.blank:
        begun = Begun.NOTHING
        if line.indent < state.code_indent:
            for start in starts.get(text[line.first], ()):
                begun = start(state)
                if begun is not Begun.NOTHING:
                    break
        elif not isinstance(state.leaf, Paragraph):
            state.close()
            state.begin(IndentedCode(line))
            return
        if begun is Begun.NOTHING:
            _add_text(state)
        if begun is not Begun.CONTAINER:
            return


def _add_text(state: State) -> None:
    line, leaf = state.line, state.leaf
    if isinstance(leaf, Table):
        leaf.add(state.text, line.first, line.end)
        return
    if not isinstance(leaf, Paragraph):
        state.close()
        leaf = Paragraph()
        state.begin(leaf)
    leaf.lines.append((line.first, line.end))
