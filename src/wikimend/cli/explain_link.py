"""`wikimend explain-link`: where the links on a line lead, and what was tried."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from wikimend.cli.wikioptions import wiki_options

if TYPE_CHECKING:
    from wikimend.links.check import LinkCheck
    from wikimend.links.link import Link
    from wikimend.report.paper import Piece


@click.command("explain-link")
@click.argument("place", metavar="FILE:LINE")
@wiki_options
def command(
    place: str,
    config: Path | None,
    root_dir: Path | None,
    base_url: tuple[str, ...],
    no_cache: bool,
) -> int:
    """Explain the links on one line.

    Which files were tried for each, in order, what answered, and what may have been meant. Exits
    with 1 when one of them leads nowhere.
    """
    from wikimend.cli.wikiindex import indexed
    from wikimend.errors import Place, UsageError
    from wikimend.links.facts import facts
    from wikimend.report.paper import paper
    from wikimend.store import files
    from wikimend.store.dialect import dialect_of
    from wikimend.store.tree import Source
    from wikimend.text.position import Lines

    name, _, number = place.rpartition(":")
    if not name or not number.isdigit():
        raise UsageError(f"'{place}' is no place; write FILE:LINE")
    page = files.read(Source(Path(name), name, dialect_of(name)))
    check, _ = indexed(Path(name), [name], config, root_dir, base_url, no_cache)
    path = check.locate(name)
    if path is None:
        raise UsageError("outside of the wiki", Place(name))
    lines = Lines(page.text)
    found = [link for link in facts(page).links if lines.position(link.start)[0] == int(number)]
    if not found:
        raise UsageError("there is no link on this line", Place(name, int(number)))
    sheet = paper(sys.stdout)
    broken = False
    for link in found:
        sheet.write(_explained(check, link, path))
        broken |= _status(check, link, path) in _broken()
    return int(broken)


def _broken() -> frozenset[str]:
    from wikimend.links.check import NOTICE_OF

    return frozenset(NOTICE_OF)


def _status(check: LinkCheck, link: Link, path: str) -> str:
    return check.resolver.resolve(link, path).status


def _explained(check: LinkCheck, link: Link, path: str) -> Iterator[Piece]:
    from wikimend.report.visible import visible

    outcome = check.resolver.resolve(link, path)
    yield f"{visible(link.destination) or '(nothing)'}", "span"
    yield f"  {link.kind}\n", ""
    for tried in outcome.tried:
        hit = tried == outcome.path and outcome.status not in ("wrong-case",)
        yield f"  {'found' if hit else 'tried'}  {visible(tried)}\n", "added" if hit else ""
    for address in outcome.via:
        yield f"  redirect  {visible(address)}\n", ""
    if outcome.fragment and outcome.path:
        yield f"  section  {visible(outcome.fragment)}\n", ""
    yield f"  {outcome.status}", "removed" if outcome.status in _broken() else "added"
    yield f"{f': {visible(outcome.path)}' if outcome.path else ''}\n", ""
    for guess in check.suggester.suggest(link, outcome, path):
        place = f"{guess.path}#{guess.fragment}" if guess.fragment else guess.path
        yield f"  did you mean  {visible(place)} ({guess.reason}, {guess.confidence} of 100)\n", ""
