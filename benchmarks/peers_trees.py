"""The figures about whole trees of pages: how fast they are judged and fixed, in what memory."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.peers_contest import FAST, Contest, faster, show, within
from benchmarks.peers_corpus import DENSE, SPARSE
from benchmarks.peers_rounds import Ground, fix, lint
from benchmarks.peers_table import MB, Figure, comparison
from benchmarks.peers_tools import Tool, checking, fixers, linters, wikimend

REPORTED = ("wrecks found", "decoys reported", "other lines")
FIXED = ("exact repairs", "clean links lost", "decoys damaged", "pages not as wanted")


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
        name = f"{side}: {', '.join(REPORTED)}"
        yield Figure(2, name, "all, 0, 0", ", ".join(found.cells()), found.is_right)


def repair(contest: Contest) -> Iterator[Figure]:
    """Yield figure 3: how long it takes to fix a tree that is full of wrecks."""
    took, judged = fix(contest.ground, DENSE, contest.tools(fixers(contest.sides)))
    show(f"fix, {DENSE.name} tree", comparison(took, FIXED))
    for side in contest.sides:
        yield from within(3, "fix, dense", took, side, "perl -pi, two expressions", 2)
        yield from faster(3, "fix, dense", took, side, "rumdl --fix", 1)
        made = judged[side]
        name = f"{side}: {', '.join(FIXED)}"
        yield Figure(3, name, "all, 0, 0, 0", ", ".join(made.cells()), made.is_right)


def memory(contest: Contest) -> Iterator[Figure]:
    """Yield figure 7: the memory of all processes together, over a tree and over ten of it."""
    ground = contest.ground
    once, tenfold = ground.tree(DENSE), ground.tenfold(DENSE)
    for side, python in contest.sides.items():
        jobs = ("--jobs", "2") if takes_jobs(ground, python) else ()
        for command, task in product((wikimend, checking), ("lint", "fix")):
            tool = Tool(side, command(task, python, "-q", *jobs))
            peaks = [
                ground.measure(tool, ground.copy(folder), is_watched=True).memory / MB
                for folder in (once, tenfold)
            ]
            name = f"{side}: memory of {task} {' '.join(jobs) or '(it takes no --jobs)'}"
            name += ", links checked too" if command is checking else ""
            measured = f"{peaks[0]:.0f} MB"
            yield Figure(7, name, "under 150 MB", measured, peaks[0] < 150)
            measured = f"{peaks[1]:.0f} MB, {peaks[1] / peaks[0]:.2f} times"
            same = peaks[1] <= 1.1 * peaks[0]
            yield Figure(7, f"{name}, ten times the pages", "at most 1.1 times", measured, same)


def takes_jobs(ground: Ground, python: str) -> bool:
    """Return whether a folder of pages can be worked at by several processes."""
    with TemporaryDirectory() as name:
        Path(name, "page.md").write_text("a page\n")
        tool = Tool("wikimend", wikimend("lint", python, "--jobs", "2"), codes=frozenset({0, 2}))
        return ground.measure(tool, Path(name)).code == 0
