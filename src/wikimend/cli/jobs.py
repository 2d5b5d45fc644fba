"""What comes of the pages of a run, in one process or by several."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from wikimend.cli.interrupt import Between
from wikimend.cli.options import Request
from wikimend.repair.check import Check
from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.rules.loaded import LoadedRules
from wikimend.run.batch import Results, one_by_one
from wikimend.run.processors import processors
from wikimend.store.pages import Found
from wikimend.store.tree import Source
from wikimend.text.page import Page

ENOUGH = 2 << 20
"""Bytes of pages up to which the work stays in one process: starting others takes longer."""

Known = Found | Mended
"""A page, or one of which all is known."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the pages of a run are mended by."""

    loaded: LoadedRules
    """The rules."""
    mender: Mender
    """The same with their settings and the check of links."""
    mends: bool
    """Whether anything is repaired, or only found."""

    def mend(self, page: Page) -> Mended:
        """Return what comes of a page."""
        return self.mender.outcome(page, mends=self.mends)


def results(rules: Rules, pages: Collection[Known], between: Between, jobs: int) -> Results:
    """Yield what comes of every page, in order; Ctrl-C ends it after what is in hand."""
    if jobs == 1:
        return one_by_one(between(pages), rules.mend)
    from wikimend.run.recipes import ByRules
    from wikimend.run.start import copying
    from wikimend.run.workers import Mending, by_workers

    place, mender = rules.loaded.settings.place, rules.mender
    recipe = ByRules(
        Path(place.path) if place else None,
        mender.selection,
        mender.unsafe_fixes,
        mends=rules.mends,
        ready=mender,
    )
    return by_workers(between(pages), Mending(recipe, mender.check), jobs, copying())


def jobs_for(
    request: Request, asked: int | None, pages: Collection[Known], check: Check | None
) -> int:
    """Return how many processes work; `asked` is how many the user wants.

    A person is asked in one process alone. Several have to share the index by which links are
    judged; one that is not made yet would be made by each.
    """
    if request.interactive or request.from_stdin or request.staged:
        return 1
    many = asked or processors()
    if many == 1 or (asked is None and not _is_much(pages)) or not _is_shared(check):
        return 1
    return many


def _is_much(pages: Collection[Known]) -> bool:
    size = 0
    for page in pages:
        if isinstance(page, Source):
            size += page.size
        if size > ENOUGH:
            return True
    return False


def _is_shared(check: Check | None) -> bool:
    if check is None:
        return True
    from wikimend.run.start import copying
    from wikimend.run.wiki import Alone, Lazy

    return isinstance(check, Alone) or (not isinstance(check, Lazy) and copying() is not None)
