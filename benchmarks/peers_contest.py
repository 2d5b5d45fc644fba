"""What takes part in a comparison, and how a side of it is held against another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.peers_rounds import Ground
from benchmarks.peers_table import Figure, Side
from benchmarks.peers_tools import Tool, installed

FAST = "wikimend[fast]"
"""The side that has hyperscan, where there is one; more is asked of it."""


@dataclass(frozen=True, slots=True)
class Contest:
    """What is measured, and where."""

    ground: Ground
    """The trees."""
    sides: Mapping[str, str]
    """The names of the wikimends, and the Python that has each."""
    wanted: Callable[[str], bool]
    """Whether a tool of that name takes part."""
    attack_size: int
    """The size of the attack strings, in code points."""

    def tools(self, tools: Iterable[Tool]) -> list[Tool]:
        """Return those that take part and are installed."""
        return [*installed([tool for tool in tools if self.wanted(tool.name)])]


def faster(
    number: int, work: str, took: Mapping[str, Side], side: str, peer: str, factor: float
) -> Iterator[Figure]:
    """Yield whether a side takes less than its peer, by a factor; nothing without the peer."""
    if peer in took:
        ratio = took[peer].seconds / took[side].seconds
        name = f"{work}: {peer} over {side}"
        yield Figure(number, name, f"at least {factor:g}", f"{ratio:.2f}", ratio >= factor)


def within(
    number: int, work: str, took: Mapping[str, Side], side: str, peer: str, factor: float
) -> Iterator[Figure]:
    """Yield whether a side takes at most so many times as long as its peer."""
    if peer in took:
        ratio = took[side].seconds / took[peer].seconds
        name = f"{work}: {side} over {peer}"
        yield Figure(number, name, f"at most {factor:g}", f"{ratio:.2f}", ratio <= factor)


def show(title: str, lines: Iterable[str]) -> None:
    """Print a table under its title."""
    print(f"### {title}\n", *lines, "", sep="\n", flush=True)
