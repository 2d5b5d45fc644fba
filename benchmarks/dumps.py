"""How fast a dump is repaired, and how much memory that takes: Markdown tables.

`python benchmarks/dumps.py speeds` repairs dumps of generated pages, damaged in 1 % and in 30 % of
them, with all rules, protection, proof and the report on, beside the script in `plain.py`; all
sides of a line run in turn, `--rounds` times, and the ratio is that of the medians.
`python benchmarks/dumps.py growth` shows how time and memory grow with the dump. Every choice is an
option, so that a gigabyte can be measured line by line: see `--help`.

Memory is the largest sum over all processes of a side (proportional set size, looked at every
tenth of a second). It needs `pip install orjson`, and pywikibot for `--pywikibot`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.dumps_pages import compressed, make
from benchmarks.measured import measure

MB = 1_000_000
FORMATS = ("jsonl", "xml")


def wikimend(source: Path, jobs: int) -> list[str]:
    """Return the command that repairs `source` with everything on."""
    target = source.with_name(f"new-{source.name}")
    report = source.with_name("changes.jsonl")
    for path in source.parent.glob(".*wikimend*"):
        path.unlink()
    options = ["--dialect", "markdown", "--exit-zero", "--jobs", str(jobs)]
    files = [str(source), "-o", str(target), "--report", str(report)]
    return [sys.executable, "-m", "wikimend", "fix", *files, *options]


def plain(source: Path, jobs: int, way: str = "plain") -> list[str]:
    """Return the command of the other side."""
    script = str(Path(__file__).with_name("plain.py"))
    target = str(source.with_name(f"plain-{source.name}"))
    return [sys.executable, script, str(source), target, str(jobs), way]


def line(source: Path, jobs: int, size: int, rounds: int) -> str:
    """Return a line of the table: wikimend and the plain script, in turn."""
    times = [(measure(wikimend(source, jobs)), measure(plain(source, jobs))) for _ in range(rounds)]
    ours, theirs = (median(one.seconds for one in side) for side in zip(*times, strict=True))
    mine, other = (median(one.processor for one in side) for side in zip(*times, strict=True))
    most = max(mine.memory for mine, _ in times) / MB
    return (
        f"{jobs} | {size / MB / ours:.1f} | {size / MB / theirs:.1f} | {theirs / ours:.2f}"
        f" | {other / mine:.2f} | {most:.0f} |"
    )


@click.group()
def main() -> None:
    """Measure how dumps are repaired."""


def _several(
    name: str, choices: Sequence[str], about: str
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    kind = click.Choice(choices)
    return click.option(
        f"--{name}", name, type=kind, multiple=True, default=choices, show_default=True, help=about
    )


_size = click.option("--megabytes", default=100, show_default=True, help="Size of a dump.")


@main.command()
@_size
@click.option("--rounds", default=3, show_default=True, help="How often each side is run.")
@_several("format", FORMATS, "The format; may be given more than once.")
@_several("damaged", ("1", "30"), "Damaged pages of a hundred.")
@_several("codec", ("plain", "gz", "zst"), "How the dump is compressed.")
@_several("jobs", ("1", "2"), "How many processes work.")
@click.option("--pywikibot", is_flag=True, help="Measure its `replaceExcept` as well.")
def speeds(
    megabytes: int,
    rounds: int,
    format: tuple[str, ...],  # noqa: A002
    damaged: tuple[str, ...],
    codec: tuple[str, ...],
    jobs: tuple[str, ...],
    pywikibot: bool,
) -> None:
    """Print the table of speeds; the second ratio is that of the processor time."""
    print(f"{megabytes} MB, rounds: {rounds}, load before: {os.getloadavg()[0]:.1f}\n")
    print(
        "| dump | damaged | jobs | wikimend, MB/s | plain, MB/s | ratio | processor | memory, MB |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|")
    size = megabytes * MB
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        for kind, percent in product(format, damaged):
            source = Path(folder, f"dump.{kind}")
            make(source, size, int(percent))
            for name in codec:
                path = compressed(source, name)
                for count in jobs:
                    told = line(path, int(count), size, rounds)
                    print(f"| `{path.name}` | {percent} % | {told}", flush=True)
            if pywikibot:
                took = [measure(plain(source, 2, "pywikibot")).seconds for _ in range(rounds)]
                speed = size / MB / median(took)
                print(f"| pywikibot, `{source.name}` | {percent} % | 2 | | {speed:.1f} | | | |")


@main.command()
@_size
@click.option(
    "--format", type=click.Choice(FORMATS), default="jsonl", show_default=True, help="The format."
)
@click.option("--damaged", default=1, show_default=True, help="Damaged pages of a hundred.")
@click.option("--jobs", default=2, show_default=True, help="How many processes work.")
def growth(megabytes: int, format: str, damaged: int, jobs: int) -> None:  # noqa: A002
    """Print how time and memory grow from a tenth of MEGABYTES to all."""
    print(f"load before: {os.getloadavg()[0]:.1f}\n")
    what = f"`dump.{format}`, {damaged} % damaged, MB"
    print(f"| {what} | seconds | processor, s | ratio | memory, MB |")
    print("|--:|--:|--:|--:|--:|")
    before = 0.0
    with TemporaryDirectory(dir=Path.cwd()) as folder:
        source = Path(folder, f"dump.{format}")
        for size in (megabytes * MB // 10, megabytes * MB * 3 // 10, megabytes * MB):
            make(source, size, damaged)
            took = measure(wikimend(source, jobs))
            ratio = f"{took.processor / before:.2f}" if before else ""
            times = f"{took.seconds:.1f} | {took.processor:.1f} | {ratio}"
            print(f"| {size // MB} | {times} | {took.memory / MB:.0f} |", flush=True)
            before = took.processor


if __name__ == "__main__":
    main()
