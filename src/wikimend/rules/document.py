"""A YAML file, read: its value as a tree of nodes, and where everything stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from wikimend.errors import Place, Problem
from wikimend.rules.node import Node
from wikimend.text.position import Lines


class Document(NamedTuple):
    """A YAML file, read."""

    path: str
    """The file as the user named it."""
    text: str
    """Its text, without a byte order mark."""
    lines: Lines
    """Its lines."""
    root: Node
    """Its value; of kind `null` when the file is empty."""
    problems: tuple[Problem, ...]
    """Keys that are double or cannot be read."""

    def at(self, offset: int) -> Place:
        """Return the place of an offset in the file."""
        return Place(self.path, *self.lines.position(offset))

    def place(self, node: Node, offset: int = 0) -> Place:
        """Return the place of the code point at `offset` in the text of a scalar.

        It is exact but for double-quoted scalars with escapes, where it is the scalar's start.
        """
        if not offset:
            return self.at(node.start)
        source = self.text[node.start : node.end]
        return self.at(node.start + locate(source, node.text, offset, node.style))


def locate(source: str, value: str, offset: int, style: str) -> int:
    """Return where in a scalar's `source` the code point of its `value` at `offset` stands.

    Folding moves only white space, so that the nth visible character of the value is the nth of
    the source.

    >>> locate("'don''t x'", "don't x", 6, "'")
    8
    """
    if style == '"' and "\\" in source:
        return 0
    begin = source.find("\n") if style and style in "|>" else len(style)
    before = len(re.findall(r"\S", value[:offset]))
    visible = list(re.finditer(r"''|\S" if style == "'" else r"\S", source[begin:]))
    if offset < len(value) and not value[offset].isspace() and before < len(visible):
        return begin + visible[before].start()
    gap = offset - len(value[:offset].rstrip())
    return begin + (visible[before - 1].end() if before else 0) + gap
