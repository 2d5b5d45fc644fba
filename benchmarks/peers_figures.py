"""The seven figures that say how fast wikimend must be, each measured and held against it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import startup
from benchmarks.peers_corpus import DENSE, SPARSE
from benchmarks.peers_rounds import Ground, fix, lint
from benchmarks.peers_table import MB, Figure, Side, comparison
from benchmarks.peers_tools import Tool, fixers, installed, linters
from benchmarks.peers_truth import Fixed, Reported

REPORTED = ("wrecks found", "decoys reported", "other lines")
FIXED = ("exact repairs", "clean links lost", "decoys damaged", "pages not as wanted")
FAST = "wikimend[fast]"
"""The side that has hyperscan, where there is one."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What is measured, and where."""

    ground: Ground
    """The trees."""
    sides: Mapping[str, str]
    """The names of the wikimends, and the Python that has each."""
    wanted: Callable[[str], bool]
    """Whether a tool of that name takes part."""

    def tools(self, tools: Iterable[Tool]) -> list[Tool]:
        """Return those that take part and are installed."""
        return [*installed([tool for tool in tools if self.wanted(tool.name)])]


def sparse(contest: Contest) -> Iterator[Figure]:
    """Yield figure 1: how long it takes to look through a tree with few wrecks."""
    took, _ = lint(contest.ground, SPARSE, contest.tools(linters(contest.sides)))
    show(f"lint, {SPARSE.name} tree", comparison(took, REPORTED))
    for side in contest.sides:
        yield from faster(1, "lint, sparse", took, side, "rumdl, link rules", 3)
        limit = 3 if side == FAST else 5
        yield from within(1, "lint, sparse", took, side, "ripgrep", limit)


def dense(contest: Contest) -> Iterator[Figure]:
    """Yield figure 2: the same, in a tree that is full of wrecks."""
    took, judged = lint(contest.ground, DENSE, contest.tools(linters(contest.sides)))
    show(f"lint, {DENSE.name} tree", comparison(took, REPORTED))
    for side in contest.sides:
        yield from faster(2, "lint, dense", took, side, "rumdl, link rules", 1)
        found = judged[side]
        assert isinstance(found, Reported)
        is_right = found.found == found.wrecks and not found.decoys and not found.others
        cells = found.cells()
        measured = f"{cells[0]}, {cells[1]}, {cells[2]}"
        yield Figure(
            2, f"{side}: wrecks found, in code, elsewhere", "all, 0, 0", measured, is_right
        )


def repair(contest: Contest) -> Iterator[Figure]:
    """Yield figure 3: how long it takes to fix a tree that is full of wrecks."""
    took, judged = fix(contest.ground, DENSE, contest.tools(fixers(contest.sides)))
    show(f"fix, {DENSE.name} tree", comparison(took, FIXED))
    for side in contest.sides:
        yield from within(3, "fix, dense", took, side, "perl -pi, two expressions", 2)
        yield from faster(3, "fix, dense", took, side, "rumdl --fix", 1)
        made = judged[side]
        assert isinstance(made, Fixed)
        is_right = made.exact == made.wrecks and not (made.lost or made.decoys or made.pages)
        cells = made.cells()
        measured = f"{cells[0]}, {cells[1]}, {cells[2]}, {cells[3]}"
        name = f"{side}: repairs exact, links lost, decoys damaged, pages not as wanted"
        yield Figure(3, name, "all, 0, 0, 0", measured, is_right)


def start(contest: Contest) -> Iterator[Figure]:
    """Yield figure 4: what it costs to start."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "coast.md").write_text(startup.PAGE)
        for side, python in contest.sides.items():
            for pair, limit in zip(startup.PAIRS, (1.3, 2), strict=True):
                ours, theirs = startup.medians(*pair, folder, python)
                what = f"{side}: `{' '.join(pair[0][1:])}` to `{pair[1]}`"
                measured = f"{ours / theirs:.2f} ({ours:.0f} to {theirs:.0f} ms)"
                yield Figure(4, what, f"at most {limit}", measured, ours <= limit * theirs)


def core(contest: Contest) -> Iterator[Figure]:
    """Yield figure 5: how many megabytes a core mends in a second."""
    script = str(Path(__file__).with_name("peers_mend.py"))
    kinds = {"wrecks": "a page with a wreck every 250 bytes", "clean": "clean pages"}
    speeds: dict[tuple[str, str], list[float]] = {}
    for _ in range(contest.ground.rounds):
        for side, python in contest.sides.items():
            for kind in kinds:
                command = [python, script, kind]
                ran = subprocess.run(command, check=True, capture_output=True, text=True)
                size, seconds = map(float, ran.stdout.split())
                speeds.setdefault((side, kind), []).append(size / MB / seconds)
    for (side, kind), found in speeds.items():
        limit = 5 if kind == "wrecks" else 400 if side == FAST else 80
        speed = median(found)
        what = f"{side}: mend, {kinds[kind]}"
        yield Figure(5, what, f"{limit} MB/s", f"{speed:.2f} MB/s", speed >= limit)


FIGURES: Mapping[int, Callable[[Contest], Iterator[Figure]]] = {
    1: sparse,
    2: dense,
    3: repair,
    4: start,
    5: core,
}
"""What measures each figure."""


def faster(
    number: int, work: str, took: Mapping[str, Side], side: str, peer: str, factor: float
) -> Iterator[Figure]:
    """Yield whether a side takes less than its peer, by a factor; nothing without the peer."""
    if peer in took:
        ratio = took[peer].seconds / took[side].seconds
        name = f"{work}: {peer} over {side}"
        yield Figure(number, name, f"at least {factor:g}", f"{ratio:.2f}", ratio >= factor)


def within(
    number: int, work: str, took: Mapping[str, Side], side: str, peer: str, factor: float
) -> Iterator[Figure]:
    """Yield whether a side takes at most so many times as long as its peer."""
    if peer in took:
        ratio = took[side].seconds / took[peer].seconds
        name = f"{work}: {side} over {peer}"
        yield Figure(number, name, f"at most {factor:g}", f"{ratio:.2f}", ratio <= factor)


def show(title: str, lines: Iterable[str]) -> None:
    """Print a table under its title."""
    print(f"### {title}\n", *lines, "", sep="\n", flush=True, file=sys.stdout)
