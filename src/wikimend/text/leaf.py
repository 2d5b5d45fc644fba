"""A leaf of a page as the text that its reader sees, and the way back to the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from wikimend.text.block import Block
from wikimend.text.edit import Edit


@dataclass(frozen=True, slots=True)
class Leaf:
    """A paragraph, heading or table cell without quote marks, indents and list markers."""

    block: Block
    """Where it stands in the page."""
    text: str
    """Its lines, joined by LF."""
    starts: tuple[int, ...] = field(repr=False)
    """Offset in `text` of each of its lines."""

    @classmethod
    def of(cls, block: Block, page: str) -> Leaf:
        """Return the leaf that `block` is in the text of its page."""
        lines = [page[start:end] for start, end in block.spans]
        starts = []
        offset = 0
        for line in lines:
            starts.append(offset)
            offset += len(line) + 1
        return cls(block, "\n".join(lines), tuple(starts))

    def offset(self, offset: int) -> int:
        """Return the offset in the page of an offset in the leaf."""
        line = bisect_right(self.starts, offset) - 1
        return self.block.spans[line][0] + offset - self.starts[line]

    def edits(self, edits: Iterable[Edit], page: str) -> list[Edit]:
        """Return edits of the leaf as edits of its page.

        A line that an edit breaks begins with what the leaf's other lines begin with: its quote
        marks and indent.
        """
        return [
            Edit(
                self.offset(edit.start),
                self.offset(edit.end),
                edit.text.replace("\n", self._break(edit.start, page)),
                edit.rules,
            )
            for edit in edits
        ]

    def _break(self, offset: int, page: str) -> str:
        spans = self.block.spans
        if len(spans) == 1:
            return "\n"
        line = min(bisect_right(self.starts, offset) - 1, len(spans) - 2)
        return page[spans[line][1] : spans[line + 1][0]]
