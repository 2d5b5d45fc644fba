r"""Math on lines of its own: `$$ ... $$` and `\[ ... \]`."""

from __future__ import annotations

import re

from wikimend.text.line import Line

_BLANK = re.compile(r"(?:\n|\r(?!\n))[ \t>]*+(?=[\r\n]|\Z)")
_CLOSING = {
    "$$": re.compile(r"\$\$[ \t]*+(?=[\r\n]|\Z)"),
    r"\]": re.compile(r"\\\][ \t]*+(?=[\r\n]|\Z)"),
}


class DisplayedMath:
    """Finds which lines of one text open displayed math; asked from its start to its end."""

    __slots__ = ("_blank", "_closing")

    def __init__(self, text: str) -> None:
        self._blank = _Ahead(_BLANK, text)
        self._closing = {closer: _Ahead(pattern, text) for closer, pattern in _CLOSING.items()}

    def opening(self, line: Line) -> tuple[str, bool] | None:
        r"""Return what closes the math that `line` opens, and whether it does so on `line`.

        Math must be closed. Delimiters on lines of their own may hold blank lines, as a fence
        does; where the formula begins beside the delimiter, a blank line ends the search, as in
        Pandoc. `\[text\]` is text in escaped brackets, `\[ text \]` is math.
        """
        text, first = line.text, line.first
        closer = {"$$": "$$", "\\[": "\\]"}.get(text[first : first + 2])
        if closer is None:
            return None
        content = text[first + 2 : line.end]
        if closer == "\\]" and content[:1] not in ("", " ", "\t"):
            return None
        before, inside, after = content.partition(closer)
        if inside:
            return None if after.strip(" \t") or not before.strip(" \t") else (closer, True)
        closing = self._closing[closer].find(line.end)
        if closing < 0:
            return None
        blank = self._blank.find(line.end) if content.strip(" \t") else -1
        return None if 0 <= blank < closing else (closer, False)


class _Ahead:
    """The next match of a pattern; no stretch of the text is searched twice."""

    __slots__ = ("_found", "_from", "_pattern", "_text")

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self._pattern = pattern
        self._text = text
        self._from = 0
        self._found = -2

    def find(self, start: int) -> int:
        if self._found == -1 or self._from <= start <= self._found:
            return self._found
        found = self._pattern.search(self._text, start)
        self._from = start
        self._found = found.start() if found else -1
        return self._found
