"""Runs tools over a tree in turn, and holds what they report and write against the truth."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from benchmarks.peers_corpus import Tree, edition, write
from benchmarks.peers_measuring import Run, measure
from benchmarks.peers_pieces import Leaf
from benchmarks.peers_table import Side
from benchmarks.peers_tools import Tool, environment, listed
from benchmarks.peers_truth import Fixed, Reported, judge_lines, judge_pages

Judged = TypeVar("Judged", Reported, Fixed)


@dataclass(frozen=True, slots=True)
class Ground:
    """Where and how often tools are measured."""

    folder: Path
    """Where the trees are."""
    pages: int
    """How many pages each has."""
    rounds: int
    """How many rounds count; one more is run before them."""

    @property
    def output(self) -> Path:
        """The file that holds what the last run wrote to its standard output."""
        return self.folder / "output"

    def tree(self, tree: Tree) -> Path:
        """Return the folder of a tree, written where it is not there yet."""
        return self._made(tree.name, lambda folder: write(tree, self.pages, folder))

    def leaves(self, tree: Tree) -> Sequence[Leaf]:
        """Return the pages of a tree, and the truth about them."""
        return _leaves(tree, self.pages)

    def tenfold(self, tree: Tree) -> Path:
        """Return a folder with ten copies of a tree, so that no page is larger than in one."""

        def write_copies(folder: Path) -> None:
            (folder / ".git").mkdir(parents=True)
            for number in range(10):
                _copy(self.tree(tree), folder / f"part-{number}")

        return self._made(f"{tree.name}-tenfold", write_copies)

    def _made(self, name: str, make: Callable[[Path], None]) -> Path:
        """Return a folder of that name; where it is not there it is made, whole or not at all."""
        folder = self.folder / f"{name}-{self.pages}-{edition()}"
        if not folder.exists():
            half = self.folder / "half"
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(folder)
        return folder

    @property
    def copies(self) -> Path:
        """Where copies are made, each in a folder of its own.

        They must stay until nothing is timed any more: for minutes after many files are deleted,
        ext4 takes some twenty times as long to make a file.
        """
        return self.folder / "copies"

    def copy(self, folder: Path) -> Path:
        """Return a fresh copy of a folder, all of it on the disk."""
        self.copies.mkdir(exist_ok=True)
        copy = self.copies / str(len([*self.copies.iterdir()]))
        _copy(folder, copy)
        os.sync()
        return copy

    def measure(self, tool: Tool, folder: Path, *, is_watched: bool = False) -> Run:
        """Return what a run of a tool took."""
        env = environment(self.folder / "cache")
        run = measure(tool.command, folder, env, self.output, is_watched=is_watched)
        if run.code not in tool.codes:
            print(f"{tool.name} ended with {run.code}", file=sys.stderr)
        return run


def lint(
    ground: Ground, tree: Tree, tools: Sequence[Tool]
) -> tuple[dict[str, Side], dict[str, Reported]]:
    """Return what each tool took to look through a tree, and how what it found is judged."""
    folder = ground.tree(tree)

    def judge(tool: Tool) -> Reported | None:
        if not tool.lister:
            return None
        if tool.lister != tool.command:
            ground.measure(replace(tool, command=tool.lister), folder)
        lines = listed(ground.output.read_text("utf-8", "replace"))
        return judge_lines(ground.leaves(tree), lines)

    return _rounds(ground, tools, lambda: folder, judge)


def fix(
    ground: Ground, tree: Tree, tools: Sequence[Tool]
) -> tuple[dict[str, Side], dict[str, Fixed]]:
    """Return what each tool took to change a tree in place, and how the pages are judged."""
    source = ground.tree(tree)
    copies: list[Path] = []

    def prepare() -> Path:
        copies.append(ground.copy(source))
        return copies[-1]

    def judge(tool: Tool) -> Fixed:
        return judge_pages(ground.leaves(tree), copies[-1])

    return _rounds(ground, tools, prepare, judge)


@lru_cache(maxsize=1)
def _leaves(tree: Tree, pages: int) -> Sequence[Leaf]:
    return [*tree.leaves(pages)]


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def _rounds(
    ground: Ground,
    tools: Sequence[Tool],
    prepare: Callable[[], Path],
    judge: Callable[[Tool], Judged | None],
) -> tuple[dict[str, Side], dict[str, Judged]]:
    """Return what was measured of each tool, and how it was judged.

    In the first round memory is watched and the outcome judged; its times do not count.
    """
    judged: dict[str, Judged] = {}
    memory: dict[str, int] = {}
    runs: Mapping[str, list[Run]] = defaultdict(list)
    for tool in tools:
        memory[tool.name] = ground.measure(tool, prepare(), is_watched=True).memory
        if (found := judge(tool)) is not None:
            judged[tool.name] = found
    for number in range(ground.rounds):
        for tool in tools:
            if not (tool.is_slow and number):
                runs[tool.name].append(ground.measure(tool, prepare()))
    sides = {
        tool.name: Side(
            runs[tool.name],
            memory[tool.name],
            judged[tool.name].cells() if tool.name in judged else (),
        )
        for tool in tools
    }
    return sides, judged
