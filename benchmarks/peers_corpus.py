"""The trees of pages: one in which few pages are damaged, and one in which most are."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.peers_pages import IMAGES, Author, title
from benchmarks.peers_pieces import Leaf, leaf

PAGES = 5000
"""How many pages a tree has; together they are some 22 MB."""


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
        author = Author(number, pages, damage, decoys)
        return leaf(f"{title(number).path[1:]}.md", author.page(size))

    def leaves(self, pages: int) -> Iterator[Leaf]:
        """Yield the pages, which are the same each time."""
        return (self.page(number, pages) for number in range(pages))


SPARSE = Tree("sparse", damaged=0.02, decoys=0.01)
DENSE = Tree("dense", damaged=0.75, decoys=0.1)
CLEAN = Tree("clean", damaged=0.0, decoys=0.0)


def write(tree: Tree, pages: int, folder: Path) -> None:
    """Write a tree as a git repository could hold it; nothing is done where it is there already."""
    done = folder / ".git" / f"pages-{pages}"
    if done.exists():
        return
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    files = ((page.path, page.damaged.encode()) for page in tree.leaves(pages))
    for name, content in chain(files, ((image[1:], b"") for image in IMAGES)):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    done.touch()
