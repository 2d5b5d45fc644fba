"""`fix` and `lint` over a dump."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wikimend.cli.configuration import configuration, mender_of, settings_of
from wikimend.cli.dump_options import DumpRequest
from wikimend.cli.dumping import Interrupted, Job, expect, job, note
from wikimend.cli.links import wants_links
from wikimend.cli.options import Request
from wikimend.cli.outlets import Outlets
from wikimend.cli.progress import DumpBar
from wikimend.errors import PageError
from wikimend.report.sample import Sample
from wikimend.report.show import show_changes
from wikimend.rules.loaded import LoadedRules
from wikimend.rules.selection import Selection
from wikimend.rules.source import default_path
from wikimend.run.chunk import Orders, Outcome
from wikimend.run.config import Settings
from wikimend.run.ledger import Ledger
from wikimend.run.recipes import ByRules

if TYPE_CHECKING:
    from wikimend.run.dumpindex import DumpIndex


def lint_dump(request: Request, dump: DumpRequest, format_name: str) -> int:
    """Report the damage in a dump and return the exit code."""
    return _Run(request, dump, format_name).look()


def fix_dump(request: Request, dump: DumpRequest, format_name: str) -> int:
    """Repair a dump, or show what that would do, and return the exit code."""
    run = _Run(request, dump, format_name)
    return run.look() if request.previews else run.write()


class _Run:
    """One run over a dump by the rules."""

    def __init__(self, request: Request, dump: DumpRequest, format_name: str) -> None:
        self.request = request
        self.dump = dump
        self.format_name = format_name
        expect(request.paths[0], dump)
        self.loaded = configuration(request.config)
        self.settings = settings_of(request, self.loaded)
        self.mender = mender_of(self.loaded, self.settings)
        self.sample = None if dump.sample is None else Sample[str](dump.sample, dump.seed)
        self.index: DumpIndex | None = None

    def look(self) -> int:
        """Write nothing."""

        def go(task: Job, outlets: Outlets) -> None:
            orders = Orders(
                self._recipe(), pages=self._wants_pages(), changes=self.sample is not None
            )
            task.look(orders, lambda outcome: self._hear(outcome, outlets))

        return self._run(go)

    def write(self) -> int:
        """Write the new dump."""

        def go(task: Job, outlets: Outlets) -> None:
            def begin(ledger: Ledger) -> None:
                if ledger.other or not ledger.done:
                    return
                outlets.summary.add(ledger.summary)
                if not ledger.finished:
                    note(f"going on behind {ledger.summary.pages} pages that are done")

            task.write(
                self._recipe(),
                _options(self.settings),
                _rule_files(self.loaded),
                lambda outcome: self._hear(outcome, outlets),
                begin,
                pages=self._wants_pages(),
            )

        return self._run(go)

    def _run(self, go: Callable[[Job, Outlets], None]) -> int:
        request = self.request
        with ExitStack() as open_files:
            outlets = Outlets(request, 0, open_files)
            bar = cast(DumpBar, outlets.bar)
            whole = True
            try:
                task = job(request.paths[0], self.format_name, self.dump, bar)
                if request.mends and not request.previews:
                    task.require_target()
                if self._judges_links():
                    from wikimend.cli.dumplinks import index_of

                    self.index = index_of(task, request, self.loaded, open_files)
                go(task, outlets)
            except PageError as error:
                whole = False
                outlets.error(error)
                if request.mends and not request.previews:
                    note(
                        "No new dump was written; the same command does only what is not kept yet."
                    )
            except (KeyboardInterrupt, Interrupted):
                outlets.finish(whole=False)
                raise
            if self.sample is not None:
                bar.erase()
                show_changes(map(json.loads, self.sample.items), sys.stdout)
            outlets.finish(whole=whole)
        return outlets.summary.exit_code(
            self.settings.fail_on,
            diff=request.previews,
            exit_zero=request.exit_zero,
            exit_non_zero_on_fix=request.exit_non_zero_on_fix,
        )

    def _judges_links(self) -> bool:
        """Return whether links are judged: by `fix`, which they cost a pass, only if selected."""
        selected = not self.request.mends or self.settings.select is not None
        return selected and wants_links(self.settings, self.loaded.settings.links)

    def _hear(self, outcome: Outcome, outlets: Outlets) -> None:
        cast(DumpBar, outlets.bar).changed += outcome.summary.changed
        outlets.summary.add(outcome.summary)
        for mended in outcome.pages:
            outlets.show(mended)
        for error in outcome.errors:
            outlets.error(error)
        if self.sample is not None:
            self.sample.draw(outcome.changes)

    def _wants_pages(self) -> bool:
        request = self.request
        return request.lists_findings or request.shows_diff or request.patch is not None

    def _recipe(self) -> ByRules:
        settings, place = self.settings, self.loaded.settings.place
        return ByRules(
            Path(place.path) if place else None,
            Selection(settings.select, settings.ignore),
            settings.unsafe_fixes,
            mends=self.request.mends,
            index=self.index,
            ready=self.mender,
        )


def _options(settings: Settings) -> dict[str, object]:
    return {
        "command": "fix",
        "select": settings.select,
        "ignore": settings.ignore,
        "unsafe_fixes": settings.unsafe_fixes,
    }


def _rule_files(loaded: LoadedRules) -> dict[str, bytes]:
    """Return the files that the rules come from, by name."""
    paths = {rule.source for rule in loaded.ruleset.rules if rule.source}
    paths.add(str(default_path()))
    if loaded.settings.place:
        paths.add(loaded.settings.place.path)
    return {path: Path(path).read_bytes() for path in paths if Path(path).is_file()}
