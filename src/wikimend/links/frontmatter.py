"""What the front matter of a page says about its names and addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

_KEYS = (
    "title",
    "aliases",
    "alias",
    "redirect_from",
    "redirects",
    "permalink",
    "slug",
    "url",
    "page_id",
    "pageid",
    "confluence_id",
)
_KEY = re.compile(rf"(?m)^\"?(?:{'|'.join(_KEYS)})\"?[ \t]*[:=]", re.IGNORECASE)
_SIMPLE = re.compile(r"(?mi)^(title)[ \t]*:[ \t]+([^\s\[{&*!|>'\"%@`#?-][^\r\n:#]*?)[ \t]*\r?$")


class Names(NamedTuple):
    """What a page calls itself."""

    title: str = ""
    """Its title."""
    aliases: tuple[str, ...] = ()
    """Other names, as a reader would write them."""
    redirects: tuple[str, ...] = ()
    """Old addresses that lead here."""
    routes: tuple[str, ...] = ()
    """The addresses that it is served at instead of the one made of its path."""
    numbers: tuple[str, ...] = ()
    """The ids that it had in the wiki it was exported from."""


def names(front_matter: str) -> Names:
    r"""Return what a page's front matter (YAML or TOML, with its marks) says of its names.

    Front matter that cannot be read says nothing.

    >>> names("---\ntitle: Tides\naliases: [Ebb]\n---").aliases
    ('Ebb',)
    """
    keys = _KEY.findall(front_matter)
    if not keys:
        return Names()
    if len(keys) == 1 and front_matter.startswith("---"):
        simple = _SIMPLE.search(front_matter)
        if simple is not None:
            return Names(title=simple[2])
    values = _values(front_matter)
    return Names(
        next(iter(_texts(values, "title")), ""),
        (*_texts(values, "aliases"), *_texts(values, "alias")),
        (*_texts(values, "redirect_from"), *_texts(values, "redirects")),
        tuple(t for key in ("permalink", "slug", "url") for t in _texts(values, key)[:1]),
        tuple(t for key in ("page_id", "pageid", "confluence_id") for t in _texts(values, key)),
    )


def _values(front_matter: str) -> Mapping[str, Any]:
    body = front_matter.lstrip("\ufeff")
    inside = "\n".join(body.splitlines()[1:-1])
    read: Any
    if body.startswith("+++"):
        import tomllib

        try:
            read = tomllib.loads(inside)
        except tomllib.TOMLDecodeError:
            return {}
    else:
        import yaml

        try:
            read = yaml.load(inside, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        except (yaml.YAMLError, ValueError, RecursionError):
            return {}
    if not isinstance(read, dict):
        return {}
    return {str(key).lower(): value for key, value in read.items()}


def _texts(values: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key)
    items = value if isinstance(value, list) else [value]
    return tuple(
        str(item).strip()
        for item in items
        if isinstance(item, str | int) and not isinstance(item, bool) and str(item).strip()
    )
