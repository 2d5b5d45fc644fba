"""The leaves of one page as tokens: a glance and mending mostly read the same one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wikimend.text.lexer import Marker, lex
from wikimend.text.page import Dialect
from wikimend.text.tokens import Tokens


class Reader:
    """Reads leaves, and knows the last one still."""

    __slots__ = ("_last", "_markers", "dialect")

    def __init__(self, markers: Sequence[Marker], dialect: Dialect) -> None:
        self.dialect = dialect
        """The markup language of the page."""
        self._markers = markers
        self._last: Tokens | None = None

    def read(self, text: str, defined: frozenset[str] = frozenset()) -> Tokens:
        """Return the tokens of a leaf; `defined` are the labels that its page defines."""
        if self._last is None or self._last.text != text:
            self._last = lex(text, self._markers, self.dialect, defined)
        elif self._last.defined != defined:
            self._last = replace(self._last, defined=defined)
        return self._last
