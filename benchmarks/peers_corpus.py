"""The trees of pages: one in which few pages are damaged, and one in which most are."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from benchmarks.peers_pages import IMAGES, Author
from benchmarks.peers_pieces import Leaf, leaf
from benchmarks.peers_prose import title

PAGES = 5000
"""How many pages a tree has; together they are some 22 MB."""
SOURCES = (
    "peers_corpus.py",
    "peers_pages.py",
    "peers_pieces.py",
    "peers_prose.py",
    "peers_texts.yaml",
    "peers_wrecks.py",
)
"""The files that the pages follow from."""


@dataclass(frozen=True, slots=True)
class Tree:
    """How a tree of pages is damaged."""

    name: str
    """The name of its folder."""
    damaged: float
    """The share of pages with wrecks."""
    decoys: float
    """The share of pages that show wrecks in code and such."""
    damage: float = 0.12
    """The share of links and citations that are wrecked, on a damaged page."""

    def page(self, number: int, pages: int) -> Leaf:
        """Return a page of the tree, and the truth about it."""
        chance = random.Random(number + 7_000_003)
        size = min(300_000, int(chance.lognormvariate(math.log(1800), 1.2)) + 100)
        damage = self.damage if chance.random() < self.damaged else 0.0
        decoys = 0.5 if chance.random() < self.decoys else 0.0
        author = Author(number, pages, damage=damage, decoys=decoys)
        return leaf(f"{title(number).path[1:]}.md", author.page(size))

    def leaves(self, pages: int) -> Iterator[Leaf]:
        """Yield the pages, which are the same each time."""
        return (self.page(number, pages) for number in range(pages))


SPARSE = Tree("sparse", damaged=0.02, decoys=0.01)
DENSE = Tree("dense", damaged=0.75, decoys=0.1)
CLEAN = Tree("clean", damaged=0.0, decoys=0.0)


def edition() -> str:
    """Return what changes when anything changes that the pages are made of."""
    files = sorted(path for name in SOURCES for path in Path(__file__).parent.glob(name))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def write(tree: Tree, pages: int, folder: Path) -> None:
    """Write a tree as a git repository could hold it."""
    (folder / ".git").mkdir(parents=True)
    files = ((page.path, page.damaged.encode()) for page in tree.leaves(pages))
    others = [(".gitignore", b"/build/\n*.tmp\n"), *((image[1:], b"") for image in IMAGES)]
    for name, content in chain(files, others):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
