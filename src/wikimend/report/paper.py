"""What a report is written on: plain text, or a terminal with colours drawn by rich."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.console import Console

Piece = tuple[str, str]
"""A piece of text and the name of its ink; the empty name is the terminal's own colour."""

INKS: Mapping[str, str] = {
    "": "",
    "added": "green",
    "added word": "green reverse",
    "removed": "red",
    "removed word": "red reverse",
    "hunk": "cyan",
    "path": "bold",
    "place": "cyan",
    "error": "bold red",
    "warning": "bold yellow",
    "info": "bold blue",
    "repair": "cyan",
    "margin": "dim",
    "span": "bold",
}
"""The ink of each name as a style of rich."""


class Paper(Protocol):
    """A stream on which pieces of text are written."""

    terminal: bool
    """Whether a person looks at it, so that nothing may be written raw."""
    width: int
    """How many cells fit on a line."""

    def write(self, pieces: Iterable[Piece]) -> None:
        """Write `pieces` one after another."""


class Plain:
    """Paper without colours."""

    terminal = False
    width = 100

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, pieces: Iterable[Piece]) -> None:
        """Write the text of `pieces`."""
        self._stream.write("".join(text for text, _ in pieces))


class Terminal:
    """Paper in the colours that rich finds the terminal to have."""

    terminal = True

    def __init__(self, console: Console) -> None:
        self._console = console
        self.width = max(40, console.width)

    def write(self, pieces: Iterable[Piece]) -> None:
        """Write `pieces` in their inks; text is never read as rich's markup."""
        from rich.segment import Segment, Segments

        inked = [Segment(text, self._console.get_style(INKS[ink])) for text, ink in pieces]
        self._console.print(Segments(inked), end="", soft_wrap=True)


def paper(stream: TextIO) -> Paper:
    """Return `stream` as a terminal or as plain paper, as it and the environment ask for.

    `NO_COLOR`, `FORCE_COLOR`, `TTY_COMPATIBLE` and `TERM=dumb` mean what they mean to rich,
    which is only imported where it may find a terminal.
    """
    if stream.isatty() or not os.environ.keys().isdisjoint(("FORCE_COLOR", "TTY_COMPATIBLE")):
        from rich.console import Console

        console = Console(file=stream)
        if console.is_terminal:
            return Terminal(console)
    return Plain(stream)
