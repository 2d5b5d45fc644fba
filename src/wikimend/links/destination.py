"""Destinations as CommonMark 0.31 writes them: escapes undone, and where they stand."""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|(&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]+);)")
_ANGLE = re.compile(r"[ \t\n]*<((?:[^<>\\\n]|\\.)*)>")
_BARE = re.compile(r"[ \t\n]*([^\x00-\x20\x7f]*)")


def plain(text: str) -> str:
    r"""Return `text` with its backslash escapes and entities undone (sections 2.4 and 2.5).

    >>> plain(r"a\_b&amp;c")
    'a_b&c'
    """
    if "\\" not in text and "&" not in text:
        return text
    from html import unescape

    return _ESCAPE.sub(lambda found: found[1] or unescape(found[2]), text)


def span(text: str, start: int = 0) -> tuple[int, int]:
    """Return where the destination stands in what is written after `](`, from `start` on.

    Angle brackets and a title are not part of it.
    """
    found = _ANGLE.match(text, start) or _BARE.match(text, start)
    assert found is not None
    return found.span(1)


def escaped(destination: str, *, angle: bool) -> str:
    """Return a destination as it may be written between parentheses, or in angle brackets.

    Spaces, control characters and brackets that do not pair up are percent-encoded.

    >>> escaped("my page(1.md", angle=False)
    'my%20page%281.md'
    """
    marks = "<>" if angle else "<> "
    if not angle and not _pairs(destination):
        marks += "()"
    return "".join(
        f"%{ord(sign):02X}" if sign in marks or ord(sign) < 32 or sign == "\\" else sign
        for sign in destination
    )


def _pairs(text: str) -> bool:
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return False
    return depth == 0
