"""Good guesses at which fields hold what: names that exporters and data sets use."""

from __future__ import annotations

from collections.abc import Container

TEXT = (
    "text", "content", "body", "markdown", "wikitext", "article_body.wikitext", "page_text",
    "raw_content", "old_text",
)  # fmt: skip
"""Names of a text, the best first."""
ID = ("id", "page_id", "pageid", "identifier", "_id", "uuid", "old_id")
"""Names of an id."""
TITLE = ("title", "name", "page_title")
"""Names of a title."""
PATH = ("path", "file_path", "filepath", "filename", "file")
"""Names of a path."""


def first(names: tuple[str, ...], present: Container[str]) -> str | None:
    """Return the first of `names` that is there."""
    for name in names:
        if name in present:
            return name
    return None
