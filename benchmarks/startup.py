"""What it costs to start, beside what the libraries cost alone: a Markdown table.

Run `python benchmarks/startup.py`. The two commands of a line are run in turn, and the ratio is
that of their medians, so that a slow minute of the machine falls on both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 30
"""How often each command is run."""

PAGE = (
    "# Coast\n\nA [tide pool](/coast/tide-pool) fills [twice](https://example.org/tides) a day.\n"
)

ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
"""Installed programs are compiled once, so these are too."""

PAIRS = (
    (("-m", "wikimend", "--version"), "import click"),
    (("-m", "wikimend", "lint", "-q", "coast.md"), "import click, regex, yaml"),
)
"""Commands, each with the imports that it cannot do without."""


def seconds(arguments: tuple[str, ...], folder: Path, python: str = sys.executable) -> float:
    """Return how long Python takes with these arguments, from its start to its end."""
    began = time.perf_counter()
    subprocess.run(
        [python, *arguments], cwd=folder, env=ENVIRONMENT, check=True, capture_output=True
    )
    return time.perf_counter() - began


def medians(
    command: tuple[str, ...], imports: str, folder: Path, python: str = sys.executable
) -> tuple[float, float]:
    """Return how many milliseconds a command and the imports take."""
    pair = (command, ("-c", imports))
    times = [[seconds(each, folder, python) for each in pair] for _ in range(ROUNDS + 1)]
    ours, theirs = (1000 * median(column) for column in zip(*times[1:], strict=True))
    return ours, theirs


def row(command: tuple[str, ...], imports: str, folder: Path) -> str:
    """Return the line of the table for a pair."""
    ours, theirs = medians(command, imports, folder)
    shown = " ".join(command[1:])
    return f"| `{shown}` | {ours:.0f} | `{imports}` | {theirs:.0f} | {ours / theirs:.2f} |"


def main() -> None:
    """Print the table."""
    print("| command | ms | beside | ms | ratio |")
    print("|---|--:|---|--:|--:|")
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "coast.md").write_text(PAGE)
        for command, imports in PAIRS:
            print(row(command, imports, folder), flush=True)


if __name__ == "__main__":
    main()
