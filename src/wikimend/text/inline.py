"""Inline constructs of CommonMark 0.31 that win over brackets: where each one ends.

Every function takes a text and the offset where the construct would begin and returns the offset
after it, or -1. None looks further than it must, so that a text full of false starts costs no
more than twice the time when it is twice as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left

MAX_PARENTHESES = 32
"""How deep parentheses may nest in a link destination; the limit of cmark."""

_NAME = r"[A-Za-z][A-Za-z0-9-]*"
_SPACE = r"[ \t\n]"
_VALUE = r"""(?:[^ \t\n"'=<>`]+|'[^']*'|"[^"]*")"""
_ATTRIBUTE = rf"{_SPACE}+[A-Za-z_:][A-Za-z0-9_.:-]*(?:{_SPACE}*={_SPACE}*{_VALUE})?"
_TAG = re.compile(rf"<(?:{_NAME}(?:{_ATTRIBUTE})*{_SPACE}*/?|/{_NAME}{_SPACE}*)>")
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x00-\x20<>]*"
    r"|[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*)>"
)
_DECLARATION = re.compile(r"<![A-Za-z]")
_SPACES = (" ", "\t", "\n")
_GAP = re.compile(r"[ \t]*(?:\n[ \t]*)?")
_ANGLE_DESTINATION = re.compile(r"<(?:[^<>\\\n]|\\.)*>")
_DESTINATION_PIECE = re.compile(r"(?:[^\x00-\x20\x7f()\\]|\\[!-/:-@\[-`{-~]|\\(?![()]))+|[()]")
_RUN = re.compile(r"(?>(?:[^\x00-\x20\x7f\\]|\\[!-/:-@\[-`{-~]|\\)+)")
_PARENTHESIS = re.compile(r"[()]|\\[!-/:-@\[-`{-~]")
_SHORT = 16
"""How many pieces of a destination are looked at without a thought of the next ones."""
_TITLE = re.compile(r'"(?:[^"\\]|\\.)*"' r"|'(?:[^'\\]|\\.)*'" r"|\((?:[^()\\]|\\.)*\)", re.DOTALL)
_TICKS = re.compile("`+")
_MATH = re.compile(
    r"\$\$[^$`\n]+\$\$"
    r"|\$(?![\s$])[^$`\n]*(?<![\s$\\])\$(?![\d$])"
    r"|\\\((?:(?!\\[()]|\]\(|`)[^\n])*\\\)"
)
_TEMPLATE = re.compile(r"\{\{[^{}`\n]*\}\}|\{%(?:(?!\{%|%\})[^`\n])*%\}")
_EXPRESSION = re.compile(r"\{(?:[^{}`\n]|\{[^{}`\n]*\})*\}")


class Ends:
    """Where inline constructs of one text end; remembers what it has looked for in vain."""

    __slots__ = ("_missing", "_run", "_ticks", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._ticks: dict[int, list[int]] | None = None
        self._missing: set[str] = set()
        self._run: _Run | None = None

    def code_span(self, start: int) -> int:
        """Return the end of the code span whose backticks begin at `start` (section 6.1)."""
        width = self.ticks(start) - start
        if self._ticks is None:
            self._ticks = {}
            for run in _TICKS.finditer(self.text):
                self._ticks.setdefault(run.end() - run.start(), []).append(run.start())
        closers = self._ticks.get(width, [])
        index = bisect_left(closers, start + width)
        return closers[index] + width if index < len(closers) else -1

    def ticks(self, start: int) -> int:
        """Return the end of the run of backticks at `start`."""
        run = _TICKS.match(self.text, start)
        return run.end() if run else -1

    def autolink(self, start: int) -> int:
        """Return the end of the autolink at `start` (section 6.5)."""
        found = _AUTOLINK.match(self.text, start)
        return found.end() if found else -1

    def comment(self, start: int) -> int:
        """Return the end of the HTML comment at `start` (section 6.6)."""
        if not self.text.startswith("<!--", start):
            return -1
        for short in ("<!-->", "<!--->"):
            if self.text.startswith(short, start):
                return start + len(short)
        return self._after("-->", start + 4)

    def html(self, start: int) -> int:
        """Return the end of the tag, instruction, declaration or CDATA at `start` (6.6)."""
        text = self.text
        tag = _TAG.match(text, start)
        if tag:
            return tag.end()
        if text.startswith("<?", start):
            return self._after("?>", start + 2)
        if text.startswith("<![CDATA[", start):
            return self._after("]]>", start + 9)
        if _DECLARATION.match(text, start):
            return self._after(">", start + 3)
        return -1

    def math(self, start: int) -> int:
        """Return the end of inline math at `start`, as Pandoc reads it (tex_math_dollars)."""
        found = _MATH.match(self.text, start)
        return found.end() if found else -1

    def template(self, start: int, *, expressions: bool) -> int:
        """Return the end of the template tag at `start`; with `expressions` of MDX's `{...}`."""
        found = _TEMPLATE.match(self.text, start)
        if not found and expressions:
            found = _EXPRESSION.match(self.text, start)
        return found.end() if found else -1

    def destination(self, start: int) -> int:
        """Return the end of a destination and title that begin at `start`, before the `)`.

        `start` is the offset after `](`; the result is the offset of the `)` that closes a sound
        inline link (section 6.3), which may be `start` itself.
        """
        text = self.text
        after = _skip(text, start)
        angle = _ANGLE_DESTINATION.match(text, after) if text.startswith("<", after) else None
        end = angle.end() if angle else self._bare_destination(after)
        if end < 0:
            return -1
        after = _skip(text, end)
        if after > end:
            title = _TITLE.match(text, after)
            if title:
                after = _skip(text, title.end())
        return after if text.startswith(")", after) else -1

    def _bare_destination(self, start: int) -> int:
        text = self.text
        if text.startswith("<", start):
            return -1
        if self._run and self._run.start <= start < self._run.end:
            return self._run.destination(start)
        depth = 0
        end = start
        for _ in range(_SHORT):
            piece = _DESTINATION_PIECE.match(text, end)
            if piece is None:
                return -1 if depth else end
            if piece.group() == "(":
                depth += 1
            elif piece.group() == ")":
                if not depth:
                    return end
                depth -= 1
            end = piece.end()
        self._run = _Run(text, start)
        return self._run.destination(start)

    def _after(self, closer: str, start: int) -> int:
        if closer in self._missing:
            return -1
        found = self.text.find(closer, start)
        if found < 0:
            self._missing.add(closer)
            return -1
        return found + len(closer)


def _skip(text: str, start: int) -> int:
    if not text.startswith(_SPACES, start):
        return start
    gap = _GAP.match(text, start)
    return gap.end() if gap else start


class _Run:
    """A stretch of a text without spaces, in which many destinations may begin and none ends.

    What an escape is does not depend on where in it one begins: the parenthesis before is none.
    """

    __slots__ = ("_ends", "_places", "end", "start")

    def __init__(self, text: str, start: int) -> None:
        self.start = self.end = start
        if whole := _RUN.match(text, start):
            self.end = whole.end()
        self._places = [
            found.start()
            for found in _PARENTHESIS.finditer(text, start, self.end)
            if found[0] in ("(", ")")
        ]
        """The offsets of its parentheses."""
        self._ends = self._read(text)
        """Where a destination ends that begins before each of them, and before the end; or -1."""

    def destination(self, start: int) -> int:
        """Return the end of a destination that begins at `start`, within it; or -1."""
        return self._ends[bisect_left(self._places, start)]

    def _read(self, text: str) -> list[int]:
        size = len(self._places)
        ends = [-1] * size + [self.end]
        depths = [0] * (size + 1)
        closers: list[int] = []
        for index in range(size - 1, -1, -1):
            place = self._places[index]
            if text[place] == ")":
                closers.append(index)
                ends[index] = place
            elif closers:
                beyond = closers.pop() + 1
                depths[index] = depth = max(depths[index + 1] + 1, depths[beyond])
                ends[index] = ends[beyond] if depth <= MAX_PARENTHESES else -1
        return ends
