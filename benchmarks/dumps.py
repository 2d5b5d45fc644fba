"""How fast a dump is repaired, and how much memory that takes: Markdown tables.

Run `python benchmarks/dumps.py speeds [MEGABYTES]` or `growth [MEGABYTES]`; 100 without a number,
both without a word. The dumps are made of generated pages, damaged in 1 % and in 30 % of them.
Beside wikimend with all rules, protection, proof and the report on runs the script in `plain.py`,
and pywikibot's `replaceExcept` in its place; all sides of a line run in turn, `ROUNDS` times, and
the ratio is that of the medians. Memory is the largest sum over all processes of a side
(proportional set size, looked at every tenth of a second; Linux).

It needs `pip install orjson pywikibot`.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from wikimend.store.checksum import base36_sha1

MB = 1_000_000
ROUNDS = 3

HEAD = '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11">\n'
SENTENCES = (
    "The harbor (built in 1890) lies where the *old* road meets the sea, and boats rest there.",
    'A [tide pool](/coast/tide-pool) fills twice a day, which the keeper called "the clock".',
    "From the pier one sees the [lighthouse](/coast/lighthouse) & its long shadow at noon.",
    "Gulls wait on the roof of the fish market until the last crate is gone; then they leave.",
    "See [the chronicle](https://example.org/chronicle) for the winters when the quay froze.",
    "Nobody knows who planted the hedge, but every map since 1821 shows it — “the green wall”.",
)
WRECKS = (
    "Near it [low tide[/coast/[low-tide[/coast/[low-tide--TEMP--/coast)--FIX-- is measured.",
    "The [old quay[/harbor/[old-quay--TEMP--/harbor)--FIX-- was rebuilt in stone.",
    "Its height was disputed [[3]]]https://example.org/tides) for years.",
)


def text(number: int, damaged: bool) -> str:
    """Return the text of a page: about 3 KB, with two or three wrecks when it is damaged."""
    chance = random.Random(number)
    paragraphs = [
        " ".join(chance.choice(SENTENCES) for _ in range(chance.randint(3, 7)))
        for _ in range(chance.randint(3, 10))
    ]
    if damaged:
        for wreck in chance.sample(WRECKS, chance.randint(2, 3)):
            place = chance.randrange(len(paragraphs))
            paragraphs[place] += f" {wreck}"
    return f"# Page {number}\n\n" + "\n\n".join(paragraphs) + "\n"


def record(number: int, content: str) -> str:
    """Return a page as a line of JSON."""
    fields = {"id": number, "title": f"Page {number}", "text": content}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def page(number: int, content: str) -> str:
    """Return a page as MediaWiki writes it."""
    data = content.encode()
    sha1 = base36_sha1(data)
    return (
        f"  <page>\n    <title>Page {number}</title>\n    <ns>0</ns>\n    <id>{number}</id>\n"
        f"    <revision>\n      <id>{number}</id>\n      <model>wikitext</model>\n"
        f"      <format>text/x-wiki</format>\n"
        f'      <text bytes="{len(data)}" sha1="{sha1}">{escape(content)}</text>\n'
        f"      <sha1>{sha1}</sha1>\n    </revision>\n  </page>\n"
    )


def make(path: Path, size: int, percent: int) -> None:
    """Write a dump of `size` bytes with so many of a hundred pages damaged."""
    write = record if ".jsonl" in path.name else page
    left, number = size, 0
    with path.open("w", encoding="utf-8") as stream:
        stream.write("" if write is record else HEAD)
        while left > 0:
            damaged = number * 37 % 100 < percent
            piece = write(number, text(number, damaged))
            stream.write(piece)
            left -= len(piece)
            number += 1
        stream.write("" if write is record else "</mediawiki>\n")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a side took."""

    seconds: float
    """From its start to its end."""
    processor: float
    """Seconds of processor time of all its processes; other work on the machine adds little."""
    memory: int
    """The largest sum of the memory of its processes, in bytes."""


