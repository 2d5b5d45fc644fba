"""Redirects: old addresses and where they lead now, with the place where that is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wikimend.links.scalars import Scalar, Tree, tree

REDIRECT_FILES = ("_redirects", "static/_redirects", "public/_redirects")
"""Where a root may have redirects, beside what the configuration names."""

_WILD = re.compile(r"[*:]")
_WORD = re.compile(r"\S+")
_PAIRS = (("from", "to"), ("source", "destination"), ("source_path", "redirect_url"))


class Redirect(NamedTuple):
    """One redirect of a file."""

    old: str
    """The old address."""
    new: str
    """The new one."""
    start: int
    """Offset in the file of the new address."""
    end: int
    """Offset after it."""


def redirects(text: str, name: str) -> Iterator[Redirect]:
    """Yield every redirect in the text of a file called `name`.

    `_redirects` is read as Netlify and Cloudflare Pages do, but for lines with placeholders; YAML
    and JSON as a mapping from old to new, or as a list of mappings with `from` and `to` (or
    `source` and `destination`, or `source_path` and `redirect_url`). What cannot be read yields
    nothing.
    """
    if name.lower().endswith((".yaml", ".yml", ".json")):
        yield from _of_tree(tree(text))
        return
    start = 0
    for line in text.splitlines(keepends=True):
        words = [] if line.lstrip().startswith("#") else [*_WORD.finditer(line)]
        if len(words) >= 2 and not _WILD.search(words[0][0]) and words[0][0].startswith("/"):
            first, last = words[1].span()
            yield Redirect(words[0][0], words[1][0], start + first, start + last)
        start += len(line)


def _of_tree(data: Tree) -> Iterator[Redirect]:
    if isinstance(data, dict):
        for inside in data.values():
            if isinstance(inside, dict | list):
                yield from _of_tree(inside)
        for old, new in data.items():
            if isinstance(new, Scalar) and "/" in old + new.text:
                yield Redirect(old, *new)
    elif isinstance(data, list):
        for item in data:
            if not isinstance(item, dict):
                continue
            for old_key, new_key in _PAIRS:
                old_address, new_address = item.get(old_key), item.get(new_key)
                if isinstance(old_address, Scalar) and isinstance(new_address, Scalar):
                    yield Redirect(old_address.text, *new_address)
