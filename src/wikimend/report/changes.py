"""The record of every change that a run made to a dump: one JSON object a line, in its order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NotRequired, TypedDict, cast

from wikimend.errors import PageError, Place
from wikimend.repair.finding import Mended
from wikimend.store.compression import Reader
from wikimend.store.dump import Key, Rewritten, digest
from wikimend.text.position import Lines


class Change(TypedDict):
    """A change of one text."""

    record: int
    """1-based number of the line, row or page in the dump."""
    field: str
    """The field that holds the text; of a revision its id."""
    id: str | None
    """The id of the page; null when it has none."""
    title: str | None
    """The title of the page; null when it has none."""
    path: str | None
    """The path of the page; null when it has none."""
    rules: list[str]
    """The ids of the rules that made it."""
    line: int
    """1-based line of its start in the text as it was."""
    start: int
    """Code points before it in the text as it was."""
    end: int
    """Code points up to the end of what was replaced."""
    start_after: int
    """Code points before it in the text as it is now."""
    before: str
    """What stood there."""
    after: str
    """What stands there now."""
    sha256: str
    """SHA-256 of the text as it was, in UTF-8."""
    sha256_after: str
    """SHA-256 of the text as it is now."""
    stored: NotRequired[str]
    """How the file spelled `before`, where that was not the text itself."""
    envelope: NotRequired[Mapping[str, str]]
    """What stood beside the text and cannot be told from it, such as a wrong checksum."""


_NEEDED = Change.__annotations__.keys() - {"stored", "envelope"}


def change_lines(key: Key, mended: Mended, rewritten: Rewritten) -> Iterator[str]:
    """Yield the line of each change of a text."""
    text = mended.page.text
    lines = Lines(text)
    before, after = digest(text), digest(mended.text)
    shift = 0
    for edit, stored in zip(mended.edits, rewritten.stored, strict=True):
        change = Change(
            record=key.record,
            field=key.field,
            id=key.id,
            title=key.title,
            path=key.path,
            rules=list(edit.rules),
            line=lines.position(edit.start)[0],
            start=edit.start,
            end=edit.end,
            start_after=edit.start + shift,
            before=text[edit.start : edit.end],
            after=edit.text,
            sha256=before,
            sha256_after=after,
        )
        if stored is not None:
            change["stored"] = stored
        if rewritten.envelope:
            change["envelope"] = rewritten.envelope
        yield json.dumps(change) + "\n"
        shift += len(edit.text) - (edit.end - edit.start)


def page_change_lines(path: str, mended: Mended) -> Iterator[str]:
    """Yield the line of each change of a page that is a file, whose path it is."""
    key = Key(1, "text", path=path)
    return change_lines(key, mended, Rewritten((), (None,) * len(mended.edits)))


def read_changes(path: Path) -> Iterator[Change]:
    """Yield the changes of the record at `path`, which may be compressed, in their order.

    Raises PageError when it cannot be read, and at the first line that is no change.
    """
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            yield _change(line, Place(str(path), number))


def _change(line: bytes, place: Place) -> Change:
    try:
        change = json.loads(line)
    except ValueError as error:
        raise PageError(f"not a record of changes: {error}", place) from error
    if not isinstance(change, dict) or not change.keys() >= _NEEDED:
        raise PageError("not a record of changes: this line is none", place)
    return cast(Change, change)


def _lines(path: Path) -> Iterable[bytes]:
    reader = Reader(path)
    rest = b""
    try:
        while data := reader.read():
            *lines, rest = (rest + data).split(b"\n")
            yield from lines
        reader.check()
    finally:
        reader.close()
    if rest:
        yield rest
