"""What people write when they have no wikimend: two regular expressions over a folder of pages.

It is written as well as such a script can be: a quick look whether a page can be damaged at all,
compiled patterns, and only changed pages are written. It knows nothing of code or comments.

`python benchmarks/peers_plain.py FOLDER JOBS [pywikibot]`
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import Pool

CHAIN = re.compile(
    r"\[(?P<text>[^\[\]\n]+)\[(?P<dir>/(?:[^\[\]\s/]+/)*)\[?(?P<slug>[^\[\]\s/]+?)"
    r"(?:\[(?P=dir)\[?(?P=slug))*--TEMP--[^\s()]*\)--FIX--"
)
CITATION = re.compile(
    r"\[{1,2}(?P<number>[0-9]{1,3})\][\])]{0,2}"
    r"(?P<url>https?://(?:[^\s()\[\]]|\([^\s()\[\]]*\))+)\)"
)
FORMS: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (("--TEMP--",), CHAIN, r"[\g<text>](\g<dir>\g<slug>)"),
    (("]http", ")http"), CITATION, r"[\g<number>](\g<url>)"),
)
"""For each form what a page with it holds, what it looks like, and what it becomes."""


def mend(text: str) -> str:
    """Return `text` with every form replaced."""
    for signs, pattern, repair in FORMS:
        if any(sign in text for sign in signs):
            text = pattern.sub(repair, text)
    return text


def mend_pywikibot(text: str) -> str:
    """Return the same by pywikibot, which leaves comments and verbatim text alone."""
    from pywikibot.textlib import replaceExcept

    for signs, pattern, repair in FORMS:
        if any(sign in text for sign in signs):
            text = replaceExcept(text, pattern, repair, ["comment", "nowiki", "pre", "math"])
    return text


WAYS: Mapping[str, Callable[[str], str]] = {"plain": mend, "pywikibot": mend_pywikibot}


def pages(folder: str) -> Iterator[str]:
    """Yield the pages below a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from pages(entry.path)
            elif entry.name.endswith(".md"):
                yield entry.path


def rewrite(path: str, way: str) -> None:
    """Mend a page in its place."""
    with open(path, encoding="utf-8", newline="") as stream:  # noqa: PTH123 - it is quicker
        text = stream.read()
    mended = WAYS[way](text)
    if mended != text:
        with open(path, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123
            stream.write(mended)


def main(folder: str, jobs: str, way: str = "plain") -> None:
    """Mend the pages of a folder."""
    work = [(path, way) for path in pages(folder)]
    if jobs == "1":
        for item in work:
            rewrite(*item)
        return
    with Pool(int(jobs)) as pool:
        pool.starmap(rewrite, work, chunksize=100)


if __name__ == "__main__":
    main(*sys.argv[1:])
