"""What the plain links of a page lead to, in short: most pages are found sound by that alone."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from wikimend.links import routes
from wikimend.links.facts import Facts
from wikimend.links.link import WIKI, LinkKind
from wikimend.links.target import target

_PLAIN = re.compile(r"(/?(?!/)[\w./-]*[\w/.])?(?:#([\w-]+))?\Z", re.ASCII)
"""A path that stands for itself, and a section."""
_NOTHING = frozenset({"undefined", "null", "none", "nan"})
"""What a program writes that has no address."""

_NO_ADDRESS: frozenset[LinkKind] = WIKI | {"reference", "image-reference"}
"""The kinds of link that have no address of their own."""


class Wanted(NamedTuple):
    """What the links of one page want."""

    addresses: tuple[str, ...] = ()
    """Where plain links lead, from the top or, with `/`, from the root, each once; `#section` may
    follow."""
    outside: int = 0
    """How many lead to other sites."""
    in_brackets: bool = False
    """Whether there are links in double brackets."""
    is_plain: bool = True
    """Whether that is all there is to say of its links."""


def wanted(known: Facts, path: str) -> Wanted:
    """Return what the links of the page at `path` want, where relative ones count from the file."""
    folder = posixpath.dirname(path)
    addresses: dict[str, None] = {}
    outside = 0
    in_brackets = False
    is_plain = not ("#" in path or known.lost or known.undecodable or has_duplicate_ids(known))
    for link in known.links:
        kind, destination = link.kind, link.destination
        if kind in _NO_ADDRESS:
            in_brackets |= kind in WIKI
            continue
        plain = _PLAIN.match(destination)
        if plain is None or (destination.isalpha() and destination.lower() in _NOTHING):
            reach = target(destination).reach
            outside += reach == "outside"
            is_plain &= reach == "outside" or destination.startswith(("mailto:", "tel:"))
            continue
        name, fragment = plain.groups()
        if name is None:
            address: str | None = path
        elif name[0] == "/":
            address = name
        else:
            address = routes.joined(folder, name)
        if address is None or not destination:
            is_plain = False
        else:
            addresses[f"{address}#{fragment}" if fragment else address] = None
    return Wanted(tuple(addresses), outside, in_brackets, is_plain)


def rooted(known: Facts) -> list[str]:
    """Return the destinations on a page that count from the root, each once, as written."""
    found = (x.destination for x in known.links if x.destination[:1] == "/" and x.kind not in WIKI)
    return list(dict.fromkeys(found))


def has_duplicate_ids(known: Facts) -> bool:
    """Return whether two headings of a page have one id written out."""
    written = [heading.id for heading in known.headings if heading.id]
    return len(set(written)) < len(written)


def from_json(data: Sequence[Any]) -> Wanted:
    """Return what JSON made of such a tuple; raises for any other value."""
    addresses, outside, in_brackets, is_plain = data
    return Wanted(tuple(addresses), outside, in_brackets, is_plain)
