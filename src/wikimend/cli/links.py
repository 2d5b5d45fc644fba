"""The check of links that a run makes, if one is wanted and a wiki is there."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from wikimend.cli.configuration import blaming
from wikimend.cli.jobs import Known
from wikimend.cli.options import Request
from wikimend.repair.check import Check
from wikimend.rules.loaded import FileSettings
from wikimend.rules.node import Node
from wikimend.rules.notices import FORM_NOTICES, LINK_NOTICES
from wikimend.rules.selection import Selection
from wikimend.run.config import Settings
from wikimend.store.tree import Source
from wikimend.text.page import Page


def link_check(
    request: Request,
    settings: Settings,
    file: FileSettings,
    pages: Collection[Known],
) -> Check | None:
    """Return the check; None where nothing that it could find is wanted.

    The index of many pages is built at once, that of a few when one of them has a link into it.
    """
    if not wants_links(settings, file.links):
        return None
    from wikimend.run.linkoptions import link_options
    from wikimend.run.wiki import FEW, Alone, Lazy, find_wiki

    config = None if file.place is None else Path(file.place.path)
    with blaming(file.place if request.root_dir is None else None):
        wiki = find_wiki(
            _start(request),
            link_options(file.links, base_urls=request.base_url),
            root_dir=request.root_dir,
            config=config,
            cached=not request.no_cache,
            staged=request.staged,
        )
    if wiki is None:
        return Alone()
    from wikimend.run.wikiindex import build

    lazy = Lazy(lambda: build(wiki, (p.name for p in pages if isinstance(p, Source | Page))))
    if len(pages) > FEW:
        return lazy.built
    return lazy


def wants_links(settings: Settings, links: Node | None) -> bool:
    """Return whether anything that an index could find is wanted.

    The forms of links are no reason where `links`, of the configuration, asks for none.
    """
    chosen = Selection(settings.select, settings.ignore)
    wanted = [n for n in LINK_NOTICES.values() if chosen.holds(n.id, n.name, True)]
    if any(notice not in FORM_NOTICES for notice in wanted):
        return True
    if not wanted or links is None:
        return False
    from wikimend.run.linkoptions import link_options

    return link_options(links).has_form


def _start(request: Request) -> Path:
    if request.from_stdin:
        return Path(request.stdin_filename or ".").absolute()
    return Path(request.paths[0]).absolute()


def unread(pages: Collection[Known], check: Check | None) -> Collection[Known]:
    """Return the pages, those of which all is known without being read as what they come to."""
    from wikimend.run.wiki import Alone, Lazy

    if check is None or isinstance(check, Alone | Lazy):
        return pages
    from wikimend.links.check import LinkCheck

    assert isinstance(check, LinkCheck)
    return [(isinstance(page, Source) and check.settled(page.name)) or page for page in pages]
