"""A piece of a MediaWiki export: its texts, and what changing one comes to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from xml.parsers import expat

from wikimend.errors import PageError, Place
from wikimend.store.checksum import base36_sha1, revision_sha1
from wikimend.store.dump import Fields, Key, Patch, Rewrite, Rewritten, Splice, Text
from wikimend.store.splice import splice
from wikimend.store.utf16 import stored
from wikimend.store.xml_cut import Piece
from wikimend.store.xml_revision import (
    Revision,
    Slot,
    Span,
    WikiPage,
    attribute_places,
)
from wikimend.store.xml_skim import read_pages
from wikimend.store.xml_text import Content, decode
from wikimend.text.edit import apply
from wikimend.text.page import Dialect, Page

_MODELS: Mapping[Dialect, frozenset[str]] = {
    "mediawiki": frozenset({"", "wikitext"}),
    "markdown": frozenset({"", "wikitext", "markdown", "text"}),
    "mdx": frozenset({"", "wikitext", "markdown", "text"}),
}
"""The content models whose texts are pages in a dialect; old dumps name none."""
_PROGRAM = re.compile(r"\.(?:css|js|json)\Z")
_ROOT, _END = b"<m>", b"</m>"


@dataclass(frozen=True, slots=True)
class _Ticket:
    """Where a text stands."""

    revision: Revision
    """Its revision."""
    slot: Slot
    """Its slot."""
    document: bytes
    """What the spans of both are about."""
    shift: int
    """What is added to a span for a place in the chunk."""

    def at(self, span: Span) -> Span:
        """Return a span of the document as one of the chunk."""
        return span[0] + self.shift, span[1] + self.shift

    def said(self, span: Span) -> str:
        """Return what stands at a span of the document."""
        return self.document[slice(*span)].decode()


@dataclass(frozen=True, slots=True)
class Pages:
    """A piece of an export."""

    offset: int
    """Offset of its first byte in the unpacked dump."""
    record: int
    """1-based number of its first page."""
    line: int
    """1-based number of its first line."""
    piece: Piece
    """The bytes, and how they are cut."""
    name: str
    """The file as the user named it."""
    fields: Fields
    """Which texts are wanted."""
    encoding: str | None
    """The encoding of the file, None for UTF-8."""

    @property
    def content(self) -> bytes:
        """The bytes of the piece, in UTF-8."""
        return self.piece.content

    def texts(self) -> Iterator[Text | PageError]:
        """Yield the texts that may be mended, and an error for each page that cannot be read."""
        if not self.piece.pages:
            return
        try:
            yield from self._texts(self.content, 0, self.record)
        except (expat.ExpatError, ValueError):
            start = 0
            for record, end in enumerate(self._ends(), self.record):
                try:
                    yield from self._texts(self.content[start:end], start, record)
                except (expat.ExpatError, ValueError) as error:
                    yield self._broken(start, error)
                start = end

    def _ends(self) -> Iterator[int]:
        """Yield where each page of a piece that is not well-formed may end."""
        for found in re.finditer(rb"</page\s*>", self.content):
            yield found.end()
        if self.piece.open:
            yield len(self.content)

    def _broken(self, start: int, error: Exception) -> PageError:
        line = self.line + self.content.count(b"\n", 0, start)
        message = str(error)
        if isinstance(error, expat.ExpatError):
            line += error.lineno - 1 - (0 if start else self.piece.context.count(b"\n"))
            message = expat.ErrorString(error.code)
        return PageError(f"no XML, the page is left as it is: {message}", Place(self.name, line))

    def _texts(self, content: bytes, start: int, record: int) -> Iterator[Text]:
        """Yield the texts of whole pages at `start` of the chunk; raises before it yields any."""
        context = b"" if start else self.piece.context
        end = b"</page>" + _END if self.piece.open else _END
        document = _ROOT + context + content + end
        shift = start - len(_ROOT) - len(context)
        for number, page in enumerate(read_pages(document), record):
            for revision in self._wanted(page):
                for slot in revision.slots:
                    if slot.span and self._is_text(page, slot):
                        ticket = _Ticket(revision, slot, document, shift)
                        text = decode(ticket.said(slot.span))
                        aside = "" if slot.role == "main" else f"/{slot.role}"
                        field = f"{revision.id}{aside}"
                        key = Key(number, field, page.id or None, page.title or None)
                        name = f"{self.name}#{key.name}{aside}"
                        yield Text(Page(text, name, self._dialect), key, ticket)

    @property
    def _dialect(self) -> Dialect:
        return self.fields.dialect or "mediawiki"

    def _wanted(self, page: WikiPage) -> Sequence[Revision]:
        if page.redirect and not self.fields.redirects:
            return ()
        if self.fields.all_revisions:
            return page.revisions
        return () if self.piece.open else page.revisions[-1:]

    def _is_text(self, page: WikiPage, slot: Slot) -> bool:
        if "deleted" in slot.attributes or slot.model not in _MODELS[self._dialect]:
            return False
        # Before there were slots, the title alone told what is a script.
        return bool(slot.model) or (slot.role == "main" and not _PROGRAM.search(page.title))

    def rewrite(
        self, text: Text, rewrites: Sequence[Rewrite], envelope: Mapping[str, str]
    ) -> Rewritten:
        """Return the changed stretches of a `<text>` and its checksums."""
        ticket = cast(_Ticket, text.ticket)
        assert ticket.slot.span is not None
        first = ticket.at(ticket.slot.span)[0]
        content = Content(ticket.said(ticket.slot.span))
        patches: list[Patch] = []
        spelled: list[str | None] = []
        for rewrite in rewrites:
            edit = rewrite.edit
            before = text.page.text[edit.start : edit.end]
            try:
                start, end = content.span(edit.start, edit.end, hollow=not (before and edit.text))
                new = rewrite.stored
                if new is None:
                    new = content.spell(edit.text, start)
                elif content.says(new, start) != edit.text:
                    raise ValueError("what is to be stored is not what is to be said")
            except ValueError as error:
                message = f"left as it is: {error}"
                raise PageError(message, Place(text.page.name)) from error
            was = content.raw[start:end]
            spelled.append(None if was == before else was)
            low = first + len(content.raw[:start].encode())
            patches.append(Splice(low, low + len(was.encode()), new.encode()))
        new_text = apply(text.page.text, [rewrite.edit for rewrite in rewrites])
        try:
            expected = _checksums(ticket, text.page.text, {})
            after = _checksums(ticket, new_text, ticket.revision.mended)
        except ValueError as error:
            raise PageError(f"left as it is: {error}", Place(text.page.name)) from error
        found: dict[str, str] = {}
        for name, (span, value) in after.items():
            said = ticket.said(span)
            if said != expected[name][1]:
                found[name] = said
            low, high = ticket.at(span)
            again = name == "revision_sha1"  # the sum of all its texts
            patches.append(Splice(low, high, envelope.get(name, value).encode(), again))
        ticket.revision.mended[ticket.slot.role] = base36_sha1(_data(new_text))
        return Rewritten(tuple(patches), tuple(spelled), found)

    def result(self, patches: Sequence[Patch]) -> bytes:
        """Return the piece with `patches` made, as the file is encoded."""
        return stored(splice(self.content, patches), self.encoding)


def _checksums(
    ticket: _Ticket, text: str, mended: Mapping[str, str]
) -> Mapping[str, tuple[Span, str]]:
    """Return where each checksum of the text stands, and what it should be.

    `mended` are the checksums of other texts of the revision that were changed, by role.
    """
    data = _data(text)
    slot, revision = ticket.slot, ticket.revision
    sha1 = base36_sha1(data)
    values = {"bytes": str(len(data)), "sha1": sha1}
    found = {
        name: (span, values[name])
        for name, span in attribute_places(ticket.document, slot.tag).items()
        if name in values and span[0] < span[1]
    }
    if revision.sha1:
        sums = {
            s.role: mended.get(s.role) or _sha1(ticket, s) for s in revision.slots if s is not slot
        }
        found["revision_sha1"] = revision.sha1, revision_sha1({**sums, slot.role: sha1})
    return found


def _data(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sha1(ticket: _Ticket, slot: Slot) -> str:
    """Return the checksum of another slot of the revision; raises ValueError without one."""
    if given := slot.attributes.get("sha1"):
        return given
    if "deleted" in slot.attributes or (slot.span is None and "id" in slot.attributes):
        raise ValueError(f"the dump does not tell the checksum of its slot {slot.role}")
    text = decode(ticket.said(slot.span)) if slot.span else ""
    return base36_sha1(text.encode())
