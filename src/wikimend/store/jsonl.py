"""JSON lines: one page a line; what is not changed keeps every byte."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import cast

from wikimend.errors import PageError, Place
from wikimend.store import guess, whole
from wikimend.store.compression import Reader
from wikimend.store.dialect import dialect_of
from wikimend.store.dump import CHUNK, Fields, Key, Patch, Rewrite, Rewritten, Splice, Text
from wikimend.store.json_record import Value, read_record
from wikimend.store.json_string import Offsets, decode, spelling_of
from wikimend.store.splice import splice
from wikimend.text.page import Page

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
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

    @cached_property
    def _names(self) -> tuple[tuple[str, ...], frozenset[str]]:
        """The names a text may have, and the objects to enter on the way to all fields."""
        fields = self.fields
        texts = fields.text or guess.TEXT
        others = tuple(name for name in (fields.id, fields.title, fields.path) if name)
        return texts, guess.heads(texts + others)

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the texts, and an error for each line that is no record."""
        start = records = texts = 0
        for number, line in enumerate(BytesIO(self.content), self.record):
            if line.strip():
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
        place = Place(self.name, number)
        skipped = len(_BOM) if self.offset + start == 0 and line.startswith(_BOM) else 0
        texts, inside = self._names
        try:
            text = line[skipped:].removesuffix(b"\n").decode()
            members = read_record(text, inside)
        except UnicodeDecodeError as error:
            byte = f"byte 0x{line[skipped + error.start]:02x} is not UTF-8"
            yield PageError(f"no JSON, left as it is: {byte}", place)
            return
        except ValueError as error:
            message, at = error.args
            place = Place(self.name, number, at + 1)
            yield PageError(f"no JSON, left as it is: {message}", place)
            return
        for name in self._present(texts, members):
            member = members[name]
            if isinstance(member.value, str):
                key = self._key(number, name, members)
                raw = text[member.start + 1 : member.end - 1]
                # Offsets in a file are bytes, those in a line code points.
                before = member.start + 1
                first = before if text.isascii() else len(text[:before].encode())
                ticket = (start + skipped + first, raw)
                dialect = self.fields.dialect or dialect_of(key.path or "")
                page = Page(member.value, f"{self.name}#{key.name}", dialect)
                yield Text(page, key, ticket)

    def _present(self, texts: tuple[str, ...], members: Mapping[str, Value]) -> Sequence[str]:
        if self.fields.text:
            return [name for name in texts if name in members]
        strings = [name for name in texts if name in members]
        return [name for name in strings if isinstance(members[name].value, str)][:1]

    def _key(self, number: int, name: str, members: Mapping[str, Value]) -> Key:
        def word(given: str | None, names: tuple[str, ...]) -> str | None:
            member = members.get(given or guess.first(names, members) or "")
            value = member.value if member else None
            return str(value) if isinstance(value, str | int) and value != "" else None

        fields = self.fields
        return Key(
            number,
            name,
            word(fields.id, guess.ID),
            word(fields.title, guess.TITLE),
            word(fields.path, guess.PATH),
        )

    def rewrite(
        self, text: Text, rewrites: Sequence[Rewrite], envelope: Mapping[str, str]
    ) -> Rewritten:
        """Return the changed stretches of one string."""
        first, raw = cast(tuple[int, str], text.ticket)
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
