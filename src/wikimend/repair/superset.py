r"""Needs as hyperscan reads them: each finds at least what the need finds.

Hyperscan has no look-around, and other letters and spaces than Python once a character is not in
ASCII. What it does not have is left out, and a class takes all that is not in ASCII where it takes
some of it. So a text in which it finds nothing does not have the need; all else is asked again.
"""

from __future__ import annotations

import re

_PARTS = re.compile(
    r"(?P<look>\(\?<?[=!])|(?P<open>\((?:\?[:>])?(?!\?))|(?P<close>\))"
    r"|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<repeat>[*+?]|\{[0-9]+(?:,[0-9]*)?\}|\{,[0-9]+\})"
    r"(?P<kind>[+?]?)|(?P<edge>\\[bBAZ]|[$^])|(?P<escape>\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))"
    r"|(?P<other>[^\\()\[\]*+?{}$^]|[\]{}])",
    re.DOTALL,
)
_SPACES = (
    r"\x09-\x0d\x1c-\x20\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}"
    r"\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}"
)
r"""What `\s` is to `re`, all of it."""
_BEYOND = r"\x{80}-\x{10ffff}"
"""All that is not in ASCII."""
_SETS = {"s": _SPACES, "d": f"0-9{_BEYOND}", "w": f"0-9A-Za-z_{_BEYOND}"}
_LETTERS = {"n": r"\x0a", "r": r"\x0d", "t": r"\x09", "f": r"\x0c", "v": r"\x0b"}
_ESCAPES = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)|([^\\])", re.DOTALL)


def superset(source: str) -> str | None:
    r"""Return the regular expression `source` for hyperscan; None where it says too little.

    >>> superset(r"\)(?![(\[])"), superset("(?:ab?+)++"), superset(r"\p{L}")
    ('[\\)]', '(?:ab?)+', None)
    """
    written: list[str] = []
    looks = 0  # how many groups are open, from the outermost look-around on
    end = 0
    for part in _PARTS.finditer(source):
        if part.start() != end:
            return None
        end = part.end()
        if part["look"] or (looks and part["open"]):
            looks += 1
        elif looks:
            looks -= part["close"] is not None
        else:
            piece = _piece(part)
            if piece is None:
                return None
            written.append(piece)
    return "".join(written) if end == len(source) else None


def _piece(part: re.Match[str]) -> str | None:
    if part["open"]:
        return "(?:"
    if part["repeat"]:
        return part["repeat"].replace("{,", "{0,")
    if part["edge"]:
        return ""
    if part["set"]:
        return _set(part["set"])
    if part["escape"]:
        letter = part["escape"][1:]
        return f"[^{_SPACES}]" if letter == "S" else _wrapped(_escape(letter, negated=False))
    return f"\\x{{{ord(part[0]):x}}}" if part[0] < " " else part[0]


def _wrapped(inside: str | None) -> str | None:
    return None if inside is None else f"[{inside}]"


def _set(source: str) -> str | None:
    negated = source.startswith("[^")
    written = "[^" if negated else "["
    for escape, plain in _ESCAPES.findall(source[2 if negated else 1 : -1]):
        piece = _escape(escape, negated=negated) if escape else plain
        if piece is None:
            return None
        written += rf"\{piece}" if piece in ("[", "]", "^") else piece
    return f"{written}]"


def _escape(letter: str, *, negated: bool) -> str | None:
    """Return what stands in a set for a backslash and `letter`; None for what is not known."""
    if len(letter) > 1:
        return f"\\x{{{letter[1:]}}}"
    if letter in _SETS:
        return None if negated and letter != "s" else _SETS[letter]
    if letter in _LETTERS:
        return _LETTERS[letter]
    return None if letter.isalnum() else f"\\{letter}"
