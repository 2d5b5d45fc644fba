"""What is certain about the blocks of a page before its lines are looked at one by one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from wikimend.text.frontmatter import front_matter_end
from wikimend.text.page import Dialect

Span = tuple[int, int]

_HINT = re.compile(r"```|~~~|<(?:[!?]|[sS][ctCT]|[pP][rR]|[tT][eE])|\$\$|\\\[")
_MARGIN = r"(?P<margin>[ \t>]*+(?>(?:(?:[-+*]|[0-9]+[.)])[ \t]+)*))"
_FENCE = re.compile(rf"{_MARGIN}(?P<fence>`{{3,}}+(?![^\r\n]*`)|~{{3,}}+)")
_HTML = re.compile(
    rf"{_MARGIN}<(?:(?P<raw>script|pre|style|textarea)(?=[ \t>\r\n]|\Z)"
    r"|(?P<comment>!--(?!-?>|[^\n]*?-->))|(?P<instruction>\?)(?!>)|(?P<data>!\[CDATA\[)|(?P<declaration>![A-Z]))",
    re.IGNORECASE,
)
_MATH = re.compile(rf"{_MARGIN}(?:(?P<dollars>\$\$)|(?P<brackets>\\\[))")
_KINDS = {"`": _FENCE, "~": _FENCE, "<": _HTML, "$": _MATH, "\\": _MATH}
"""What may protect text beyond a blank line (CommonMark 0.31 sections 4.5 and 4.6, and math)."""

_ENDINGS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(ending, re.MULTILINE | re.IGNORECASE)
    for name, ending in {
        "raw": r"</(?:script|pre|style|textarea)>",
        "comment": "-->",
        "instruction": r"\?>",
        "data": r"\]\]>",
        "declaration": ">",
        "dollars": r"\$\$[ \t]*$",
        "brackets": r"\\\][ \t]*$",
    }.items()
}
"""What ends it, by the names of the groups."""

_JSX = re.compile(r"^[ \t>]*+(?:\{|import |export )", re.MULTILINE)
_HTML_LINE = re.compile(rf"^{_MARGIN}<", re.MULTILINE)
CODE_INDENT = 4
"""How many columns make indented code (section 4.4)."""
_STRAY_RETURN = re.compile(r"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Outline:
    """Stretches of a page, disjoint and in order."""

    protected: Sequence[Span]
    """Front matter, fenced code, and HTML that no blank line ends."""
    doubtful: Sequence[Span]
    """What only the block scan can tell."""

    @classmethod
    def of(cls, text: str, dialect: Dialect = "markdown") -> Outline:
        r"""Return the outline of a page of Markdown.

        >>> Outline.of("a\n```\nb\n```\n<!--\n\n-->\nc")
        Outline(protected=[(2, 11), (12, 21)], doubtful=[])
        """
        if "\r" in text and _STRAY_RETURN.search(text):
            return cls([], [(0, len(text) + 1)])
        end = front_matter_end(text, text.startswith("\ufeff"))
        protected = [(0, end)] if end > 1 else []
        doubtful: list[Span] = []
        jsx = _JSX.search(text, end) if dialect == "mdx" else None
        size = jsx.start() if jsx else len(text)
        in_html = False  # whether an HTML block may be open, which ends at an empty line
        while event := _next(text, end, size):
            start = event.start()
            empty = text.rfind("\n\n", end, start)
            in_html &= empty < 0
            in_html |= _HTML_LINE.search(text, max(empty + 1, end), start) is not None
            ending = _ending(text, event)
            end = text.find("\n", ending.end()) if ending else -1
            end = end if end >= 0 else len(text)
            fence = event.re is _FENCE
            block = _is_fenced(text, event, ending) if fence else _is_block(text, event, ending)
            if block and not in_html:
                protected.append((start, end))
            elif fence or _has_fence(text, start + 1, end):
                return cls(protected, [*doubtful, (start, len(text) + 1)])
            else:
                doubtful.append((start, end))
                in_html = True
        return cls(protected, [*doubtful, (size, len(text) + 1)] if jsx else doubtful)

    def rest(self, text: str) -> str:
        """Return what may not be protected of the page's text."""
        return "\n\n".join(text[start:end] for start, end in self.gaps(len(text)))

    def gaps(self, size: int) -> Iterator[Span]:
        """Yield the stretches of a page of `size` code points that may not be protected."""
        done = 0
        for start, end in self.protected:
            if done < start:
                yield done, start
            done = end
        if done < size:
            yield done, size

    def protects(self, offset: int) -> bool:
        """Return whether what stands at an offset is protected for certain."""
        return _meets(self.protected, offset, offset + 1)

    def knows(self, start: int, end: int) -> bool:
        """Return whether it is clear what begins and ends before, in and after a stretch."""
        return not _meets(self.doubtful, start, end)


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    """Return whether a stretch meets one of some disjoint spans in order."""
    index = bisect_left(spans, end, key=lambda span: span[0]) - 1
    return index >= 0 and spans[index][1] > start


def _next(text: str, start: int, size: int) -> re.Match[str] | None:
    """Return the line that first may protect text beyond a blank line."""
    while hint := _HINT.search(text, start, size):
        at = hint.start()
        newline = text.rfind("\n", start, at)
        line = start if newline < 0 else newline + 1
        if line == 0 or text[line - 1] == "\n":
            event = _KINDS[text[at]].match(text, line)
            if event and event.end() > at:
                return event
        # What a line begins with is its first hint; a page may be one line of them.
        start = text.find("\n", at) + 1
        if not start:
            break
    return None


def _has_fence(text: str, start: int, end: int) -> bool:
    while event := _next(text, start, end):
        if event.re is _FENCE:
            return True
        start = event.end()
    return False


def _ending(text: str, event: re.Match[str]) -> re.Match[str] | None:
    """Return what ends it; None when that is the end of the page."""
    fence = event.re is _FENCE
    pattern = _closing_fence(event["fence"]) if fence else _ENDINGS[str(event.lastgroup)]
    return pattern.search(text, event.end())


@cache
def _closing_fence(opening: str) -> re.Pattern[str]:
    return re.compile(rf"\n(?P<margin>[ \t>]*){opening[0]}{{{len(opening)},}}[ \t\r]*(?=\n|\Z)")


def _is_block(text: str, event: re.Match[str], ending: re.Match[str] | None) -> bool:
    """Return whether an HTML block or displayed math begins, wherever that is.

    It does at the margin; math if its marks stand alone, and it is closed.
    """
    if event["margin"] or event.re is _HTML:
        return not event["margin"]
    line_end = text.find("\n", event.end())
    return ending is not None and not text[event.end() : line_end].strip() and line_end >= 0


def _is_fenced(text: str, event: re.Match[str], closing: re.Match[str] | None) -> bool:
    """Return whether what looks like fenced code is code, wherever it stands.

    It is at the margin. An indented fence is if what it holds is indented as it is: it is a block
    of a list item, or of nothing; or it is all indented code. One in a quote is with all its lines.
    """
    start, margin = event.start(), event["margin"]
    if not margin:
        return closing is None or closing["margin"] in ("", " ", "  ", "   ")
    if closing is None or closing["margin"] != margin:
        return False
    lines = text[start : closing.start()].split("\n")
    if margin in (">", "> "):
        return all(line.startswith(">") for line in lines)
    if margin.strip(" "):
        return False
    indented = all(line.startswith(margin) or not line.strip() for line in lines)
    return indented and (len(margin) < CODE_INDENT or text.endswith("\n\n", 0, start))
