"""Routes: which files may answer for a path, the likeliest first."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from functools import lru_cache

PAGE_SUFFIXES = (".md", ".mdx", ".markdown", ".mediawiki", ".wiki")
"""Suffixes of pages, without which a page may be named."""
SERVED_SUFFIXES = (".html", ".htm")
"""Suffixes under which a page is served instead of its own."""
INDEXES = ("index", "README", "_index", "readme", "Readme", "Home", "home")
"""The pages that stand for their folder."""


def candidates(
    path: str, *, is_folder: bool, suffixes: Sequence[str] = PAGE_SUFFIXES
) -> Iterator[str]:
    """Yield the files that may answer for `path`, which counts from the top and has no `..`.

    `suffixes` are those that the pages of the wiki have.

    >>> list(candidates("sea/tides", is_folder=False, suffixes=[".md"]))
    ['sea/tides', 'sea/tides.md', 'sea/tides.html', 'sea/tides.htm']
    """
    bare = path.rstrip("/")
    slashed = bare != path or not bare
    if not slashed:
        yield bare
        if bare.lower().endswith(PAGE_SUFFIXES):
            return
        served = without_suffix(bare)
        for suffix in suffixes:
            yield (bare if served is None else served) + suffix
        if served is None:
            yield from (bare + suffix for suffix in SERVED_SUFFIXES)
    if is_folder:
        folder = f"{bare}/" if bare else ""
        for name in INDEXES:
            yield from (f"{folder}{name}{suffix}" for suffix in suffixes)
        yield from (f"{folder}index{suffix}" for suffix in SERVED_SUFFIXES)
    if slashed and bare:
        yield from (bare + suffix for suffix in (*suffixes, *SERVED_SUFFIXES))


def without_suffix(path: str) -> str | None:
    """Return a path that is served with `.html` without that; None for another path."""
    for suffix in SERVED_SUFFIXES:
        if path.endswith(suffix):
            return path[: -len(suffix)]
    return None


def stem(path: str) -> str:
    """Return the path of a page without its suffix.

    >>> stem("sea/tides.md")
    'sea/tides'
    """
    lower = path.lower()
    for suffix in PAGE_SUFFIXES:
        if lower.endswith(suffix):
            return path[: -len(suffix)]
    return path


def route(path: str) -> str:
    """Return the path at which a page is served, without a suffix; that of an index is its folder.

    >>> route("sea/index.md"), route("sea/tides.md")
    ('sea', 'sea/tides')
    """
    bare = stem(path)
    folder, name = posixpath.split(bare)
    return folder if name in INDEXES else bare


def key(path: str) -> str:
    """Return what is compared of an address: neither slashes at its ends nor a suffix."""
    bare = path.strip("/")
    served = without_suffix(bare)
    return route(served if served is not None else bare)


def joined(folder: str, path: str) -> str | None:
    """Return `path` from `folder`, both from the top; None where it leaves the top.

    A slash at its end stays.

    >>> joined("sea/deep", "../tides/"), joined("sea", "../../x")
    ('sea/tides/', None)
    """
    head, _, name = path.rpartition("/")
    if head and name not in ("", ".", ".."):
        inside = _inside(folder, head)
        return None if inside is None else inside + name
    return _joined(folder, path)


@lru_cache(maxsize=4096)
def _inside(folder: str, path: str) -> str | None:
    """Return what the paths in a folder begin with; few folders hold what many links lead to."""
    found = _joined(folder, f"{path}/x")
    return None if found is None else found[:-1]


def _joined(folder: str, path: str) -> str | None:
    if not path.endswith((".", "/")) and "//" not in path:
        while folder and path.startswith("../"):
            folder, path = folder.rpartition("/")[0], path[3:]
    whole = f"{folder}/{path}" if folder else path
    if "./" not in whole and "//" not in whole and not whole.endswith((".", "/")):
        return whole
    normal = posixpath.normpath(whole) if whole else "."
    if normal == ".." or normal.startswith("../"):
        return None
    normal = "" if normal == "." else normal
    return f"{normal}/" if path.endswith(("/", "/.", "/..")) and normal else normal
