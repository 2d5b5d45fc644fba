"""How fast `wikimend.mend` is in one process, in megabytes a second.

`python benchmarks/peers_mend.py wrecks|clean` prints the bytes of the text that was mended and the
seconds of processor time. `wrecks` is one page with a wreck every 250 bytes, `clean` are pages of
many sizes without any. The rules are read before, and a small page of wrecks is mended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.peers_corpus import CLEAN
from benchmarks.peers_pages import Author
from benchmarks.peers_pieces import Leaf, leaf

import wikimend

CLEAN_PAGES = 1000
"""How many clean pages are mended."""
WRECKED_SIZE = 200_000
"""The size of the page of wrecks, in code points of its clean form."""


def wrecked(size: int) -> Leaf:
    """Return a page with a wreck every 250 bytes: all its links and citations are wrecked."""
    return leaf("wrecks.md", Author(14, 1000, damage=1.0, decoys=0.0).page(size))


def main(kind: str) -> None:
    """Print the bytes, and the seconds it took to mend them."""
    warm = wrecked(2000)
    wikimend.mend(warm.damaged)
    pages = [wrecked(WRECKED_SIZE)] if kind == "wrecks" else [*CLEAN.leaves(CLEAN_PAGES)]
    began = time.process_time()
    mended = [wikimend.mend(page.damaged) for page in pages]
    took = time.process_time() - began
    for page, result in zip(pages, mended, strict=True):
        if result.text != page.clean:
            sys.exit(f"{page.path} is not what it should be")
    print(sum(len(page.damaged.encode()) for page in pages), took)


if __name__ == "__main__":
    main(*sys.argv[1:])
