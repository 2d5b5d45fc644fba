"""The loop over all pages of a run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import TypeVar

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.store import files
from wikimend.store.tree import Source
from wikimend.text.page import Page

_Result = TypeVar("_Result")


def run(
    sources: Iterable[Source | PageError | Page | Mended],
    mend_page: Callable[[Page], Mended],
    *,
    write: bool,
    on_page: Callable[[Mended], None],
    on_error: Callable[[WikimendError], None],
    recorded: Callable[[Mended], AbstractContextManager[object]] = nullcontext,
) -> None:
    """Mend every page in turn, and tell what came of each, in order.

    With `write`, a page that changed is stored before `on_page` hears of it, amid the block that
    `recorded` gives; a page that did not come from a file is left to `on_page`, as is one that is
    known without being read. An error goes to `on_error`, and the next page follows.
    A page that cannot be stored is an error alone: nothing about it came true. Bytes that are not
    UTF-8 are an error beside the page. Where the program itself fails on a page, that is an error
    too, so that one page never costs the others. A KeyboardInterrupt ends the loop; the page in
    hand is then the old or the mended one, whole.
    """
    for source in sources:
        if isinstance(source, PageError):
            on_error(source)
            continue
        if isinstance(source, Mended):
            on_page(source)
            continue
        try:
            page = source if isinstance(source, Page) else files.read(source)
            mended = guarded(partial(mend_page, page), page.name)
            if write and mended.changed:
                with recorded(mended):
                    if isinstance(source, Source):
                        data = Page(mended.text, page.name, page.dialect).to_bytes()
                        files.write(source.path, data, expected=page.to_bytes())
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
