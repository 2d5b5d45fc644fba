"""The table of `--statistics`: how often each rule found something."""

from __future__ import annotations

from typing import TextIO

from wikimend.report.paper import paper
from wikimend.report.summary import Summary

HEADINGS = ("count", "fixable", "id", "name")


def statistics(summary: Summary) -> list[tuple[int, int, str, str]]:
    """Return count, safely fixable, id and name of each rule with findings, the most first.

    Repaired findings count as found and as fixable.
    """
    found = summary.fixed + summary.left
    return [
        (found[rule], summary.fixable[rule], rule, summary.names[rule])
        for rule in sorted(found, key=lambda rule: (-found[rule], rule))
    ]


def write_statistics(summary: Summary, stream: TextIO) -> None:
    """Write the table to `stream`; nothing when nothing was found."""
    rows = [HEADINGS, *(tuple(map(str, row)) for row in statistics(summary))]
    if len(rows) == 1:
        return
    count, fixable, rule = (max(len(row[column]) for row in rows) for column in range(3))
    sheet = paper(stream)
    for row in rows:
        ink = "span" if row is HEADINGS else ""
        aligned = f"{row[0]:>{count}}  {row[1]:>{fixable}}  {row[2]:<{rule}}  {row[3]}"
        sheet.write([(aligned, ink), ("\n", "")])
