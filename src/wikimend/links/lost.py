"""Text that was meant as a link and is none, so that no parser sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from wikimend.links.extract import Extract
from wikimend.text.leaf import Leaf
from wikimend.text.lexer import lex
from wikimend.text.page import Page

LostForm = Literal["spaced", "escaped", "unclosed"]

LONGEST_NAME = 120
"""Code points after an unclosed bracket in which a title is looked for."""

_SPACED = re.compile(
    r"(?<!!)\[(?P<label>[^\[\]\n]+)\]\((?P<to>[^()<>\n\"']*[^()<>\s\"'][^()<>\n\"']*)\)"
)
_CANDIDATE = re.compile(r"\]\([^()<>\n\"' ]*+[ \t]+[^()<>\n\"']*+\)")
_ESCAPED = re.compile(r"\\\[\\\[(?P<label>[^\[\]\\\n|]+)(?:\|[^\[\]\\\n]+)?\\\]\\\]")


class Lost(NamedTuple):
    """A stretch of a page that looks like a link; offsets count from the start of the page."""

    form: LostForm
    """`spaced`: a destination with spaces; `escaped`: double brackets behind backslashes;
    `unclosed`: a bracket that nothing closes."""
    start: int
    """Offset of its first code point."""
    end: int
    """Offset after its last one; for `unclosed` after the text that may hold a title."""
    label: str
    """What the reader sees; for `unclosed` the text after the bracket."""
    text: str
    """The destination as written; empty for `unclosed`."""


def lost(page: Page, found: Extract) -> Iterator[Lost]:
    """Yield what looks like a link on a page of Markdown, where `found` are its real links."""
    text = page.text
    for leaf in found.lexed:
        if "](" in leaf.text and _CANDIDATE.search(leaf.text):
            yield from _spaced(leaf, page)
        if "\\[\\[" in leaf.text:
            yield from _escaped(leaf, page)
    for offset in found.unclosed:
        end = _line_end(text, offset + 1)
        yield Lost("unclosed", offset, end, text[offset + 1 : end], "")


def _spaced(leaf: Leaf, page: Page) -> Iterator[Lost]:
    kinds: dict[int, str] | None = None
    for match in _SPACED.finditer(leaf.text):
        if " " not in match["to"].strip():
            continue
        if kinds is None:
            tokens = lex(leaf.text, (), page.dialect)
            kinds = dict(zip(tokens.starts, tokens.kinds, strict=False))
        # A bracket of the lexer: neither in code nor in another destination; and no sound link.
        if kinds.get(match.start()) == "[" and kinds.get(match.start("to")) != "D":
            yield _lost("spaced", leaf, match, match["to"].strip())


def _escaped(leaf: Leaf, page: Page) -> Iterator[Lost]:
    tokens = lex(leaf.text, (), page.dialect)
    kinds = dict(zip(tokens.starts, tokens.kinds, strict=False))
    for match in _ESCAPED.finditer(leaf.text):
        if kinds.get(match.start()) == "E":
            yield _lost("escaped", leaf, match, match["label"].strip())


def _lost(form: LostForm, leaf: Leaf, match: re.Match[str], to: str) -> Lost:
    start, end = leaf.offset(match.start()), leaf.offset(match.end() - 1) + 1
    return Lost(form, start, end, match["label"], to)


def _line_end(text: str, start: int) -> int:
    end = min(len(text), start + LONGEST_NAME)
    ends = (text.find(mark, start, end) for mark in "\r\n")
    return min((at for at in ends if at >= 0), default=end)
