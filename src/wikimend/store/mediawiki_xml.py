"""Exports of MediaWiki (`Special:Export`, `dumpBackup.php`): schemas 0.10, 0.11 and those before.

The file is cut between pages, and each piece is parsed by expat where it is worked on; every byte
outside of a changed text and its checksums is copied. A DTD, which an export never has, is refused,
and with it every entity that could grow or reach out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from wikimend.errors import PageError, Place
from wikimend.store import whole
from wikimend.store.compression import Reader
from wikimend.store.dump import Fields
from wikimend.store.utf16 import Utf8
from wikimend.store.xml_cut import Piece, cut
from wikimend.store.xml_pages import Pages

_ENCODINGS = {"utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be"}


class ExportDump:
    """An open export."""

    def __init__(self, path: Path, fields: Fields) -> None:
        self._path = path
        self._fields = fields
        self._reader = Reader(path)
        self.codec = self._reader.codec
        """The codec that it was written with."""
        self.length = path.stat().st_size
        """Bytes of the file."""

    @property
    def position(self) -> int:
        """Bytes of the file that were read."""
        return self._reader.position

    def close(self) -> None:
        """Close the file."""
        self._reader.close()

    def size(self) -> int:
        """Return the number of bytes, unpacked and in UTF-8."""
        reader = Reader(self._path)
        try:
            source = Utf8(reader.read)
            if source.encoding is None:
                return whole.unpacked_size(self._path)
            total = 0
            while data := source.read():
                total += len(data)
            reader.check()
            return total
        finally:
            reader.close()

    def chunks(self) -> Iterator[Pages]:
        """Yield the head, the pages, and the tail."""
        source = Utf8(self._reader.read)
        name = str(self._path)
        frame = _Frame(name)
        offset, record, line = 0, 1, 1
        seen = False
        for piece in self._pieces(source.read):
            content = piece.content
            if not piece.pages:
                if seen:
                    self._reader.check()
                frame.feed(content, line, final=seen)
                seen = True
            yield Pages(offset, record, line, piece, name, self._fields, source.encoding)
            offset += len(content)
            record += content.count(b"</page") if piece.pages else 0
            line += content.count(b"\n")

    def _pieces(self, read: Callable[[], bytes]) -> Iterator[Piece]:
        place = Place(str(self._path))
        try:
            yield from cut(read)
        except UnicodeDecodeError as error:
            raise PageError(f"no valid UTF-16: {error.reason}", place) from error
        except ValueError as error:
            raise PageError(f"not a MediaWiki export: {error}", place) from error


class _Frame:
    """The document around the pages: its root, and what stands before and behind them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._line = 1
        self._depth = 0
        self._parser = expat.ParserCreate("utf-8")
        self._parser.XmlDeclHandler = self._declaration
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start

    def feed(self, content: bytes, line: int, *, final: bool) -> None:
        """Parse the head or the tail; raises PageError where it is no export, or ends too early."""
        skipped = line - self._line
        try:
            self._parser.Parse(content, final)
        except expat.ExpatError as error:
            inside = final and b"<page" in content
            what = "ends inside a page" if inside else expat.ErrorString(error.code)
            cut_off = " (is it cut off?)" if final else ""
            place = Place(self._name, error.lineno + skipped)
            raise PageError(f"not a whole MediaWiki export: {what}{cut_off}", place) from error
        self._line += content.count(b"\n")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            self._refuse(f"the encoding {encoding} is none that MediaWiki writes")

    def _doctype(self, *_: object) -> NoReturn:
        self._refuse("a document type declaration, which an export never has, is refused")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1 and name != "mediawiki":
            self._refuse(f"not a MediaWiki export: its root is <{name}>, not <mediawiki>")

    def _refuse(self, message: str) -> NoReturn:
        raise PageError(message, Place(self._name, self._parser.CurrentLineNumber))
