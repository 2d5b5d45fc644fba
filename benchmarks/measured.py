"""What a command takes: time, processor time and memory of all of its processes (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

PAUSE = 0.1
"""Seconds between two looks at the processes."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a side took."""

    seconds: float
    """From its start to its end."""
    processor: float
    """Seconds of processor time of all its processes, but for the last tenth of each."""
    memory: int
    """The largest sum of the memory of its processes, in bytes."""


def measure(command: Sequence[str]) -> Measured:
    """Run a command and return what it took; leaves the program when it fails."""
    began = time.perf_counter()
    largest = 0
    used: dict[int, float] = {}
    environment = {**os.environ, "PYWIKIBOT_NO_USER_CONFIG": "2"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            pids = list(family(process.pid))
            largest = max(largest, sum(map(memory, pids)))
            used |= {pid: seconds for pid in pids if (seconds := processor_time(pid))}
            time.sleep(PAUSE)
    seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"{' '.join(command)} left with {process.returncode}")
    return Measured(seconds, sum(used.values()), largest)


def processor_time(pid: int) -> float:
    """Return the seconds of processor time that a process has used; 0 when it is gone."""
    try:
        line = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return 0
    user, system = line.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / TICKS


def family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def memory(pid: int) -> int:
    """Return the memory of a process in bytes, shared pages shared out; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
