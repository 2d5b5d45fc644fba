"""Braces of MDX: where an expression ends."""

from __future__ import annotations

import re

_BRACE = re.compile(r"\\.|\{|\}", re.DOTALL)
"""Alternatives that begin with a character each are sought three times as fast."""


def braces(text: str) -> dict[int, int]:
    """Return the offset of the closing brace for that of each opening one that has one.

    Found in one pass, so that a page full of braces that are never closed costs no more.
    """
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _BRACE.finditer(text):
        mark = found.group()
        if mark == "{":
            opened.append(found.start())
        elif mark == "}" and opened:
            pairs[opened.pop()] = found.start()
    return pairs
