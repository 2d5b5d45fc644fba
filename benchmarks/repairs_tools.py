"""The tools that are compared: each takes pages and returns their texts as it would have them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import wikimend
from wikimend.text.page import Page

Fix = Callable[[Sequence[Page]], list[str]]
"""Returns the fixed text of each page."""


@dataclass(frozen=True, slots=True)
class Peer:
    """Another tool, run in a folder of pages that it changes in place with its default rules."""

    command: tuple[str, ...]
    """What runs it in that folder, whatever the user has configured."""
    codes: frozenset[int]
    """The exit codes that mean that it went through all pages."""


PEERS: Mapping[str, Peer] = {
    "rumdl": Peer(
        ("rumdl", "check", "--fix", "--no-config", "--no-cache", "--quiet", "."),
        frozenset({0, 1}),
    ),
    "markdownlint-cli2": Peer(
        ("markdownlint-cli2", "--fix", "--no-globs", "*.md"), frozenset({0, 1})
    ),
    "mdformat": Peer(("mdformat", "."), frozenset({0})),
}

OWN = "wikimend"
EVERYTHING = "wikimend-everything"
NAMES = (OWN, EVERYTHING, *PEERS)


def fixes(names: Iterable[str]) -> dict[str, Fix]:
    """Return the tools of these names, without those that are not installed.

    They are named on standard error.
    """
    found: dict[str, Fix] = {}
    for name in names:
        fix = peer_fix(name) if name in PEERS else wikimend_fix(everything=name == EVERYTHING)
        if fix is None:
            print(f"{name} is not installed, or does not run", file=sys.stderr)
        else:
            found[name] = fix
    return found


def wikimend_fix(*, everything: bool) -> Fix:
    """Return wikimend in this process, with default settings or everything switched on."""
    select = ["ALL"] if everything else None
    return lambda pages: [
        wikimend.mend(page.text, page.dialect, unsafe_fixes=everything, select=select).text
        for page in pages
    ]


def peer_fix(name: str) -> Fix | None:
    """Return the peer of that name, or None where it is not installed or does not run.

    It is looked for beside the Python that runs, then on the `PATH`. It is given Markdown only: a
    page in another dialect comes back as it is.
    """
    command, codes = PEERS[name].command, PEERS[name].codes
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    program = shutil.which(command[0], path=path)
    if program is None or _attempt(peer := Peer((program, *command[1:]), codes), ["tide"]) is None:
        return None

    def fix(pages: Sequence[Page]) -> list[str]:
        fixed = iter(run(peer, [page.text for page in pages if page.dialect != "mediawiki"]))
        return [next(fixed) if page.dialect != "mediawiki" else page.text for page in pages]

    return fix


def run(peer: Peer, texts: Sequence[str]) -> list[str]:
    """Return what `peer` makes of each text, all of them given to it at once.

    Where it stops halfway, each half is given to it by itself; a text that alone makes it stop
    comes back as it is.
    """
    fixed = _attempt(peer, texts) if texts else []
    if fixed is not None:
        return fixed
    if len(texts) == 1:
        return [*texts]
    half = len(texts) // 2
    return [*run(peer, texts[:half]), *run(peer, texts[half:])]


def _attempt(peer: Peer, texts: Sequence[str]) -> list[str] | None:
    """Return what `peer` makes of the texts, each a file in one folder; None where it stopped."""
    with TemporaryDirectory() as name:
        files = [Path(name) / f"{number:06}.md" for number in range(len(texts))]
        for file, text in zip(files, texts, strict=True):
            file.write_bytes(text.encode("utf-8"))
        ran = subprocess.run(peer.command, cwd=name, capture_output=True, check=False)
        if ran.returncode not in peer.codes:
            return None
        return [file.read_bytes().decode("utf-8") for file in files]
