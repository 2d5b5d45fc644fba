"""What is missing when nothing answers: a page, or a file of another kind."""

from __future__ import annotations

import re

from wikimend.links import routes
from wikimend.links.outcome import Status

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_FILE_SUFFIX = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp|ico|tiff?|pdf|zip|t?gz|tar|7z|rar|mp[34]|m4a|mov|webm|ogg"
    r"|wav|txt|csv|tsv|jsonl?|ya?ml|toml|xml|xsd|css|[jt]s|py|rb|go|rs|[ch]|cpp|java|sh|ps1|ps[md]1"
    r"|ipynb|docx?|xlsx?|pptx?|od[tsp]|epub|woff2?|ttf|canvas|base|drawio|excalidraw)\Z",
    re.IGNORECASE,
)
"""Suffixes of files that are no pages."""


def missing_status(address: str, embedded: bool) -> Status:
    """Return whether what is missing was a page or another file, by its suffix."""
    suffix = _SUFFIX.search(address)
    if suffix is None:
        return "page-missing"
    known = (*routes.PAGE_SUFFIXES, *routes.SERVED_SUFFIXES)
    if suffix[0].lower() in known:
        return "page-missing"
    return "file-missing" if embedded or _FILE_SUFFIX.search(address) else "page-missing"
