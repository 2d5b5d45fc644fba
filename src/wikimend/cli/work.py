"""The work of `fix` and `lint`: from what was asked to the exit code."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext

from wikimend.cli.configuration import blaming, configuration, mender_of, settings_of
from wikimend.cli.dump_options import DumpRequest
from wikimend.cli.interrupt import between
from wikimend.cli.links import link_check, unread
from wikimend.cli.options import Request
from wikimend.cli.outlets import Outlets
from wikimend.errors import PageError
from wikimend.repair.finding import Mended
from wikimend.repair.mender import Mender
from wikimend.run.batch import run
from wikimend.run.config import Settings
from wikimend.store.stdin import read_stdin
from wikimend.store.tree import Source, discover, is_excluded
from wikimend.text.page import Page


def work(request: Request, wanted: DumpRequest | None = None) -> int:
    """Do what was asked and return the exit code; raises WikimendError before any page is read.

    `wanted` tells what is kept of the changes.
    """
    # The records of a page form no cycles. Looking for some at the usual pace took a third of the
    # time over damaged pages.
    gc.set_threshold(100_000)
    if request.interactive:
        from wikimend.cli.interactive import require_terminal

        require_terminal()
    loaded = configuration(request.config)
    settings = settings_of(request, loaded)
    mender = mender_of(loaded, settings)
    with blaming(loaded.settings.place if request.exclude is None else None):
        mend = _mend(request, settings, mender)
        found = _pages(request, settings)
    mender.check = link_check(request, settings, loaded.settings, found)
    idle = mender.idle and not request.mends
    pages = unread(found, mender.check) if idle else found
    wanted = wanted or DumpRequest()
    with ExitStack() as open_files:
        outlets = Outlets(request, len(pages), open_files)
        todo = between(outlets.bar.over(pages))
        on_page: Callable[[Mended], None] = outlets.page
        recorded: Callable[[Mended], AbstractContextManager[object]] = nullcontext
        if wanted.report is not None:
            from wikimend.cli.recording import recorder

            recorded = recorder(wanted.report, request.paths, open_files)
        drawing = None
        if wanted.sample:
            from wikimend.cli.recording import Drawing

            drawing = Drawing(wanted.sample, wanted.seed)
            on_page = drawing.hearing(outlets.page)
        if request.interactive:
            from wikimend.cli.interactive import Dialogue

            dialogue = Dialogue(mender, outlets)
            todo = outlets.bar.over(dialogue.until_quit(pages))
            mend, on_page = dialogue.mend, dialogue.page
        try:
            run(
                todo,
                mend,
                write=request.mends and not request.previews,
                on_page=on_page,
                on_error=outlets.error,
                recorded=recorded,
            )
        except KeyboardInterrupt:
            outlets.finish(whole=False)
            raise
        outlets.bar.erase()
        if drawing is not None:
            drawing.show()
        outlets.finish()
    return outlets.summary.exit_code(
        settings.fail_on,
        diff=request.previews,
        exit_zero=request.exit_zero,
        exit_non_zero_on_fix=request.exit_non_zero_on_fix,
    )


def _mend(request: Request, settings: Settings, mender: Mender) -> Callable[[Page], Mended]:
    if request.stdin_filename is not None and is_excluded(
        request.stdin_filename, exclude=settings.exclude, exclude_root=settings.exclude_root
    ):
        return lambda page: Mended(page, page.text)
    return mender.mend if request.mends else lambda page: mender.mend(page).unapplied()


def _pages(request: Request, settings: Settings) -> Sequence[Source | PageError | Page]:
    """Return the pages to do: all of them before the first is written, so that none is new."""
    if request.from_stdin:
        return [read_stdin(request.stdin_filename)]
    if request.staged:
        from wikimend.cli.staged import staged_pages

        return list(staged_pages(request.paths, settings))
    return list(
        discover(request.paths, exclude=settings.exclude, exclude_root=settings.exclude_root)
    )
