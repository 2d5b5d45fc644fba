"""Dumps: many pages in one file, and what every format of them can do.

A dump is read in chunks. A chunk knows its texts, and how to change some of them without touching
anything else; it can be pickled, so that the work on it may happen in another process. What comes
of the chunks is kept, in their order, in a part file; when all are there, the format makes the new
dump of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from wikimend.errors import PageError
from wikimend.text.edit import Edit
from wikimend.text.page import Dialect, Page

CHUNK = 1 << 20
"""Bytes of a dump that are worked on at once; a single larger record is taken whole."""


def digest(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8, which tells whether two texts are the same."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Fields:
    """Where the texts of a dump are and how they are read; None to guess."""

    text: tuple[str, ...] = ()
    """Names of the fields or columns that hold a text."""
    id: str | None = None
    """The one that tells pages apart."""
    title: str | None = None
    """The one with the title."""
    path: str | None = None
    """The one with the path, whose suffix tells the dialect."""
    table: str | None = None
    """The table of a database."""
    dialect: Dialect | None = None
    """The markup language of every text; None to go by the path, or by the format."""
    all_revisions: bool = False
    """Whether all revisions of a page are texts, or the last one alone."""
    redirects: bool = False
    """Whether pages that are redirects are texts."""


@dataclass(frozen=True, slots=True)
class Key:
    """Which text of a dump it is."""

    record: int
    """1-based number of its line, row or page in the dump."""
    field: str
    """The name of the field that holds it; of a revision its id."""
    id: str | None = None
    """The id of the page, where it has one."""
    title: str | None = None
    """The title of the page, where it has one."""
    path: str | None = None
    """The path of the page, where it has one."""

    @property
    def name(self) -> str:
        """What to call the page: its path, title, id or number, the first that it has."""
        return self.path or self.title or self.id or str(self.record)


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a dump."""

    page: Page
    """The text, its name and dialect."""
    key: Key
    """Which text it is."""
    ticket: object
    """Where the chunk finds it again."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """An edit of a text, and how the dump spells what comes."""

    edit: Edit
    """The edit."""
    stored: str | None = None
    """What is to stand in the file for the new text; None to spell it as the file does."""


@dataclass(frozen=True, slots=True)
class Splice:
    """A stretch of a chunk's bytes and what stands there afterwards."""

    start: int
    """Offset of the first byte replaced."""
    end: int
    """Offset after the last one."""
    data: bytes
    """What comes."""
    again: bool = False
    """Whether it takes the place of an earlier one of the same stretch."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table and what stands there afterwards."""

    row: int
    """0-based number of the row, or the rowid."""
    column: str
    """The column."""
    before: str
    """The digest of the text that was there; see `digest`."""
    text: str
    """The text that comes."""


Patch = Splice | Cell


@dataclass(frozen=True, slots=True)
class Rewritten:
    """What changing a text comes to in the file."""

    patches: tuple[Patch, ...]
    """The changes of the chunk."""
    stored: tuple[str | None, ...]
    """How the file spelled what each rewrite replaced; None where that is the text itself."""
    envelope: Mapping[str, str] = field(default_factory=dict)
    """What stood beside the text and cannot be told from it, such as a wrong checksum."""


class Chunk(Protocol):
    """A part of a dump: whole records, one behind another."""

    @property
    def offset(self) -> int:
        """Where it begins, in the units of `Dump.size`."""

    @property
    def content(self) -> bytes:
        """What a digest of the input covers."""

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the texts, and an error for each record that cannot be read and stays as it is."""

    def rewrite(
        self, text: Text, rewrites: Sequence[Rewrite], envelope: Mapping[str, str]
    ) -> Rewritten:
        """Return what making `rewrites` comes to.

        `envelope` is what an earlier change found beside the text, to be put back. Raises PageError
        when the file cannot hold the change.
        """

    def result(self, patches: Sequence[Patch]) -> bytes:
        """Return what is kept of the chunk with `patches` made."""


class Dump(Protocol):
    """An open dump."""

    @property
    def codec(self) -> str | None:
        """The codec that it was written with."""

    @property
    def position(self) -> int:
        """How much of the file was read; `length` at its end."""

    @property
    def length(self) -> int:
        """The length of the file, for the progress bar."""

    def chunks(self) -> Iterator[Chunk]:
        """Yield the chunks in order.

        They depend on the dump alone. Raises PageError when the dump is damaged or cut off.
        """

    def size(self) -> int:
        """Return the size of what the chunks cover: bytes when unpacked, or rows."""

    def close(self) -> None:
        """Close the file."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a new dump goes."""

    path: Path
    """The file itself, with no link on the way to it."""
    part: Path
    """The finished part file."""
    first: int = 0
    """Where the first chunk began: chunks from there on were done, in the units of `Dump.size`."""
    end: int | None = None
    """Where the first chunk begins that was not done; None when there is none."""


class Format(Protocol):
    """A kind of dump."""

    @property
    def compressible(self) -> bool:
        """Whether such files come compressed; what is kept of them are the bytes themselves."""

    def open(self, path: Path, fields: Fields) -> Dump:
        """Return the dump at `path`; raises PageError or UsageError when it is none."""

    def finish(self, source: Path, fields: Fields, target: Target) -> Sequence[PageError]:
        """Make the new dump at `target.path` in one step, and return what could not be changed.

        It may be done again. Raises PageError when the new dump cannot be made.
        """
