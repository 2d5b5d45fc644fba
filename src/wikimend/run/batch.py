"""The loop over all pages of a run: each is mended, stored if it changed, and told of."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import TypeVar

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.store import files
from wikimend.store.tree import Source
from wikimend.text.page import Page

Result = tuple[Path | None, Mended | WikimendError]
"""What came of a page, and the file that it is stored in; None where it comes from none."""

Results = Generator[Result, None, None]
"""What comes of pages, one after another; closing it ends the work on them."""

_Result = TypeVar("_Result")


def one_by_one(
    sources: Iterable[Source | PageError | Page | Mended], mend_page: Callable[[Page], Mended]
) -> Results:
    """Yield what comes of every page, each read and mended when it is asked for.

    What is known without being read is passed on. Where the program itself fails on a page, that is
    an error too, so that one page never costs the others.
    """
    for source in sources:
        if isinstance(source, PageError | Mended):
            yield None, source
        else:
            path = source.path if isinstance(source, Source) else None
            yield path, outcome(source, mend_page)


def outcome(source: Source | Page, mend_page: Callable[[Page], Mended]) -> Mended | WikimendError:
    """Return what comes of a page."""
    try:
        page = source if isinstance(source, Page) else files.read(source)
        return guarded(partial(mend_page, page), page.name)
    except WikimendError as error:
        return error


def run(
    results: Iterable[Result],
    *,
    write: bool,
    on_page: Callable[[Mended], None],
    on_error: Callable[[WikimendError], None],
    recorded: Callable[[Mended], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Take what comes of every page, in turn, and tell it, in order.

    With `write`, a page that changed is stored before `on_page` hears of it, amid the block that
    `recorded` gives; a page that did not come from a file is left to `on_page`. An error goes to
    `on_error`, and the next page follows.
    A page that cannot be stored is an error alone: nothing about it came true. Bytes that are not
    UTF-8 are an error beside the page. A KeyboardInterrupt ends the loop; the page in hand is then
    the old or the mended one, whole.
    """
    for path, mended in results:
        if isinstance(mended, WikimendError):
            on_error(mended)
            continue
        page = mended.page
        if write and mended.changed:
            try:
                with recorded(mended):
                    if path is not None:
                        data = Page(mended.text, page.name, page.dialect).to_bytes()
                        files.write(path, data, expected=page.to_bytes())
            except WikimendError as error:
                on_error(error)
                continue
        on_page(mended)
        undecodable = files.undecodable_error(page)
        if undecodable is not None:
            on_error(undecodable)


def guarded(work: Callable[[], _Result], name: str) -> _Result:
    """Return what `work` on the page called `name` does; raises PageError where it fails at all."""
    try:
        return work()
    except WikimendError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise PageError(
            f"left alone: wikimend failed on it ({reason}); please report this", Place(name)
        ) from error
