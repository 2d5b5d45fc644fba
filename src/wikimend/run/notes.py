"""What was found out about the links of pages, and about which wiki: behind the pages in a file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from wikimend.links.room import Numbers
from wikimend.run.scratch import Scratch

WRONG = "-"
"""Stands for what was not checked of links that are not all right."""


class Note(NamedTuple):
    """What was found out about the links of one page."""

    evidence: str = ""
    """What those that count from the root tell of possible roots, as numbers."""
    unchecked: str = ""
    """What was not checked of them, as JSON; `WRONG` where something is wrong with them, and empty
    where they were not judged."""
    depends: str = ""
    """The pages which that rests on, as JSON."""


class Notes:
    """Notes on so many pages, by their numbers, in a scratch file."""

    def __init__(self, scratch: Scratch, count: int, basis: str = "", shape: str = "") -> None:
        self._scratch = scratch
        self.basis = basis
        """Of which wiki the evidence tells."""
        self.shape = shape
        """Of which wiki, read in which way, the rest tells."""
        self._starts = Numbers("Q", count)
        self._lengths = Numbers("I", count)
        self._unchecked = Numbers("I", count)
        self._numbers = {"": 0}

    def add(self, number: int, note: Note) -> None:
        """Add the note on a page."""
        line = ("\t".join((str(number), *note)) + "\n").encode("ascii")
        self._take(number, note, self._scratch.append(line), len(line))

    def take(self, line: bytes, start: int) -> None:
        """Take in that a line is in the file; raises ValueError and LookupError for no note."""
        number, note = _parsed(line)
        if not 0 <= number < len(self._starts):
            raise IndexError(number)
        self._take(number, note, start, len(line))

    def _take(self, number: int, note: Note, start: int, length: int) -> None:
        self._starts[number], self._lengths[number] = start, length
        self._unchecked[number] = self._numbers.setdefault(note.unchecked, len(self._numbers))

    def note(self, number: int) -> Note:
        """Return the note on a page; an empty one where there is none."""
        if not self._lengths[number]:
            return Note()
        return _parsed(self._scratch.read(self._starts[number], self._lengths[number]))[1]

    def is_judged(self, number: int) -> bool:
        """Return whether the links of a page were judged."""
        return self._unchecked[number] > 0

    def clean(self) -> Callable[[int], Mapping[str, int] | None]:
        """Return what gives what was not checked of a page; None where not all is right on it."""
        texts = list(self._numbers)
        counts = [None if text in ("", WRONG) else json.loads(text) for text in texts]
        unchecked = self._unchecked.view
        return lambda number: counts[unchecked[number]]


def _parsed(line: bytes) -> tuple[int, Note]:
    number, evidence, unchecked, depends = line[:-1].decode("ascii").split("\t")
    return int(number), Note(evidence, unchecked, depends)
