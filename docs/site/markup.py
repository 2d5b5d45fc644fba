"""Text of any kind as Markdown that shows it just as it is."""

from __future__ import annotations

import re
import unicodedata

_CODE = re.compile(r"(`[^`\n]+`)")
_MARKUP = re.compile(r"[\\`*_\[\]<>#|!~&{}$=+^:]")
_TICKS = re.compile(r"`+")
_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Zs"))


def plain(text: str) -> str:
    """Return prose in which nothing but code between backticks is markup.

    >>> plain("write `[1]`, not [1]")
    'write `[1]`, not &#91;1&#93;'
    """
    pieces = _CODE.split(text)
    pieces[::2] = [_MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", piece) for piece in pieces[::2]]
    return "".join(pieces)


def fence(text: str, kind: str = "text") -> str:
    r"""Return a code block that holds `text`, whatever fences stand in it.

    >>> fence("a\n```\nb")
    '````text\na\n```\nb\n````'
    """
    longest = max(map(len, _TICKS.findall(text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join((ticks + kind, text.removesuffix("\n"), ticks))


def hidden(text: str) -> str:
    r"""Return a sentence about the characters of `text` that nobody sees; empty without any.

    >>> hidden("a b\u200bc")
    'It holds what you cannot see: U+200B (zero width space).'
    """
    found = sorted({sign for sign in text if unicodedata.category(sign) in _UNSEEN} - set(" \n"))
    names = (f"U+{ord(sign):04X} ({_name(sign)})" for sign in found)
    return f"It holds what you cannot see: {', '.join(names)}." if found else ""


def _name(sign: str) -> str:
    return unicodedata.name(sign, "tab" if sign == "\t" else "a control character").lower()
