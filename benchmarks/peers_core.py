"""The figures about a single process: how fast it starts, and how fast it mends."""

from __future__ import annotations

import json
import math
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import peers_attacks, startup
from benchmarks.linear import LIMIT
from benchmarks.peers_contest import FAST, Contest, show
from benchmarks.peers_table import MB, Figure

SHOWN = 10
"""How many attack strings the table shows."""


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


def attack_table(found: Iterable[Attack]) -> Iterator[str]:
    """Yield the lines of a table of attack strings."""
    yield "| page | half of it, s | all of it, s | growth |"
    yield "|---|--:|--:|--:|"
    for each in found:
        times = ("stopped" if t is None else f"{t:.3f}" for t in (each.half, each.whole))
        name = each.page.replace("|", "\\|")
        yield f"| `` {name} `` | {' | '.join(times)} | {each.growth:.2f} |"
