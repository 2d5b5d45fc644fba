"""What is kept of the pages of a wiki, renewed: what did not change is not read again."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from operator import eq
from pathlib import Path

from wikimend.links.anchors import AnchorStyle
from wikimend.links.room import Numbers
from wikimend.run import linkcache
from wikimend.run.inventory import Inventory
from wikimend.run.reading import MANY, Unread, read_all
from wikimend.run.shelf import Entry, Shelf
from wikimend.run.wiki import Wiki

RACY = 2_000_000_000
"""Nanoseconds: a file that changed so shortly before it was looked at may have changed again."""

NEW = -1
"""Stands for the number of a page that was not there before."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What is kept of the pages as they are now."""

    shelf: Shelf
    """It: what was kept before, where that is still true."""
    before: Numbers
    """For each page the number that it had before, if its content is what it was; else `NEW`."""
    altered: set[str] = field(default_factory=set)
    """The pages on which others can no longer rest as they did."""


def stored(there: Inventory, old: Shelf) -> Numbers:
    """Return for each page in `there` its number in `old`, if it did not change since; or `NEW`."""
    known = Numbers("q")
    for number in range(len(there.pages)):
        known.append(_stored(number, there, old))
    return known


def renewed(
    wiki: Wiki,
    style: AnchorStyle,
    there: Inventory,
    old: Shelf,
    known: Numbers,
    folder: Path | None,
) -> Renewed:
    """Return what is kept of the pages in `there`, where `old` was kept before.

    `known` is what `stored` tells of them. Anchors of Markdown are made in `style`; files that are
    needed are made in `folder`.
    """
    count = sum(origin == NEW for origin in known)
    if not count and len(known) == len(old) and all(map(eq, known, range(len(old)))):
        return Renewed(old, known)
    now = time.time_ns()
    shelf, before, altered = linkcache.empty(folder, style), Numbers("q"), set[str]()
    asked = (_asked(n, there, old) for n, origin in enumerate(known) if origin == NEW)
    read = read_all(wiki, style, asked, many=count >= MANY)
    met = 0
    for number, origin in enumerate(known):
        if origin != NEW:
            shelf.copy(old, origin)
            before.append(origin)
            met += 1
            continue
        digest, made = next(read)
        if not digest:  # it is gone, or cannot be read
            continue
        path = there.pages[number]
        was = old.paths.find(path)
        met += was is not None
        settled = there.changed[number] if now - there.changed[number] > RACY else 0
        if made is None:
            assert was is not None
            entry = old.entry(was)._replace(size=there.sizes[number], changed=settled)
            before.append(was)
        else:
            entry = Entry(path, there.sizes[number], settled, digest, *made)
            before.append(NEW)
            # Without pages before there is none whose links rested on them.
            if len(old) and (was is None or old.entry(was).shown != entry.shown):
                altered.add(path)
        shelf.put(entry)
    assert next(read, None) is None  # what reads has ended, with its processes
    if met < len(old):
        altered.update(path for path in old.paths if path not in shelf.paths)
    return Renewed(shelf, before, altered)


def _stored(number: int, there: Inventory, old: Shelf) -> int:
    was = old.paths.find(there.pages[number]) if len(old) else None
    if was is None or not old.is_of(was, there.sizes[number], there.changed[number]):
        return NEW
    return was


def _asked(number: int, there: Inventory, old: Shelf) -> Unread:
    path = there.pages[number]
    was = old.paths.find(path)
    digest = "" if was is None else old.digest(was)
    blob = there.blobs[number] if len(there.blobs) else ""
    return Unread(path, there.sizes[number], blob, digest)
