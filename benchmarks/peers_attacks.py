"""How long `wikimend.mend` takes over pages that were written to be slow.

`python benchmarks/peers_attacks.py [SIZE]` prints a JSON object a line: the name of a page, and the
seconds of processor time for half of it and for all of it. A page is one thing again and again,
such as a bracket, or two things in turn; it is plain, or has the end of a wreck at its end, or has
one every kilobyte. SIZE is in code points; a million without it.

Every page is mended in a process of its own, split off from one that has read the rules. A process
is stopped after `PATIENCE` times what is allowed; its time is then null, and so is that of a page
that was given up by a rule.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.linear import LIMIT, MB, WRECKED_PROSE, dotted, ended, repeated, seconds_of

from wikimend.api import mend

PIECES = ("[", "[a[/b/[c", "[[1]", "![", "**[", "`", "> [", "\\[", "(", "|", "<a", "$", "{{")
ENDS = ("--TEMP--/d)--FIX--", "](https://e.org")
ALLOWED = 2.0
"""How many seconds a page of a megabyte may take."""
PATIENCE = 5
"""How many times as long is waited for one."""
SHORTEST = 0.05
"""The shortest time, in seconds, whose growth says anything."""


def pages() -> Iterator[tuple[str, Callable[[int], str]]]:
    """Yield each page: its name, and what makes it in a size."""
    for piece in (*PIECES, *("".join(pair) for pair in combinations(PIECES, 2))):
        yield piece, repeated(piece)
        for end in ENDS:
            yield f"{piece} … {end}", ended(piece, end)
            yield f"{piece} … {end} every KB", dotted(piece, end)


def timed(text: str) -> float:
    """Return how long a page takes in a process of its own; NaN where it takes too long."""
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(text, there))
    process.start()
    there.close()
    allowed = max(2.0, ALLOWED * len(text) / MB)
    try:
        return float(here.recv()) if here.poll(PATIENCE * allowed) else math.nan
    except EOFError:
        return math.nan
    finally:
        process.kill()
        process.join()


def growth(make: Callable[[int], str], size: int) -> tuple[float, float]:
    """Return how long half a page takes, and all of it.

    Where that looks too long, or like too much growth, it is the median of three. Neither is a
    number where half of it takes too long.
    """
    half = timed(make(size // 2))
    if math.isnan(half):
        return half, half
    halves, wholes = [half], [timed(make(size))]
    if wholes[0] > max(min(LIMIT * half, ALLOWED * size / MB), SHORTEST):
        for _ in range(2):
            halves.append(timed(make(size // 2)))
            wholes.append(timed(make(size)))
    return median(halves), median(wholes)


def main(size: str = str(MB)) -> None:
    """Print the times of all pages."""
    mend(WRECKED_PROSE)
    for name, make in pages():
        times = growth(make, int(size))
        half, whole = (None if math.isnan(seconds) else seconds for seconds in times)
        print(json.dumps({"page": name, "half": half, "whole": whole}), flush=True)


def _send(text: str, connection: Connection) -> None:
    connection.send(seconds_of(text))


if __name__ == "__main__":
    main(*sys.argv[1:])
