"""Which markup language a page is written in, told by its name."""

from __future__ import annotations

from pathlib import PurePath

from wikimend.text.page import Dialect

DIALECT_OF_SUFFIX: dict[str, Dialect] = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdx": "mdx",
    ".wiki": "mediawiki",
    ".mediawiki": "mediawiki",
}
"""The names that make a file a page when its folder is walked; upper case counts too."""


def dialect_of(name: str) -> Dialect:
    """Return the dialect of the page called `name`; any unknown name is Markdown.

    >>> dialect_of("Main_Page.WIKI"), dialect_of("notes.txt")
    ('mediawiki', 'markdown')
    """
    if name.endswith(".md") or "." not in name:
        return "markdown"
    return DIALECT_OF_SUFFIX.get(PurePath(name).suffix.lower(), "markdown")
