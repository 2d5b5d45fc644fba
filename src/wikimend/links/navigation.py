"""Navigation of a site generator: the pages that a file of it names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping

from wikimend.links.scalars import Scalar, Tree, tree
from wikimend.text.edit import Edit

MKDOCS = ("mkdocs.yml", "mkdocs.yaml")
"""Files whose navigation is understood."""
OTHERS = (
    *("docs.json", "mint.json", "sidebars.js", "sidebars.ts", "sidebars.json", ".pages", "toc.yml"),
    *("_toc.yml", "_quarto.yml", "_config.yml", "navigation.yml", "book.toml"),
)
"""Files that may name pages in ways of their own."""


def navigation_edits(text: str, path: str, paths: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits of the `mkdocs.yml` at `path` once files have moved, by `paths`, old to new.

    Pages are named in `nav`, and in `redirect_maps` by their new addresses; both count from
    `docs_dir`. A page that leaves it is not followed.
    """
    root = tree(text)
    if not isinstance(root, dict):
        return
    named = root.get("docs_dir")
    docs = named.text if isinstance(named, Scalar) else "docs"
    folder = posixpath.normpath(posixpath.join(posixpath.dirname(path), docs))
    for scalar in (*_texts(root.get("nav")), *_redirect_maps(root.get("plugins"))):
        name, mark, fragment = scalar.text.partition("#")
        old = posixpath.normpath(posixpath.join(folder, name))
        new = paths.get(old)
        prefix = "" if folder == "." else f"{folder}/"
        if name and new is not None and new.startswith(prefix):
            written = f"{new[len(prefix) :]}{mark}{fragment}"
            yield Edit(scalar.start, scalar.end, written, ("mv",))


def _texts(data: Tree) -> Iterator[Scalar]:
    if isinstance(data, Scalar):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for item in data:
            yield from _texts(item)


def _redirect_maps(data: Tree) -> Iterator[Scalar]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value) if key == "redirect_maps" else _redirect_maps(value)
    elif isinstance(data, list):
        for item in data:
            yield from _redirect_maps(item)
