"""How fast wikimend is beside other tools, and how good: Markdown tables, and seven figures.

Run `python benchmarks/peers.py`; `--only 1,3` measures some of the figures, `--pages N` makes the
trees larger or smaller, and `--folder DIR` keeps them for the next run. The trees are made up, the
same each time, and the truth is known: which wrecks there are, and what each page should be. All
tools run in turn as whole processes; the first round does not count, but memory is watched in it
and what the tools make of the tree is held against the truth.

The tools are those of `requirements-peers.txt`; one that is not installed is left out.
`--also NAME=PYTHON` lets the wikimend of another environment take part, such as one with
hyperscan under the name `wikimend[fast]`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

import click

sys.path.append(str(Path(__file__).parents[1]))

from benchmarks.peers_contest import Contest
from benchmarks.peers_core import attacks, core, start
from benchmarks.peers_corpus import PAGES
from benchmarks.peers_rounds import Ground
from benchmarks.peers_table import MB, Figure, summary
from benchmarks.peers_trees import dense, memory, repair, sparse

FIGURES: Mapping[int, Callable[[Contest], Iterator[Figure]]] = {
    1: sparse,
    2: dense,
    3: repair,
    4: start,
    5: core,
    6: attacks,
    7: memory,
}
"""What measures each figure."""


def _numbers(_context: click.Context, _parameter: click.Parameter, value: str) -> list[int]:
    words = [word.strip() for word in value.split(",")]
    if not {*words} <= {*map(str, FIGURES)}:
        raise click.BadParameter(f"takes numbers of {', '.join(map(str, FIGURES))}")
    return [*map(int, words)]


def _sides(
    _context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    others = dict(value.partition("=")[::2] for value in values)
    if bad := [name for name, python in others.items() if not Path(python).is_file()]:
        raise click.BadParameter(f"no such Python: {others[bad[0]] or bad[0]}")
    return {"wikimend": sys.executable, **others}


@click.command(help=(__doc__ or "").replace("`", ""))
@click.option("--only", callback=_numbers, default=",".join(map(str, FIGURES)), help="Figures.")
@click.option("--pages", default=PAGES, show_default=True, help="Pages of each tree.")
@click.option("--rounds", default=5, show_default=True, help="How often each tool is timed.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where the trees are kept.")
@click.option("--also", "sides", multiple=True, callback=_sides, help="NAME=PYTHON.")
@click.option(
    "--attack-size", default=MB, show_default=True, help="Code points of each attack string."
)
@click.option("--tools", "words", default="", help="Only peers whose names have one of these.")
def main(
    only: list[int],
    pages: int,
    rounds: int,
    folder: Path | None,
    sides: dict[str, str],
    attack_size: int,
    words: str,
) -> None:
    """Print the tables and the figures."""
    chosen = [word.strip() for word in words.split(",") if word.strip()]
    with ExitStack() as stack:
        if folder is None:
            folder = Path(stack.enter_context(TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        ground = Ground(folder.absolute(), pages, rounds)
        stack.callback(rmtree, ground.copies, ignore_errors=True)
        contest = Contest(
            ground,
            sides,
            lambda name: not chosen or name in sides or any(word in name for word in chosen),
            attack_size,
        )
        figures = []
        for figure in chain.from_iterable(FIGURES[number](contest) for number in only):
            print(figure.number, figure.name, figure.measured, sep=": ", file=sys.stderr)
            figures.append(figure)
    print(*summary(figures), sep="\n")


if __name__ == "__main__":
    main()
