"""A destination taken apart: is it inside the wiki, and what of it is path and what section?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urlsplit

Reach = Literal["inside", "outside", "template", "other", "empty"]
"""Where a destination leads: into the wiki, to another site, nowhere that can be told before a
template is filled in, to something that is no page (`mailto:`), or nowhere at all."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_TEMPLATE = re.compile(r"\{[{%<]|[%}]\}|<%|\$\{|^\{[^}]*\}|^@site/|^~|^<")
_PLAIN = re.compile(r"(?=[^#])(?!//)[\w./#-]*[./#][\w./#-]*\Z", re.ASCII)
_NOTHING = frozenset({"", "undefined", "null", "none", "nan", "#"})


@dataclass(frozen=True, slots=True)
class Target:
    """What a destination asks for."""

    reach: Reach
    """Where it leads."""
    path: str = ""
    """The path, percent signs undone; begins with `/` where it counts from the root; empty for
    the page itself."""
    fragment: str = ""
    """The section, as written, without `#`."""
    query: str = ""
    """What stands between `?` and `#`."""
    based: bool = False
    """Whether it was an absolute address of this wiki itself."""


def target(destination: str, base_urls: tuple[str, ...] = ()) -> Target:
    """Return `destination` taken apart; addresses that begin with one of `base_urls` are inside.

    >>> target("../My%20page.md#a-b")
    Target(reach='inside', path='../My page.md', fragment='a-b', query='', based=False)
    """
    text = destination.strip()
    if not base_urls and _PLAIN.match(text):
        path, _, fragment = text.partition("#")
        return Target("inside", path, fragment)
    if text.lower() in _NOTHING:
        return Target("empty")
    if _TEMPLATE.search(text):
        return Target("template")
    own = _of_base(text, base_urls)
    if own is not None:
        text = own
    elif text.startswith("//"):
        return Target("outside")
    else:
        scheme = _SCHEME.match(text)
        if scheme is not None:
            web = scheme[1].lower() in ("http", "https", "ftp")
            return Target("outside" if web else "other")
    text, _, fragment = text.partition("#")
    text, _, query = text.partition("?")
    path = decoded(text)
    return Target("inside", path, fragment, query, own is not None)


def decoded(path: str) -> str:
    """Return a path with its percent signs undone, in Unicode normalization form C."""
    if "%" in path:
        path = unquote(path)
    return path if path.isascii() else unicodedata.normalize("NFC", path)


def _of_base(text: str, base_urls: tuple[str, ...]) -> str | None:
    """Return an address of the wiki as a path on its host; None for another site."""
    for base in base_urls:
        if text.startswith(base):
            rest = text[len(base) :]
            if not rest or rest[0] in "/?#":
                return f"{base_path(base_urls)}{rest if rest.startswith('/') else f'/{rest}'}"
    return None


def base_path(base_urls: tuple[str, ...]) -> str:
    """Return the path below which the wiki is served on its host: that of its first address.

    >>> base_path(("https://coast.example/docs", "https://old.example")), base_path(())
    ('/docs', '')
    """
    return urlsplit(base_urls[0]).path.rstrip("/") if base_urls else ""


def below_base(path: str, base_urls: tuple[str, ...]) -> str | None:
    """Return a path of the host as one that counts from the root; None where it is elsewhere."""
    base = base_path(base_urls)
    if path == base or path.startswith(f"{base}/"):
        return path[len(base) :] or "/"
    return None
