"""What git knows of a wiki: the files of its index, their contents, and old names of files."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wikimend.errors import UsageError

MOST_COMMITS = 5_000
"""How far back renames are looked for."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A file in the index of git: as it would be committed."""

    path: str
    """Its path from the top."""
    blob: str
    """The name of its content."""


def staged(top: Path) -> list[Staged]:
    """Return the files in the index of the repository at `top`; raises UsageError without one."""
    found = []
    for record in (
        _git(top, "ls-files", "--stage", "-z").decode("utf-8", "surrogateescape").split("\0")
    ):
        head, _, path = record.partition("\t")
        fields = head.split()
        if len(fields) == 3 and fields[2] == "0" and fields[0] != "160000":
            found.append(Staged(path, fields[1]))
    return found


def contents(top: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    """Yield what is stored under each name, in order; raises UsageError where git cannot tell."""
    if not blobs:
        return
    asked = "".join(f"{blob}\n" for blob in blobs).encode("ascii")
    answer = memoryview(_git(top, "cat-file", "--batch", stdin=asked))
    position = 0
    for blob in blobs:
        line = bytes(answer[position : position + 200]).partition(b"\n")[0]
        fields = line.split()
        if len(fields) != 3:
            raise UsageError(f"git has lost the object {blob}")
        start = position + len(line) + 1
        position = start + int(fields[2]) + 1
        yield bytes(answer[start : position - 1])


def renames(top: Path) -> Mapping[str, tuple[str, ...]]:
    """Return what files are called now by their old paths, as the history and the index have it.

    Empty where there is no git or no history. A name that was given up more than once has several.
    """
    steps: dict[str, list[str]] = {}
    history = ("log", f"-n{MOST_COMMITS}", "--no-merges", "--format=")
    for command in (("diff", "--cached"), history):
        try:
            told = _git(top, *command, "-M", "--diff-filter=R", "--name-status", "-z")
        except UsageError:
            continue
        words = told.decode("utf-8", "surrogateescape").split("\0")
        words = [word.lstrip("\n") for word in words]
        for index, word in enumerate(words[:-2]):
            if word[:1] == "R" and word[1:].isdigit():
                news = steps.setdefault(words[index + 1], [])
                if words[index + 2] not in news:
                    news.append(words[index + 2])
    return {old: _final(old, steps) for old in steps}


def _final(old: str, steps: Mapping[str, list[str]]) -> tuple[str, ...]:
    ends: list[str] = []
    seen = {old}
    waiting = list(steps[old])
    while waiting:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        if path in steps:
            waiting += steps[path]
        ends.append(path)
    return tuple(ends)


def _git(top: Path, *arguments: str, stdin: bytes = b"") -> bytes:
    try:
        done = subprocess.run(
            ["git", "-C", str(top), *arguments], input=stdin, capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError(f"git cannot be run: {error.strerror or error}") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise UsageError(f"git {arguments[0]} failed{': ' + said[-1] if said else ''}")
    return done.stdout
