"""Headings: the text that an anchor is made of, and the ids that are written out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from wikimend.text.lexer import lex
from wikimend.text.page import Dialect

_EXPLICIT = re.compile(
    r"[ \t]*\{:?[ \t]*(?:[^{}]*[ \t])?(?:#|id=)(?P<id>[^\s{}]+)[^{}]*\}[ \t]*\Z"
    r"|[ \t]*\{/\*[ \t]*#(?P<mdx>\S+)[ \t]*\*/\}[ \t]*\Z"
)
_PLAIN = re.compile(r"[^\\`*_\[\]<>&~!{$\n]*")
_EMPHASIS = re.compile(
    r"(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)|(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\3", re.DOTALL
)
_TAG_ID = re.compile(r"""<[A-Za-z][^<>]*?\s(?:id|name)\s*=\s*["']?([^\s"'<>]+)""")
_WIKI = re.compile(r"\[\[:?([^\[\]|]*\|)?([^\[\]]*)\]\]")
_QUOTES = re.compile(r"'{2,5}")
_KEPT = {"_": "\ue000", "*": "\ue001", "~": "\ue002"}
_RAISED = str.maketrans(_KEPT)
_LOWERED = str.maketrans({value: key for key, value in _KEPT.items()})


class Heading(NamedTuple):
    """A heading of a page; a tuple: there are thousands."""

    text: str
    """What the reader sees."""
    id: str
    """The id that is written out in it; empty where an algorithm makes one of the text."""
    start: int
    """Offset in the page of its text."""


def heading(source: str, start: int, dialect: Dialect = "markdown") -> Heading:
    """Return the heading written as `source` at `start` of its page.

    >>> heading("The `tide_pool` at [noon](/noon) {#pool}", 2)
    Heading(text='The tide_pool at noon', id='pool', start=2)
    """
    if _PLAIN.fullmatch(source) and dialect != "mediawiki":
        return tuple.__new__(Heading, (source, "", start))
    explicit = _EXPLICIT.search(source) if source.endswith("}") else None
    name = ""
    if explicit is not None:
        name = explicit["id"] or explicit["mdx"]
        source = source[: explicit.start()]
    return Heading(visible(source, dialect), name, start)


def visible(source: str, dialect: Dialect = "markdown") -> str:
    """Return what the reader of a line of markup sees: code, labels and entities as text."""
    if _PLAIN.fullmatch(source):
        return source if dialect != "mediawiki" else _QUOTES.sub("", source)
    if dialect == "mediawiki":
        source = _WIKI.sub(lambda found: found[2], _QUOTES.sub("", source))
    source = _WIKI.sub(lambda found: found[2] or found[1] or "", source)
    tokens = lex(source, (), dialect)
    pieces: list[str] = []
    images: list[bool] = []
    skip = 0
    for index, kind in enumerate(tokens.kinds):
        if index < skip:
            continue
        text = tokens.slice(index, index + 1)
        if kind == "[":
            images.append(tokens.kinds[index - 1 : index] == "!")
            pieces.append("" if images[-1] or _is_label(tokens.kinds, index) else text)
        elif kind == "]":
            if images:
                images.pop()
            link = tokens.kinds.startswith("](D)", index)
            skip = index + 4 if link else 0
            pieces.append("" if link else text)
        elif not any(images):  # what stands for a picture is no text
            pieces.append(_SHOWN.get(kind, str)(text))
    shown = "".join(pieces)
    for _ in range(2):
        shown = _EMPHASIS.sub(lambda found: found[2] or found[4], shown)
    return shown.translate(_LOWERED).strip()


def _is_label(kinds: str, opener: int) -> bool:
    """Return whether the bracket at `opener` begins a sound link."""
    depth = 0
    for index in range(opener, len(kinds)):
        depth += (kinds[index] == "[") - (kinds[index] == "]")
        if not depth:
            return kinds.startswith("](D)", index)
    return False


def _code(text: str) -> str:
    content = text.strip("`")
    if content.startswith(" ") and content.endswith(" ") and content.strip():
        content = content[1:-1]
    return content.translate(_RAISED)


_SHOWN: Mapping[str, Callable[[str], str]] = {
    "T": html.unescape,
    "C": _code,
    "E": lambda text: text[1:].translate(_RAISED),
    "H": lambda text: "",
    "K": lambda text: "",
    "A": lambda text: text[1:-1].translate(_RAISED),
    "U": lambda text: text.translate(_RAISED),
    "N": lambda text: " ",
    "B": lambda text: " ",
    "!": lambda text: "",
}
"""What the reader sees of a token, by its kind; any other is shown as it is."""
