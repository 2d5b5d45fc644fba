"""The formats of dumps, chosen by the name of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wikimend.store.dump import Format

PACKED = (".gz", ".zst", ".bz2", ".xz")
"""The suffixes of compressed files."""

SUFFIXES: Mapping[str, str] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xml": "mediawiki-xml",
    ".parquet": "parquet",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
}
"""The format of each name, once the suffix of a codec is taken away."""


def _jsonl() -> Format:
    from wikimend.store.jsonl import JsonLinesDump
    from wikimend.store.whole import WholeFormat

    return WholeFormat(JsonLinesDump)


def _mediawiki_xml() -> Format:
    from wikimend.store.mediawiki_xml import ExportDump
    from wikimend.store.whole import WholeFormat

    return WholeFormat(ExportDump)


def _parquet() -> Format:
    from wikimend.store.parquet import ParquetFormat

    return ParquetFormat()


def _sqlite() -> Format:
    from wikimend.store.sqlite import SqliteFormat

    return SqliteFormat()


FORMATS: Mapping[str, Callable[[], Format]] = {
    "jsonl": _jsonl,
    "mediawiki-xml": _mediawiki_xml,
    "parquet": _parquet,
    "sqlite": _sqlite,
}
"""Every format by name; it is imported when it is asked for."""


def format_of(name: str) -> str | None:
    """Return the name of the format that a file called `name` has; None when it is no dump.

    The dumps of Wikimedia have names such as `enwiki-20251101-pages-articles1.xml-p1p41242.bz2`.

    >>> format_of("pages.JSONL.zst"), format_of("x.xml-p1p9.bz2"), format_of("index.md")
    ('jsonl', 'mediawiki-xml', None)
    """
    plain = name.lower()
    for suffix in PACKED:
        plain = plain.removesuffix(suffix)
    suffix = PurePath(plain).suffix
    return SUFFIXES.get(suffix) or SUFFIXES.get(suffix.partition("-")[0])
