"""Writes what was measured as Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.peers_measuring import Run

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that wikimend must reach."""

    number: int
    """Which of the seven it is part of."""
    name: str
    """What is measured."""
    target: str
    """What it must be."""
    measured: str
    """What it is."""
    is_reached: bool
    """Whether that is enough."""


@dataclass(frozen=True, slots=True)
class Side:
    """What was measured of a tool."""

    runs: Sequence[Run]
    """The runs that count."""
    memory: int
    """The largest memory of all its processes in bytes, from the run before these."""
    judged: tuple[str, ...]
    """What the comparison with the truth gave, as the table shows it."""

    @property
    def seconds(self) -> float:
        """The median time."""
        return median(run.seconds for run in self.runs)

    @property
    def processor(self) -> float:
        """The median processor time."""
        return median(run.processor for run in self.runs)


def comparison(sides: Mapping[str, Side], judged: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a table of tools; ratios are to the first of them, which is wikimend."""
    yield _row("tool", "s", "of wikimend", "processor, s", "MB", *judged)
    yield _rule(4 + len(judged))
    first = next(iter(sides.values())).seconds
    for name, side in sides.items():
        numbers = (f"{side.seconds:.3f}", f"{side.seconds / first:.3g}", f"{side.processor:.2f}")
        cells = side.judged or ("",) * len(judged)
        yield _row(name, *numbers, f"{side.memory / MB:.0f}", *cells)


def summary(figures: Sequence[Figure]) -> Iterator[str]:
    """Yield the lines of the table of figures."""
    yield _row("", "figure", "target", "measured", "")
    yield "|--:|---|--:|--:|---|"
    for figure in figures:
        verdict = "pass" if figure.is_reached else "**fail**"
        yield _row(str(figure.number), figure.name, figure.target, figure.measured, verdict)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _rule(numbers: int) -> str:
    return f"|---|{'--:|' * numbers}"
