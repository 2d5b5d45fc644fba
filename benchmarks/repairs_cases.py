"""The cases of a file: damaged lines with their repair, and sound lines that must stay."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wikimend.store.dialect import dialect_of
from wikimend.text.page import Dialect, Page

Record = Mapping[str, Any]

Reader = Callable[[Iterable[Record]], Iterator["Case"]]
"""Yields the cases of the records of a file."""


@dataclass(frozen=True, slots=True)
class Case:
    """A page of one line, and what a tool should make of it."""

    title: str
    """What a person finds it by."""
    groups: tuple[str, ...]
    """The rows of the table that count it: all, a large group, small groups."""
    page: Page
    """What the tool is given."""
    wanted: str
    """What the page should be; its own text, where nothing must change."""
    is_reported: bool = False
    """Whether nothing must change and wikimend should have a finding."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing must change."""
        return self.wanted == self.page.text


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pairs are measured."""

    classes: Sequence[str] = ()
    """The classes; none means all."""
    all_lines: bool = False
    """Whether also those that are mixed, or that do not follow from the damaged line."""

    def takes(self, pair: Record) -> bool:
        """Return whether a pair is measured."""
        is_plain = pair["derivable"] and not pair["mixed"]
        return (self.all_lines or is_plain) and pair["class"] in (self.classes or [pair["class"]])


def read(path: Path, choice: Choice) -> list[Case]:
    """Return the cases of a JSON Lines file; its kind is told from the keys of its records.

    Raises ValueError where it has none of the kinds.
    """
    with path.open(encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines if line.strip()]
    readers = {reader_of(record) for record in records}
    if len(readers) != 1 or None in readers:
        raise ValueError(f"{path}: no file of pairs, of lines or of families")
    if readers == {pairs}:
        records = [record for record in records if choice.takes(record)]
    return [case for reader in readers if reader for case in reader(records)]


def reader_of(record: Record) -> Reader | None:
    """Return what reads the records of a file that holds this one, or None."""
    return next((reader for keys, reader in READERS.items() if keys <= record.keys()), None)


def pairs(records: Iterable[Record]) -> Iterator[Case]:
    """Yield the damaged line of each pair, and the repaired one, which must stay."""
    for record in records:
        groups = ("all", f"class {record['class']}", *record["families"])
        title = f"{record['id']} {', '.join(record['families'])}"
        dialect = dialect_of(record["path"].strip())
        before, after = (_alone(record[key], dialect) for key in ("before", "after"))
        for text in (before, after):
            yield Case(title, groups, Page(text, dialect=dialect), after)


def traps(records: Iterable[Record]) -> Iterator[Case]:
    """Yield lines that look damaged and are right."""
    for record in records:
        dialect = dialect_of(record["path"].strip())
        page = Page(_alone(record["line"], dialect), dialect=dialect)
        yield Case(record["category"], ("all", record["category"]), page, page.text)


def families(records: Iterable[Record]) -> Iterator[Case]:
    """Yield the examples of families that Markdown has, and their look-alikes.

    An example that can only be reported must stay. It is counted in the row of its family and in
    one of its own, and in no other.
    """
    for record in records:
        if record["dialect"] not in ("md", "any"):
            continue
        name = f"{record['id']} ({record['safety']})"
        groups = ("all", f"safety {record['safety']}", name)
        for example in record["examples"]:
            page, repaired = Page(example["damaged"]), example["repaired"]
            if repaired is None:
                title = f"{name}, report only"
                yield Case(title, ("report only", name), page, page.text, is_reported=True)
            else:
                yield Case(name, groups, page, repaired)
        for text in record["lookalikes"]:
            yield Case(f"{name}, look-alike", groups, Page(text), text)


def _alone(line: str, dialect: Dialect) -> str:
    """Return a line as a page of its own.

    The indent of a nested list item would make code of it where no list stands above.
    """
    return line if dialect == "mediawiki" else line.lstrip(" \t")


READERS: Mapping[frozenset[str], Reader] = {
    frozenset({"before", "after", "path", "class", "families"}): pairs,
    frozenset({"category", "path", "line"}): traps,
    frozenset({"id", "dialect", "safety", "examples", "lookalikes"}): families,
}
"""What each record of a kind of file has, and what reads it."""
