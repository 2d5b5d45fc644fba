"""Dumps of generated pages for the benchmark: JSON lines and an export of MediaWiki."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from html import escape
from pathlib import Path

from wikimend.store.checksum import base36_sha1

HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">\n'
SENTENCES = (
    "The harbor (built in 1890) lies where the *old* road meets the sea, and boats rest there.",
    'A [tide pool](/coast/tide-pool) fills twice a day, which the keeper called "the clock".',
    "From the pier one sees the [lighthouse](/coast/lighthouse) & its long shadow at noon.",
    "Gulls wait on the roof of the fish market until the last crate is gone; then they leave.",
    "See [the chronicle](https://example.org/chronicle) for the winters when the quay froze.",
    "Nobody knows who planted the hedge, but every map since 1821 shows it — “the green wall”.",
)
WRECKS = (
    "Near it [low tide[/coast/[low-tide[/coast/[low-tide--TEMP--/coast)--FIX-- is measured.",
    "The [old quay[/harbor/[old-quay--TEMP--/harbor)--FIX-- was rebuilt in stone.",
    "Its height was disputed [[3]]]https://example.org/tides) for years.",
)


def text(number: int, damaged: bool) -> str:
    """Return the text of a page: about 3 KB, with two or three wrecks when it is damaged."""
    chance = random.Random(number)
    paragraphs = [
        " ".join(chance.choice(SENTENCES) for _ in range(chance.randint(3, 7)))
        for _ in range(chance.randint(3, 10))
    ]
    if damaged:
        for wreck in chance.sample(WRECKS, chance.randint(2, 3)):
            place = chance.randrange(len(paragraphs))
            paragraphs[place] += f" {wreck}"
    return f"# Page {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def record(number: int, content: str) -> str:
    """Return a page as a line of JSON."""
    fields = {"id": number, "title": f"Page {number}", "text": content}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def page(number: int, content: str) -> str:
    """Return a page as MediaWiki writes it."""
    data = content.encode()
    sha1 = base36_sha1(data)
    return (
        f"  <page>\n    <title>Page {number}</title>\n    <ns>0</ns>\n    <id>{number}</id>\n"
        f"    <revision>\n      <id>{number}</id>\n      <model>wikitext</model>\n"
        f"      <format>text/x-wiki</format>\n"
        f'      <text bytes="{len(data)}" sha1="{sha1}">{escape(content)}</text>\n'
        f"      <sha1>{sha1}</sha1>\n    </revision>\n  </page>\n"
    )


def make(path: Path, size: int, percent: int) -> None:
    """Write a dump of `size` bytes with so many of a hundred pages damaged."""
    write = record if ".jsonl" in path.name else page
    left, number = size, 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write("" if write is record else HEAD)
        while left > 0:
            damaged = number * 37 % 100 < percent
            piece = write(number, text(number, damaged))
            stream.write(piece)
            left -= len(piece)
            number += 1
        stream.write("" if write is record else "</mediawiki>\n")


def compressed(source: Path, codec: str) -> Path:
    """Return the dump compressed by the codec, for both sides alike; itself for `plain`."""
    if codec == "plain":
        return source
    path = source.with_name(f"{source.name}.{codec}")
    with source.open("rb") as stream:
        if codec == "gz":
            with gzip.open(path, "wb", 6) as packed:
                shutil.copyfileobj(stream, packed)
        else:
            import zstandard

            with path.open("wb") as packed_zst:
                zstandard.ZstdCompressor(level=3).copy_stream(stream, packed_zst)
    return path
