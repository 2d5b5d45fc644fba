"""The lexer: cases in `lexer.txt`, and that it never loses a character."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikimend.text import lexer
from wikimend.text.lexer import Marker, lex

MARKERS = (
    Marker("{", "--TEMP--", ("--TEMP--",)),
    Marker("}", "--FIX--", ("--FIX--",)),
)
CASES = [
    line.rsplit(maxsplit=1)
    for line in Path(__file__).with_name("lexer.txt").read_text("utf-8").splitlines()
    if line.startswith('"')
]
NASTY = ["[", "]", "(", ")", "!", "`", "``", "\\", "<", ">", "<!--", "-->", "$", "{{", "}}", "\n",
         "https://a.org/b", "--TEMP--", "a", " ", '"', "'", "é", "\ud800", "\udc80"]  # fmt: skip
ADDRESSES = ["http", "https", "HTTPS", "ftp", "s", "://", "://", ":", "/", "//", "a", ".", ",", "?",
             "~", " ", "\u3002", "--FIX--"]  # fmt: skip


@pytest.mark.parametrize(("source", "kinds"), CASES, ids=[case[0] for case in CASES])
def test_kinds(source: str, kinds: str) -> None:
    assert lex(json.loads(source), MARKERS).kinds == kinds


def test_expressions_are_opaque_in_mdx_alone() -> None:
    text = "a {b [c]} d"
    assert (lex(text).kinds, lex(text, dialect="mdx").kinds) == ("T[T]T", "TPT")


@given(st.lists(st.sampled_from(NASTY), max_size=60).map("".join))
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = lex(text, MARKERS)
    pieces = [tokens.slice(i, i + 1) for i in range(len(tokens))]
    assert "".join(pieces) == text
    assert all(pieces)
    assert len(tokens.starts) == len(tokens) + 1
    assert "TT" not in tokens.kinds


@given(st.lists(st.sampled_from(ADDRESSES), max_size=20).map("".join))
def test_addresses_are_those_that_a_search_of_the_whole_text_finds(text: str) -> None:
    tokens = lex(text, MARKERS)
    found = [tokens.slice(i, i + 1) for i, kind in enumerate(tokens.kinds) if kind == "U"]
    pieces = text.split("--FIX--")
    assert found == [url.group() for piece in pieces for url in lexer._URL.finditer(piece)]
