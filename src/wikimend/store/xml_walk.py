"""The pages of an export, found by a walk over all of its elements."""

from __future__ import annotations

from xml.parsers import expat

from wikimend.store.xml_revision import TAG, Revision, Slot, Span, WikiPage
from wikimend.store.xml_text import decode


def walk(content: bytes) -> list[WikiPage]:
    """Return the pages of `content`, a document (UTF-8) with pages in its root.

    Raises `expat.ExpatError` when it is not well-formed, ValueError for an unknown entity.
    """
    found = _Walk(content)
    parser = expat.ParserCreate("utf-8")
    found.parser = parser
    parser.StartElementHandler = found.start
    parser.EndElementHandler = found.end
    parser.Parse(content, True)
    return found.pages


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
        tag = TAG.match(self._content, begin)
        end = self.parser.CurrentByteIndex
        return (tag.end(), end) if tag and tag.end() < end else None

    def _said(self, begin: int) -> str:
        span = self._inside(begin)
        return decode(self._content[slice(*span)].decode()).strip() if span else ""
