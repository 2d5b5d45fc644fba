"""The `links` of a configuration as options."""

from __future__ import annotations

from typing import Any

from wikimend.links.options import LinkOptions
from wikimend.rules.node import Node


def link_options(node: Node | None, *, base_urls: tuple[str, ...] = ()) -> LinkOptions:
    """Return what the `links` mapping of a configuration asks for, which has been checked.

    `base_urls` of the command line take the place of those of the file.
    """
    if node is None:
        return LinkOptions(base_urls=_bare(base_urls))

    def texts(key: str) -> tuple[str, ...]:
        return tuple(text.text for text in node.texts(key))

    def word(key: str, default: Any = None) -> Any:
        return node.word(key) or default

    uses = word("wiki-links")
    return LinkOptions(
        root=word("root"),
        base_urls=_bare(base_urls or texts("base-url")),
        anchors=word("anchors"),
        wiki_links="off" if uses == "none" else uses,
        relative_to=word("relative-to"),
        spaces=word("spaces", ""),
        locales=tuple(locale.strip("/") for locale in texts("locales")),
        redirects=texts("redirects"),
        skip=texts("skip"),
        path=word("path", "keep"),
        extension=word("extension", "keep"),
        follow_redirects=node.flag("follow-redirects"),
        convert=word("convert", "keep"),
    )


def _bare(urls: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(url.rstrip("/") for url in urls)
