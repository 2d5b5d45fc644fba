"""JSON lines: one page a line; what is not changed keeps every byte."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from wikimend.errors import PageError, Place
from wikimend.store import guess, json_record, whole
from wikimend.store.compression import Reader
from wikimend.store.dialect import dialect_of
from wikimend.store.dump import CHUNK, Fields, Key, Patch, Rewrite, Rewritten, Splice, Text
from wikimend.store.json_string import Offsets, decode, spelling_of
from wikimend.store.splice import splice
from wikimend.text.page import Page

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Where a text stands."""

    start: int
    """Offset of its line in the chunk, in bytes."""
    line: str
    """The line."""
    path: json_record.Path
    """The way to the text."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of a dump."""

    offset: int
    """Offset of the first byte in the unpacked dump."""
    record: int
    """1-based number of the first line."""
    content: bytes
    """The lines with their ends."""
    name: str
    """The file as the user named it."""
    fields: Fields
    """Where the texts are."""

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the texts, and an error for each line that is no record."""
        start = records = texts = 0
        for number, line in enumerate(BytesIO(self.content), self.record):
            if not line.isspace():
                records += 1
                for text in self._line(number, start, line):
                    texts += 1
                    yield text
            start += len(line)
        if records and not texts and self.offset == 0:
            named = f"called {' or '.join(self.fields.text)}" if self.fields.text else "in sight"
            message = f"no text {named} in its first lines; --text-field names it"
            yield PageError(message, Place(self.name))

    def _line(self, number: int, start: int, line: bytes) -> Iterator[Text | PageError]:
        if self.offset + start == 0 and line.startswith(_BOM):
            start, line = len(_BOM), line[len(_BOM) :]
        try:
            said = line.removesuffix(b"\n").decode()
            record = json_record.read_record(said)
        except UnicodeDecodeError as error:
            byte = f"byte 0x{line[error.start]:02x} is not UTF-8"
            yield PageError(f"no JSON, left as it is: {byte}", Place(self.name, number))
            return
        except ValueError as error:
            message, at = error.args
            place = Place(self.name, number, 0 if at is None else at + 1)
            yield PageError(f"no JSON, left as it is: {message}", place)
            return
        for name, path, text in self._present(record):
            key = self._key(number, name, record)
            dialect = self.fields.dialect or dialect_of(key.path or "")
            page = Page(text, f"{self.name}#{key.name}", dialect)
            yield Text(page, key, _Ticket(start, said, path))

    def _present(self, record: Mapping[str, Any]) -> Iterator[tuple[str, json_record.Path, str]]:
        """Yield name, path and value of every text: those that are wanted, or the best guess."""
        for name in self.fields.text or guess.TEXT:
            path = json_record.path_to(record, name)
            value = json_record.value_at(record, path) if path else None
            if path and isinstance(value, str):
                yield name, path, value
                if not self.fields.text:
                    return

    def _key(self, number: int, field: str, record: Mapping[str, Any]) -> Key:
        fields = self.fields
        return Key(
            number,
            field,
            _word(record, fields.id or guess.first(guess.ID, record)),
            _word(record, fields.title or guess.first(guess.TITLE, record)),
            _word(record, fields.path or guess.first(guess.PATH, record)),
        )

    def rewrite(
        self, text: Text, rewrites: Sequence[Rewrite], envelope: Mapping[str, str]
    ) -> Rewritten:
        """Return the changed stretches of one string."""
        ticket = cast(_Ticket, text.ticket)
        low, high = json_record.span_of(ticket.line, ticket.path)
        first, raw = low + 1, ticket.line[low + 1 : high - 1]
        # Offsets in a file are bytes, those in a line code points.
        if not ticket.line.isascii():
            first = len(ticket.line[:first].encode())
        first += ticket.start
        offsets = Offsets(raw)
        spelling = spelling_of(raw)
        patches: list[Patch] = []
        stored: list[str | None] = []
        for rewrite in rewrites:
            edit = rewrite.edit
            start, end = offsets.raw(edit.start), offsets.raw(edit.end)
            was = raw[start:end]
            stored.append(None if was == text.page.text[edit.start : edit.end] else was)
            new = rewrite.stored
            if new is None:
                new = spelling.encode(edit.text)
            elif decode(new) != edit.text:
                message = "left as it is: what is to be stored is not what is to be said"
                raise PageError(message, Place(text.page.name))
            low = first + (start if raw.isascii() else len(raw[:start].encode()))
            patches.append(Splice(low, low + len(was.encode()), new.encode()))
        return Rewritten(tuple(patches), tuple(stored))

    def result(self, patches: Sequence[Patch]) -> bytes:
        """Return the lines with `patches` made."""
        return splice(self.content, patches)


def _word(record: Mapping[str, Any], name: str | None) -> str | None:
    """Return the string or number called `name`; None when there is none, or nothing in it."""
    path = json_record.path_to(record, name) if name else None
    value = json_record.value_at(record, path) if path else None
    return str(value) if isinstance(value, str | int) and value != "" else None


class JsonLinesDump:
    """An open file of JSON lines."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._reader = Reader(path)
        self._name = str(path)
        self._fields = fields
        self.codec = self._reader.codec
        """The codec that it was written with."""
        self.length = path.stat().st_size
        """Bytes of the file."""
        self._path = path

    @property
    def position(self) -> int:
        """Bytes of the file that were read."""
        return self._reader.position

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def size(self) -> int:
        """Return the number of bytes, unpacked."""
        return whole.unpacked_size(self._path)

    def chunks(self) -> Iterator[Lines]:
        """Yield the lines, some thousands at once."""
        offset, record = 0, 1
        for content in _cut(self._reader):
            yield Lines(offset, record, content, self._name, self._fields)
            offset += len(content)
            record += content.count(b"\n")


def _cut(reader: Reader) -> Iterator[bytes]:
    """Yield whole lines, about `CHUNK` bytes of them; where they are cut depends on them alone."""
    waiting: list[bytes] = []
    held = 0
    while data := reader.read():
        waiting.append(data)
        held += len(data)
        if held >= CHUNK and b"\n" in data:
            rest = yield from _full(b"".join(waiting))
            waiting, held = [rest], len(rest)
    rest = yield from _full(b"".join(waiting))
    try:
        reader.check()
    except PageError:
        if lines := rest[: rest.rfind(b"\n") + 1]:
            yield lines
        raise
    if rest:
        yield rest


def _full(content: bytes) -> Generator[bytes, None, bytes]:
    """Yield as many whole lines as fit into a chunk, again and again; the rest comes back."""
    start = 0
    while len(content) - start >= CHUNK:
        end = content.rfind(b"\n", start, start + CHUNK) + 1
        end = end or content.find(b"\n", start + CHUNK) + 1
        if not end:
            break
        yield content[start:end]
        start = end
    return content[start:]
