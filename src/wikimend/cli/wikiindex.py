"""The index of the wiki that a command is about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from wikimend.cli.configuration import configuration
from wikimend.errors import UsageError
from wikimend.links.check import LinkCheck
from wikimend.run.linkoptions import link_options
from wikimend.run.wiki import Wiki, find_wiki
from wikimend.run.wikiindex import build


def indexed(
    start: Path,
    names: Sequence[str],
    config: Path | None,
    root_dir: Path | None,
    base_url: tuple[str, ...],
    no_cache: bool,
) -> tuple[LinkCheck, Wiki]:
    """Return the check of the wiki around `start`, for pages called `names`, and the wiki.

    Raises UsageError where there is no wiki, and RuleFileError for a broken configuration.
    """
    file = configuration(config).settings
    wiki = find_wiki(
        start.absolute(),
        link_options(file.links, base_urls=base_url),
        root_dir=root_dir,
        config=None if file.place is None else Path(file.place.path).absolute(),
        cached=not no_cache,
    )
    if wiki is None:
        raise UsageError("there is no wiki here: no git repository; name its root with --root-dir")
    return build(wiki, names), wiki
