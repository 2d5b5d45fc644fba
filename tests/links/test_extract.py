"""Links are those that markdown-it-py finds, and nothing in code is one."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.conftest import SpecExample

from wikimend.links import extract as extraction
from wikimend.links.extract import extract
from wikimend.text.page import Dialect, Page

FIXTURES = Path(__file__).parents[2] / "fixtures"
CASES = re.split(
    "^%%% (.+)\n", Path(__file__).with_name("extract.txt").read_text("utf-8"), flags=re.M
)

Seen = tuple[str, str]


def theirs(source: str, preset: str = "commonmark") -> list[Seen]:
    """Return the links and images that markdown-it-py sees, in order."""
    return list(_of_tokens(MarkdownIt(preset).parse(source)))


def _of_tokens(tokens: Iterable[Token]) -> Iterable[Seen]:
    for token in tokens:
        if token.type == "link_open":
            yield ("autolink" if token.info == "auto" else "link"), str(token.attrs["href"])
        elif token.type == "image":
            yield "image", str(token.attrs["src"])
        yield from _of_tokens(token.children or ())


_WORDS = {
    "inline": "link",
    "reference": "link",
    "image": "image",
    "image-reference": "image",
    "autolink": "autolink",
}


def ours(source: str) -> list[Seen]:
    """Return the same of the links that this program sees."""
    links = extract(Page(source)).links
    return [(_WORDS[x.kind], encoded(x.destination)) for x in links if x.kind in _WORDS]


def encoded(destination: str) -> str:
    """Return a destination as markdown-it-py shows it."""
    return MarkdownIt().normalizeLink(destination)


EXCEPTIONS: dict[int, str] = {}


def test_specification(commonmark_examples: tuple[SpecExample, ...]) -> None:
    different = {
        e.number: (e.markdown, theirs(e.markdown), ours(e.markdown))
        for e in commonmark_examples
        if theirs(e.markdown) != ours(e.markdown)
    }
    assert set(different) == set(EXCEPTIONS), different
