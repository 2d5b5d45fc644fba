"""The tools that are compared: what runs each of them over the folder it is started in."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peers_truth import Lines

BESIDE = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
"""Where programs are looked for: beside the Python that runs, then on the `PATH`."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool, and how it is run."""

    name: str
    """What the table calls it."""
    command: tuple[str, ...]
    """The command that is measured; it says as little as it can."""
    lister: tuple[str, ...] = ()
    """The same so that it lists what it finds, a line for each; none where that is not judged."""
    needs: tuple[str, ...] = ()
    """Programs and `import`s that it needs besides the first word of its command."""
    codes: frozenset[int] = frozenset({0, 1})
    """The exit codes that mean that it went through all pages."""
    is_slow: bool = False
    """Whether it is measured in one round alone, since it takes minutes."""


def wikimend(task: str, python: str, *options: str) -> tuple[str, ...]:
    """Return the command that runs wikimend with its default rules about markup.

    Whether what links point to exists is another question, which the peers are not asked.
    """
    return (python, "-m", "wikimend", task, "--ignore", "WM8", *options, ".")


def checking(task: str, python: str, *options: str) -> tuple[str, ...]:
    """Return the command that runs wikimend with all its default rules, those about links too."""
    return (python, "-m", "wikimend", task, *options, ".")


LITERALS = ("--TEMP--", "--FIX--", "]http", ")http")
SCAN = ("rg", "-F", *(word for literal in LITERALS for word in ("-e", literal)))

LINK_RULES = "MD011,MD034,MD039,MD042,MD051,MD052,MD053,MD054,MD059,MD062"
"""rumdl's rules about links, but for MD057, which looks for the files they lead to."""
RUMDL = ("rumdl", "check", "--no-config", "--no-cache")

LYCHEE = ("lychee", "--offline", "--no-progress", "--quiet")

CHAIN = (
    r"\[([^\[\]\n]+)\[(\/(?:[^\[\]\s\/]+\/)*)\[?([^\[\]\s\/]+?)(?:\[\2\[?\3)*"
    r"--TEMP--[^\s()]*\)--FIX--"
)
CITATION = r"\[{1,2}([0-9]{1,3})\][\])]{0,2}(https?:\/\/(?:[^\s()\[\]]|\([^\s()\[\]]*\))+)\)"
PERL = f"s/{CHAIN}/[$1]($2$3)/g; s/{CITATION}/[$1]($2)/g"
"""What people write when they have no wikimend, written well."""
PLAIN = str(Path(__file__).with_name("peers_plain.py"))


def linters(sides: Mapping[str, str]) -> list[Tool]:
    """Return what reports, `sides` being the names of wikimends and the Pythons that have them."""
    return [
        *(
            Tool(name, wikimend("lint", python, "-q"), wikimend("lint", python))
            for name, python in sides.items()
        ),
        Tool("ripgrep", (*SCAN, "-c", "."), (*SCAN, "-n", "--no-heading", ".")),
        Tool("ripgrep, one thread", (*SCAN, "-c", "-j1", ".")),
        Tool(
            "rumdl, link rules",
            (*RUMDL, "--silent", "--enable", LINK_RULES, "."),
            (*RUMDL, "--enable", LINK_RULES, "."),
        ),
        Tool("rumdl, all rules", (*RUMDL, "--silent", "."), (*RUMDL, ".")),
        Tool(
            "lychee, links within the wiki",
            (*LYCHEE, "--root-dir", ".", "--fallback-extensions", "md", "."),
            codes=frozenset({0, 2}),
        ),
        Tool(
            "markdownlint-cli2",
            ("sh", "-c", "markdownlint-cli2 '**/*.md' 2>&1"),
            ("sh", "-c", "markdownlint-cli2 '**/*.md' 2>&1"),
            needs=("markdownlint-cli2",),
            is_slow=True,
        ),
    ]


def fixers(sides: Mapping[str, str]) -> list[Tool]:
    """Return what changes pages in place."""
    files = "find . -name '*.md' -print0 | xargs -0"
    return [
        *(Tool(name, wikimend("fix", python, "-q")) for name, python in sides.items()),
        *(
            Tool(f"{name}, links checked too", checking("fix", python, "-q"))
            for name, python in sides.items()
        ),
        Tool(
            "perl -pi, two expressions",
            ("sh", "-c", f"{files} perl -pi -e '{PERL}'"),
            needs=("perl",),
        ),
        Tool("Python, two expressions", (sys.executable, PLAIN, ".", "1")),
        Tool("the same, two processes", (sys.executable, PLAIN, ".", "2")),
        Tool(
            "pywikibot, replaceExcept",
            (sys.executable, PLAIN, ".", "1", "pywikibot"),
            needs=("import pywikibot",),
        ),
        Tool("rumdl --fix", (*RUMDL, "--silent", "--fix", ".")),
    ]


def installed(tools: Sequence[Tool]) -> Iterator[Tool]:
    """Yield the tools that are there; a line on standard error names each other one."""
    for tool in tools:
        missing = [name for name in (tool.command[0], *tool.needs) if not _is_there(name)]
        if missing:
            print(f"{tool.name} is left out: {missing[0]} is not installed", file=sys.stderr)
        else:
            yield tool


def environment(cache: Path) -> dict[str, str]:
    """Return what the tools are run with: their own folders, and caches as installed ones have."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PATH": BESIDE,
        "WIKIMEND_CACHE_DIR": str(cache),
        "PYWIKIBOT_NO_USER_CONFIG": "2",
        "NO_COLOR": "1",
    }


def listed(output: str) -> Lines:
    """Return the lines that a list of findings names: a page, a colon and a number each."""
    lines: dict[str, set[int]] = defaultdict(set)
    for path, line in re.findall(r"^(?:\./)?(.+?\.md):([0-9]+)\b", output, re.MULTILINE):
        lines[path].add(int(line))
    return lines


def _is_there(name: str) -> bool:
    if name.startswith("import "):
        from importlib.util import find_spec

        return find_spec(name.removeprefix("import ")) is not None
    return shutil.which(name, path=BESIDE) is not None
