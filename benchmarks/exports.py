"""What becomes of real exports of MediaWiki: whether nothing changes but what should.

`python benchmarks/exports.py FILE...` reads each dump, changes the first character of every text,
and judges the outcome with the XML reader of the standard library and checksums of its own:

- without a change the dump must come out byte for byte;
- with the change every text must be the old one but for that character, its `sha1` and `bytes`
  must be those of the new text, and everything else what it was.

Four real dumps, one in UTF-16, are in the wheel of gensim (`pip download --no-deps gensim`): the
files `gensim/test/test_data/*.bz2` with `wiki` or `testcorpus` in their names.
"""

from __future__ import annotations

import bz2
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from wikimend.errors import PageError
from wikimend.store.dump import Fields, Patch, Rewrite
from wikimend.store.mediawiki_xml import ExportDump
from wikimend.text.edit import Edit

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
Element = tuple[str, dict[str, str], str]
"""The name without its namespace, the attributes and the text."""


def sha1(text: str) -> str:
    """Return the checksum that MediaWiki keeps of a text."""
    number = int(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(), 16)
    return "".join(DIGITS[number // 36**place % 36] for place in reversed(range(31)))


def dumped(path: Path, changed: bool) -> tuple[bytes, int]:
    """Return the dump, unpacked, with the change or without, and how many texts it has."""
    dump = ExportDump(path, Fields())
    pieces, texts = [], 0
    try:
        for chunk in dump.chunks():
            patches: list[Patch] = []
            for text in chunk.texts():
                if isinstance(text, PageError):
                    raise text
                texts += 1
                if changed:
                    patches += chunk.rewrite(text, [Rewrite(Edit(0, 1, "\u00fc"))], {}).patches
            pieces.append(chunk.result(patches))
    finally:
        dump.close()
    return b"".join(pieces), texts


def elements(content: bytes) -> Iterator[Element]:
    """Yield every element of a document in its order."""
    for element in ElementTree.fromstring(content).iter():
        yield element.tag.rpartition("}")[2], dict(element.attrib), element.text or ""


def differences(before: bytes, after: bytes) -> tuple[int, int]:
    """Return how many texts changed as they should, and how many elements as they should not."""
    right = wrong = 0
    new_sha1 = ""
    for old, new in zip(elements(before), elements(after), strict=True):
        if old == new:
            continue
        (name, attributes, text), (new_name, new_attributes, new_text) = old, new
        expected = dict(attributes)
        if name == "text":
            new_sha1 = sha1(new_text)
            sums = {"sha1": new_sha1, "bytes": str(len(new_text.encode()))}
            expected |= {key: value for key, value in sums.items() if key in attributes}
            good = new_text == "\u00fc" + text[1:]
            right += good
        else:
            good = name == "sha1" and new_text == new_sha1
        wrong += not (good and name == new_name and new_attributes == expected)
    return right, wrong


def main(paths: list[str]) -> None:
    """Print a line for each dump."""
    print("| dump | MB | texts | unchanged | changed as they should | otherwise |")
    print("|---|--:|--:|---|--:|--:|")
    for path in map(Path, paths):
        before = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
        same, texts = dumped(path, changed=False)
        right, wrong = differences(before, dumped(path, changed=True)[0])
        told = "byte for byte" if same == before else "**no**"
        size = len(before) / 1_000_000
        print(f"| `{path.name}` | {size:.1f} | {texts} | {told} | {right} | {wrong} |")


if __name__ == "__main__":
    main(sys.argv[1:])
