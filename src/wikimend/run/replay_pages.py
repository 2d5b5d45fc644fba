"""Recorded changes, made or taken back in pages that are files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from wikimend.errors import PageError, Place, WikimendError
from wikimend.repair.finding import Mended
from wikimend.run.batch import one_by_one, run
from wikimend.run.replay import FromRecord, recorded_pages
from wikimend.store.dialect import dialect_of
from wikimend.store.dump import Key
from wikimend.store.tree import Source
from wikimend.text.edit import compose
from wikimend.text.page import Page

_Sources = Iterable[Source | PageError]


def replay_pages(
    recipe: FromRecord,
    folder: Path,
    *,
    within: Callable[[_Sources], _Sources],
    on_page: Callable[[Mended], None],
    on_error: Callable[[WikimendError], None],
) -> None:
    """Change the pages below `folder` that the record names, and tell what came of each.

    What the record names is read and written, whatever else the folder holds; nothing outside of
    it. The pages pass through `within`, which may watch them or end their reading.
    """
    edit = recipe.editor()
    now: list[Key] = []

    def sources() -> Iterator[Source | PageError]:
        for key in recorded_pages(recipe.index):
            now[:] = [key]
            yield _source(folder, key)

    def change(page: Page) -> Mended:
        """Follow the record as far as it leads: several runs may have written it."""
        mended = edit(page, now[0]).mended
        seen = {page.text}
        while mended.text not in seen:
            seen.add(mended.text)
            further = edit(Page(mended.text, page.name, page.dialect), now[0]).mended
            edits = compose(mended.edits, further.edits, mended.text)
            mended = Mended(page, further.text, tuple(edits))
        return mended

    results = one_by_one(within(sources()), change)
    run(results, write=True, on_page=on_page, on_error=on_error)


def _source(folder: Path, key: Key) -> Source | PageError:
    if key.path is None:
        return PageError("left alone: the record tells no path of it", Place(key.name))
    path = PurePosixPath(key.path)
    if path.is_absolute() or ".." in path.parts:
        return PageError("left alone: it lies outside of the folder", Place(key.path))
    return Source(folder / path, str(folder / path), dialect_of(path.name))
