"""Page text made safe to show: a control character never reaches a terminal raw."""

from __future__ import annotations

import re

# C0 but the tab, C1, line and paragraph separators, what turns the direction of writing, and
# surrogates, which stand for undecodable bytes.
_HIDDEN = re.compile("[\0-\x08\n-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_SHORT = {"\n": "\\n", "\r": "\\r"}


def visible(text: str) -> str:
    r"""Return `text` on one line, with its control characters written as escapes.

    >>> print(visible("a\x1b[31m\nb\udcff"))
    a\x1b[31m\nb\xff
    """
    return _HIDDEN.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        code -= 0xDC00
    return _SHORT.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")
