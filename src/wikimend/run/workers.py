"""Pages that are files, mended by several processes: workers read, this one writes and tells.

A worker is sent names and sends back what came of each page, of a clean one no more than that. It
changes nothing, so that what it did may be done again where it dies, and every page is written in
the order of the run, by the same lines as in a run without workers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.check import Check
from wikimend.repair.finding import Mended
from wikimend.run.batch import Result, Results, outcome
from wikimend.run.pool import in_order
from wikimend.run.recipes import ByRules
from wikimend.run.task import DEADLY, Announce, Work
from wikimend.store.files import undecodable_error
from wikimend.store.tree import Source
from wikimend.text.page import Page

if TYPE_CHECKING:
    from wikimend.run.start import Start

CHUNK = 128 << 10
"""Bytes of pages that a worker is given at a time, if they are not one page."""
MOST = 64
"""Pages that a worker is given at a time."""

_LOADED = ("wikimend.links.extract", "wikimend.repair.glance", "wikimend.repair.mending")
"""What nearly every worker needs, and nothing else does; copies of this process have it at once."""

Names = tuple[str, ...]
"""A chunk: pages by their names."""
Came = Mended | WikimendError | Mapping[str, int]
"""What came of a page; of one of which there is nothing to tell, which links were not judged."""
Waiting = Source | PageError | Page | Mended
"""A page to do, or one of which all is known."""


@dataclass(frozen=True, slots=True)
class Mending:
    """What is done to pages by the rules: a `Task`."""

    recipe: ByRules
    """The rules."""
    check: Check | None
    """What judges links."""

    def begin(self) -> Work[Names, list[Came]]:
        """Return what does it; raises RuleFileError and UsageError."""
        mender = self.recipe.mender()
        mender.check = self.check
        mend = partial(mender.outcome, mends=self.recipe.mends)
        return lambda names, left_out, announce: list(_work(names, mend, left_out, announce))

    def left_alone(self, chunk: Names) -> list[Came]:
        """Return what comes of pages of which every worker dies."""
        return [_deadly(name) for name in chunk]


def by_workers(pages: Iterable[Waiting], task: Mending, jobs: int, start: Start | None) -> Results:
    """Yield what comes of every page, in order, as `batch.one_by_one` does.

    So many workers are started, in the way `start`, as in `pool.in_order`.
    """
    for module in _LOADED:
        import_module(module)
    rest: list[Waiting] = []
    for waiting, _, came in in_order(_chunks(pages, rest), task, jobs, start):
        answers = iter(came)
        for page in waiting:
            if isinstance(page, Source):
                yield page.path, _told(page.name, next(answers))
            else:
                yield _known(page)
    yield from map(_known, rest)


def _chunks(pages: Iterable[Waiting], rest: list[Waiting]) -> Iterator[tuple[list[Waiting], Names]]:
    """Yield pages that follow each other, with the names of those to do.

    `rest` becomes the last ones.
    """
    names: list[str] = []
    size = 0
    for page in pages:
        rest.append(page)
        if isinstance(page, Source):
            names.append(page.name)
            size += page.size
            if size >= CHUNK or len(names) == MOST:
                yield rest.copy(), tuple(names)
                rest.clear()
                names.clear()
                size = 0
    if names:
        yield rest.copy(), tuple(names)
        rest.clear()


def _known(page: Waiting) -> Result:
    assert isinstance(page, PageError | Mended)
    return None, page


def _told(name: str, came: Came) -> Mended | WikimendError:
    """Return what came of a page; the text of one of which there is nothing to tell is left out."""
    if isinstance(came, Mended | WikimendError):
        return came
    return Mended(Page("", name), "", unchecked=came)


def _work(
    names: Names,
    mend: Callable[[Page], Mended],
    left_out: frozenset[int],
    announce: Announce | None,
) -> Iterator[Came]:
    for number, name in enumerate(names):
        if number in left_out:
            yield _deadly(name)
            continue
        if announce:
            announce(number)
        came = outcome(Source.called(name), mend)
        yield came.unchecked if isinstance(came, Mended) and _says_nothing(came) else came


def _says_nothing(mended: Mended) -> bool:
    told = mended.changed or mended.findings or mended.suppressed
    return not told and undecodable_error(mended.page) is None


def _deadly(name: str) -> PageError:
    return PageError(DEADLY, Place(name))
