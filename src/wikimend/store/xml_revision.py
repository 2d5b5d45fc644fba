"""The revisions in a piece of a MediaWiki export, and where their texts and checksums stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from wikimend.store.xml_text import decode

Span = tuple[int, int]
"""Offsets in bytes: of the first one, and after the last one."""

_TAG = re.compile(rb"<[^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*>")
_ATTRIBUTE = re.compile(rb"[\s](?P<name>[\w:.-]+)\s*=\s*(?P<quote>[\"'])(?P<value>.*?)(?P=quote)")


@dataclass(slots=True)
class Slot:
    """A text of a revision: the main one, or another role's."""

    role: str = "main"
    """What it is for."""
    model: str = ""
    """Its content model; empty where the dump names none."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """The attributes of its `<text>`."""
    tag: int = 0
    """Where its `<text` stands."""
    span: Span | None = None
    """Where its text stands; None when it has none, or an empty element."""


@dataclass(slots=True)
class Revision:
    """A revision of a page."""

    id: str = ""
    """Its number."""
    slots: list[Slot] = field(default_factory=list)
    """Its texts."""
    sha1: Span | None = None
    """Where the checksum of the revision stands; None when it has none."""


@dataclass(slots=True)
class WikiPage:
    """A page of an export, or what a piece holds of it."""

    id: str = ""
    """Its number."""
    namespace: str = ""
    """The number of its namespace."""
    title: str = ""
    """Its title with its namespace."""
    redirect: bool = False
    """Whether it leads to another page."""
    revisions: list[Revision] = field(default_factory=list)
    """Its revisions in the order of the dump."""


def read_pages(content: bytes) -> Iterator[WikiPage]:
    """Yield the pages of `content`, a document (UTF-8) with pages in its root; spans are its own.

    Raises `expat.ExpatError` when it is not well-formed, ValueError for an unknown entity.
    """
    walk = _Walk(content)
    parser = expat.ParserCreate("utf-8")
    walk.parser = parser
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.Parse(content, True)
    yield from walk.pages


class _Walk:
    """The elements on the way to the current one."""

    def __init__(self, content: bytes) -> None:
        self.parser: expat.XMLParserType
        self.pages: list[WikiPage] = []
        self._content = content
        self._path: list[str] = []
        self._begins: list[int] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        path = self._path
        path.append(name)
        at = self.parser.CurrentByteIndex
        self._begins.append(at)
        depth = len(path)
        if depth == 2 and name == "page":
            self.pages.append(WikiPage())
        elif depth < 3 or path[1] != "page":
            return
        elif depth == 3 and name == "revision":
            self.pages[-1].revisions.append(Revision())
        elif depth == 3 and name == "redirect":
            self.pages[-1].redirect = True
        elif path[2] != "revision":
            return
        elif name == "content" and depth == 4:
            self._revision.slots.append(Slot(role=""))
        elif name == "text" and (depth == 4 or (depth == 5 and path[3] == "content")):
            slot = self._slot(depth == 4)
            slot.attributes = attributes
            slot.tag = at

    def end(self, name: str) -> None:
        path = self._path
        depth = len(path)
        begin = self._begins.pop()
        if depth > 2 and path[1] == "page":
            if depth == 3:
                self._of_page(name, begin)
            elif path[2] == "revision" and depth == 4:
                self._of_revision(name, begin)
            elif path[2] == "revision" and depth == 5 and path[3] == "content":
                self._of_slot(name, begin, self._slot(main=False))
        path.pop()

    def _of_page(self, name: str, begin: int) -> None:
        page = self.pages[-1]
        if name == "title":
            page.title = self._said(begin)
        elif name == "ns":
            page.namespace = self._said(begin)
        elif name == "id":
            page.id = self._said(begin)

    def _of_revision(self, name: str, begin: int) -> None:
        if name == "id":
            self._revision.id = self._said(begin)
        elif name == "sha1":
            self._revision.sha1 = self._inside(begin)
        else:
            self._of_slot(name, begin, None)

    def _of_slot(self, name: str, begin: int, slot: Slot | None) -> None:
        if name == "text":
            (slot or self._slot(main=True)).span = self._inside(begin)
        elif name == "model":
            (slot or self._slot(main=True)).model = self._said(begin)
        elif name == "role" and slot is not None:
            slot.role = self._said(begin)

    @property
    def _revision(self) -> Revision:
        return self.pages[-1].revisions[-1]

    def _slot(self, main: bool) -> Slot:
        """Return the main slot, made when it is first heard of, or else the last one."""
        slots = self._revision.slots
        if not main:
            return slots[-1]
        for slot in slots:
            if slot.role == "main":
                return slot
        slots.append(Slot())
        return slots[-1]

    def _inside(self, begin: int) -> Span | None:
        """Return what stands between the tags of the element that ends; None when it is empty."""
        tag = _TAG.match(self._content, begin)
        end = self.parser.CurrentByteIndex
        return (tag.end(), end) if tag and tag.end() < end else None

    def _said(self, begin: int) -> str:
        span = self._inside(begin)
        return decode(self._content[slice(*span)].decode()).strip() if span else ""


def attribute_places(content: bytes, start: int) -> dict[str, Span]:
    """Return where the values of the attributes of the tag at `start` stand, by name."""
    tag = _TAG.match(content, start)
    end = tag.end() if tag else start
    found = _ATTRIBUTE.finditer(content, start, end)
    return {one["name"].decode(): one.span("value") for one in found}