def measure(command: Sequence[str]) -> Measured:
    """Run a command and return what it took."""
    began, used = time.perf_counter(), processor_time()
    largest = 0
    environment = {**os.environ, "PYWIKIBOT_NO_USER_CONFIG": "2"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            largest = max(largest, sum(map(memory, family(process.pid))))
            time.sleep(0.1)
    seconds = time.perf_counter() - began
    if process.returncode:
        sys.exit(f"{' '.join(command)} left with {process.returncode}")
    return Measured(seconds, processor_time() - used, largest)


def processor_time() -> float:
    """Return the processor time of all processes that were started and have ended, in seconds."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


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
    ours = median(mine.seconds for mine, _ in times)
    theirs = median(their.seconds for _, their in times)
    most = max(mine.memory for mine, _ in times) / MB
    return (
        f"{jobs} | {size / MB / ours:.1f} | {size / MB / theirs:.1f} | {theirs / ours:.2f}"
        f" | {most:.0f} |"
    )


def compressed(source: Path, codec: str) -> Path:
    """Return the dump compressed, for both sides alike."""
    path = source.with_name(f"{source.name}.{codec}")
    with source.open("rb") as stream:
        if codec == "gz":
            with gzip.open(path, "wb", 6) as packed:
                shutil.copyfileobj(stream, packed)
        else:
            import zstandard

            with path.open("wb") as packed_zst:
                zstandard.ZstdCompressor(level=3).copy_stream(stream, packed_zst)
    return path


def speeds(folder: Path, size: int) -> None:
    """Print the table of speeds."""
    print("| dump | damaged | jobs | wikimend, MB/s | plain, MB/s | ratio | memory, MB |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for kind in ("jsonl", "xml"):
        for percent in (1, 30):
            source = folder / f"dump.{kind}"
            make(source, size, percent)
            for codec in ("", "gz"):
                path = compressed(source, codec) if codec else source
                for jobs in (1, 2):
                    told = line(path, jobs, size, ROUNDS)
                    print(f"| `{path.name}` | {percent} % | {told}", flush=True)
            zst = compressed(source, "zst")
            for jobs in (1, 2):
                took = [measure(wikimend(zst, jobs)) for _ in range(ROUNDS)]
                speed = size / MB / median(one.seconds for one in took)
                most = max(one.memory for one in took) / MB
                print(f"| `{zst.name}` | {percent} % | {jobs} | {speed:.1f} | | | {most:.0f} |")
            bot = median(measure(plain(source, 2, "pywikibot")).seconds for _ in range(ROUNDS))
            print(f"| pywikibot, `{source.name}` | {percent} % | 2 | | {size / MB / bot:.1f} | | |")


def growth(folder: Path, size: int) -> None:
    """Print how time and memory grow when a dump does."""
    print("| `dump.jsonl`, 1 % damaged, MB | seconds | processor, s | ratio | memory, MB |")
    print("|--:|--:|--:|--:|--:|")
    source = folder / "dump.jsonl"
    before = 0.0
    for part in (size, 3 * size, 10 * size):
        make(source, part, 1)
        took = measure(wikimend(source, 2))
        ratio = f"{took.processor / before:.2f}" if before else ""
        times = f"{took.seconds:.1f} | {took.processor:.1f} | {ratio}"
        print(f"| {part // MB} | {times} | {took.memory / MB:.0f} |", flush=True)
        before = took.processor


TABLES = {"speeds": speeds, "growth": growth}


def main(arguments: Sequence[str]) -> None:
    """Print the tables for dumps of so many megabytes; growth is up to ten times as many."""
    wanted = arguments[:1] or list(TABLES)
    size = MB * int(arguments[1]) if arguments[1:] else 100 * MB
    with TemporaryDirectory(dir=Path.cwd()) as name:
        for table in wanted:
            TABLES[table](Path(name), size)


if __name__ == "__main__":
    main(sys.argv[1:])
