"""Redirects: old addresses and where they lead now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

REDIRECT_FILES = ("_redirects", "static/_redirects", "public/_redirects")
"""Where a root may have redirects, beside what the configuration names."""

_WILD = re.compile(r"[*:]")


def redirects(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Yield the old address and the new one of every redirect in a file called `name`.

    `_redirects` is read as Netlify and Cloudflare Pages do, but for lines with placeholders; YAML
    and JSON as a mapping from old to new, or as a list of mappings with `from` and `to` (or
    `source` and `destination`, or `source_path` and `redirect_url`). What cannot be read yields
    nothing.
    """
    if name.lower().endswith((".yaml", ".yml", ".json")):
        yield from _of_data(_data(text, name))
        return
    for line in text.splitlines():
        words = line.split("#")[0].split() if line.lstrip().startswith("#") else line.split()
        if len(words) >= 2 and not _WILD.search(words[0]) and words[0].startswith("/"):
            yield words[0], words[1]


def _data(text: str, name: str) -> Any:
    if name.lower().endswith(".json"):
        try:
            return json.loads(text.removeprefix("\ufeff"))
        except (ValueError, RecursionError):
            return None
    import yaml

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, RecursionError):
        return None


_PAIRS = (("from", "to"), ("source", "destination"), ("source_path", "redirect_url"))


def _of_data(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list | dict)]
        for inside in lists:
            yield from _of_data(inside)
        for old, new in data.items():
            if isinstance(old, str) and isinstance(new, str) and "/" in old + new:
                yield old, new
    elif isinstance(data, list):
        for item in data:
            if not isinstance(item, dict):
                continue
            for old, new in _PAIRS:
                if isinstance(item.get(old), str) and isinstance(item.get(new), str):
                    yield item[old], item[new]
