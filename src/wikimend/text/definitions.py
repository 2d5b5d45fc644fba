"""Link reference definitions at the start of a paragraph (CommonMark 0.31 section 4.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wikimend.text.block import Block

_LABEL = re.compile(r"\[(?=[^\]]*[^\]\s])(?:[^\[\]\\]|\\.){1,999}\]:", re.DOTALL)
_GAP = re.compile(r"[ \t]*+\n?[ \t]*+")
_DESTINATION = re.compile(r"<(?:[^<>\\\n]++|\\.)*>|(?!<)[^\x00-\x20\x7f]++")
_TITLE = re.compile(
    r'"(?:[^"\\]++|\\.)*"' r"|'(?:[^'\\]++|\\.)*'" r"|\((?:[^()\\]++|\\.)*\)", re.DOTALL
)
_END = re.compile(r"[ \t]*+(?:\n|\Z)")
_PARENTHESES = re.compile(r"\\.|[()]")
_FOOTNOTE = re.compile(r"^\[(\^[^\]\s]+)\]:", re.MULTILINE)
"""The start of a footnote, which GitHub lets interrupt a paragraph."""


def defined_labels(text: str, blocks: Iterable[Block]) -> frozenset[str]:
    r"""Return the labels that a page defines, normalized, its footnotes among them.

    >>> from wikimend.text.blocks import scan
    >>> page = "[A  b]: /c\n\n[^1]: note"
    >>> sorted(defined_labels(page, scan(page)))
    ['^1', 'a b']
    """
    if "]:" not in text:
        return frozenset()
    return frozenset(
        label
        for block in blocks
        if block.kind == "paragraph"
        for label in _labels(block.text(text))
    )


def normalized(label: str) -> str:
    """Return what two labels have in common when one refers to the other (section 4.7)."""
    return " ".join(label.split()).casefold()


def _labels(paragraph: str) -> Iterator[str]:
    position = 0
    while label := _LABEL.match(paragraph, position):
        end = _definition(paragraph, position)
        if end < 0:
            break
        yield normalized(label[0][1:-2])
        position = end
    if "[^" in paragraph:
        yield from (normalized(note[1]) for note in _FOOTNOTE.finditer(paragraph, position))


def definition_lines(paragraph: str) -> int:
    r"""Return how many lines at the start of `paragraph` are link reference definitions.

    >>> definition_lines("[a]: /b\n  'title'\ntext")
    2
    """
    position = 0
    while paragraph.startswith("[", position):
        end = _definition(paragraph, position)
        if end < 0:
            break
        position = end
    if position == len(paragraph):
        return paragraph.count("\n") + 1
    return paragraph.count("\n", 0, position)


def _definition(text: str, start: int) -> int:
    label = _LABEL.match(text, start)
    if not label:
        return -1
    destination = _DESTINATION.match(text, _after(_GAP, text, label.end()))
    if not destination or not _is_balanced(destination.group()):
        return -1
    gap = _after(_GAP, text, destination.end())
    title = _TITLE.match(text, gap) if gap > destination.end() else None
    ends = [title.end()] if title else []
    for end in [*ends, destination.end()]:
        found = _END.match(text, end)
        if found:
            return found.end()
    return -1


def _after(pattern: re.Pattern[str], text: str, start: int) -> int:
    found = pattern.match(text, start)
    return found.end() if found else start


def _is_balanced(destination: str) -> bool:
    if destination.startswith("<"):
        return True
    depth = 0
    for mark in _PARENTHESES.findall(destination):
        depth += {"(": 1, ")": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0
