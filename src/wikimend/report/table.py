"""A small table as text: numbers to the right, words to the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from wikimend.report.paper import paper


def write_table(headings: Sequence[str], rows: Sequence[Sequence[str]], stream: TextIO) -> None:
    """Write the table to `stream`; nothing when there are no rows."""
    if not rows:
        return
    sheet = paper(stream)
    table = [headings, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(headings))]
    numbers = [all(row[column].isdigit() for row in rows) for column in range(len(headings))]
    for row in table:
        cells = (
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numbers, strict=True)
        )
        line = "  ".join(cells).rstrip()
        sheet.write([(line, "span" if row is headings else ""), ("\n", "")])
