"""Code spans, inline HTML and autolinks are those that markdown-it-py finds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from tests.conftest import SpecExample

from wikimend.text.blocks import scan
from wikimend.text.lexer import lex
from wikimend.text.tokens import KINDS

FIXTURES = Path(__file__).parents[2] / "fixtures"

Construct = tuple[str, str]

EXCEPTIONS = {
    195: "the <...> is the destination of a reference definition, which the lexer does not know;"
    " to it it is a tag, and stays as it is all the same",
}
# `\\(` begins math here, and markdown-it-py misses the end of a comment like `<!--<!---->`: both
# are left out, the latter by the spaces.
NASTY = ["`", "``", "a", " ", "\\", "<b>", "<b ", '"', "'", "=", ">", "<!-- ", " -->", "<?", "?>",
         "[", "]", "](", ")", "(", "<https://a.org>", "<me@a.org>", "\n", "!", "</b>"]  # fmt: skip
SPACE = re.compile(r"\s+")


def theirs(source: str) -> list[Construct]:
    """Return the constructs that markdown-it-py sees, in order."""
    return list(_of_tokens(MarkdownIt("commonmark").parse(source)))


def _of_tokens(tokens: Iterable[Token]) -> Iterable[Construct]:
    for token in tokens:
        if token.type == "code_inline":
            yield "code", SPACE.sub(" ", token.content).strip()
        elif token.type == "html_inline":
            yield "html", token.content
        elif token.type == "link_open" and token.info == "auto":
            yield "autolink", ""
        if token.children:
            yield from _of_tokens(token.children)


def ours(source: str) -> list[Construct]:
    """Return the constructs that the lexer sees, in order."""
    found: list[Construct] = []
    for block in scan(source):
        if block.is_leaf:
            tokens = lex(block.text(source))
            for index, kind in enumerate(tokens.kinds):
                text = tokens.slice(index, index + 1)
                if kind == KINDS["CODE"]:
                    found.append(("code", SPACE.sub(" ", text.strip("`")).strip()))
                elif kind in (KINDS["HTML"], KINDS["COMMENT"]):
                    found.append(("html", text))
                elif kind == KINDS["AUTOLINK"]:
                    found.append(("autolink", ""))
    return found


def test_specification(commonmark_examples: tuple[SpecExample, ...]) -> None:
    different = {e.number for e in commonmark_examples if theirs(e.markdown) != ours(e.markdown)}
    assert different == set(EXCEPTIONS)


@pytest.mark.parametrize("page", sorted(FIXTURES.rglob("*.md")), ids=lambda page: page.name)
def test_fixtures(page: Path) -> None:
    text = page.read_text("utf-8")
    assert theirs(text) == ours(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(NASTY), max_size=25).map("".join))
def test_any_paragraph(text: str) -> None:
    text = SPACE.sub(lambda run: run.group()[0], text).replace("\\(", "(")
    paragraph = "x" + text.rstrip("\n")
    assert theirs(paragraph) == ours(paragraph)
