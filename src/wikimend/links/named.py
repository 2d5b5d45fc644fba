"""Where the pages of a dump stand in its wiki: the path that their links are judged by."""

from __future__ import annotations

import posixpath

from wikimend.store.dialect import DIALECT_OF_SUFFIX, dialect_of
from wikimend.text.page import Dialect

_SUFFIX_OF_DIALECT: dict[Dialect, str] = {"markdown": ".md", "mdx": ".mdx", "mediawiki": ".wiki"}


def place_of(path: str | None, title: str | None, dialect: Dialect) -> str | None:
    """Return the path from the top, with a suffix, of a page with a path or a title.

    A path that leaves the top, and a page with neither, are no places: None.

    >>> place_of("/sea/tides", "Tides", "markdown"), place_of(None, "Low_tide", "mediawiki")
    ('sea/tides.md', 'Low tide.wiki')
    """
    name = path or (title or "").replace("_", " ")
    bare = posixpath.normpath(name.strip().strip("/")) if name.strip(" /") else "."
    if bare == "." or bare.startswith("../") or "\n" in bare or "://" in name:
        return None
    has_suffix = path is not None and bare.lower().endswith(tuple(DIALECT_OF_SUFFIX))
    if has_suffix and dialect_of(bare) == dialect:
        return bare
    return bare + _SUFFIX_OF_DIALECT[dialect]
