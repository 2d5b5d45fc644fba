"""The text between two tags of XML: what it says, and where each character of it stands.

XML 1.0, sections 2.4 (character data), 2.7 (CDATA), 2.11 (line ends) and 4.1 (references).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

_PIECE = re.compile(
    r"(?P<reference>&[^;]*;)|<!\[CDATA\[(?P<cdata>.*?)\]\]>|(?P<aside><!--.*?-->|<\?.*?\?>)"
    r"|(?P<end>\r\n?)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&([^;]*);")
_LINE_END = re.compile(r"\r\n?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
# A CR that is written as it is would come back as a LF.
_SPECIAL = re.compile(r"[&<>\r]")
_SPELLED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}


def decode(raw: str) -> str:
    """Return what `raw`, well-formed and without elements, says.

    Raises ValueError for a reference that no document without a DTD can have.

    >>> decode("a &#91;<![CDATA[&amp;]]>&lt;")
    'a [&amp;<'
    """
    if "<" in raw or "\r" in raw:
        return _PIECE.sub(_meaning, raw)
    if "&" not in raw:
        return raw
    pieces = _REFERENCE.split(raw)
    pieces[1::2] = [_NAMED.get(name) or _character(name) for name in pieces[1::2]]
    return "".join(pieces)


def _meaning(found: re.Match[str]) -> str:
    if found["reference"]:
        return _character(found["reference"][1:-1])
    if found["cdata"] is not None:
        return _LINE_END.sub("\n", found["cdata"])
    return "\n" if found["end"] else ""


def _character(name: str) -> str:
    if name.startswith("#x"):
        return chr(int(name[2:], 16))
    if name.startswith("#"):
        return chr(int(name[1:]))
    if name not in _NAMED:
        raise ValueError(f"the entity {name} is not known")
    return _NAMED[name]


def encode(text: str, quotes: bool) -> str:
    """Return `text` as MediaWiki spells it: `htmlspecialchars`, with or without the quotes.

    >>> encode('a "[b]" & <c>', quotes=True)
    'a &quot;[b]&quot; &amp; &lt;c&gt;'
    """
    spelled = _SPECIAL.sub(lambda found: _SPELLED[found[0]], text)
    return spelled.replace('"', "&quot;") if quotes else spelled


class Content:
    """The text of an element with the place of each character; offsets are code points."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        """What stands in the file."""
        self._asides: list[int] = []
        """Where something stands that is no character."""
        self._cdata: list[tuple[int, int]] = []
        self._texts: list[int] = []
        """Offsets in the text of stretches: characters one by one, or one that is spelled longer"""
        self._starts: list[int] = []
        """Where the spelling of each begins."""
        self._ends: list[int] = []
        """Where it ends."""
        self._total = 0
        """Characters of the text."""
        if "<" in raw or "\r" in raw:
            self._read()
        else:
            self._skim()

    def _skim(self) -> None:
        """Take a text as MediaWiki writes it, with references and nothing else."""
        pieces = _REFERENCE.split(self.raw)
        lengths = list(map(len, pieces))
        lengths[1::2] = [length + len("&;") for length in lengths[1::2]]
        self._ends = list(accumulate(lengths))
        self._starts = [0, *self._ends[:-1]]
        lengths[1::2] = [1] * (len(lengths) // 2)
        self._texts = list(accumulate(lengths, initial=0))
        self._total = self._texts.pop()

    def _read(self) -> None:
        """Take whatever may stand between two tags."""
        done = 0
        for found in _PIECE.finditer(self.raw):
            self._run(done, found.start())
            done = found.end()
            if found["cdata"] is not None:
                self._section(*found.span("cdata"))
                self._asides += (found.start(), found.end("cdata"))
            elif found["aside"]:
                self._asides.append(found.start())
            else:
                self._one(found.start(), found.end())
        self._run(done, len(self.raw))

    def span(self, start: int, end: int, *, hollow: bool) -> tuple[int, int]:
        """Return where the characters from `start` up to, not including, `end` are spelled.

        `hollow` tells that nothing stands there, before a change or after it. Raises ValueError
        where something stands there that is no character, such as a comment, and a change could
        not be undone.
        """
        if not self._total:
            return 0, 0
        first = self._start(start) if start < self._total else self._end(start)
        last = self._end(end) if start < end else first
        low = (self._end(start) if start else 0) if hollow else first
        high = (self._start(end) if end < self._total else len(self.raw)) if hollow else last
        index = bisect_left(self._asides, low)
        if index < len(self._asides) and self._asides[index] < high + hollow:
            raise ValueError("a comment or the edge of a CDATA section stands amid the change")
        return first, last

    def spell(self, text: str, at: int) -> str:
        """Return how `text` is spelled at the offset `at` of the file's spelling.

        Raises ValueError when it cannot be spelled there.
        """
        if self._in_section(at):
            if "]]>" in text:
                raise ValueError("a CDATA section cannot hold the change")
            return text
        return encode(text, quotes='"' not in self.raw)

    def says(self, spelled: str, at: int) -> str:
        """Return the text that `spelled` is at the offset `at`."""
        return spelled if self._in_section(at) else decode(spelled)

    def _in_section(self, at: int) -> bool:
        return any(start <= at <= end for start, end in self._cdata)

    def _section(self, start: int, end: int) -> None:
        """Take the inside of a CDATA section."""
        self._cdata.append((start, end))
        for line_end in _LINE_END.finditer(self.raw, start, end):
            self._run(start, line_end.start())
            self._one(line_end.start(), line_end.end())
            start = line_end.end()
        self._run(start, end)

    def _run(self, start: int, end: int) -> None:
        if start < end:
            self._add(start, end, end - start)

    def _one(self, start: int, end: int) -> None:
        self._add(start, end, 1)

    def _add(self, start: int, end: int, characters: int) -> None:
        self._texts.append(self._total)
        self._starts.append(start)
        self._ends.append(end)
        self._total += characters

    def _start(self, offset: int) -> int:
        """Return where the character at `offset` begins."""
        index = bisect_right(self._texts, offset) - 1
        return self._starts[index] + offset - self._texts[index]

    def _end(self, offset: int) -> int:
        """Return where the character before `offset` has ended."""
        index = bisect_right(self._texts, offset - 1) - 1
        after = self._texts[index + 1] if index + 1 < len(self._texts) else self._total
        return self._ends[index] - (after - offset)
