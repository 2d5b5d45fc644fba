"""What became of the links, wrecks and decoys of a tree, held against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.peers_pieces import Leaf, Mark

Lines = Mapping[str, Collection[int]]
"""For each page the lines that a tool has reported; the first line is 1."""


@dataclass(frozen=True, slots=True)
class Reported:
    """What a tool that reports lines has found."""

    wrecks: int
    """How many wrecks there are."""
    found: int
    """How many stand on a line that it reports."""
    decoys: int
    """How many decoys it reports, on lines without a wreck."""
    others: int
    """How many other lines it reports."""

    @property
    def is_right(self) -> bool:
        """Whether every wreck is found, and nothing else reported."""
        return self.found == self.wrecks and not (self.decoys or self.others)

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        return (_share(self.found, self.wrecks), str(self.decoys), str(self.others))


@dataclass(frozen=True, slots=True)
class Fixed:
    """What a tool that changes pages has made of them."""

    wrecks: int
    """How many wrecks there were."""
    exact: int
    """How many are the link that they should be."""
    lost: int
    """How many sound links are gone."""
    decoys: int
    """How many decoys were changed."""
    pages: int
    """How many pages are not to the byte what they should be."""

    @property
    def is_right(self) -> bool:
        """Whether every page is what it should be."""
        return self.exact == self.wrecks and not (self.lost or self.decoys or self.pages)

    def cells(self) -> tuple[str, ...]:
        """Return what the table shows."""
        return (_share(self.exact, self.wrecks), str(self.lost), str(self.decoys), str(self.pages))


def judge_lines(leaves: Iterable[Leaf], lines: Lines) -> Reported:
    """Return how what was reported compares with the truth."""
    counts: Counter[str] = Counter()
    for leaf in leaves:
        got = {*lines.get(leaf.path, ())}
        wrecks, decoys = leaf.of_role("wreck"), leaf.of_role("decoy")
        wrecked = {line for mark in wrecks for line in mark.lines}
        shown = {line for mark in decoys for line in mark.lines}
        counts["wrecks"] += len(wrecks)
        counts["found"] += sum(not got.isdisjoint(mark.lines) for mark in wrecks)
        counts["decoys"] += len(got & (shown - wrecked))
        counts["others"] += len(got - shown - wrecked)
    return Reported(counts["wrecks"], counts["found"], counts["decoys"], counts["others"])


def judge_pages(leaves: Iterable[Leaf], folder: Path) -> Fixed:
    """Return how the pages in `folder` compare with the truth."""
    counts: Counter[str] = Counter()
    for leaf in leaves:
        got = (folder / leaf.path).read_bytes().decode("utf-8", "replace")
        wrecks = leaf.of_role("wreck")
        counts["wrecks"] += len(wrecks)
        if got == leaf.clean:
            counts["exact"] += len(wrecks)
        else:
            counts["pages"] += 1
            counts.update(judge_text(leaf, got))
    return Fixed(*(counts[name] for name in ("wrecks", "exact", "lost", "decoys", "pages")))


def judge_text(leaf: Leaf, got: str) -> Counter[Literal["exact", "lost", "decoys"]]:
    """Return how many wrecks of a page are exact, and how many sound links and decoys are lost.

    The same link may stand on a page several times, sound and wrecked: those that are there count
    as the sound ones first.
    """
    links = _wanted(leaf.of_role("link"))
    wrecks = _wanted(leaf.of_role("wreck"))
    there = {wanted: got.count(wanted) for wanted in links | wrecks}
    lost = sum(max(0, count - there[wanted]) for wanted, count in links.items())
    exact = sum(
        max(0, min(count, there[wanted] - links[wanted])) for wanted, count in wrecks.items()
    )
    shown = _wanted(leaf.of_role("decoy"))
    decoys = sum(max(0, count - got.count(wanted)) for wanted, count in shown.items())
    return Counter({"exact": exact, "lost": lost, "decoys": decoys})


def _wanted(marks: Iterable[Mark]) -> Counter[str]:
    return Counter(mark.wanted for mark in marks)


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"
