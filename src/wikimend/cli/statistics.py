"""The counts of a dump, or of a folder of pages, in one pass."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from wikimend.cli.configuration import configuration
from wikimend.cli.dump_options import DumpRequest, dump_format
from wikimend.cli.dumping import expect, job
from wikimend.cli.failure import FAILED, tell
from wikimend.cli.progress import Bar, DumpBar
from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.report.contents import CONTENTS
from wikimend.report.linkcount import count_links
from wikimend.report.summary import Summary
from wikimend.rules.loaded import LoadedRules
from wikimend.rules.selection import Selection
from wikimend.run.batch import one_by_one, run
from wikimend.run.chunk import Orders, Outcome
from wikimend.run.config import merge
from wikimend.run.recipes import ByRules
from wikimend.store.dump import Key
from wikimend.store.pages import Pages
from wikimend.store.tree import discover
from wikimend.text.page import Page


def statistics(store: str, request: DumpRequest, config: Path | None, output_format: str) -> int:
    """Write the counts of `store` to standard output and return the exit code."""
    is_folder = Path(store).is_dir()
    name = None if is_folder else dump_format((store,), request)
    if is_folder and request != DumpRequest():
        raise UsageError("an option is about dumps, and this is a folder of pages", Place(store))
    if not (is_folder or name):
        raise UsageError("no dump by its name; --format tells what it is", Place(store))
    if name:
        expect(store, request)
    loaded = configuration(config)
    counts = _of_dump(store, name, request, loaded) if name else _of_folder(store, loaded)
    CONTENTS[output_format](counts.summary, counts.links, sys.stdout)
    return FAILED if counts.summary.errors else 0


def _of_dump(dump: str, name: str, request: DumpRequest, loaded: LoadedRules) -> _Counts:
    bar = DumpBar(wanted=True)
    counts = _Counts(bar)
    try:
        job(dump, name, request, bar).look(Orders(_recipe(loaded), links=True), counts.outcome)
    except PageError as error:
        counts.error(error)
    finally:
        bar.erase()
    return counts


def _of_folder(folder: str, loaded: LoadedRules) -> _Counts:
    settings = merge(loaded.settings)
    found = discover([folder], exclude=settings.exclude, exclude_root=settings.exclude_root)
    pages = Pages(found)
    bar = Bar(len(pages), wanted=True)
    counts = _Counts(bar)
    edit = _recipe(loaded).editor()

    def look(page: Page) -> Mended:
        return edit(page, Key(1, "text", path=page.name)).mended

    try:
        results = one_by_one(bar.over(pages), look)
        run(results, write=False, on_page=counts.page, on_error=counts.error)
    finally:
        bar.erase()
    return counts


def _recipe(loaded: LoadedRules) -> ByRules:
    place = loaded.settings.place
    selection = Selection(loaded.settings.select, loaded.settings.ignore or ())
    ready = Mender(loaded.ruleset, selection)
    return ByRules(Path(place.path) if place else None, selection, False, mends=False, ready=ready)


class _Counts:
    """What was counted so far."""

    def __init__(self, bar: Bar) -> None:
        self.summary = Summary()
        self.links: Counter[str] = Counter()
        self._bar = bar

    def page(self, mended: Mended) -> None:
        """Count a page."""
        self.summary.page(mended)
        self.links.update(count_links(mended.page))

    def outcome(self, outcome: Outcome) -> None:
        """Count a chunk."""
        self.summary.add(outcome.summary)
        self.links.update(outcome.links)
        for error in outcome.errors:
            self.error(error)

    def error(self, error: WikimendError) -> None:
        """Count an error, and tell it."""
        self._bar.erase()
        self.summary.error(error)
        tell(error)
