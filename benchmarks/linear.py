"""How the time of `wikimend.mend` grows when a page doubles: a Markdown table on standard output.

Run `python benchmarks/linear.py`, or name the cases to run. Every time is processor time, taken in
a process of its own, small and large page in turn, so that neither a warm heap nor a slow minute of
the machine favors one of them. Twice the page should take twice the time; a ratio over `LIMIT` is
flagged, and so is a page on which a rule was given up.

A line of nothing but damage is too much for one paragraph (WM905): it is lexed, counted and left,
and what is measured is how soon. The same damage is repaired, as far as it can be, in paragraphs of
a kilobyte.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import median

from wikimend.api import mend

LIMIT = 2.2
"""The largest ratio that counts as linear; it leaves room for caches that a larger page misses."""

ROUNDS = 3
"""How often each size is timed."""

MB = 1_000_000
SMALL = MB // 10
"""The size of the smaller page, in code points, where all of it is damage that is looked at."""
LARGE = MB
"""The same where most of it is prose, or is left."""

DEBRIS = "--TEMP--/d)--FIX--"
WRECK = "[low tide[/coast/[low-tide[/coast/[low-tide--TEMP--/coast)--FIX--"
CITED = "[[3]]]https://example.org/tides)"
PROSE = "The harbor (built in 1890) lies where the *old* road meets the sea, and boats rest there. "
WRECKED_PROSE = f"{PROSE * 4}Near the pier {WRECK} begins {CITED}, and gulls wait. "


def repeated(piece: str) -> Callable[[int], str]:
    """Return what makes a page of nothing but `piece`."""
    return lambda size: piece * (size // len(piece))


def ended(piece: str, debris: str = DEBRIS) -> Callable[[int], str]:
    """Return what makes the same page with debris at its end."""
    return lambda size: repeated(piece)(size) + debris


def dotted(piece: str, debris: str = DEBRIS) -> Callable[[int], str]:
    """Return what makes the same page with debris every kilobyte."""
    return repeated(repeated(piece)(1000) + debris)


def paragraphs(piece: str) -> Callable[[int], str]:
    """Return what makes a page of paragraphs of a kilobyte."""
    return dotted(piece, "\n\n")


DAMAGE = ("[", "[a[/b/[c", "[[1]")
"""What a line is full of that is left."""

SLIPS = ("**[", "[a] (https://e.org/a) ", "[a](https://e.org/a ", "a](/b) ", "[a](b)) ",
         "(a)[https://e.org] ", "[a](/b)[ c](/b)", "**[a**](/b) ", "[cite: 1] ",
         "[a](https://e.org/b-\nc) ")  # fmt: skip
"""Damage that every paragraph may be full of."""

FRAMES = ("```\n```\n", "<pre>\n</pre>\n", "$$\na\n$$\n", "> ```\n> (\n> ```\n", "x $$ ", "`]( ")
"""What is protected, or looks like it, with hardly anything between."""


def cases() -> Iterator[tuple[str, tuple[int, Callable[[int], str]]]]:
    """Yield each case: its name, the size in characters of the smaller page, and what makes it."""
    for piece in DAMAGE:
        yield piece, (LARGE, repeated(piece))
        yield f"{piece} end", (LARGE, ended(piece))
        yield f"{piece} every KB", (LARGE, dotted(piece))
    for piece in (*DAMAGE, *SLIPS):
        yield f"paragraphs of {piece!r}", (SMALL, paragraphs(piece))
    for piece in FRAMES:
        yield repr(piece), (SMALL, repeated(piece))
    yield "one line of clean prose", (LARGE, repeated(PROSE))
    yield "one line of prose with wrecks", (LARGE, repeated(WRECKED_PROSE))
    yield "page of prose with wrecks", (LARGE, repeated(f"{WRECKED_PROSE}\n\n"))
    yield "page of wrecks", (LARGE, repeated(f"{WRECK} {CITED}\n\n"))


CASES: Mapping[str, tuple[int, Callable[[int], str]]] = dict(cases())


def seconds(name: str, size: int) -> float:
    """Return how long it takes in this process to mend the page of a case."""
    mend(WRECKED_PROSE)
    return seconds_of(CASES[name][1](size))


def seconds_of(text: str) -> float:
    """Return how long it takes in this process to mend a page.

    It is not a number where a rule took too long and the page was given up.
    """
    gc.collect()
    began = time.process_time()
    mended = mend(text)
    took = time.process_time() - began
    given_up = [finding for finding in mended.findings if finding.rule == "WM904"]
    return float("nan") if given_up else took


def timed(name: str, size: int) -> float:
    """Return how long it takes in a process of its own."""
    command = [sys.executable, __file__, "--time", name, str(size)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def row(name: str) -> str:
    """Return the line of the table for a case."""
    size = CASES[name][0]
    times = [(timed(name, size), timed(name, 2 * size)) for _ in range(ROUNDS)]
    once, twice = (median(column) for column in zip(*times, strict=True))
    ratio = twice / once
    flag = "" if ratio <= LIMIT else " **over**"  # a ratio that is not a number is flagged too
    return (
        f"| `{name}` | {2 * size / MB:g} | {once:.3f} | {twice:.3f} | {ratio:.2f}{flag}"
        f" | {2 * size / MB / twice:.2f} |"
    )


def main(arguments: list[str]) -> None:
    """Print the table, or with `--time NAME SIZE` one time."""
    if arguments[:1] == ["--time"]:
        print(seconds(arguments[1], int(arguments[2])))
        return
    print("| page | MB | half of it, s | all of it, s | ratio | MB/s |")
    print("|---|--:|--:|--:|--:|--:|")
    for name in arguments or CASES:
        print(row(name), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
