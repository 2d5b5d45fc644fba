"""What all commands over a dump share: the pass over it, its progress and its errors."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wikimend import __version__
from wikimend.cli.dump_options import DumpRequest
from wikimend.cli.failure import INTERRUPTED
from wikimend.cli.interrupt import between
from wikimend.cli.progress import DumpBar
from wikimend.errors import PageError, Place, UsageError, WikimendError
from wikimend.run.chunk import Orders, Outcome, Recipe
from wikimend.run.dump import SMALL, Walk, look, write
from wikimend.run.ledger import Ledger, Plan
from wikimend.run.manifest import identity
from wikimend.run.pool import GARBAGE
from wikimend.run.processors import processors
from wikimend.run.shard import Shard
from wikimend.run.start import start_method
from wikimend.store.compression import codec_of, require, sniff
from wikimend.store.dump import CHUNK, Fields, Format
from wikimend.store.files import reason
from wikimend.store.formats import FORMATS, format_of
from wikimend.store.part import require_plain

Listener = Callable[[Outcome], None]
"""Hears what came of each chunk."""


class Interrupted(WikimendError):  # noqa: N818
    """Ctrl-C, and what to do about it."""

    exit_code = INTERRUPTED


@dataclass(frozen=True, slots=True)
class Job:
    """A dump and what is to be done about it."""

    source: Path
    """The dump, with no link on the way to it."""
    format_name: str
    """The name of its format."""
    request: DumpRequest
    """What the command line asks for."""
    bar: DumpBar
    """Shows how far it is."""

    @property
    def format(self) -> Format:
        """Its format."""
        return FORMATS[self.format_name]()

    @property
    def jobs(self) -> int:
        """How many processes work."""
        return jobs(self.source, self.request)

    def look(self, orders: Orders, listener: Listener) -> None:
        """Go over the dump and write nothing."""
        look(self._walk(orders), listener)

    def index(self, orders: Orders, listener: Listener) -> None:
        """Go over all of the dump, redirects too, for its index."""
        fields = replace(self.request.fields, redirects=True)
        look(self._walk(orders, fields, whole=True), listener)

    def write(
        self,
        recipe: Recipe,
        options: Mapping[str, Any],
        files: Mapping[str, bytes],
        listener: Listener,
        begin: Callable[[Ledger], None],
        *,
        pages: bool = False,
    ) -> Ledger:
        """Go over the dump and write the new one.

        `options` and `files` are what the result depends on. `begin` hears of what a run before has
        left, before anything is done. Raises Interrupted where Ctrl-C was pressed.
        """
        request = self.request
        target = self._target()
        codec = self._codec(target)
        name = identity(
            {
                **options,
                "version": __version__,
                "chunk": CHUNK,
                "format": self.format_name,
                "where": request.where,
                "codec": codec,
                "shard": request.shard,
                "source": self.source,
                "report": request.report,
            },
            files,
        )
        plan = Plan(self.source, self.format, request.fields, target, request.report, name)
        ledger = Ledger(plan)
        _spare_report(ledger)
        begin(ledger)
        ordered = Orders(recipe, codec, changes=request.report is not None, pages=pages)
        try:
            worked = write(lambda: self._walk(ordered), ledger, listener)
        except KeyboardInterrupt as error:
            message = "interrupted; the same command goes on from here"
            raise Interrupted(message) from error
        if not worked:
            note(f"{self.shown(target)}: all of it was done before; nothing is left to do")
        return ledger

    def require_target(self) -> None:
        """Raise UsageError when the new dump cannot go where it should."""
        self._codec(self._target())

    def shown(self, target: Path) -> Path:
        """Return what the user calls the new dump."""
        return self.request.output or target

    def _walk(self, orders: Orders, fields: Fields | None = None, *, whole: bool = False) -> Walk:
        request = self.request
        shard = Shard.of(request.shard) if request.shard and not whole else None
        dump = self.format.open(self.source, fields or request.fields)
        return Walk(
            dump,
            orders,
            self.jobs,
            lambda chunks: between(self.bar.reading(dump, chunks)),
            shard,
        )

    def _target(self) -> Path:
        """Return where the new dump goes; raises UsageError when it cannot go there."""
        request = self.request
        source = Path(os.path.realpath(self.source))
        target = Path(os.path.realpath(request.output)) if request.output else source
        if request.report and Path(os.path.realpath(request.report)) in (target, source):
            raise UsageError("the report would take the place of the dump")
        if request.report:
            require_plain(request.report)
        if request.output is None or target == source:
            if self.format_name == "sqlite" and not request.in_place:
                message = "a database is mended on a copy: name it with --output, or ask for"
                raise UsageError(f"{message} --in-place", Place(str(self.source)))
            return self.source
        require_plain(request.output)
        if format_of(target.name) not in (None, self.format_name):
            message = f"its name is that of another format than {self.format_name}"
            raise UsageError(message, Place(str(request.output)))
        return target if request.output.is_symlink() else request.output

    def _codec(self, target: Path) -> str | None:
        """Return the codec of the new dump: that of its name, in place that of the old one."""
        if not self.format.compressible:
            return None
        codec = sniff(self.source) if target == self.source else codec_of(target.name)
        require(codec)
        if self.request.report:
            require(codec_of(self.request.report.name))
        return codec


def _spare_report(ledger: Ledger) -> None:
    """Raise UsageError where a run would take the place of what can undo another one."""
    plan = ledger.plan
    begins = ledger.manifest.state == "running" and not ledger.done
    report = plan.report
    if begins and plan.in_place and report and report.is_file() and report.stat().st_size:
        message = "it is there, and may be all that can take an earlier run back: name another"
        raise UsageError(message, Place(str(report)))


def jobs(source: Path, request: DumpRequest) -> int:
    """Return how many processes work on the dump at `source`; raises PageError."""
    if request.jobs is not None:
        return request.jobs
    packed = sniff(source) is not None
    small = source.stat().st_size * (4 if packed else 1) <= SMALL
    return 1 if small else processors()


def expect(path: str, request: DumpRequest) -> None:
    """Have workers at hand soon, where the dump at `path` will need some."""
    with suppress(PageError):  # whoever opens it tells
        if jobs(Path(path), request) > 1:
            start_method()


def job(path: str, format_name: str, request: DumpRequest, bar: DumpBar) -> Job:
    """Return the job about the dump at `path`; raises PageError when there is none."""
    gc.set_threshold(GARBAGE)
    source = Path(os.path.realpath(path))
    try:
        with source.open("rb"):
            pass
    except OSError as error:
        raise PageError(f"cannot be read: {reason(error)}", Place(path)) from error
    shown = Path(path)
    return Job(source if shown.is_symlink() else shown, format_name, request, bar)


def note(message: str) -> None:
    """Write a line to standard error."""
    from wikimend.report.visible import visible

    sys.stderr.write(f"{visible(message)}\n")
