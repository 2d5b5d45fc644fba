"""The same wiki as a dump in every format, before and after mending."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from html import escape
from pathlib import Path
from typing import Any
from unittest import mock

import zstandard

from wikimend.run import ledger
from wikimend.store import jsonl as json_lines
from wikimend.store import xml_cut
from wikimend.store.checksum import base36_sha1
from wikimend.store.compression import CODECS

from .program import WRECK

Texts = list[str]


@contextmanager
def small_chunks(size: int) -> Iterator[None]:
    """Cut dumps into chunks of so many bytes, and note often how far a run is."""
    with (
        mock.patch.object(json_lines, "CHUNK", size),
        mock.patch.object(xml_cut, "CHUNK", size),
        mock.patch.object(ledger, "CHECKPOINT", 2),
        mock.patch("os.fsync"),  # as slow as the disk, and nobody cuts the power
    ):
        yield


def texts(count: int, every: int, mended: bool = False, size: int = 3) -> Texts:
    """Return the pages of the wiki; one of `every` is damaged, or `mended`."""
    sound = "The [quay](/harbor/quay) & the “pier” <b>é\U0001f600</b>.\n\n"
    found = []
    for number in range(count):
        link = "[tides](/sea/tides)" if mended else WRECK.format("tides")
        damage = f"At {number} see {link} again.\n\n" if every and number % every == 0 else ""
        found.append(f"Page {number}\n\n{sound * (size + number % 5)}{damage}{sound}")
    return found


def jsonl(pages: Texts) -> bytes:
    """Return the pages as JSON lines, spelled in several ways."""
    lines = []
    for number, text in enumerate(pages):
        line = json.dumps(
            {"id": number, "n": 1.50, "text": text, "meta": {"text": "[[3]"}},
            ensure_ascii=number % 2 == 0,
        )
        lines.append(line.replace("/", "\\/") if number % 3 == 0 else line)
    return "".join(f"{line}\n" for line in lines).encode()


def export(pages: Texts) -> bytes:
    """Return the pages as an export of a MediaWiki."""
    head = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">\n'
    parts = [f"{head}  <siteinfo><sitename>Sea</sitename></siteinfo>\n"]
    for number, text in enumerate(pages):
        data = text.encode()
        sha1 = base36_sha1(data)
        spelled = escape(text) if number % 2 else escape(text).replace("[", "&#91;", 2)
        parts.append(
            f"  <page>\n    <title>Page {number}</title>\n    <ns>0</ns>\n    <id>{number}</id>\n"
            f"    <revision>\n      <id>{number + 1000}</id>\n      <model>wikitext</model>\n"
            f'      <text bytes="{len(data)}" sha1="{sha1}" xml:space="preserve">{spelled}</text>\n'
            f"      <sha1>{sha1}</sha1>\n    </revision>\n  </page>\n"
        )
    return "".join((*parts, "</mediawiki>\n")).encode()


def utf16(pages: Texts) -> bytes:
    """Return the export in UTF-16."""
    return export(pages).decode().encode("utf-16")


def unpack(data: bytes, codec: str) -> bytes:
    """Return what `data` unpacks to."""
    if codec == "zst":
        reader = zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True)
        with reader:
            return reader.read()
    return {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress}[codec](data)


def write_parquet(path: Path, pages: Texts) -> None:
    """Write the pages as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table(
        {"id": range(len(pages)), "text": pages, "n": [[n] for n in range(len(pages))]}
    )
    settings = {"row_group_size": 100, "compression": "zstd"}
    pq.write_table(table.replace_schema_metadata({"wiki": "sea"}), path, **settings)


def read_parquet(path: Path) -> Any:
    """Return all that a reader finds."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    return table.to_pylist(), table.schema.to_string(), pq.read_metadata(path).num_row_groups


def write_sqlite(path: Path, pages: Texts) -> None:
    """Write the pages as a database."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE pages (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("CREATE INDEX by_text ON pages (text)")
        connection.executemany("INSERT INTO pages VALUES (?, ?)", list(enumerate(pages, 1)))
        connection.commit()


def read_sqlite(path: Path) -> Any:
    """Return all that a reader finds."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def _bytes(make: Callable[[Texts], bytes], codec: str | None = None) -> tuple[Any, Any]:
    if codec is None:
        return lambda path, pages: path.write_bytes(make(pages)), lambda path: path.read_bytes()
    return (
        lambda path, pages: path.write_bytes(CODECS[codec].compress(make(pages))),
        lambda path: unpack(path.read_bytes(), codec),
    )


Write = Callable[[Path, Texts], Any]
Read = Callable[[Path], Any]

FORMATS: Mapping[str, tuple[Write, Read]] = {
    "dump.jsonl": _bytes(jsonl),
    **{f"dump.jsonl.{codec}": _bytes(jsonl, codec) for codec in CODECS},
    "dump.xml": _bytes(export),
    "dump.xml.bz2": _bytes(export, "bz2"),
    "utf16.xml": _bytes(utf16),
    "dump.parquet": (write_parquet, read_parquet),
    "dump.db": (write_sqlite, read_sqlite),
}
"""Every kind of dump by the name of a file: what writes one, and what reads all there is."""


def leftovers(folder: Path, known: Iterable[str]) -> list[str]:
    """Return the names of the files in `folder` that are not `known` and no manifests."""
    names = {path.name for path in folder.iterdir() if not path.name.endswith(".wikimend-run")}
    return sorted(names - set(known))
