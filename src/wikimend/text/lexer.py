"""The lexer: a leaf's text as tokens, lossless and in linear time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from wikimend.text.inline import Ends
from wikimend.text.page import Dialect
from wikimend.text.tokens import Tokens

if TYPE_CHECKING:
    from wikimend.text.belted import Belted

_PLAIN = re.compile(r"[^\[\]()<>\\`\n!${]+")
_ESCAPED = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_WIDE = (
    r"\u201c\u201d\u3000-\u3003\u3008-\u3020\u3030\u303d-\u303f"
    r"\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
"""Quotes, brackets and punctuation of East Asian text, before which an address ends."""
_URL = re.compile(
    rf"(?i:https?|(?<![a-z])ftp)://"
    rf"(?:[^\s()<>\[\]{{}}\\`|\"'.,;:!?*_~{_WIDE}]+"
    rf"|[.,;:!?'*_~]+(?=[^\s<>\[\]{{}}\\`|\".,;:!?'*_~{_WIDE}])"
    rf"|\((?:[^\s()<>\[\]\\`]|\([^\s()<>\[\]\\`]*\))*\))+"
)
_LONGEST_SCHEME = len("https")


@dataclass(frozen=True, slots=True)
class Marker:
    """A token that a rule file adds: found in running text before anything else is."""

    kind: str
    """The character that stands for it."""
    pattern: str
    """A regular expression over text."""
    literals: tuple[str, ...]
    """Strings, one of which every occurrence contains."""


def lex(
    text: str,
    markers: Sequence[Marker] = (),
    dialect: Dialect = "markdown",
    defined: frozenset[str] = frozenset(),
) -> Tokens:
    """Return the tokens of a leaf's `text`; joined, they are `text` again.

    Code spans, HTML, autolinks and link destinations are found as CommonMark 0.31 section 6
    says; running text is then cut at `markers` and bare URLs. `defined` are the labels of the
    page's link reference definitions; the tokens carry them.
    """
    return _Lexer(text, markers, dialect, defined).run()


@lru_cache(maxsize=256)
def lex_alone(text: str) -> Tokens:
    """Return the tokens of a text as `lex` does, of one by itself that is asked for repeatedly."""
    return _Lexer(text, (), "markdown", frozenset()).run()


@dataclass(slots=True)
class _Lexer:
    text: str
    markers: Sequence[Marker]
    dialect: Dialect
    defined: frozenset[str]
    kinds: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    openers: list[bool] = field(default_factory=list)
    """The open brackets; True for that of an image."""
    inactive: int = 0
    """How many of the outermost `openers` a link was found inside: they open no link any more."""

    def run(self) -> Tokens:
        text, size = self.text, len(self.text)
        ends = Ends(text)
        cuts = _cuts(text, self.markers)
        cut, cut_end, cut_kind = next(cuts)
        position = 0
        while position < size:
            while cut < position:
                cut, cut_end, cut_kind = next(cuts)
            if cut == position:
                self.kinds.append(cut_kind)
                self.starts.append(position)
                position = cut_end
                continue
            construct = _CONSTRUCTS.get(text[position])
            if construct:
                position = construct(self, ends, position)
            elif plain := _PLAIN.match(text, position, cut):
                position = self.plain(position, plain.end())
        self.starts.append(size)
        return Tokens(text, "".join(self.kinds), self.starts, self.defined)

    def token(self, kind: str, start: int, end: int) -> int:
        self.kinds.append(kind)
        self.starts.append(start)
        return end

    def plain(self, start: int, end: int) -> int:
        if not self.kinds or self.kinds[-1] != "T":
            self.kinds.append("T")
            self.starts.append(start)
        return end

    def backslash(self, ends: Ends, start: int) -> int:
        following = self.text[start + 1 : start + 2]
        if following == "(" and (end := ends.math(start)) >= 0:
            return self.token("M", start, end)
        if following == "\n":
            return self.token("B", start, start + 2)
        if following in _ESCAPED and following:
            return self.token("E", start, start + 2)
        return self.plain(start, start + 1)

    def backticks(self, ends: Ends, start: int) -> int:
        end = ends.code_span(start)
        return (
            self.token("C", start, end) if end >= 0 else self.token("`", start, ends.ticks(start))
        )

    def angle(self, ends: Ends, start: int) -> int:
        for kind, find in (("A", ends.autolink), ("K", ends.comment), ("H", ends.html)):
            end = find(start)
            if end >= 0:
                return self.token(kind, start, end)
        return self.token("<", start, start + 1)

    def dollar(self, ends: Ends, start: int) -> int:
        end = ends.math(start)
        return self.token("M", start, end) if end >= 0 else self.plain(start, start + 1)

    def brace(self, ends: Ends, start: int) -> int:
        end = ends.template(start, expressions=self.dialect == "mdx")
        return self.token("P", start, end) if end >= 0 else self.plain(start, start + 1)

    def bang(self, ends: Ends, start: int) -> int:
        if self.text.startswith("[", start + 1):
            return self.token("!", start, start + 1)
        return self.plain(start, start + 1)

    def open(self, ends: Ends, start: int) -> int:
        kinds = self.kinds
        self.openers.append(bool(kinds) and kinds[-1] == "!")
        kinds.append("[")
        self.starts.append(start)
        return start + 1

    def close(self, ends: Ends, start: int) -> int:
        """Lex `]`, and the whole `](destination)` where it ends a sound link."""
        end = self.token("]", start, start + 1)
        if not self.openers:
            return end
        image = self.openers.pop()
        active = image or len(self.openers) >= self.inactive
        self.inactive = min(self.inactive, len(self.openers))
        if not active or not self.text.startswith("(", end):
            return end
        close = ends.destination(end + 1)
        if close < 0:
            return end
        if not image:
            self.inactive = len(self.openers)
        self.token("(", end, end + 1)
        if close > end + 1:
            self.token("D", end + 1, close)
        return self.token(")", close, close + 1)

    def single(self, ends: Ends, start: int) -> int:
        kind = self.text[start]
        return self.token("N" if kind == "\n" else kind, start, start + 1)


_CONSTRUCTS: dict[str, Callable[[_Lexer, Ends, int], int]] = {
    "\\": _Lexer.backslash,
    "`": _Lexer.backticks,
    "<": _Lexer.angle,
    "$": _Lexer.dollar,
    "{": _Lexer.brace,
    "!": _Lexer.bang,
    "[": _Lexer.open,
    "]": _Lexer.close,
    "(": _Lexer.single,
    ")": _Lexer.single,
    ">": _Lexer.single,
    "\n": _Lexer.single,
}


def _cuts(text: str, markers: Iterable[Marker]) -> Iterator[tuple[int, int, str]]:
    """Yield the markers and bare URLs of `text` in order, and then one past its end for ever.

    A URL ends where a marker begins.
    """
    present = _present(markers, text)
    position = 0
    if present:
        # All at once: the clock of the scan would run on while the tokens between are lexed.
        for found in list(_alternation(present).finditer(text)):
            yield from _urls(text, position, found.start())
            if found.end() > found.start():
                yield found.start(), found.end(), present[int((found.lastgroup or "m0")[1:])].kind
            position = found.end()
    yield from _urls(text, position, len(text))
    while True:
        yield len(text), len(text), ""


def _urls(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the bare URLs of a stretch of a text, each found from what ends its scheme."""
    while (mark := text.find("://", start, end)) >= 0:
        url = _URL.search(text, max(start, mark - _LONGEST_SCHEME), end)
        if url is None:
            return
        yield url.start(), url.end(), "U"
        start = url.end()


def _present(markers: Iterable[Marker], text: str) -> tuple[Marker, ...]:
    """Return the markers that may stand in a text. A loop: it is asked of every leaf."""
    present = []
    for marker in markers:
        for literal in marker.literals:
            if literal in text:
                present.append(marker)
                break
    return tuple(present)


@lru_cache(maxsize=64)
def _alternation(markers: tuple[Marker, ...]) -> Belted:
    from wikimend.text.belted import Belted

    return Belted("|".join(f"(?P<m{i}>{m.pattern})" for i, m in enumerate(markers)))
