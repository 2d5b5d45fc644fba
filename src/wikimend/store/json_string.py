r"""Strings of JSON: where each character of one stands in the file, and how to spell new ones.

RFC 8259, section 7. A string of a file may spell `[` as `[`, `\u005b` or `\u005B`; what an edit
does not touch keeps its spelling.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

_ESCAPE = re.compile(
    r"(\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.))",
    re.DOTALL,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_BARE_SLASH = re.compile(r"(?<!\\)(?>(?:\\\\)*)/")


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a writer of JSON spells what it need not escape."""

    ascii: bool
    """Whether every character outside ASCII is escaped."""
    slash: bool
    r"""Whether `/` is written `\/`."""

    def encode(self, text: str) -> str:
        r"""Return what stands between the quotation marks for `text`.

        >>> print(Spelling(True, True).encode('a/"ä'))
        a\/\"\u00e4
        """
        spelled = json.dumps(text, ensure_ascii=self.ascii)[1:-1]
        if not self.ascii:
            spelled = _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", spelled)
        return spelled.replace("/", r"\/") if self.slash else spelled


def spelling_of(raw: str) -> Spelling:
    """Return how the writer of `raw`, what stands between quotation marks, spells."""
    return Spelling(raw.isascii(), r"\/" in raw and not _BARE_SLASH.search(raw))


def decode(raw: str) -> str | None:
    """Return what `raw`, between quotation marks, says; None when it is no string of JSON."""
    try:
        text = json.loads(f'"{raw}"')
    except ValueError:
        return None
    return text if isinstance(text, str) else None


class Offsets:
    r"""Where the characters of a string stand between the quotation marks.

    >>> offsets = Offsets(r"a\u005bb\n")
    >>> [offsets.raw(n) for n in range(5)]
    [0, 1, 7, 8, 10]
    """

    __slots__ = ("_raw", "_text")

    def __init__(self, raw: str) -> None:
        lengths = list(map(len, _ESCAPE.split(raw)))
        self._raw = list(accumulate(lengths, initial=0))
        lengths[1::2] = [1] * (len(lengths) // 2)  # what is escaped is one character
        self._text = list(accumulate(lengths, initial=0))

    def raw(self, offset: int) -> int:
        """Return where the character at `offset` begins; offsets are code points on both sides."""
        index = bisect_right(self._text, offset) - 1
        return self._raw[index] + offset - self._text[index]
