"""Reads a wiki with planted links: files, and marks at the places where something must be found.

A file begins with `@@@ path`. `«WM801 page»` stands right where a finding of that rule begins, and
names the page (or page#section) that must be suggested first; without one there is no suggestion.
`«»` is nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_MARK = re.compile(r"«(?:(?P<rule>WM\d+)(?: (?P<meant>[^»]+))?)?»")


@dataclass(frozen=True, slots=True, order=True)
class Planted:
    """Something that must be found."""

    path: str
    """The page."""
    line: int
    """1-based line."""
    column: int
    """1-based column in code points."""
    rule: str
    """The id of the rule."""


@dataclass(slots=True)
class PlantedWiki:
    """The files of a wiki, and all that must be found in it."""

    files: dict[str, str] = field(default_factory=dict)
    """The texts, without marks."""
    found: dict[Planted, str] = field(default_factory=dict)
    """What must be found, with what must be suggested first; empty for nothing."""

    def write(self, folder: Path) -> None:
        """Write the files below a folder, which becomes one that git could have made."""
        (folder / ".git").mkdir(parents=True)
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def planted(path: Path) -> PlantedWiki:
    """Return the wiki written in a file."""
    wiki = PlantedWiki()
    _, *pieces = re.split("^@@@ (.+)\n", path.read_text("utf-8"), flags=re.M)
    for name, body in zip(pieces[::2], pieces[1::2], strict=True):
        wiki.files[name] = unmarked(name, body.rstrip("\n") + "\n", wiki.found)
    return wiki


def unmarked(name: str, body: str, found: dict[Planted, str]) -> str:
    """Return the text of a page without its marks, and note in `found` what they plant."""
    text = ""
    done = 0
    for mark in _MARK.finditer(body):
        text += body[done : mark.start()]
        done = mark.end()
        if mark["rule"]:
            line = text.count("\n") + 1
            column = len(text) - (text.rfind("\n") + 1) + 1
            found[Planted(name, line, column, mark["rule"])] = mark["meant"] or ""
    return text + body[done:]
