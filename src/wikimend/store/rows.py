"""Rows of a table: their texts, and the cells that change.

What is kept of a chunk is a line of JSON for each cell that changes; the table is made anew of the
old one and these lines when all are there.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

from wikimend.errors import PageError, Place, UsageError
from wikimend.store import guess
from wikimend.store.dialect import dialect_of
from wikimend.store.dump import Cell, Fields, Key, Patch, Rewrite, Rewritten, Text, digest
from wikimend.text.edit import apply
from wikimend.text.page import Page


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table that are read."""

    texts: tuple[str, ...]
    """Those that hold a text."""
    id: str | None
    """The one that tells pages apart."""
    title: str | None
    """The one with the title."""
    path: str | None
    """The one with the path."""

    @property
    def all(self) -> tuple[str, ...]:
        """All of them: the texts, then the others that there are."""
        others = (self.id, self.title, self.path)
        return tuple(dict.fromkeys((*self.texts, *(name for name in others if name))))


def choose(fields: Fields, words: Container[str], present: Container[str], name: str) -> Columns:
    """Return the columns that `fields` name, or good guesses.

    `words` are the columns that can hold a text, `present` all. Raises UsageError when one that is
    named is not there, and when there is no text.
    """
    named = (*fields.text, fields.id, fields.title, fields.path)
    for column in named:
        if column and column not in (words if column in fields.text else present):
            raise UsageError(f"there is no column {column} that fits", Place(name))
    text = guess.first(guess.TEXT, words)
    texts = fields.text or ((text,) if text else ())
    if not texts:
        raise UsageError("no column of texts in sight; --text-field names it", Place(name))
    return Columns(
        texts,
        fields.id or guess.first(guess.ID, present),
        fields.title or guess.first(guess.TITLE, present),
        fields.path or guess.first(guess.PATH, present),
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of a table."""

    offset: int
    """Where they belong: the number of the first row of their group."""
    numbers: tuple[int, ...]
    """The number of each row, or its rowid."""
    values: Mapping[str, Sequence[object]]
    """The values of each column that is read."""
    columns: Columns
    """The columns."""
    name: str
    """The file as the user named it."""
    fields: Fields
    """How the texts are read."""
    first: int = 0
    """What is added to a number for the number of the record."""

    @property
    def content(self) -> bytes:
        """The rows as bytes."""
        return json.dumps([self.numbers, dict(self.values)], default=repr).encode()

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the texts of the rows."""
        for index, number in enumerate(self.numbers):
            for column in self.columns.texts:
                text = self.values[column][index]
                if isinstance(text, str):
                    key = self._key(index, number + self.first, column)
                    dialect = self.fields.dialect or dialect_of(key.path or "")
                    page = Page(text, f"{self.name}#{key.name}", dialect)
                    yield Text(page, key, (number, column))

    def _key(self, index: int, record: int, column: str) -> Key:
        def word(name: str | None) -> str | None:
            value = self.values[name][index] if name else None
            return None if value is None or value == "" else str(value)

        columns = self.columns
        return Key(record, column, word(columns.id), word(columns.title), word(columns.path))

    def rewrite(
        self, text: Text, rewrites: Sequence[Rewrite], envelope: Mapping[str, str]
    ) -> Rewritten:
        """Return the changed cell."""
        row, column = cast(tuple[int, str], text.ticket)
        was = text.page.text
        new = apply(was, [rewrite.edit for rewrite in rewrites])
        return Rewritten((Cell(row, column, digest(was), new),), (None,) * len(rewrites))

    def result(self, patches: Sequence[Patch]) -> bytes:
        """Return a line for each changed cell."""
        cells = (json.dumps(asdict(patch)) for patch in patches if isinstance(patch, Cell))
        return "".join(f"{cell}\n" for cell in cells).encode()


def kept_cells(part: Path) -> Iterator[Cell]:
    """Yield the cells that the part file of a run holds, in their order."""
    with part.open(encoding="ascii") as lines:
        for line in lines:
            yield Cell(**json.loads(line))


def changed_error(name: str, row: int) -> PageError:
    """Return what to tell of a row that is not what it was when it was read."""
    message = f"row {row} was changed while it was being mended; it is left as it is"
    return PageError(message, Place(name))
