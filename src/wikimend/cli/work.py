"""The work of `fix` and `lint`: from what was asked to the exit code."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, ExitStack, closing, nullcontext

from wikimend.cli.configuration import blaming, configuration, mender_of, settings_of
from wikimend.cli.dump_options import DumpRequest
from wikimend.cli.interrupt import watching
from wikimend.cli.jobs import Known, Rules, jobs_for, results
from wikimend.cli.links import link_check, unread
from wikimend.cli.options import Request
from wikimend.cli.outlets import Outlets
from wikimend.repair.finding import Mended
from wikimend.run.batch import one_by_one, run
from wikimend.run.config import Settings
from wikimend.store.pages import Pages
from wikimend.store.stdin import read_stdin
from wikimend.store.tree import discover, is_excluded


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
        found = _pages(request, settings)
    mender.check = link_check(request, settings, loaded.settings, found)
    idle = mender.idle and not request.mends
    pages = unread(found, mender.check) if idle else found
    wanted = wanted or DumpRequest()
    jobs = jobs_for(request, wanted.jobs, pages, mender.check)
    with ExitStack() as open_files:
        outlets = Outlets(request, len(pages), open_files)
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
        dialogue = None
        if request.interactive:
            from wikimend.cli.interactive import Dialogue

            dialogue = Dialogue(mender, outlets)
            on_page = dialogue.page
        try:
            # A person who is asked ends the run at once.
            with nullcontext(iter) if dialogue else watching() as between:
                if dialogue:
                    came = one_by_one(dialogue.until_quit(pages), dialogue.mend)
                else:
                    came = results(Rules(loaded, mender, request.mends), pages, between, jobs)
                with closing(came):
                    run(
                        outlets.bar.over(came),
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


def _pages(request: Request, settings: Settings) -> Collection[Known]:
    """Return the pages to do: all of them before the first is written, so that none is new."""
    exclude, exclude_root = settings.exclude, settings.exclude_root
    if request.from_stdin:
        page, name = read_stdin(request.stdin_filename), request.stdin_filename
        left_out = name and is_excluded(name, exclude=exclude, exclude_root=exclude_root)
        return [Mended(page, page.text) if left_out else page]
    if request.staged:
        from wikimend.cli.staged import staged_pages

        return list(staged_pages(request.paths, settings))
    return Pages(discover(request.paths, exclude=exclude, exclude_root=exclude_root))
