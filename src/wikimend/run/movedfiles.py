"""Files beside the pages of a wiki that name pages: what a move comes to in them."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from wikimend.errors import Place
from wikimend.links import routes
from wikimend.links.move import Move
from wikimend.links.navigation import MKDOCS, OTHERS, navigation_edits
from wikimend.run.redirectfiles import redirect_files
from wikimend.run.wiki import Wiki
from wikimend.text.edit import Edit
from wikimend.text.page import Page


def moved_files(move: Move, wiki: Wiki) -> Iterator[tuple[str, Page, list[Edit]]]:
    """Yield each file of redirects or navigation that changes: its path, its text, its edits."""
    for place in redirect_files(wiki):
        path = Path(os.path.relpath(place, wiki.top)).as_posix()
        page = _read(wiki, path)
        edits = list(move.redirect_edits(page.text, place.name)) if page else []
        if page and edits:
            yield path, page, edits
    for path in move.before.site.files:
        if posixpath.basename(path) in MKDOCS and (page := _read(wiki, path)):
            edits = sorted(navigation_edits(page.text, path, move.paths))
            if edits:
                yield path, page, edits


def named_elsewhere(move: Move, wiki: Wiki) -> Iterator[Place]:
    """Yield where a file of navigation that is not understood may name a page that moves."""
    root = move.before.site.conventions.root or ""
    stems = {routes.stem(path) for path in move.paths if path in move.before.site.pages}
    names = {stem.removeprefix(f"{root}/") for stem in stems}
    if not names:
        return
    named = re.compile(rf"(?<![\w/-])/?(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w/-])")
    for path in move.before.site.files:
        if posixpath.basename(path) in OTHERS and (page := _read(wiki, path)):
            for number, line in enumerate(page.text.splitlines(), 1):
                if named.search(line):
                    yield Place(path, number)


def _read(wiki: Wiki, path: str) -> Page | None:
    try:
        return Page.from_bytes(Path(wiki.top, path).read_bytes(), path)
    except OSError:
        return None
