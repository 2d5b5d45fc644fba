"""Recorded changes for people: what stood there and what stands there now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TextIO

from wikimend.report.changes import Change
from wikimend.report.marks import shared
from wikimend.report.paper import Piece, paper
from wikimend.report.table import write_table
from wikimend.report.visible import visible


def page_name(change: Change) -> str:
    """Return what to call the page of a change: its path, title, id or number."""
    return change["path"] or change["title"] or change["id"] or f"record {change['record']}"


def names(change: Change, page: str) -> bool:
    """Return whether `page` is the path, the title or the id of the page of a change."""
    return page in (change["path"], change["title"], change["id"])


def show_changes(changes: Iterable[Change], stream: TextIO) -> None:
    """Write each change: its page, line and rules, what stood there, and what stands there now."""
    sheet = paper(stream)
    for change in changes:
        sheet.write(_pieces(change))


def _pieces(change: Change) -> Iterator[Piece]:
    yield visible(page_name(change)), "path"
    yield f":{change['line']}: ", "place"
    yield f"{' '.join(change['rules'])}\n", ""
    before, after = change["before"], change["after"]
    head, tail = shared(before, after)
    for sign, ink, text in (("-", "removed", before), ("+", "added", after)):
        yield sign, ink
        yield visible(text[:head]), ink
        yield visible(text[head : len(text) - tail]), f"{ink} word"
        yield visible(text[len(text) - tail :]), ink
        yield "\n", ""


def show_rules(changes: Iterable[Change], stream: TextIO) -> None:
    """Write a table of the rules: how many changes each made on how many pages."""
    made: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    last: dict[str, tuple[int, str, str | None]] = {}
    for change in changes:
        for rule in change["rules"]:
            made[rule] += 1
            # The changes of a page stand together, so that no set of pages is needed.
            page = change["record"], change["field"], change["path"]
            pages[rule] += last.get(rule) != page
            last[rule] = page
    rows = [(str(count), str(pages[rule]), rule) for rule, count in made.most_common()]
    write_table(("changes", "pages", "rule"), rows, stream)
