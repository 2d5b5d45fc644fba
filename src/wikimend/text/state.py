"""How far the scan of a Markdown page has come: open containers, the open leaf, blocks so far."""

from __future__ import annotations

from functools import cached_property

from wikimend.text import mdx
from wikimend.text.block import Block, may_hold_links
from wikimend.text.displayed_math import DisplayedMath
from wikimend.text.line import TAB, Line
from wikimend.text.open_blocks import OpenBlock, Paragraph
from wikimend.text.page import Dialect

QUOTE = -1
"""A block quote among the containers; a list item is the columns that its content is indented."""

MAX_CONTAINERS = 100
"""How deep quotes and list items nest; deeper marks are text.

Each line is matched against all open containers, so that without a limit a page of deep nesting
would cost the square of its size. markdown-it stops at 20 or 100 for the same reason.
"""


class State:
    """The open containers and leaf, as in the appendix of CommonMark 0.31, and what is closed."""

    def __init__(self, text: str, dialect: Dialect, *, linked: bool = False) -> None:
        self.text = text
        self.mdx = dialect == "mdx"
        self.code_indent = 1 << 62 if self.mdx else TAB
        """Columns of indent that make code; MDX has none."""
        self.linked = linked
        """Whether only what may hold links is asked for."""
        self.line = Line(text)
        self.containers: list[int] = []
        self.childless = False
        """Whether the innermost container is a list item with nothing in it yet."""
        self.matched = 0
        """How many of the containers the current line goes on with."""
        self.leaf: OpenBlock | None = None
        self.blocks: list[Block] = []

    @cached_property
    def math(self) -> DisplayedMath:
        """Where displayed math may open."""
        return DisplayedMath(self.text)

    @cached_property
    def braces(self) -> dict[int, int]:
        """For each brace that opens, the one that closes it."""
        return mdx.braces(self.text)

    @property
    def paragraph(self) -> Paragraph | None:
        """The open paragraph, if the current line stands in all its containers."""
        leaf = self.leaf
        if isinstance(leaf, Paragraph) and self.matched == len(self.containers):
            return leaf
        return None

    @property
    def is_full(self) -> bool:
        """Whether the current line may open no further container."""
        return self.matched >= MAX_CONTAINERS

    def match(self) -> None:
        """Move the line past the marks of the containers that it goes on with."""
        line, text = self.line, self.text
        matched = 0
        for container in self.containers:
            if line.first >= line.end:
                matched += self._blank_match(matched)
                break
            indent = line.first_column - line.column
            if container == QUOTE:
                if indent >= self.code_indent or text[line.first] != ">":
                    break
                skip_quote(line)
            elif indent >= container:
                line.column += container
            else:
                break
            matched += 1
        self.matched = matched

    def close(self) -> None:
        """Close the leaf and the containers that the line does not go on with."""
        leaf = self.leaf
        if leaf is not None:
            if not (self.linked and isinstance(leaf, Paragraph)) or may_hold_links(
                self.text, leaf.lines[0][0], leaf.lines[-1][1]
            ):
                self.blocks += leaf.blocks()
            self.leaf = None
        if self.matched < len(self.containers):
            del self.containers[self.matched :]
            self.childless = False

    def enter(self, container: int) -> None:
        """Open a container in which the rest of the line stands."""
        self.containers.append(container)
        self.matched += 1
        self.childless = False

    def begin(self, leaf: OpenBlock | None) -> None:
        """Open a leaf; with None, note that a block without text stands here."""
        self.leaf = leaf
        self.childless = False

    def _blank_match(self, matched: int) -> int:
        """Return how many containers after `matched` a blank line goes on with.

        Quotes end; so does an item that began with a blank line and still holds nothing.
        """
        rest = self.containers[matched:]
        return rest.index(QUOTE) if QUOTE in rest else len(rest) - self.childless


def skip_quote(line: Line) -> None:
    """Move `line` past a quote mark and the space or one column of the tab after it."""
    line.skip(1)
    if line.indent:
        line.column += 1
