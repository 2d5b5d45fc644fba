"""Measures whole processes: their time, the processor's time, and their memory."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

INTERVAL = 0.005
"""How often memory is looked at, in seconds."""


@dataclass(frozen=True, slots=True)
class Run:
    """What a command took."""

    seconds: float
    """From its start to its end."""
    processor: float
    """Seconds of processor time of all its processes."""
    memory: int
    """The largest sum of the memory of all its processes, in bytes; 0 where it was not watched.

    It is the proportional set size, looked at every `INTERVAL`: pages that processes share are
    counted once. A higher peak between two looks is not seen.
    """
    code: int
    """Its exit code."""


def measure(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    output: Path,
    *,
    is_watched: bool = False,
) -> Run:
    """Run a command in a folder, its standard output to a file, and return what it took.

    Watching its memory takes processor time from it, so its time is then worth nothing.
    """
    with output.open("wb") as stream:
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=stream, stderr=subprocess.DEVNULL
        )
        memory = _watch(process.pid) if is_watched else 0
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(seconds, usage.ru_utime + usage.ru_stime, memory, process.returncode)


def _watch(pid: int) -> int:
    """Return the largest memory of a process and its children, in bytes, when it has ended."""
    largest = 0
    while os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        largest = max(largest, sum(map(_memory, _family(pid))))
        time.sleep(INTERVAL)
    return largest


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that it has started."""
    yield pid
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = tasks.read_text("ascii").split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the memory of a process in bytes, shared pages shared out; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))
