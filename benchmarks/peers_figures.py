"""The seven figures that say how fast wikimend must be, each measured and held against it."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import peers_attacks, startup
from benchmarks.linear import LIMIT
from benchmarks.peers_corpus import DENSE, SPARSE
from benchmarks.peers_rounds import Ground, fix, lint
from benchmarks.peers_table import MB, Figure, Side, comparison
from benchmarks.peers_tools import Tool, fixers, installed, linters, wikimend
from benchmarks.peers_truth import Fixed, Reported

REPORTED = ("wrecks found", "decoys reported", "other lines")
FIXED = ("exact repairs", "clean links lost", "decoys damaged", "pages not as wanted")
SHOWN = 10
"""How many attack strings the table shows."""
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
    attack_size: int
    """The size of the attack strings, in code points."""

    def tools(self, tools: Iterable[Tool]) -> list[Tool]:
        """Return those that take part and are installed."""
        return [*installed([tool for tool in tools if self.wanted(tool.name)])]


@dataclass(frozen=True, slots=True)
class Attack:
    """What an attack string took."""

    page: str
    """Its name."""
    half: float | None
    """Seconds for half of it; None where it was stopped or given up."""
    whole: float | None
    """Seconds for all of it."""

    @property
    def seconds(self) -> float:
        """How long it took."""
        return math.inf if self.whole is None else self.whole

    @property
    def growth(self) -> float:
        """How many times as long it takes as half of it; 1 where the times are too short to say."""
        if self.half is None or self.whole is None:
            return math.inf
        return self.whole / self.half if self.whole > peers_attacks.SHORTEST else 1.0


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


def attacks(contest: Contest) -> Iterator[Figure]:
    """Yield figure 6: how long pages take that were written to be slow, and how that grows."""
    script = str(Path(__file__).with_name("peers_attacks.py"))
    size = contest.attack_size
    allowed = peers_attacks.ALLOWED * size / MB
    for side, python in contest.sides.items():
        command = [python, script, str(size)]
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        found = [Attack(**json.loads(line)) for line in ran.stdout.splitlines()]
        late = [each for each in found if each.seconds > allowed]
        grown = [each for each in found if each.growth > LIMIT]
        worst = sorted(found, key=lambda each: (each in grown, each.seconds), reverse=True)
        show(f"attack strings, {side}, {size / MB:g} MB", attack_table(worst[:SHOWN]))
        slowest = max(found, key=lambda each: each.seconds)
        told = f"{len(late)} of {len(found)} are over; the worst {slowest.seconds:.2f} s"
        yield Figure(6, f"{side}: attack strings", f"under {allowed:g} s", told, not late)
        most = max(found, key=lambda each: each.growth)
        told = f"{len(grown)} of {len(found)} are over; the worst {most.growth:.2f}"
        name = f"{side}: attack strings, twice the size"
        yield Figure(6, name, f"at most {LIMIT} times", told, not grown)


def memory(contest: Contest) -> Iterator[Figure]:
    """Yield figure 7: the memory of all processes together, over a tree and over ten of it."""
    ground = contest.ground
    once, tenfold = ground.tree(DENSE), ground.tenfold(DENSE)
    for side, python in contest.sides.items():
        jobs = ("--jobs", "2") if takes_jobs(ground, python) else ()
        for task in ("lint", "fix"):
            tool = Tool(side, wikimend(task, python, "-q", *jobs))
            peaks = [
                ground.measure(tool, ground.copy(folder), is_watched=True).memory / MB
                for folder in (once, tenfold)
            ]
            name = f"{side}: memory of {task} {' '.join(jobs) or '(it takes no --jobs)'}"
            measured = f"{peaks[0]:.0f} MB"
            yield Figure(7, name, "under 150 MB", measured, peaks[0] < 150)
            measured = f"{peaks[1]:.0f} MB, {peaks[1] / peaks[0]:.2f} times"
            same = peaks[1] <= 1.1 * peaks[0]
            yield Figure(7, f"{name}, ten times the pages", "at most 1.1 times", measured, same)


FIGURES: Mapping[int, Callable[[Contest], Iterator[Figure]]] = {
    1: sparse,
    2: dense,
    3: repair,
    4: start,
    5: core,
    6: attacks,
    7: memory,
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


def attack_table(found: Iterable[Attack]) -> Iterator[str]:
    """Yield the lines of a table of attack strings."""
    yield "| page | half of it, s | all of it, s | growth |"
    yield "|---|--:|--:|--:|"
    for each in found:
        times = ("stopped" if t is None else f"{t:.3f}" for t in (each.half, each.whole))
        name = each.page.replace("|", "\\|")
        yield f"| `` {name} `` | {' | '.join(times)} | {each.growth:.2f} |"


def takes_jobs(ground: Ground, python: str) -> bool:
    """Return whether a folder of pages can be worked at by several processes."""
    with TemporaryDirectory() as name:
        tool = Tool("wikimend", wikimend("lint", python, "--jobs", "2"), codes=frozenset({0, 2}))
        return ground.measure(tool, Path(name)).code == 0


def show(title: str, lines: Iterable[str]) -> None:
    """Print a table under its title."""
    print(f"### {title}\n", *lines, "", sep="\n", flush=True)
