"""What people write when they have no wikimend: one regular expression a form of damage.

It is the other side of `dumps.py`, written as well as such a script can be: a quick look whether a
page can be damaged at all, compiled patterns, orjson, and a pool over large chunks. It knows
nothing of code, comments or tables, proves nothing, and keeps no record.

`python benchmarks/plain.py IN OUT JOBS [pywikibot]`
"""

from __future__ import annotations

import gzip
import html
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path
from typing import Any, BinaryIO, cast

CHUNK = 4 << 20

CHAIN = re.compile(
    r"\[(?P<text>[^\[\]\n]+)(?:\[(?P<dir>/[^\[\]\s]*/)\[(?P<slug>[^\[\]/\s-][^\[\]\s]*?))"
    r"(?:\[(?P=dir)\[(?P=slug))*--TEMP--[^\s()]*\)--FIX--"
)
CITED = re.compile(r"\[{1,2}(?P<number>[0-9]{1,3})\]{0,3}(?P<url>https?://[^\s()\[\]]+)\)")
FORMS: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("--TEMP--", CHAIN, r"[\g<text>](\g<dir>\g<slug>)"),
    ("]http", CITED, r"[\g<number>](\g<url>)"),
)
"""For each form what a page with it holds, what it looks like, and what it becomes."""

TEXT = re.compile(rb"(<text\b[^>]*>)([^<]*)(</text>)")


def mend(text: str) -> str:
    """Return `text` with every form replaced."""
    for sign, pattern, repair in FORMS:
        if sign in text:
            text = pattern.sub(repair, text)
    return text


def mend_pywikibot(text: str) -> str:
    """Return the same by pywikibot, which leaves comments and verbatim text alone."""
    from pywikibot.textlib import replaceExcept

    for _, pattern, repair in FORMS:
        text = replaceExcept(text, pattern, repair, ["comment", "nowiki", "pre", "math"])
    return text


WAYS: dict[str, Callable[[str], str]] = {"plain": mend, "pywikibot": mend_pywikibot}


def of_jsonl(way: str, content: bytes) -> bytes:
    """Return lines with their texts mended."""
    import orjson

    lines = []
    for line in content.splitlines(keepends=True):
        record = orjson.loads(line)
        text = WAYS[way](record["text"])
        if text != record["text"]:
            line = orjson.dumps({**record, "text": text}) + b"\n"  # noqa: PLW2901
        lines.append(line)
    return b"".join(lines)


def of_xml(way: str, content: bytes) -> bytes:
    """Return a piece of an export with its texts mended; its checksums are wrong then."""

    def replace(found: re.Match[bytes]) -> bytes:
        text = html.unescape(found[2].decode())
        mended = WAYS[way](text)
        if mended == text:
            return found[0]
        return found[1] + html.escape(mended).encode() + found[3]

    return TEXT.sub(replace, content)


KINDS = {"jsonl": (of_jsonl, b"\n"), "xml": (of_xml, b"</page>\n")}


def open_zst(path: str, mode: str) -> BinaryIO:
    """Return a file compressed by Zstandard, for reading or writing."""
    import zstandard

    return cast(BinaryIO, zstandard.open(path, mode))


OPENERS: dict[str, Callable[[str, str], Any]] = {
    ".gz": partial(gzip.open, compresslevel=6),
    ".zst": open_zst,
}


def chunks(stream: Iterator[bytes], end: bytes) -> Iterator[bytes]:
    """Yield large chunks that stop behind `end`."""
    rest = b""
    for data in stream:
        rest += data
        cut = rest.rfind(end) + len(end)
        if cut >= len(end):
            yield rest[:cut]
            rest = rest[cut:]
    yield rest


def main(source: str, target: str, jobs: str, way: str = "plain") -> None:
    """Mend a dump; a name with `.gz` or `.zst` is compressed."""
    name = Path(source).name.split(".")[1]
    work, end = KINDS[name]
    opener = OPENERS.get(Path(source).suffix, open)
    with opener(source, "rb") as old, opener(target, "wb") as new, Pool(int(jobs)) as pool:
        stream = iter(partial(old.read, CHUNK), b"")
        for done in pool.imap(partial(work, way), chunks(stream, end)):
            new.write(done)


if __name__ == "__main__":
    main(*sys.argv[1:])
